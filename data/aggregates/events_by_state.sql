/*
title: What happened when, by state
about: >-
  Each event once for every state in which it concerns the government, a county or a city. Letters and their deadlines, which are in the tables of
  letters, events that concern many jurisdictions, and those that name none are left out.
key: [state, id]
columns:
  state: {label: State code, unit: text}
  id: {label: Event id, unit: text}
  date: {label: Date, unit: date}
  title: {label: Event, unit: text}
  kind: {label: Kind, unit: text}
  court: {label: Court, unit: text}
  outcome: {label: Outcome, unit: text}
  source_id: {label: Source, unit: text}
*/
WITH concerned AS (
  SELECT j.state, e.id, list(j._row) AS jurisdictions_rows
  FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, id FROM events WHERE kind NOT IN ('letter', 'deadline') AND len(jurisdiction_ids) <= 12) e
  JOIN jurisdictions j ON j.id = e.jurisdiction
  GROUP BY j.state, e.id
)
SELECT c.state, c.id, e.date, e.title, e.kind, e.court, e.outcome, e.source_id, [e._row] AS events_rows, c.jurisdictions_rows
FROM concerned c
JOIN events e ON e.id = c.id
ORDER BY c.state, e.date, e.id
