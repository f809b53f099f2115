/*
title: What happened when
about: Orders, letters, deadlines, lawsuits, rulings and statements from May 2016 to May 2021, a line each.
key: id
columns:
  id: {label: Event id, unit: text}
  date: {label: Date, unit: date}
  title: {label: Event, unit: text}
  kind: {label: Kind, unit: text}
  actor: {label: Who acted, unit: text}
  court: {label: Court, unit: text}
  outcome: {label: Outcome, unit: text}
  jurisdictions: {label: Jurisdictions, unit: text}
  source_id: {label: Source, unit: text}
*/
WITH concerned AS (
  SELECT e.id, string_agg(j.name, '; ' ORDER BY j.name) AS jurisdictions
  FROM (SELECT id, unnest(jurisdiction_ids) AS jurisdiction FROM events) e
  JOIN jurisdictions j ON j.id = e.jurisdiction
  GROUP BY e.id
)
SELECT e.id, e.date, e.title, e.kind, e.actor, e.court, e.outcome, c.jurisdictions, e.source_id, [e._row] AS events_rows
FROM events e
LEFT JOIN concerned c ON c.id = e.id
ORDER BY e.date, e.id
