/*
title: States with a story
about: >-
  The states, with the District of Columbia and Puerto Rico, in which somebody received a letter or sued, for which a grant figure was
  published, or about which sources disagree. Each has a page. Places are the states, counties and cities in it that received a letter or sued.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  said: {label: Name in sentences, unit: text}
  places: {label: Places, unit: count}
  recipients: {label: 'Recipients of the letter of Jan. 24, 2018', unit: count}
  recipients_jag: {label: Recipients of any Byrne JAG letter, unit: count}
  recipients_other: {label: Recipients of other letters only, unit: count}
  plaintiffs: {label: Places that sued, unit: count}
  cleared_january: {label: 'Of the recipients of Jan. 24, 2018, those cleared', unit: count}
  cleared_jag: {label: Recipients of Byrne JAG letters cleared, unit: count}
  government_sued: {label: The state government sued, unit: flag}
  at_risk_usd: {label: At risk, unit: usd}
  at_risk_share_percent: {label: Share of the known total, unit: percent}
  at_risk_per_resident: {label: 'At risk, where it is a cent or more', unit: usd per resident}
  at_risk_rank: {label: Rank by money at risk, unit: rank}
  one_said: {label: 'The one place, or the one recipient of Jan. 24, 2018', unit: text}
  one_month: {label: Month of its first letter, unit: text}
  one_demands: {label: Demands in its letters, unit: count}
  one_stake_usd: {precision: one_stake_precision, label: What it stood to lose, unit: usd}
  one_stake_precision: {label: Precision, unit: text}
  one_stake_years: {label: Fiscal years of that, unit: text}
  one_ending: {label: How it ended there, unit: text}
  one_ending_after: {label: 'How it ended there, after the department was named', unit: text}
  allocated_2016_usd: {label: 'Allocated in fiscal 2016, state and local', unit: usd}
  estimate_2016_usd: {label: 'The same by our estimate', precision: estimate_precision, unit: usd}
  estimate_precision: {label: Precision of the estimate, unit: text}
*/
WITH place AS (
  SELECT
    p.state,
    count(*) AS places,
    count(*) FILTER (WHERE p.january_2018) AS recipients,
    count(*) FILTER (WHERE p.letters_jag > 0) AS recipients_jag,
    count(*) FILTER (WHERE p.letters > 0 AND p.letters_jag = 0) AS recipients_other,
    count(*) FILTER (WHERE p.suits > 0) AS plaintiffs,
    count(*) FILTER (WHERE p.january_2018 AND coalesce(p.cleared, false)) AS cleared_january,
    count(*) FILTER (WHERE p.letters_jag > 0 AND coalesce(p.cleared, false)) AS cleared_jag,
    count(*) FILTER (WHERE p.suits > 0 AND p.kind = 'state') > 0 AS government_sued,
    -- Where a place is the only one, or the only one with a letter of January 2018, the state's story is told with it.
    CASE count(*) FILTER (WHERE p.january_2018) WHEN 1 THEN min(p.jurisdiction) FILTER (WHERE p.january_2018) WHEN 0 THEN CASE count(*) WHEN 1 THEN min(p.jurisdiction) END END AS one,
    flatten(list(p.jurisdictions_rows)) AS jurisdictions_rows,
    flatten(list(p.letters_rows)) AS letters_rows,
    flatten(list(p.outcomes_rows)) AS outcomes_rows,
    list_distinct(flatten(list(p.suits_rows))) AS suits_rows
  FROM jurisdiction_summary p
  GROUP BY p.state
),
figure AS (
  SELECT state, flatten(list(grants_rows)) AS grants_rows FROM grants_by_state GROUP BY state
),
disagreement AS (
  SELECT state, flatten(list(disagreements_rows)) AS disagreements_rows FROM disagreements_by_state GROUP BY state
)
SELECT
  s.usps AS state,
  s.name,
  CASE s.usps WHEN 'DC' THEN 'the District of Columbia' ELSE s.name END AS said,
  coalesce(p.places, 0) AS places,
  coalesce(p.recipients, 0) AS recipients,
  coalesce(p.recipients_jag, 0) AS recipients_jag,
  coalesce(p.recipients_other, 0) AS recipients_other,
  coalesce(p.plaintiffs, 0) AS plaintiffs,
  coalesce(p.cleared_january, 0) AS cleared_january,
  coalesce(p.cleared_jag, 0) AS cleared_jag,
  coalesce(p.government_sued, false) AS government_sued,
  r.amount_usd AS at_risk_usd,
  r.share_percent AS at_risk_share_percent,
  CASE WHEN 100 * h.amount_usd >= h.population THEN round(h.amount_usd / h.population, 2)::DECIMAL(9, 2) END AS at_risk_per_resident,
  r.rank AS at_risk_rank,
  CASE one.kind WHEN 'state' THEN 'the state government' ELSE one.said END AS one_said,
  one.first_month AS one_month,
  one.demands_jag AS one_demands,
  one.stake_usd AS one_stake_usd,
  one.stake_precision AS one_stake_precision,
  one.stake_years AS one_stake_years,
  one.ending AS one_ending,
  one.ending_after AS one_ending_after,
  f.published_usd AS allocated_2016_usd,
  f.estimate_usd AS estimate_2016_usd,
  'estimate' AS estimate_precision,
  [s._row] AS states_rows,
  coalesce(p.jurisdictions_rows, []) AS jurisdictions_rows,
  coalesce(p.letters_rows, []) AS letters_rows,
  coalesce(p.outcomes_rows, []) AS outcomes_rows,
  coalesce(p.suits_rows, []) AS suits_rows,
  list_distinct(coalesce(g.grants_rows, []) || coalesce(r.grants_rows, []) || coalesce(one.grants_rows, [])) AS grants_rows,
  coalesce(d.disagreements_rows, []) AS disagreements_rows,
  coalesce(f.state_formula_estimates_rows, []) AS state_formula_estimates_rows
FROM states s
LEFT JOIN place p ON p.state = s.usps
LEFT JOIN figure g ON g.state = s.usps
LEFT JOIN disagreement d ON d.state = s.usps
LEFT JOIN at_risk_by_state r ON r.state = s.usps
LEFT JOIN at_risk_per_head h ON h.state = s.usps
LEFT JOIN jurisdiction_summary one ON one.jurisdiction = p.one
LEFT JOIN formula_estimates f ON f.state = s.usps AND f.year = 2016
WHERE s.usps <> 'US' AND (p.state IS NOT NULL OR g.state IS NOT NULL OR d.state IS NOT NULL)
ORDER BY s.usps
