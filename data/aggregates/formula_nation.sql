/*
title: What the formula would give all states for each 1,000 residents
about: >-
  Our estimates of the fiscal 2016 allocations to all states and the District of Columbia, added up, divided by their residents in 2016 and
  rounded to tens of dollars.
columns:
  usd_per_1k: {precision: precision, label: 'All states, for each 1,000 residents', unit: usd}
  precision: {label: Precision, unit: text}
*/
SELECT
  round(1000 * sum(e.estimate_usd) / nullif(sum(s.population_2016), 0), -1)::BIGINT AS usd_per_1k,
  'estimate' AS precision,
  flatten(list(e.state_formula_estimates_rows)) AS state_formula_estimates_rows,
  list(s._row) AS states_rows
FROM formula_estimates e
JOIN states s ON s.usps = e.state
WHERE e.year = 2016 AND e.state <> 'PR'
