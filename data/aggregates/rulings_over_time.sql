/*
title: Rulings so far, month by month, by whom they sided with
about: >-
  How many decisions of the courts there had been by the end of each month, from the first decision to the last, by whom they sided with. A month without a decision has the count of the month before.
key: [month, side]
columns:
  month: {label: Month, unit: month}
  side: {label: Sided with, unit: text}
  rulings: {label: Rulings so far, unit: count}
  ahead: {label: The states and cities had more than both others together, unit: flag}
findings:
  always_ahead: {claim: all, is: {ahead: "true"}}
*/
WITH months AS (
  SELECT strftime(unnest(generate_series(
    (SELECT date_trunc('month', min(date)) FROM rulings),
    (SELECT date_trunc('month', max(date)) FROM rulings),
    INTERVAL 1 MONTH)), '%Y-%m') AS month
), so_far AS (
  SELECT
    m.month, s.side,
    count(r.id) FILTER (WHERE r.side = s.side) AS rulings,
    coalesce(2 * count(r.id) FILTER (WHERE r.side = 'the states and cities') > count(r.id), false) AS ahead,
    coalesce(flatten(list(r.events_rows) FILTER (WHERE r.side = s.side)), []) AS events_rows
  FROM months m
  CROSS JOIN (SELECT DISTINCT side FROM rulings_sided) s
  LEFT JOIN rulings_sided r ON strftime(r.date, '%Y-%m') <= m.month
  GROUP BY m.month, s.side
)
SELECT month, side, rulings, ahead, events_rows
FROM so_far
ORDER BY month, list_position(['the states and cities', 'split', 'the department'], side)
