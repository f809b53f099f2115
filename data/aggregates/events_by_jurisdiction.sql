/*
title: What happened when, by jurisdiction
about: >-
  Each event once for every jurisdiction that it concerns. Letters and their deadlines, which are in the tables of letters, events that concern many jurisdictions, and those that name none are left out.
key: [jurisdiction, id]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  id: {label: Event id, unit: text}
  date: {label: Date, unit: date}
  title: {label: Event, unit: text}
  kind: {label: Kind, unit: text}
  actor: {label: Who acted, unit: text}
  court: {label: Court, unit: text}
  outcome: {label: Outcome, unit: text}
  source_id: {label: Source, unit: text}
*/
WITH concerned AS (
  SELECT unnest(jurisdiction_ids) AS jurisdiction, id, date, title, kind, actor, court, outcome, source_id, _row
  FROM events
  WHERE kind NOT IN ('letter', 'deadline') AND len(jurisdiction_ids) <= 12
)
SELECT c.jurisdiction, c.id, c.date, c.title, c.kind, c.actor, c.court, c.outcome, c.source_id, [c._row] AS events_rows
FROM concerned c
ORDER BY c.jurisdiction, c.date, c.id
