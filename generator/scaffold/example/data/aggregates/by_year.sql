/*
title: Visits by place and year
key: [place, year]
columns:
  place: {label: Place, unit: text}
  year: {label: Year, unit: year}
  visits: {label: Visits, unit: count}
*/
SELECT place, year, visits, [_row] AS visits_rows
FROM visits
ORDER BY place, year
