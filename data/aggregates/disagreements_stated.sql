/*
title: Counts in what sources say
about: A count that a source gives, where no other table holds it.
key: id
columns:
  id: {label: Id, unit: text}
  stated: {label: Count, unit: count}
*/
SELECT id, stated, [_row] AS disagreements_rows
FROM disagreements
WHERE stated IS NOT NULL
ORDER BY id
