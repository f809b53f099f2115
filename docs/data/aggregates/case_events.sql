/*
title: Events of invented cases
key: id
columns:
  id: {label: Event, unit: text}
  case: {label: Case, unit: text}
  event: {label: What happened, unit: text}
  name: {label: Ruling, unit: text}
  date: {label: Date, unit: date}
  won_by: {label: Won by, unit: text}
*/
SELECT id, "case", event, "case" || ': ' || event AS name, date, won_by, [_row] AS cases_rows
FROM cases ORDER BY id
