/*
title: How big the program is, by what is counted
about: >-
  National amounts of the Byrne JAG program in fiscal 2016, each counted at another stage, and the amount that the Los Angeles
  Times gave in January 2018 without naming a year. They measure different things and must not be added.
key: stage
columns:
  stage: {label: Stage id, unit: text}
  label: {label: Stage, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  precision: {label: Precision, unit: text}
  source_id: {label: Source, unit: text}
findings:
  article_near_appropriation: {claim: less than, of: amount_usd, for: jag-seed-leverage, than: jag-appropriation, times: 1.05}
*/
SELECT
  -- "2016 jag-allocation" is figure and year
  regexp_replace(figure, '^\d+ ', '') AS stage,
  what AS label,
  amount_usd,
  precision,
  source_id,
  grants_rows
FROM grants_national
WHERE (fiscal_year = '2016' AND what NOT LIKE 'For %') OR what = 'Named by the Los Angeles Times'
ORDER BY amount_usd DESC, stage
