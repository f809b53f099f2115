/*
title: Places at a glance
about: >-
  Every state, county and city that received a letter, of either program, or sued: its letters, its own award where one is known that it
  stood to lose, the decisions of courts in its suits, and how it ended. The award is of fiscal 2017, or of fiscal 2017 and 2018
  together where no source has it by year. The places with the most to lose come first.
key: jurisdiction
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  name: {label: Place, unit: text}
  said: {label: Name in sentences, unit: text}
  kind: {label: Kind of government, unit: text}
  government: {label: What sentences call it, unit: text}
  role: {label: Role, unit: text}
  state: {label: State code, unit: text}
  state_name: {label: State, unit: text}
  fips: {label: FIPS code, unit: text}
  longitude: {label: Longitude, unit: number}
  latitude: {label: Latitude, unit: number}
  others: {label: Other such places in the state, unit: count}
  letters: {label: Letters, unit: count}
  letters_jag: {label: Byrne JAG letters, unit: count}
  demands_jag: {label: Byrne JAG letters with a demand, unit: count}
  letter_months: {label: Months of the letters, unit: text}
  first_month: {label: Month of the first letter, unit: text}
  subpoena_month: {label: Month of the letter that threatened a subpoena, unit: text}
  january_2018: {label: 'Received the letter of Jan. 24, 2018', unit: flag}
  at_risk_usd: {label: At risk, unit: usd}
  stake_usd: {precision: stake_precision, label: Stood to lose, unit: usd}
  stake_precision: {label: Precision, unit: text}
  stake_years: {label: Fiscal years of the award, unit: text}
  stake_source_id: {label: Source of the award, unit: text}
  caveat: {label: Caveat, unit: text}
  caveat_source_id: {label: Source of the caveat, unit: text}
  suits: {label: Lawsuits, unit: count}
  decisions: {label: Decisions of courts, unit: count}
  won: {label: Decisions for it, unit: count}
  lost: {label: Decisions for the Justice Department, unit: count}
  split: {label: Decisions that went both ways, unit: count}
  cleared: {label: Cleared, unit: flag}
  cleared_date: {label: Date of that, unit: date}
  cleared_by: {label: How the department said so, unit: text}
  cleared_month: {label: Month of that, unit: text}
  cleared_by_letter: {label: Told in a letter that no violation was found, unit: flag}
  paid_by: {label: 'Paid, or cleared for payment, by', unit: date}
  told_no_violation: {label: Whom the department told so in a letter, unit: text}
  said_in_2019: {label: Whom its statement of March 2019 covers, unit: text}
  ending: {label: How it ended, unit: text}
  ended: {label: How it ended, unit: text}
  last_ruling: {label: Date of the last decision in its suits, unit: date}
  last_sided_with: {label: Whom it sided with, unit: text}
  last_source_id: {label: Source of that decision, unit: text}
  source_id: {label: Source of that, unit: text}
  money: {label: What became of the money, unit: text}
  money_source_id: {label: Source of what became of it, unit: text}
findings:
  clark_and_miami_cleared: {claim: all, where: {jurisdiction: [clark-county-nv, miami-dade-county-fl]}, is: {cleared_by: letter}}
  oregon_and_portland_sued: {claim: all, where: {jurisdiction: [state-or, portland-or]}, is: {suits: "> 0"}}
  oregon_and_portland_won: {claim: all, where: {jurisdiction: [state-or, portland-or]}, is: {won: "> 0"}}
*/
WITH letter AS (
  SELECT
    l.jurisdiction,
    count(*) AS letters,
    count(*) FILTER (WHERE l.program = 'Byrne JAG') AS letters_jag,
    count(*) FILTER (WHERE l.program = 'Byrne JAG' AND l.status = 'demand') AS demands_jag,
    list(l.month ORDER BY l.date_sent) AS months,
    bool_or(l.round = '2018-01-24') AS january_2018,
    min_by(l.month, l.date_sent) FILTER (WHERE l.outcome = 'subpoena threatened') AS subpoena_month,
    flatten(list(l.letters_rows)) AS letters_rows
  FROM letters_by_jurisdiction_round l
  GROUP BY l.jurisdiction
),
award AS (
  SELECT
    j.id AS jurisdiction,
    arg_min(g.amount_usd, g.fiscal_year) AS amount_usd,
    arg_min(g.precision, g.fiscal_year) AS precision,
    replace(min(g.fiscal_year), '-', ' and ') AS years,
    arg_min(g.source_id, g.fiscal_year) AS source_id,
    list(g._row) AS grants_rows
  FROM grants g
  JOIN jurisdictions j ON g.recipient = j.id OR (j.kind = 'state' AND g.level = 'state_award' AND g.recipient = j.state)
  WHERE g.use = 'primary' AND g.level IN ('state_award', 'local_award') AND g.fiscal_year IN ('2017', '2017-2018')
  GROUP BY j.id
),
suit AS (
  SELECT jurisdiction, count(*) AS suits, list(_row) AS suits_rows
  FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, _row FROM suits)
  GROUP BY jurisdiction
),
decision AS (
  SELECT
    jurisdiction,
    count(*) AS decisions,
    count(*) FILTER (WHERE sided_with = 'jurisdictions') AS won,
    count(*) FILTER (WHERE sided_with = 'department') AS lost,
    count(*) FILTER (WHERE sided_with = 'both') AS split,
    max(date) AS last_ruling,
    arg_max(sided_with, date) AS last_sided_with,
    arg_max(source_id, date) AS last_source_id,
    list(_row) AS events_rows
  FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, date, sided_with, source_id, _row FROM events WHERE sided_with IS NOT NULL)
  GROUP BY jurisdiction
),
named AS (
  SELECT id, CASE kind WHEN 'state' THEN 'the state' WHEN 'county' THEN 'the county' ELSE 'the city' END AS government
  FROM jurisdictions
),
place AS (
  SELECT
    j.id AS jurisdiction,
    j.name, j.said, j.kind, n.government, j.role, j.state,
    s.name AS state_name,
    j.fips,
    c.longitude, c.latitude,
    count(*) OVER (PARTITION BY j.state) - 1 AS others,
    coalesce(l.letters, 0) AS letters,
    coalesce(l.letters_jag, 0) AS letters_jag,
    coalesce(l.demands_jag, 0) AS demands_jag,
    regexp_replace(array_to_string(l.months, ', '), ', ([^,]*)$', ' and \1') AS letter_months,
    l.months[1] AS first_month,
    l.subpoena_month,
    coalesce(l.january_2018, false) AS january_2018,
    r.amount_usd AS at_risk_usd,
    -- The letters of the other program put none of these awards at risk.
    l.letters IS NULL OR l.letters_jag > 0 AS at_stake,
    a.amount_usd, a.precision, a.years,
    a.source_id AS stake_source_id,
    o.caveat, o.caveat_source_id,
    coalesce(u.suits, 0) AS suits,
    coalesce(d.decisions, 0) AS decisions,
    coalesce(d.won, 0) AS won,
    coalesce(d.lost, 0) AS lost,
    coalesce(d.split, 0) AS split,
    o.cleared, o.cleared_date, o.cleared_by, o.paid_by,
    strftime(o.cleared_date, '%B %Y') AS cleared_month,
    coalesce(o.cleared AND o.cleared_by = 'letter', false) AS cleared_by_letter,
    d.last_ruling, d.last_sided_with, d.last_source_id,
    -- blank for those with an ending of their own
    CASE WHEN o.cleared_by = 'letter' AND o.ending IS NULL THEN n.government END AS told_no_violation,
    CASE WHEN o.paid_by = DATE '2019-03-02' THEN n.government END AS said_in_2019,
    coalesce(
      o.ending,
      CASE
        WHEN o.cleared AND o.cleared_by = 'letter' THEN 'In ' || strftime(o.cleared_date, '%B %Y') || ' the department told ' || n.government || ' that it had found no evidence of a violation'
        WHEN o.cleared THEN 'By ' || strftime(o.cleared_date, '%B %Y') || ' ' || n.government || ' had been paid or cleared for payment, the department said'
      END
    ) AS ending,
    coalesce(
      o.ending,
      CASE
        WHEN o.cleared AND o.cleared_by = 'letter' THEN 'Cleared in ' || strftime(o.cleared_date, '%B %Y')
        WHEN o.cleared THEN 'Paid or cleared for payment by ' || strftime(o.cleared_date, '%B %Y')
        ELSE 'No record found'
      END
    ) AS ended,
    o.source_id, o.money, o.money_source_id,
    [j._row] AS jurisdictions_rows,
    [s._row] AS states_rows,
    CASE WHEN c._row IS NULL THEN [] ELSE [c._row] END AS coordinates_rows,
    CASE WHEN o._row IS NULL THEN [] ELSE [o._row] END AS outcomes_rows,
    coalesce(l.letters_rows, []) AS letters_rows,
    coalesce(a.grants_rows, []) AS grants_rows,
    coalesce(u.suits_rows, []) AS suits_rows,
    coalesce(d.events_rows, []) AS events_rows
  FROM jurisdictions j
  JOIN states s ON s.usps = j.state
  JOIN named n ON n.id = j.id
  LEFT JOIN coordinates c ON c.jurisdiction_id = j.id
  LEFT JOIN outcomes o ON o.jurisdiction_id = j.id
  LEFT JOIN letter l ON l.jurisdiction = j.id
  LEFT JOIN award a ON a.jurisdiction = j.id
  LEFT JOIN at_risk_by_jurisdiction r ON r.jurisdiction = j.id
  LEFT JOIN suit u ON u.jurisdiction = j.id
  LEFT JOIN decision d ON d.jurisdiction = j.id
  WHERE j.role IN ('letter-recipient', 'plaintiff')
)
SELECT
  jurisdiction, name, said, kind, government, role, state, state_name, fips, longitude, latitude, others, letters, letters_jag, demands_jag, letter_months, first_month, subpoena_month, january_2018, at_risk_usd,
  CASE WHEN at_stake THEN amount_usd END AS stake_usd,
  CASE WHEN at_stake THEN precision END AS stake_precision,
  CASE WHEN at_stake THEN years END AS stake_years,
  CASE WHEN at_stake THEN stake_source_id END AS stake_source_id,
  caveat, caveat_source_id, suits, decisions, won, lost, split, cleared, cleared_date, cleared_by, cleared_month, cleared_by_letter,
  paid_by, told_no_violation, said_in_2019, ending, ended, last_ruling, last_sided_with, last_source_id,
  source_id, money, money_source_id,
  jurisdictions_rows, states_rows, coordinates_rows, outcomes_rows, letters_rows, grants_rows, suits_rows, events_rows
FROM place
ORDER BY CASE WHEN at_stake THEN amount_usd END DESC NULLS LAST, state_name, kind <> 'state', said
