/*
title: How many sources there are
columns:
  sources: {label: Sources, unit: count}
  seeds: {label: Articles that the report started from, unit: count}
*/
SELECT count(*) AS sources, count(*) FILTER (WHERE kind = 'seed') AS seeds, list(_row) AS sources_rows FROM sources
