/*
title: Byrne JAG allocation, by year
about: >-
  The national amount that the Bureau of Justice Statistics gives for each fiscal year: states, territories, the District of Columbia and
  local governments together. 2017 was not found. The parts printed for 2018 add up to more than its total.
key: year
columns:
  year: {label: Fiscal year, unit: year}
  amount_usd: {precision: precision, label: Allocation, unit: usd}
  precision: {label: Precision, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  try_cast(g.fiscal_year AS BIGINT) AS year,
  g.amount_usd,
  g.precision,
  g.source_id,
  [g._row] AS grants_rows
FROM grants g
WHERE g.level = 'national_total' AND g.program = 'jag-allocation' AND g.use = 'primary'
ORDER BY year
