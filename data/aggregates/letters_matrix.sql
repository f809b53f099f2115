/*
title: Who received a letter when
about: Each jurisdiction and each round of Byrne JAG letters in which it received one, as a demand or as a clearance. Pairs without a letter have no line.
key: [jurisdiction, round]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  round: {label: Round id, unit: text}
  name: {label: Recipient, unit: text}
  state: {label: State code, unit: text}
  date: {label: Date of the letter, unit: date}
  label: {label: Round, unit: text}
  status: {label: Status, unit: text}
*/
SELECT
  l.jurisdiction,
  l.round,
  -- short, for the rows of a chart
  regexp_replace(replace(replace(l.name, 'City and County of ', ''), ', District of Columbia', ', D.C.'), ' \(.*\)$', '') AS name,
  l.state,
  l.date_sent AS date,
  strftime(l.date_sent, '%b %Y') AS label,
  l.status,
  l.letters_rows,
  l.jurisdictions_rows
FROM letters_by_jurisdiction_round l
WHERE l.program = 'Byrne JAG'
ORDER BY l.date_sent, l.jurisdiction
