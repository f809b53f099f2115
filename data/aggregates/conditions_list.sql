/*
title: The conditions, and where they stand
about: Each condition on the grants once, with what it asks for, how many decisions touched it, and the last change that is in the data.
key: condition
columns:
  condition: {label: Condition id, unit: text}
  name: {label: Condition, unit: text}
  demands: {label: What it asks for, unit: text}
  first_imposed: {label: First imposed, unit: date}
  decisions: {label: Decisions, unit: count}
  against: {label: 'Of these, blocked or struck it down', unit: count}
  last_date: {label: Last change, unit: date}
  last_status: {label: What happened then, unit: text}
*/
WITH held AS (
  SELECT condition, count(*) AS decisions, count(*) FILTER (WHERE holding IN ('blocked', 'struck down')) AS against, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list
  GROUP BY condition
)
SELECT
  c.condition,
  any_value(c.name) AS name,
  any_value(c.demands) AS demands,
  min(c.first_imposed) AS first_imposed,
  coalesce(max(h.decisions), 0) AS decisions,
  coalesce(max(h.against), 0) AS against,
  max(c.date) AS last_date,
  arg_max(c.status, c.date) AS last_status,
  flatten(list(c.conditions_rows)) AS conditions_rows,
  coalesce(any_value(h.holdings_rows), []) AS holdings_rows
FROM conditions_timeline c
LEFT JOIN held h ON h.condition = c.condition
GROUP BY c.condition
ORDER BY c.condition
