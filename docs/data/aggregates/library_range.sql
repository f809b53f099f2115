/*
title: Least and most visits of a year
key: library
columns:
  library: {label: Code, unit: text}
  name: {label: Library, unit: text}
  least: {label: Least, unit: count}
  most: {label: Most, unit: count}
  mean: {label: Mean, unit: count}
*/
SELECT library, name, min(visits) AS least, max(visits) AS most, avg(visits) AS mean, flatten(list(library_years_rows)) AS library_years_rows
FROM library_by_year GROUP BY library, name ORDER BY most DESC
