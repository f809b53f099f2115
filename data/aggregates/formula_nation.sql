/*
title: What the formula would give all states per resident
about: >-
  Our estimates of the fiscal 2016 allocations to all states and the District of Columbia, added up, divided by their residents in 2016 and
  rounded to cents.
columns:
  usd_per_resident: {precision: precision, label: All states by our estimate, unit: usd per resident}
  precision: {label: Precision, unit: text}
*/
SELECT
  round(sum(e.estimate_usd) / nullif(sum(s.population_2016), 0), 2)::DECIMAL(9, 2) AS usd_per_resident,
  'estimate' AS precision,
  flatten(list(e.state_formula_estimates_rows)) AS state_formula_estimates_rows,
  list(s._row) AS states_rows
FROM formula_estimates e
JOIN states s ON s.usps = e.state
WHERE e.year = 2016 AND e.state <> 'PR'
