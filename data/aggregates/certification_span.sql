/*
title: When the courts decided on certification
about: The days of the first and the last decision of which our source names the certification condition.
columns:
  first: {label: First, unit: date}
  last: {label: Last, unit: date}
*/
SELECT min(date) AS first, max(date) AS last, flatten(list(holdings_rows)) AS holdings_rows, flatten(list(events_rows)) AS events_rows
FROM holdings_list
WHERE condition = 'certification-1373'
