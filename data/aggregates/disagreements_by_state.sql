/*
title: Where sources disagree about a state
about: Each thing that a source says otherwise of a state or of a jurisdiction in it.
key: [state, id]
columns:
  state: {label: State code, unit: text}
  id: {label: Id, unit: text}
  topic: {label: Topic, unit: text}
  says: {label: What a source says, unit: text}
  source_id: {label: Source, unit: text}
  used: {label: Used here, unit: flag}
  why: {label: Why, unit: text}
*/
WITH about AS (
  SELECT j.state, d.id, d._row AS disagreement, j._row AS jurisdiction
  FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, id, _row FROM disagreements) d
  JOIN jurisdictions j ON j.id = d.jurisdiction
  UNION ALL
  SELECT state, id, _row, NULL FROM disagreements WHERE state IS NOT NULL
),
state AS (
  SELECT state, id, list(jurisdiction) FILTER (WHERE jurisdiction IS NOT NULL) AS jurisdictions_rows FROM about GROUP BY state, id
)
SELECT s.state, s.id, d.topic, d.says, d.source_id, d.used, d.why, [d._row] AS disagreements_rows, coalesce(s.jurisdictions_rows, []) AS jurisdictions_rows
FROM state s
JOIN disagreements d ON d.id = s.id
ORDER BY s.state, d._row
