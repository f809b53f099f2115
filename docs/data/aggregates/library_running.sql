/*
title: Visits since the start of the year
key: week
columns:
  week: {label: Week, unit: date}
  total: {label: Visits since January, unit: count}
*/
SELECT week, sum(visits) OVER (ORDER BY week)::BIGINT AS total, flatten(list(rows) OVER (ORDER BY week)) AS library_days_rows
FROM (SELECT date_trunc('week', date)::DATE AS week, sum(visits) AS visits, list(_row) AS rows FROM library_days WHERE visits IS NOT NULL GROUP BY ALL)
ORDER BY week
