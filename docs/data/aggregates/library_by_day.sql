/*
title: Visits by day
key: date
columns:
  date: {label: Day, unit: date}
  visits: {label: Visits, unit: count}
*/
SELECT date, visits, [_row] AS library_days_rows FROM library_days ORDER BY date
