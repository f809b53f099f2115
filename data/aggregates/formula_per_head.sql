/*
title: What the formula would give per resident
about: >-
  Our estimate of the fiscal 2016 allocation to each state and its local governments, divided by its residents in 2016 and rounded to
  cents. Small states rank high, because the law gives each a least share.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  usd_per_resident: {precision: precision, label: By our estimate, unit: usd per resident}
  rank: {label: Rank, unit: rank}
  above_nation: {label: Above all states together, unit: flag}
  precision: {label: Precision, unit: text}
findings:
  three_lead: {claim: largest, of: usd_per_resident, for: [DC, AK, DE]}
*/
WITH head AS (
  SELECT
    e.state,
    e.name,
    e.estimate_usd / nullif(s.population_2016, 0) AS per_head,
    sum(e.estimate_usd) OVER () / nullif(sum(s.population_2016) OVER (), 0) AS nation,
    e.state_formula_estimates_rows,
    [s._row] AS states_rows
  FROM formula_estimates e
  JOIN states s ON s.usps = e.state
  WHERE e.year = 2016 AND e.state <> 'PR'
)
SELECT
  state,
  name,
  round(per_head, 2)::DECIMAL(9, 2) AS usd_per_resident,
  rank() OVER (ORDER BY per_head DESC NULLS LAST) AS rank,
  per_head > nation AS above_nation,
  'estimate' AS precision,
  state_formula_estimates_rows,
  states_rows
FROM head
ORDER BY rank, state
