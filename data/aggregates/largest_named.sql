/*
title: The largest recipients that an abstract names
about: How many states, or local governments, the Bureau of Justice Statistics names in its abstract of a year as those that were allocated most.
key: [level, year]
columns:
  level: {label: Level, unit: text}
  year: {label: Fiscal year, unit: text}
  recipients: {label: Recipients named, unit: count}
*/
SELECT level, fiscal_year AS year, count(*) AS recipients, list(_row) AS grants_rows
FROM grants
WHERE source_id = 'bjs-jag-' || fiscal_year AND level IN ('state_total', 'local_award')
GROUP BY level, fiscal_year
ORDER BY level, fiscal_year
