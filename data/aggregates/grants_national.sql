/*
title: Published amounts for many recipients together
about: >-
  Every grant figure found for the nation, or for a group of recipients, rejected ones left out. They count different things, at different
  stages: do not add them.
key: figure
columns:
  figure: {label: Figure id, unit: text}
  fiscal_year: {label: Fiscal year, unit: text}
  what: {label: What it covers, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  precision: {label: Precision, unit: text}
  use: {label: Use, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  concat_ws(' ', g.fiscal_year, g.program) AS figure,
  g.fiscal_year,
  CASE g.program
    WHEN 'jag-seed-leverage' THEN 'Named by the Los Angeles Times'
    WHEN 'jag-appropriation' THEN 'Appropriated by Congress'
    WHEN 'jag-formula-after-setasides' THEN 'Left for formula grants, as counted in June 2016'
    WHEN 'jag-allocation' THEN 'Allocated by the formula'
    WHEN 'jag-awarded' THEN 'Awarded, as reported in July 2017'
    WHEN 'jag-awarded-rounded' THEN 'Awarded, as reported in August 2017'
    WHEN 'jag-formula-state-and-territory' THEN 'For states and territories, held back in November 2017'
    WHEN 'jag-seven-plaintiff-states' THEN 'For the states of the suit in New York'
    WHEN 'jag-29-letter-recipients' THEN 'For the recipients of the letters of November 2017, by an advocacy count'
    WHEN 'jag-sanctuary-jurisdictions-cis' THEN 'For sanctuary jurisdictions as an advocacy group lists them'
    ELSE 'Other figure'
  END AS what,
  g.amount_usd,
  g.precision,
  CASE g.use WHEN 'primary' THEN 'main figure' ELSE 'for comparison' END AS use,
  g.source_id,
  [g._row] AS grants_rows
FROM grants g
WHERE g.level = 'national_total' AND g.use <> 'reject'
ORDER BY g.fiscal_year NULLS LAST, g.amount_usd DESC, g.program
