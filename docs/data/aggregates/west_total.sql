/*
title: "West: all rows"
columns:
  records: {label: "Rows", unit: count}
  first_year: {label: "First year", unit: year}
  last_year: {label: "Last year", unit: year}
*/
SELECT count(*) AS records, min("year") AS first_year, max("year") AS last_year, list(_row) AS west_rows
FROM west
