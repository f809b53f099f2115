/*
title: Byrne JAG money at risk for each 1,000 residents, by state
about: >-
  The fiscal 2017 money at risk in a state after the letter of Jan. 24, 2018, divided by all its residents in 2016. Where only a
  city or county received the letter, its award is still set against the whole state. Oregon's amount is not known, so its rate is blank.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  amount_usd: {label: At risk, unit: usd}
  population: {label: Residents in 2016, unit: count}
  usd_per_1k: {label: 'At risk per 1,000 residents', unit: usd_per_1k}
  usd_each: {label: At risk per resident, unit: usd per resident}
  rank: {label: Rank, unit: rank}
findings:
  illinois_leads: {claim: largest, of: usd_per_1k, for: IL, known: true}
  two_lead: {claim: largest, of: usd_per_1k, for: [IL, CA], known: true}
*/
SELECT
  r.state,
  r.name,
  r.amount_usd,
  s.population_2016 AS population,
  1000 * r.amount_usd / nullif(s.population_2016, 0) AS usd_per_1k,
  r.amount_usd / nullif(s.population_2016, 0) AS usd_each,
  CASE WHEN r.amount_usd IS NOT NULL THEN rank() OVER (ORDER BY r.amount_usd / nullif(s.population_2016, 0) DESC NULLS LAST) END AS rank,
  r.letters_rows,
  r.jurisdictions_rows,
  r.grants_rows,
  [s._row] AS states_rows
FROM at_risk_by_state r
JOIN states s ON s.usps = r.state
ORDER BY usd_per_1k DESC NULLS LAST, r.state
