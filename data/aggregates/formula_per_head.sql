/*
title: What the formula would give for each 1,000 residents
about: >-
  Our estimate of the fiscal 2016 allocation to each state and its local governments, divided by its residents in 2016, beside the published
  national allocation divided by all residents. Small states stand high, because the law gives each a least share.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  usd_per_1k: {precision: precision, label: 'By our estimate, per 1,000 residents', unit: usd_per_1k}
  rank: {label: Rank, unit: rank}
  nation_usd_per_1k: {label: 'The nation, per 1,000 residents', unit: usd_per_1k}
  above_nation: {label: Above the nation, unit: flag}
  precision: {label: Precision, unit: text}
*/
SELECT
  e.state,
  e.name,
  1000 * e.estimate_usd / nullif(s.population_2016, 0) AS usd_per_1k,
  rank() OVER (ORDER BY e.estimate_usd / nullif(s.population_2016, 0) DESC NULLS LAST) AS rank,
  1000 * n.amount_usd / nullif(us.population_2016, 0) AS nation_usd_per_1k,
  e.estimate_usd / nullif(s.population_2016, 0) > n.amount_usd / nullif(us.population_2016, 0) AS above_nation,
  'estimate' AS precision,
  e.state_formula_estimates_rows,
  [s._row, us._row] AS states_rows,
  n.grants_rows
FROM formula_estimates e
JOIN states s ON s.usps = e.state
JOIN states us ON us.usps = 'US'
JOIN national_by_year n ON n.year = 2016
WHERE e.year = 2016
ORDER BY rank, e.state
