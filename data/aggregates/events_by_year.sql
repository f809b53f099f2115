/*
title: Events by year and kind
about: Number of events of the most frequent kinds in each year of the timeline, the others together.
key: [year, kind]
columns:
  year: {label: Year, unit: year}
  kind: {label: Kind, unit: text}
  events: {label: Events, unit: count}
*/
WITH frequent AS (SELECT kind FROM events_by_kind ORDER BY events DESC, kind LIMIT 2),
named AS (
  SELECT year(e.date) AS year, CASE WHEN e.kind IN (SELECT kind FROM frequent) THEN e.kind ELSE 'other' END AS kind, e.events_rows
  FROM events_timeline e
),
counted AS (SELECT year, kind, count(*) AS events, flatten(list(events_rows)) AS events_rows FROM named GROUP BY year, kind)
SELECT y.year, k.kind, coalesce(c.events, 0) AS events, coalesce(c.events_rows, []) AS events_rows
FROM (SELECT DISTINCT year FROM counted) y
CROSS JOIN (SELECT DISTINCT kind FROM counted) k
LEFT JOIN counted c ON c.year = y.year AND c.kind = k.kind
ORDER BY k.kind = 'other', k.kind, y.year
