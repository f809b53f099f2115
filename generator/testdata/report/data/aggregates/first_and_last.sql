/*
title: Visits in the first and the last year
key: [place, year]
columns:
  place: {label: Place, unit: text}
  year: {label: Year, unit: year}
  visits: {label: Visits, unit: count}
*/
SELECT place, year, visits, [_row] AS years_rows
FROM years WHERE year IN (2018, 2020) AND visits IS NOT NULL ORDER BY place, year
