/*
title: Visits of the large places by year
key: [name, year]
columns:
  name: {label: Place, unit: text}
  year: {label: Year, unit: year}
  visits: {label: Visits, unit: count}
*/
SELECT p.name, y.year, y.visits, [p._row] AS places_rows, [y._row] AS years_rows
FROM years y JOIN places p ON p.id = y.place WHERE p.id IN ('ada', 'dade', 'erie') ORDER BY p.name, y.year
