/*
title: Awards of cities that received no letter
about: Amounts found for cities that sued without having received a letter, and for a large city for comparison.
key: [jurisdiction, figure]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  figure: {label: Figure id, unit: text}
  name: {label: City, unit: text}
  role: {label: Role, unit: text}
  fiscal_year: {label: Fiscal year, unit: text}
  amount_usd: {precision: precision, label: Award, unit: usd}
  precision: {label: Precision, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  g.recipient AS jurisdiction,
  concat_ws(' ', g.fiscal_year, g.program) AS figure,
  j.name,
  CASE j.role WHEN 'plaintiff' THEN 'sued' ELSE 'for comparison' END AS role,
  g.fiscal_year,
  g.amount_usd,
  g.precision,
  g.source_id,
  [g._row] AS grants_rows,
  [j._row] AS jurisdictions_rows
FROM grants g
JOIN jurisdictions j ON j.id = g.recipient
WHERE j.role <> 'letter-recipient' AND g.use = 'primary'
ORDER BY j.role DESC, g.recipient, figure
