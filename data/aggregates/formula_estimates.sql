/*
title: What the formula would give each state
about: >-
  Our own estimate of the allocation to each state and its local governments, from the formula in the statute, set beside the published
  allocation where one was found. Not a published figure.
key: [state, year]
columns:
  state: {label: State code, unit: text}
  year: {label: Fiscal year, unit: year}
  name: {label: State, unit: text}
  estimate_usd: {label: Estimate, unit: usd}
  published_usd: {label: Published, unit: usd}
  difference_percent: {label: Difference from published, unit: percent}
  at_minimum: {label: Gets the minimum share, unit: flag}
*/
SELECT
  e.usps AS state,
  e.fiscal_year AS year,
  s.name,
  e.estimate_usd,
  e.published_usd,
  e.difference_pct AS difference_percent,
  e.at_minimum,
  [e._row] AS state_formula_estimates_rows
FROM state_formula_estimates e
JOIN states s ON s.usps = e.usps
ORDER BY e.usps, e.fiscal_year
