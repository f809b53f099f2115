/*
title: Lawsuits, and what came of them
about: >-
  Each lawsuit over the executive order or the conditions of the grants, with the decisions in it that are in the data, on appeal too. A
  decision in several suits counts for each.
key: id
columns:
  id: {label: Suit id, unit: text}
  plaintiff: {label: Plaintiff, unit: text}
  against: {label: Against, unit: text}
  filed: {label: Filed, unit: date}
  court: {label: Court, unit: text}
  decisions: {label: Decisions, unit: count}
  jurisdictions: {label: For the plaintiff, unit: count}
  outcome: {label: Outcome, unit: text}
  source_id: {label: Source, unit: text}
*/
WITH decision AS (
  SELECT unnest(suit_ids) AS suit, sided_with, _row FROM events WHERE sided_with IS NOT NULL
)
SELECT
  s.id, s.plaintiff, s.against, s.filed, s.court,
  count(d._row) AS decisions,
  count(d._row) FILTER (WHERE d.sided_with = 'jurisdictions') AS jurisdictions,
  s.outcome, s.source_id,
  [s._row] AS suits_rows,
  coalesce(list(d._row) FILTER (WHERE d._row IS NOT NULL), []) AS events_rows
FROM suits s
LEFT JOIN decision d ON d.suit = s.id
GROUP BY ALL
ORDER BY s.filed NULLS LAST, s.id
