/*
title: Formula estimates with their error
about: >-
  Our estimate of the allocation to the largest states in a fiscal year for which none was found, with the largest error that
  the same method has where the allocation is published, in both directions.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  year: {label: Fiscal year, unit: year}
  estimate_usd: {label: Estimate, unit: usd}
  low_usd: {label: Low end, unit: usd}
  high_usd: {label: High end, unit: usd}
*/
SELECT
  e.state,
  e.name,
  e.year,
  e.estimate_usd,
  (e.estimate_usd * (100 - c.formula_largest_error_percent) / 100)::DECIMAL(38, 0) AS low_usd,
  (e.estimate_usd * (100 + c.formula_largest_error_percent) / 100)::DECIMAL(38, 0) AS high_usd,
  e.state_formula_estimates_rows
FROM formula_estimates e
CROSS JOIN compare c
WHERE e.year = (SELECT max(year) FROM formula_estimates)
ORDER BY e.estimate_usd DESC, e.state
LIMIT 12
