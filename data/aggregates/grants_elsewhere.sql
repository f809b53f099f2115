/*
title: Published amounts of other states
about: Every grant figure found for a state, or for its government, in which nobody received a letter or sued.
key: [state, figure]
columns:
  state: {label: State code, unit: text}
  figure: {label: Figure id, unit: text}
  name: {label: State, unit: text}
  fiscal_year: {label: Fiscal year, unit: text}
  what: {label: What it covers, unit: text}
  amount_usd: {precision: precision, label: Amount, unit: usd}
  precision: {label: Precision, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT g.state, g.figure, g.name, g.fiscal_year, g.what, g.amount_usd, g.precision, g.source_id, g.grants_rows
FROM grants_by_state g
WHERE g.state NOT IN (SELECT state FROM state_stories)
ORDER BY g.name, g.fiscal_year, g.what
