/*
title: Visits in the first and the last year
key: [library, year]
columns:
  library: {label: Code, unit: text}
  name: {label: Library, unit: text}
  year: {label: Year, unit: year}
  visits: {label: Visits, unit: count}
*/
SELECT library, name, year, visits, library_years_rows FROM library_by_year
WHERE year IN (SELECT min(year) FROM library_years) OR year IN (SELECT max(year) FROM library_years) ORDER BY library, year
