/*
title: Every letter
about: Each letter to each jurisdiction, clearances and the letters about the Public Safety Partnership included, with what it asked for and what it said.
key: [jurisdiction, round]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  round: {label: Round, unit: text}
  name: {label: Recipient, unit: text}
  state: {label: State code, unit: text}
  program: {label: Program, unit: text}
  date_sent: {label: Sent, unit: date}
  month: {label: Month, unit: text}
  deadline: {label: Answer due, unit: date}
  status: {label: Status, unit: text}
  demanded: {label: What it asked for, unit: text}
  outcome: {label: What it found or threatened, unit: text}
  source_id: {label: Source, unit: text}
findings:
  october_cleared: {claim: only, where: {round: 2017-10-12}, for: [milwaukee-county-wi, state-ct], is: {status: cleared}}
  april_cleared: {claim: only, where: {round: 2018-04-12}, for: [louisville-ky, washington-dc], is: {status: cleared}}
  april_pressed: {claim: only, where: {round: 2018-04-12}, for: [seattle-wa, state-vt, oakland-ca], is: {status: demand}}
*/
SELECT
  l.jurisdiction_id AS jurisdiction,
  l.round_id AS round,
  j.name,
  j.state,
  CASE WHEN l.round_id LIKE '%-psp' THEN 'Public Safety Partnership' ELSE 'Byrne JAG' END AS program,
  l.date_sent,
  strftime(l.date_sent, '%B %Y') AS month,
  l.response_deadline AS deadline,
  -- A clearance asks for nothing: it tells the recipient that no violation was found.
  CASE WHEN l.outcome_stated = 'no evidence of violation' THEN 'cleared' ELSE 'demand' END AS status,
  l.demanded,
  l.outcome_stated AS outcome,
  l.source_id,
  [l._row] AS letters_rows,
  [j._row] AS jurisdictions_rows
FROM letters l
JOIN jurisdictions j ON j.id = l.jurisdiction_id
ORDER BY l.date_sent, l.jurisdiction_id
