/*
title: What the visits are made of
key: name
columns:
  name: {label: Place, unit: text}
  visits: {label: Visits, unit: count}
  is_total: {label: Total, unit: flag}
by definition: {is_total: The last row is the sum}
*/
SELECT name, visits, false AS is_total, years_rows FROM by_place
UNION ALL
SELECT 'All', sum(visits)::BIGINT, true, flatten(list(years_rows)) FROM by_place
ORDER BY is_total, visits DESC
