/*
title: From the appropriation to the money at risk
about: >-
  What Congress appropriated for Byrne JAG in fiscal 2016, what the formula divided of it, and the awards of fiscal 2017 that the letters of January 2018 put at
  risk, as far as they are known. We found no national total for fiscal 2017, so the last step is of another year.
key: step
columns:
  step: {label: Step id, unit: text}
  label: {label: Step, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  precision: {label: Precision, unit: text}
*/
SELECT stage AS step, CASE stage WHEN 'jag-appropriation' THEN 'Appropriated by Congress, fiscal 2016' ELSE 'Divided by the formula, fiscal 2016' END AS label, amount_usd, precision, grants_rows, [] AS letters_rows
FROM program_stages
WHERE stage IN ('jag-appropriation', 'jag-allocation')
UNION ALL BY NAME
SELECT 'at-risk' AS step, 'Put at risk by the letters, fiscal 2017' AS label, amount_usd, 'exact' AS precision, grants_rows, letters_rows
FROM at_risk
ORDER BY amount_usd DESC
