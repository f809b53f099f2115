/*
title: The conditions, and how many decisions touched them
about: Each condition on the grants once, with what it asks for, and how many decisions touched it, or went against it.
key: condition
columns:
  condition: {label: Condition id, unit: text}
  name: {label: Condition, unit: text}
  demands: {label: What it asks for, unit: text}
  decisions: {label: Decisions, unit: count}
  against: {label: 'Of these, blocked or struck it down', unit: count}
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
  coalesce(max(h.decisions), 0) AS decisions,
  coalesce(max(h.against), 0) AS against,
  flatten(list(c.conditions_rows)) AS conditions_rows,
  coalesce(any_value(h.holdings_rows), []) AS holdings_rows
FROM conditions_timeline c
LEFT JOIN held h ON h.condition = c.condition
GROUP BY c.condition
ORDER BY c.condition
