/*
title: What became of each condition
about: Each condition on the grants with each day on which its standing changed, up to April 2021. The last condition belongs to a different program.
key: [condition, date]
columns:
  condition: {label: Condition id, unit: text}
  date: {label: Date, unit: date}
  name: {label: Condition, unit: text}
  demands: {label: What it asks for, unit: text}
  first_imposed: {label: First imposed, unit: date}
  status: {label: What happened, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  c.condition_id AS condition,
  c.status_date AS date,
  c.name,
  c.demands,
  c.first_imposed,
  c.status,
  c.source_id,
  [c._row] AS conditions_rows
FROM conditions c
ORDER BY c.condition_id, c.status_date
