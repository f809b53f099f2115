/*
title: Who received a letter when, and who was cleared
about: >-
  Each jurisdiction with a Byrne JAG letter, each round in which it received one, as a demand or as a clearance, and, in a column of its own, what
  the department or a court had said by March 2019. Pairs without a letter have no line.
key: [jurisdiction, step]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  step: {label: Step id, unit: text}
  name: {label: Recipient, unit: text}
  label: {label: Round, unit: text}
  status: {label: Status, unit: text}
*/
WITH step AS (
  SELECT m.jurisdiction, m.round AS step, m.name, m.label, m.status, m.date, m.letters_rows, m.jurisdictions_rows, [] AS outcomes_rows FROM letters_matrix m
  UNION ALL BY NAME
  SELECT m.jurisdiction, 'outcome' AS step, m.name, 'By Mar 2019' AS label, 'cleared' AS status, DATE '2019-03-02' AS date,
    [] AS letters_rows, m.jurisdictions_rows, [o._row] AS outcomes_rows
  FROM (SELECT jurisdiction, any_value(name) AS name, any_value(jurisdictions_rows) AS jurisdictions_rows FROM letters_matrix GROUP BY jurisdiction) m
  JOIN outcomes o ON o.jurisdiction_id = m.jurisdiction
  WHERE o.cleared
)
SELECT jurisdiction, step, name, label, status, letters_rows, jurisdictions_rows, outcomes_rows
FROM step
ORDER BY date, jurisdiction
