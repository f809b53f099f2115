/*
title: Events by kind
about: Number of events of each kind in the timeline, with the first and the last day.
key: kind
columns:
  kind: {label: Kind, unit: text}
  events: {label: Events, unit: count}
  first: {label: First, unit: date}
  last: {label: Last, unit: date}
*/
SELECT e.kind, count(*) AS events, min(e.date) AS first, max(e.date) AS last, list(e._row) AS events_rows
FROM events e
GROUP BY e.kind
ORDER BY events DESC, e.kind
