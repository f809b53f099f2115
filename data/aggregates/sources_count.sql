/*
title: How many sources there are
about: All sources that were read, those that a row of some table names, and the articles that the report started from.
columns:
  sources: {label: Sources, unit: count}
  behind_rows: {label: Sources that a row names, unit: count}
  seeds: {label: Articles that the report started from, unit: count}
*/
WITH named AS (
  SELECT source_id FROM grants UNION SELECT source_id FROM jurisdictions UNION SELECT source_id FROM letters UNION SELECT source_id FROM events
  UNION SELECT source_id FROM claims UNION SELECT source_id FROM conditions UNION SELECT source_id FROM suits UNION SELECT source_id FROM holdings
  UNION SELECT source_id FROM formula UNION SELECT source_id FROM disagreements UNION SELECT source_id FROM city_crime
  UNION SELECT source_id FROM state_formula_estimates UNION SELECT published_source_id FROM state_formula_estimates
  UNION SELECT source_id FROM states UNION SELECT crime_source_id FROM states UNION SELECT foreign_born_source_id FROM states
)
SELECT
  count(*) AS sources,
  count(*) FILTER (WHERE id IN (SELECT source_id FROM named)) AS behind_rows,
  count(*) FILTER (WHERE kind = 'seed') AS seeds,
  list(_row) AS sources_rows
FROM sources
