/*
title: Visits since the start of the year
key: date
columns:
  date: {label: Day, unit: date}
  total: {label: Visits since January, unit: count}
*/
SELECT date, sum(visits) OVER (ORDER BY date)::BIGINT AS total, list(_row) OVER (ORDER BY date) AS library_days_rows
FROM library_days WHERE visits IS NOT NULL ORDER BY date
