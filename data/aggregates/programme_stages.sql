/*
title: How big the programme is, by what is counted
about: >-
  National amounts of the Byrne JAG programme in fiscal 2016, each counted at another stage, and the amount that an article of
  January 2018 gives without naming a year. They measure different things and must not be added.
key: stage
columns:
  stage: {label: Stage id, unit: text}
  label: {label: Stage, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  fiscal_year: {label: Fiscal year, unit: text}
  precision: {label: Precision, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  g.program AS stage,
  CASE g.program
    WHEN 'jag-seed-leverage' THEN 'Named in an article as being in play'
    WHEN 'jag-appropriation' THEN 'Appropriated by Congress'
    WHEN 'jag-formula-after-setasides' THEN 'Left for formula grants, as counted in June 2016'
    WHEN 'jag-allocation' THEN 'Allocated by the formula'
    WHEN 'jag-awarded' THEN 'Awarded, as reported in July 2017'
    WHEN 'jag-awarded-rounded' THEN 'Awarded, as reported in August 2017'
  END AS label,
  g.amount_usd,
  g.fiscal_year,
  g.precision,
  g.source_id,
  [g._row] AS grants_rows
FROM grants g
WHERE g.level = 'national_total'
  AND (g.fiscal_year = '2016' OR (g.program = 'jag-seed-leverage' AND g.fiscal_year IS NULL))
  AND g.program IN ('jag-seed-leverage', 'jag-appropriation', 'jag-formula-after-setasides', 'jag-allocation', 'jag-awarded', 'jag-awarded-rounded')
ORDER BY g.amount_usd DESC, g.program
