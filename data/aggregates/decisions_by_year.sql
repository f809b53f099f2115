/*
title: Decisions by year and side
about: Decisions of courts by year, and by whom they sided with in our reading of the outcome. A side without a decision in a year has no line.
key: [year, side]
columns:
  year: {label: Year, unit: year}
  side: {label: Sided with, unit: text}
  decisions: {label: Decisions, unit: count}
*/
SELECT
  year(date) AS year,
  CASE sided_with WHEN 'jurisdictions' THEN 'the states and cities' WHEN 'department' THEN 'the department' ELSE 'split' END AS side,
  count(*) AS decisions,
  flatten(list(events_rows)) AS events_rows
FROM rulings
GROUP BY year, sided_with
ORDER BY list_position(['jurisdictions', 'both', 'department'], sided_with), year
