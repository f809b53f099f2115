/*
title: Visits by library and year
key: [library, year]
columns:
  library: {label: Code, unit: text}
  name: {label: Library, unit: text}
  year: {label: Year, unit: year}
  visits: {label: Visits, unit: count}
  rank: {label: Place, unit: rank}
*/
SELECT y.library, l.name, y.year, y.visits, rank() OVER (PARTITION BY y.year ORDER BY y.visits DESC) AS rank, [y._row] AS library_years_rows
FROM library_years y JOIN libraries l ON l.library = y.library ORDER BY y.library, y.year
