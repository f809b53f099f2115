/*
title: Lawsuits, by state
about: Each lawsuit once for each state whose government, counties or cities sued.
key: [state, id]
columns:
  state: {label: State code, unit: text}
  id: {label: Suit id, unit: text}
  plaintiff: {label: Plaintiff, unit: text}
  against: {label: Against, unit: text}
  filed: {label: Filed, unit: date}
  outcome: {label: Outcome, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  state, id, any_value(plaintiff) AS plaintiff, any_value(against) AS against, any_value(filed) AS filed,
  any_value(outcome) AS outcome, any_value(source_id) AS source_id,
  list_distinct(flatten(list(suits_rows))) AS suits_rows, flatten(list(jurisdictions_rows)) AS jurisdictions_rows
FROM suits_by_jurisdiction
GROUP BY state, id
ORDER BY state, filed NULLS LAST, id
