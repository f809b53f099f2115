/*
title: From the largest award to the sum at risk
about: >-
  The fiscal 2017 awards (primary figures) of the recipients of the letter of Jan. 24, 2018: the largest ones, then all others together,
  then what they come to. Oregon's amount is not known and not in the sum.
key: step
columns:
  step: {label: Step, unit: rank}
  name: {label: Award, unit: text}
  amount_usd: {label: Amount, unit: usd}
  is_total: {label: Is the sum, unit: flag}
*/
WITH award AS (
  SELECT least(rank, 5)::BIGINT AS step, name, amount_usd, letters_rows, jurisdictions_rows, grants_rows
  FROM at_risk_by_jurisdiction
  WHERE amount_usd IS NOT NULL
),
step AS (
  SELECT
    step,
    CASE WHEN step = 5 THEN 'All others' ELSE min(name) END AS name,
    sum(amount_usd)::BIGINT AS amount_usd,
    flatten(list(letters_rows)) AS letters_rows,
    flatten(list(jurisdictions_rows)) AS jurisdictions_rows,
    flatten(list(grants_rows)) AS grants_rows
  FROM award
  GROUP BY step
  UNION ALL
  SELECT 6, 'At risk', sum(amount_usd)::BIGINT, flatten(list(letters_rows)), flatten(list(jurisdictions_rows)), flatten(list(grants_rows))
  FROM award
)
SELECT step, name, amount_usd, name = 'At risk' AS is_total, letters_rows, jurisdictions_rows, grants_rows FROM step ORDER BY step
