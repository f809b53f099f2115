/*
title: Where sources disagree
about: What sources say differently, which of it this report uses, and why.
key: id
columns:
  id: {label: Id, unit: text}
  topic: {label: Topic, unit: text}
  says: {label: What a source says, unit: text}
  source_id: {label: Source, unit: text}
  used: {label: Used here, unit: flag}
  why: {label: Why, unit: text}
*/
SELECT id, topic, says, source_id, used, why, [_row] AS disagreements_rows
FROM disagreements
ORDER BY _row
