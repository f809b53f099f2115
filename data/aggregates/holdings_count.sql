/*
title: When the courts decided on the conditions
about: The days of the first and the last decision that touched any condition of the grants.
columns:
  first: {label: First, unit: date}
  last: {label: Last, unit: date}
*/
SELECT min(date) AS first, max(date) AS last, flatten(list(holdings_rows)) AS holdings_rows, flatten(list(events_rows)) AS events_rows
FROM holdings_list
