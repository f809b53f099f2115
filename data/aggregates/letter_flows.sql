/*
title: From kind of government to letter
about: Letters by the kind of government that got them and by what they were, demands apart from clearances, of either program.
key: [kind, what]
columns:
  kind: {label: Kind of government, unit: text}
  what: {label: Kind of letter, unit: text}
  letters: {label: Letters, unit: count}
*/
SELECT
  CASE j.kind WHEN 'state' THEN 'States' WHEN 'county' THEN 'Counties' WHEN 'city' THEN 'Cities' ELSE 'City and county in one' END AS kind,
  CASE WHEN l.status = 'cleared' THEN 'Clearance' ELSE 'Demand' END || ', ' || l.program AS what,
  count(*) AS letters,
  flatten(list(l.letters_rows)) AS letters_rows,
  flatten(list(l.jurisdictions_rows)) AS jurisdictions_rows
FROM letters_by_jurisdiction_round l
JOIN jurisdictions j ON j.id = l.jurisdiction
GROUP BY j.kind, what
ORDER BY sum(count(*)) OVER (PARTITION BY j.kind) DESC, j.kind, what
