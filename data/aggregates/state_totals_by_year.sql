/*
title: Byrne JAG allocations of the largest states, by year
about: >-
  State and local shares together, as the Bureau of Justice Statistics gives them for the largest states each fiscal year. No such
  abstract was found for 2017, so that year is missing; the 2017 total of California comes from elsewhere and is left out here.
key: [state, year]
columns:
  state: {label: State code, unit: text}
  year: {label: Fiscal year, unit: year}
  name: {label: State, unit: text}
  amount_usd: {precision: precision, label: Allocation, unit: usd}
  precision: {label: Precision, unit: text}
*/
SELECT
  g.recipient AS state,
  try_cast(g.fiscal_year AS BIGINT) AS year,
  s.name,
  g.amount_usd,
  g.precision,
  [g._row] AS grants_rows
FROM grants g
JOIN states s ON s.usps = g.recipient
WHERE g.level = 'state_total' AND g.program = 'jag-allocation' AND g.use = 'primary'
  -- Only figures of one source go into one series.
  AND g.source_id LIKE 'bjs-jag-%'
ORDER BY g.recipient, year
