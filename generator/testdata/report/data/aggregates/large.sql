/*
title: Visits of the large places
key: name
columns:
  name: {label: Place, unit: text}
  region: {label: Region, unit: text}
  visits: {label: Visits, unit: count}
*/
SELECT name, CASE name WHEN 'Ada' THEN 'West' ELSE 'East' END AS region, sum(visits)::BIGINT AS visits,
  flatten(list(places_rows)) AS places_rows, flatten(list(years_rows)) AS years_rows
FROM large_by_year GROUP BY name ORDER BY name
