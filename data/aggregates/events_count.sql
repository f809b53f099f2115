/*
title: How much happened
about: Events of the timeline, and the days of the first and the last.
columns:
  events: {label: Events, unit: count}
  first: {label: First, unit: date}
  last: {label: Last, unit: date}
*/
SELECT count(*) AS events, min(date) AS first, max(date) AS last, flatten(list(events_rows)) AS events_rows FROM events_timeline
