/*
title: Rulings by whom they sided with
about: The decisions of the courts, by whom they sided with in our reading of the outcome.
key: id
columns:
  id: {label: Event id, unit: text}
  ruling: {label: Ruling, unit: text}
  date: {label: Date, unit: date}
  side: {label: Sided with, unit: text}
*/
SELECT
  id,
  title AS ruling,
  date,
  CASE sided_with WHEN 'jurisdictions' THEN 'the states and cities' WHEN 'department' THEN 'the department' ELSE 'split' END AS side,
  events_rows
FROM rulings
ORDER BY list_position(['jurisdictions', 'both', 'department'], sided_with), date, id
