/*
title: What the courts of appeals made of notice and access in the end
about: >-
  The last decision of each federal court of appeals on the notice and access conditions of Byrne JAG grants. A court that treated them
  differently would count for neither side.
columns:
  courts: {label: Courts of appeals, unit: count}
  against: {label: Held them unlawful or upheld an order against them, unit: count}
  lawful: {label: Held them lawful, unit: count}
*/
WITH last AS (
  SELECT court, condition, arg_max(holding, date) AS holding, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list
  WHERE condition IN ('notice', 'access') AND court LIKE '% Circuit'
  GROUP BY court, condition
),
court AS (
  SELECT court, bool_and(holding IN ('blocked', 'struck down')) AS against, bool_and(holding = 'held lawful') AS lawful,
    flatten(list(holdings_rows)) AS holdings_rows
  FROM last
  GROUP BY court
)
SELECT count(*) AS courts, count(*) FILTER (WHERE against) AS against, count(*) FILTER (WHERE lawful) AS lawful,
  flatten(list(holdings_rows)) AS holdings_rows
FROM court
