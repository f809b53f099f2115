/*
title: Lawsuits, by plaintiff
about: Each lawsuit once for each of its plaintiffs.
key: [jurisdiction, id]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  id: {label: Suit id, unit: text}
  state: {label: State code, unit: text}
  plaintiff: {label: Plaintiff, unit: text}
  against: {label: Against, unit: text}
  filed: {label: Filed, unit: date}
  court: {label: Court, unit: text}
  outcome: {label: Outcome, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  u.jurisdiction, u.id, j.state, u.plaintiff, u.against, u.filed, u.court,
  coalesce(u.outcome, 'Not stated in our sources') AS outcome,
  u.source_id, [u._row] AS suits_rows, [j._row] AS jurisdictions_rows
FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, * EXCLUDE (jurisdiction_ids), _row FROM suits) u
JOIN jurisdictions j ON j.id = u.jurisdiction
ORDER BY u.jurisdiction, u.filed NULLS LAST, u.id
