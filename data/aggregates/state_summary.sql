/*
title: States at a glance
about: >-
  Every state, the District of Columbia and Puerto Rico: residents, violent crime, foreign-born share, the recipients of the letter of
  Jan. 24, 2018 within it, the recipients of a letter of any round or program, Byrne JAG letters, and fiscal 2017 money at risk, blank where none is known. Where no allocation
  of fiscal 2016 was published for it, our estimate by the formula stands apart.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  fips: {label: FIPS code, unit: text}
  population: {label: Residents in 2016, unit: count}
  violent_rate: {label: Violent crime rate in 2016, unit: per_100k}
  foreign_born_percent: {label: Foreign-born share in 2016, unit: percent}
  noncitizen_percent: {label: Noncitizen share in 2016, unit: percent}
  recipients: {label: 'Recipients of the letter of Jan. 24, 2018', unit: count}
  recipients_all: {label: Places with a letter, unit: count}
  letters: {label: Byrne JAG letters, unit: count}
  at_risk_usd: {label: At risk, unit: usd}
  allocated_2016_usd: {label: 'Allocated in fiscal 2016, state and local', unit: usd}
  estimate_2016_usd: {label: 'Fiscal 2016, our estimate', precision: estimate_precision, unit: usd}
  estimate_precision: {label: Precision of the estimate, unit: text}
  usd_per_resident: {label: Grants per resident, precision: estimate_precision, unit: usd per resident}
  formula_rank: {label: Rank, unit: rank}
  above_nation: {label: Violent crime rate above that of the nation, unit: flag}
findings:
  california_most: {claim: largest, of: recipients_all, for: CA}
*/
WITH letter AS (
  SELECT
    l.state,
    count(*) FILTER (WHERE l.round = '2018-01-24') AS recipients,
    count(DISTINCT l.jurisdiction) AS recipients_all,
    count(*) FILTER (WHERE l.program = 'Byrne JAG') AS letters,
    flatten(list(l.letters_rows)) AS letters_rows,
    flatten(list(l.jurisdictions_rows)) AS jurisdictions_rows
  FROM letters_by_jurisdiction_round l
  GROUP BY l.state
)
SELECT
  s.usps AS state,
  s.name,
  s.fips,
  s.population_2016 AS population,
  s.violent_rate_2016 AS violent_rate,
  s.foreign_born_pct_2016 AS foreign_born_percent,
  s.noncitizen_pct_2016 AS noncitizen_percent,
  coalesce(l.recipients, 0) AS recipients,
  coalesce(l.recipients_all, 0) AS recipients_all,
  coalesce(l.letters, 0) AS letters,
  r.amount_usd AS at_risk_usd,
  f.published_usd AS allocated_2016_usd,
  f.estimate_usd AS estimate_2016_usd,
  'estimate' AS estimate_precision,
  h.usd_per_resident,
  h.rank AS formula_rank,
  s.violent_rate_2016 > nation.violent_rate_2016 AS above_nation,
  [s._row, nation._row] AS states_rows,
  coalesce(f.state_formula_estimates_rows, []) AS state_formula_estimates_rows,
  coalesce(l.letters_rows, []) AS letters_rows,
  coalesce(l.jurisdictions_rows, []) AS jurisdictions_rows,
  coalesce(r.grants_rows, []) AS grants_rows
FROM states s
LEFT JOIN letter l ON l.state = s.usps
LEFT JOIN at_risk_by_state r ON r.state = s.usps
LEFT JOIN formula_estimates f ON f.state = s.usps AND f.year = 2016
LEFT JOIN formula_per_head h ON h.state = s.usps
CROSS JOIN (SELECT _row, violent_rate_2016 FROM states WHERE usps = 'US') AS nation
WHERE s.usps <> 'US'
ORDER BY r.amount_usd DESC NULLS LAST, recipients_all DESC, s.name
