/*
title: Lawsuits, by plaintiff
about: Each lawsuit once for each of its plaintiffs. The day of filing is blank for those whom the record of the filing does not name.
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
WITH filing AS (
  SELECT suit, date, flatten(list(jurisdiction_ids)) AS jurisdictions, list(_row) AS events_rows
  FROM (SELECT unnest(suit_ids) AS suit, date, jurisdiction_ids, _row FROM events WHERE kind = 'lawsuit')
  GROUP BY suit, date
)
SELECT
  u.jurisdiction, u.id, j.state, u.plaintiff, u.against,
  CASE WHEN f.jurisdictions IS NULL OR list_contains(f.jurisdictions, u.jurisdiction) THEN u.filed END AS filed,
  u.court,
  coalesce(u.outcome, 'Not stated in our sources') AS outcome,
  u.source_id, [u._row] AS suits_rows, [j._row] AS jurisdictions_rows, coalesce(f.events_rows, []) AS events_rows
FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, * EXCLUDE (jurisdiction_ids), _row FROM suits) u
JOIN jurisdictions j ON j.id = u.jurisdiction
LEFT JOIN filing f ON f.suit = u.id AND f.date = u.filed
ORDER BY u.jurisdiction, filed NULLS LAST, u.id
