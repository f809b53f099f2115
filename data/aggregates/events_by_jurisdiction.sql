/*
title: What happened when, by jurisdiction
about: Each event once for every jurisdiction that it concerns. Events that name no jurisdiction are left out.
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
)
SELECT c.jurisdiction, c.id, c.date, c.title, c.kind, c.actor, c.court, c.outcome, c.source_id, [c._row] AS events_rows
FROM concerned c
ORDER BY c.jurisdiction, c.date, c.id
