/*
title: What each decision made of which condition
about: >-
  Each decision of a court on the conditions of the grants, once for every condition in it. Where a source says who won and does not name
  the conditions, what happened to notice and access is inferred, and nothing is said of certification.
key: [condition, id]
columns:
  condition: {label: Condition id, unit: text}
  id: {label: Event id, unit: text}
  date: {label: Date, unit: date}
  court: {label: Court, unit: text}
  title: {label: Decision, unit: text}
  holding: {label: What it made of it, unit: text}
  basis: {label: Basis, unit: text}
  source_id: {label: Source, unit: text}
findings:
  orrick_struck_all: {claim: count, n: 3, where: {id: e44}, is: {holding: struck down, condition: [notice, access, certification-1373]}}
*/
SELECT
  h.condition_id AS condition,
  h.event_id AS id,
  e.date,
  replace(replace(e.court, 'U.S. District Court, ', ''), 'U.S. Court of Appeals, ', '') AS court,
  e.title,
  h.holding,
  h.basis,
  h.source_id,
  [h._row] AS holdings_rows,
  [e._row] AS events_rows
FROM holdings h
JOIN events e ON e.id = h.event_id
ORDER BY h.condition_id, e.date, h.event_id
