/*
title: States with a story
about: >-
  The states, with the District of Columbia, in which somebody received a letter or sued. Each has a page. Places are the states, counties
  and cities in it that received a letter or sued.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  said: {label: Name in sentences, unit: text}
  places: {label: Places, unit: count}
  recipients: {label: 'Recipients of the letter of Jan. 24, 2018', unit: count}
  lead: {label: What happened, unit: text}
  source_id: {label: Source of that, unit: text}
  second_source_id: {label: Second source, unit: text}
  at_risk_usd: {label: At risk, unit: usd}
  at_risk_share_percent: {label: Share of the known total, unit: percent}
  at_risk_per_resident: {label: 'At risk, where it is a cent or more', unit: usd per resident}
  at_risk_rank: {label: Rank by money at risk, unit: rank}
  allocated_2016_usd: {label: 'Allocated in fiscal 2016, state and local', unit: usd}
  estimate_2016_usd: {label: 'The same by our estimate', precision: estimate_precision, unit: usd}
  estimate_precision: {label: Precision of the estimate, unit: text}
  usd_per_resident: {label: By resident, precision: estimate_precision, unit: usd per resident}
  formula_rank: {label: Rank by that, unit: rank}
  formula_last: {label: Least of all, unit: flag}
*/
WITH place AS (
  SELECT
    p.state,
    count(*) AS places,
    count(*) FILTER (WHERE p.january_2018) AS recipients,
    flatten(list(p.jurisdictions_rows)) AS jurisdictions_rows,
    flatten(list(p.letters_rows)) AS letters_rows,
    flatten(list(p.outcomes_rows)) AS outcomes_rows,
    list_distinct(flatten(list(p.suits_rows))) AS suits_rows
  FROM jurisdiction_summary p
  GROUP BY p.state
)
SELECT
  s.usps AS state,
  s.name,
  CASE s.usps WHEN 'DC' THEN 'the District of Columbia' ELSE s.name END AS said,
  p.places,
  p.recipients,
  t.lead, t.source_id, t.second_source_id,
  r.amount_usd AS at_risk_usd,
  r.share_percent AS at_risk_share_percent,
  CASE WHEN 100 * h.amount_usd >= h.population THEN round(h.amount_usd / h.population, 2)::DECIMAL(9, 2) END AS at_risk_per_resident,
  r.rank AS at_risk_rank,
  f.published_usd AS allocated_2016_usd,
  f.estimate_usd AS estimate_2016_usd,
  'estimate' AS estimate_precision,
  h16.usd_per_resident,
  h16.rank AS formula_rank,
  h16.rank = (SELECT max(rank) FROM formula_per_head) AS formula_last,
  [s._row] AS states_rows,
  CASE WHEN t._row IS NULL THEN [] ELSE [t._row] END AS state_leads_rows,
  p.jurisdictions_rows,
  p.letters_rows,
  p.outcomes_rows,
  p.suits_rows,
  coalesce(r.grants_rows, []) AS grants_rows,
  coalesce(f.state_formula_estimates_rows, []) AS state_formula_estimates_rows
FROM states s
JOIN place p ON p.state = s.usps
LEFT JOIN state_leads t ON t.usps = s.usps
LEFT JOIN at_risk_by_state r ON r.state = s.usps
LEFT JOIN at_risk_per_head h ON h.state = s.usps
LEFT JOIN formula_estimates f ON f.state = s.usps AND f.year = 2016
LEFT JOIN formula_per_head h16 ON h16.state = s.usps
ORDER BY s.usps
