/*
title: State totals of fiscal 2016 and 2020, compared
about: Whether each of the states with published totals was allocated less in fiscal 2020 than in fiscal 2016, state and local shares together.
columns:
  states: {label: States with both totals, unit: count}
  all_lower_2020: {label: All had less in 2020 than in 2016, unit: flag}
*/
SELECT
  count(*) AS states,
  coalesce(bool_and(late.amount_usd < early.amount_usd), false) AS all_lower_2020,
  flatten(list(list_concat(early.grants_rows, late.grants_rows))) AS grants_rows
FROM state_totals_by_year early
JOIN state_totals_by_year late ON late.state = early.state AND late.year = 2020
WHERE early.year = 2016
