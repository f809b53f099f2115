/*
title: Rulings of invented cases
key: id
columns:
  id: {label: Event, unit: text}
  name: {label: Ruling, unit: text}
  date: {label: Date, unit: date}
  won_by: {label: Won by, unit: text}
*/
SELECT id, name, date, won_by, cases_rows FROM case_events WHERE won_by IS NOT NULL ORDER BY list_position(['the city', 'both', 'the agency'], won_by), date
