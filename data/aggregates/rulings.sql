/*
title: Decisions of the courts, and whom they sided with
about: >-
  Each decision of a court on the executive order or on the conditions of the grants, with its outcome. Whom it sided with is our reading of
  the outcome: both, where a part went each way. Petitions and cases that ended without a decision are left out.
key: id
columns:
  id: {label: Event id, unit: text}
  date: {label: Date, unit: date}
  title: {label: Decision, unit: text}
  court: {label: Court, unit: text}
  level: {label: Level, unit: text}
  outcome: {label: Outcome, unit: text}
  sided_with: {label: Sided with, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  e.id, e.date, e.title, e.court,
  CASE e.kind WHEN 'appeal' THEN 'appeals court' ELSE 'district court' END AS level,
  e.outcome, e.sided_with, e.source_id, [e._row] AS events_rows
FROM events e
WHERE e.sided_with IS NOT NULL
ORDER BY e.date, e.id
