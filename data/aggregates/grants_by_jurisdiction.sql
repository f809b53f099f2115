/*
title: Published amounts, by recipient
about: >-
  Every grant figure found for a jurisdiction that received a letter or sued, figures for comparison included and rejected ones left out.
  Figures of the same year can overlap, because some cover a joint award and others a share of it: do not add them.
key: [jurisdiction, figure]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  figure: {label: Figure id, unit: text}
  name: {label: Place, unit: text}
  fiscal_year: {label: Fiscal year, unit: text}
  what: {label: What it covers, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  precision: {label: Precision, unit: text}
  in_total: {label: In our total, unit: flag}
  note: {label: Note, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  j.id AS jurisdiction,
  concat_ws(' ', g.fiscal_year, g.program) AS figure,
  j.name,
  g.fiscal_year,
  CASE g.program
    WHEN 'jag-direct' THEN 'Direct award'
    WHEN 'jag-direct-plus-subgrant' THEN 'Direct award and money passed on by the state'
    WHEN 'jag-state' THEN 'Award to the state government'
    WHEN 'jag-restored' THEN 'Withheld and restored'
    WHEN 'jag-state-press' THEN 'Award to the state government, as reported'
    WHEN 'jag-state-two-years' THEN 'Award to the state government, two years together'
    WHEN 'jag-city-share' THEN 'City share of a joint award'
    WHEN 'jag-joint' THEN 'Joint award'
    WHEN 'jag-joint-press' THEN 'Joint award, as the city gives it'
    WHEN 'jag-programs' THEN 'Awards to programs'
    WHEN 'jag-two-years' THEN 'Delayed money, two years together'
    WHEN 'jag-seed' THEN 'Award, as a news report gives it'
    WHEN 'jag-seed-at-risk' THEN 'Could be lost, as a news report gives it'
    ELSE 'Other figure'
  END AS what,
  g.amount_usd,
  g.precision,
  list_contains(t.grants_rows, g._row) AS in_total,
  g.note,
  g.source_id,
  [g._row] AS grants_rows,
  [j._row] AS jurisdictions_rows
FROM grants g
JOIN jurisdictions j ON g.recipient = j.id OR (j.kind = 'state' AND g.level = 'state_award' AND g.recipient = j.state)
CROSS JOIN at_risk t
WHERE j.role IN ('letter-recipient', 'plaintiff') AND g.use <> 'reject'
ORDER BY j.id, g.fiscal_year, figure
