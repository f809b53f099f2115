/*
title: Recipients at a glance
about: >-
  Every jurisdiction that got a letter, of either program, with how many it got, when, whether one of them cleared it, and its own
  fiscal 2017 award where it got the letter of Jan. 24, 2018.
key: jurisdiction
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  name: {label: Recipient, unit: text}
  kind: {label: Kind of government, unit: text}
  state: {label: State code, unit: text}
  state_name: {label: State, unit: text}
  fips: {label: FIPS code, unit: text}
  letters: {label: Letters, unit: count}
  letters_jag: {label: Byrne JAG letters, unit: count}
  first_letter: {label: First letter, unit: date}
  last_letter: {label: Last letter, unit: date}
  cleared: {label: Cleared by a letter, unit: flag}
  january_2018: {label: 'Got the letter of Jan. 24, 2018', unit: flag}
  at_risk_usd: {label: At risk, unit: usd}
*/
WITH letter AS (
  SELECT
    l.jurisdiction,
    count(*) AS letters,
    count(*) FILTER (WHERE l.program = 'Byrne JAG') AS letters_jag,
    min(l.date_sent) AS first_letter,
    max(l.date_sent) AS last_letter,
    bool_or(l.status = 'cleared') AS cleared,
    bool_or(l.round = '2018-01-24') AS january_2018,
    flatten(list(l.letters_rows)) AS letters_rows
  FROM letters_by_jurisdiction_round l
  GROUP BY l.jurisdiction
)
SELECT
  j.id AS jurisdiction,
  j.name,
  j.kind,
  j.state,
  s.name AS state_name,
  j.fips,
  coalesce(l.letters, 0) AS letters,
  coalesce(l.letters_jag, 0) AS letters_jag,
  l.first_letter,
  l.last_letter,
  coalesce(l.cleared, false) AS cleared,
  coalesce(l.january_2018, false) AS january_2018,
  r.amount_usd AS at_risk_usd,
  [j._row] AS jurisdictions_rows,
  coalesce(l.letters_rows, []) AS letters_rows,
  coalesce(r.grants_rows, []) AS grants_rows
FROM jurisdictions j
JOIN states s ON s.usps = j.state
LEFT JOIN letter l ON l.jurisdiction = j.id
LEFT JOIN at_risk_by_jurisdiction r ON r.jurisdiction = j.id
WHERE j.role = 'letter-recipient'
ORDER BY j.id
