/*
title: How often the courts sided with whom
about: Decisions counted, with those of appeals courts apart. One that went both ways counts for neither side.
columns:
  decisions: {label: Decisions, unit: count}
  jurisdictions: {label: For the jurisdictions, unit: count}
  department: {label: For the Justice Department, unit: count}
  both: {label: A part each way, unit: count}
  jurisdictions_percent: {label: Share for the jurisdictions, unit: percent}
  appeals: {label: Decisions of appeals courts, unit: count}
  appeals_jurisdictions: {label: Of these for the jurisdictions, unit: count}
  appeals_department: {label: Of these for the Justice Department, unit: count}
  appeals_both: {label: 'Of these, a part each way', unit: count}
  courts: {label: Courts, unit: count}
  first: {label: First decision, unit: date}
  last: {label: Last decision, unit: date}
  first_year: {label: Year of the first decision, unit: year}
  last_year: {label: Year of the last decision, unit: year}
*/
SELECT
  count(*) AS decisions,
  count(*) FILTER (WHERE sided_with = 'jurisdictions') AS jurisdictions,
  count(*) FILTER (WHERE sided_with = 'department') AS department,
  count(*) FILTER (WHERE sided_with = 'both') AS both,
  100 * count(*) FILTER (WHERE sided_with = 'jurisdictions')::DECIMAL(9, 0) / nullif(count(*), 0) AS jurisdictions_percent,
  count(*) FILTER (WHERE level = 'appeals court') AS appeals,
  count(*) FILTER (WHERE level = 'appeals court' AND sided_with = 'jurisdictions') AS appeals_jurisdictions,
  count(*) FILTER (WHERE level = 'appeals court' AND sided_with = 'department') AS appeals_department,
  count(*) FILTER (WHERE level = 'appeals court' AND sided_with = 'both') AS appeals_both,
  count(DISTINCT court) AS courts,
  min(date) AS first,
  max(date) AS last,
  year(min(date)) AS first_year,
  year(max(date)) AS last_year,
  flatten(list(events_rows)) AS events_rows
FROM rulings
