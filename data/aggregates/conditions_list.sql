/*
title: The conditions, and how many decisions dealt with them
about: Each condition on the grants once, with what it asks for, how many decisions dealt with it or went against it, and in how many our source names it.
key: condition
columns:
  condition: {label: Condition id, unit: text}
  name: {label: Condition, unit: text}
  demands: {label: What it asks for, unit: text}
  decisions: {label: Decisions, unit: count}
  against: {label: 'Of these, blocked or struck it down', unit: count}
  named: {label: 'Of these, named in our source', unit: count}
  inferred: {label: 'Of these, inferred', unit: count}
*/
WITH held AS (
  SELECT condition, count(*) AS decisions, count(*) FILTER (WHERE holding IN ('blocked', 'struck down')) AS against,
    count(*) FILTER (WHERE basis = 'named') AS named, count(*) FILTER (WHERE basis = 'inferred') AS inferred, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list
  GROUP BY condition
)
SELECT
  c.condition,
  any_value(c.name) AS name,
  any_value(c.demands) AS demands,
  coalesce(max(h.decisions), 0) AS decisions,
  coalesce(max(h.against), 0) AS against,
  coalesce(max(h.named), 0) AS named,
  coalesce(max(h.inferred), 0) AS inferred,
  flatten(list(c.conditions_rows)) AS conditions_rows,
  coalesce(any_value(h.holdings_rows), []) AS holdings_rows
FROM conditions_timeline c
LEFT JOIN held h ON h.condition = c.condition
GROUP BY c.condition
ORDER BY c.condition
