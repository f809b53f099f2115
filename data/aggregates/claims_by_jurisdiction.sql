/*
title: What was said by or of a jurisdiction
about: Each claim of the articles that the report started from once for every jurisdiction that it speaks for or of by name. Claims about all of them are left out.
key: [jurisdiction, id]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  id: {label: Claim id, unit: text}
  date: {label: Date, unit: date}
  speaker: {label: Speaker, unit: text}
  role: {label: Role, unit: text}
  side: {label: Side, unit: text}
  claim: {label: Claim, unit: text}
  quote: {label: Quotation, unit: text}
  source_id: {label: Source, unit: text}
*/
WITH claim AS (
  SELECT unnest(jurisdiction_ids) AS jurisdiction, id, date, speaker, role, side, claim, quote, source_id, _row FROM claims
)
SELECT c.jurisdiction, c.id, c.date, c.speaker, c.role,
  CASE c.side WHEN 'administration' THEN 'The administration' WHEN 'jurisdiction' THEN 'States and cities' WHEN 'court' THEN 'Courts' ELSE 'The press' END AS side, c.claim, c.quote, c.source_id, [c._row] AS claims_rows
FROM claim c
ORDER BY c.jurisdiction, list_position(['administration', 'jurisdiction', 'court', 'other'], c.side), c.date, c.id
