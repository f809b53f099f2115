/*
title: How many decisions there are on the conditions
about: Decisions that touched any condition of the grants, and the days of the first and the last.
columns:
  decisions: {label: Decisions, unit: count}
  first: {label: First, unit: date}
  last: {label: Last, unit: date}
*/
SELECT count(DISTINCT id) AS decisions, min(date) AS first, max(date) AS last, flatten(list(holdings_rows)) AS holdings_rows, flatten(list(events_rows)) AS events_rows
FROM holdings_list
