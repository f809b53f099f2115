/*
title: Where sources disagree about a place
about: Each thing that a source says otherwise, once for each jurisdiction that it is about.
key: [jurisdiction, id]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  id: {label: Id, unit: text}
  topic: {label: Topic, unit: text}
  says: {label: What a source says, unit: text}
  source_id: {label: Source, unit: text}
  used: {label: Used here, unit: flag}
  why: {label: Why, unit: text}
*/
SELECT jurisdiction, id, topic, says, source_id, used, why, [_row] AS disagreements_rows
FROM (SELECT unnest(jurisdiction_ids) AS jurisdiction, id, topic, says, source_id, used, why, _row FROM disagreements)
ORDER BY jurisdiction, _row
