/*
title: Our estimate against published totals
about: Where a total for a state and its local governments was published for fiscal 2016, our estimate by the formula beside it. Fiscal 2017 is fitted to such a total, so it proves nothing.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  published_usd: {label: Published, unit: usd}
  estimate_usd: {label: Our estimate, unit: usd}
  difference_percent: {label: Difference, unit: percent}
*/
SELECT state, name, published_usd, estimate_usd, difference_percent, state_formula_estimates_rows
FROM formula_estimates
WHERE year = 2016 AND published_usd IS NOT NULL
ORDER BY published_usd DESC, state
