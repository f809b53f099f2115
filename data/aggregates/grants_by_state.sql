/*
title: Published amounts, by state
about: >-
  Every grant figure found for a state or its government, and for cities that are here for comparison, figures for comparison included and rejected ones left out. The total of a state holds its
  local governments, the award of its government does not: do not add them.
allow_numbers: [{text: two years together, reason: what a figure covers}]
key: [state, figure]
columns:
  state: {label: State code, unit: text}
  figure: {label: Figure id, unit: text}
  name: {label: State, unit: text}
  fiscal_year: {label: Fiscal year, unit: text}
  what: {label: What it covers, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  precision: {label: Precision, unit: text}
  note: {label: Note, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  s.usps AS state,
  concat_ws(' ', g.fiscal_year, g.level, g.program) AS figure,
  s.name,
  g.fiscal_year,
  CASE
    WHEN g.level = 'local_award' THEN g.program || ', for comparison'
    WHEN g.level = 'state_total' THEN 'The state and its local governments'
    WHEN g.program = 'jag-state-two-years' THEN 'The state government, two years together'
    WHEN g.program = 'jag-restored' THEN 'The state government, withheld and restored'
    WHEN g.program = 'jag-state-press' THEN 'The state government, as reported'
    ELSE 'The state government'
  END AS what,
  g.amount_usd,
  g.precision,
  g.note,
  g.source_id,
  [g._row] AS grants_rows
FROM (
  SELECT * FROM grants WHERE level IN ('state_total', 'state_award')
  UNION ALL
  SELECT g.* REPLACE (j.state AS recipient, j.name AS program) FROM grants g JOIN jurisdictions j ON j.id = g.recipient WHERE j.role = 'context'
) g
JOIN states s ON s.usps = g.recipient OR 'state-' || lower(s.usps) = g.recipient
WHERE g.use <> 'reject' AND s.usps <> 'US'
ORDER BY s.usps, g.fiscal_year, g.level DESC, g.program
