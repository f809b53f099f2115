/*
title: Where each condition stood in each court
about: >-
  The decision of each court in each year that went furthest against a condition of the fiscal 2017 grants, or else left it. Notice and access
  are together, as every court that decided on one decided alike on the other. A court and a year without a decision have no line.
key: [condition, court, year]
columns:
  condition: {label: Condition, unit: text}
  court: {label: Court, unit: text}
  circuit: {label: Circuit, unit: count}
  year: {label: Year, unit: year}
  holding: {label: What it made of it, unit: text}
  said: {label: 'Result, and how we know', unit: text}
  date: {label: Date of the decision, unit: date}
by definition:
  circuit: The circuit to which the law assigns each district (28 U.S.C. 41)
*/
WITH decision AS (
  SELECT
    CASE WHEN condition = 'certification-1373' THEN 'Certification' ELSE 'Notice and access' END AS condition,
    court, year(date) AS year, date, holding, basis,
    list_position(['held lawful', 'left standing', 'blocked', 'struck down'], holding) AS how_far, holdings_rows, events_rows
  FROM holdings_list
  WHERE condition IN ('notice', 'access', 'certification-1373')
)
SELECT
  condition,
  replace(d.court, 'Circuit', 'Circuit (appeals)') AS court,
  -- a district court stands with the court of appeals above it
  CASE
    WHEN d.court IN ('District of Rhode Island', '1st Circuit') THEN 1
    WHEN d.court IN ('Southern District of New York', '2nd Circuit') THEN 2
    WHEN d.court IN ('Eastern District of Pennsylvania', '3rd Circuit') THEN 3
    WHEN d.court IN ('Northern District of Illinois', '7th Circuit') THEN 7
    ELSE 9
  END AS circuit,
  year,
  arg_max(holding, how_far) AS holding,
  arg_max(
    CASE WHEN holding IN ('blocked', 'struck down') THEN 'ruled against it' ELSE holding END || CASE basis WHEN 'inferred' THEN ' (inferred)' ELSE '' END,
    how_far
  ) AS said,
  arg_max(date, how_far) AS date,
  flatten(list(holdings_rows)) AS holdings_rows,
  flatten(list(events_rows)) AS events_rows
FROM decision d
GROUP BY d.condition, d.court, d.year
ORDER BY circuit, d.court LIKE '% Circuit', d.court, d.condition DESC, d.year
