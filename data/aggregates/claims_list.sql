/*
title: What each side said
about: Each claim in the articles that the report started from, with its speaker, side and topic, and a short quotation where there is one.
key: id
columns:
  id: {label: Claim id, unit: text}
  date: {label: Date, unit: date}
  speaker: {label: Speaker, unit: text}
  role: {label: Role, unit: text}
  side: {label: Side, unit: text}
  topic: {label: Topic, unit: text}
  claim: {label: Claim, unit: text}
  quote: {label: Quotation, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT c.id, c.date, c.speaker, c.role,
  CASE c.side WHEN 'administration' THEN 'The administration' WHEN 'jurisdiction' THEN 'States and cities' WHEN 'court' THEN 'Courts' ELSE 'The press' END AS side,
  c.topic, c.claim, c.quote, c.source_id, [c._row] AS claims_rows
FROM claims c
ORDER BY list_position(['administration', 'jurisdiction', 'court', 'other'], c.side), c.date, c.id
