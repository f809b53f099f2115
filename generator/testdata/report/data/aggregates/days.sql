/*
title: Visits by day
about: The days are invented, every third of some weeks.
key: day
columns:
  day: {label: Day, unit: date}
  visits: {label: Visits, unit: count}
*/
SELECT DATE '2020-01-20' + (3 * (_row - 2))::INTEGER AS day, visits, [_row] AS years_rows
FROM years ORDER BY day
