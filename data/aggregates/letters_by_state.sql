/*
title: Letters by state
about: >-
  Letters of all rounds and of either program to the state, counties and cities of each state, clearances among them. States without a letter have no line.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  letters: {label: Letters, unit: count}
  places: {label: Places with a letter, unit: count}
findings:
  california_most: {claim: largest, of: letters, for: CA}
*/
SELECT
  l.state, any_value(s.name) AS name,
  count(*) AS letters,
  count(DISTINCT l.jurisdiction) AS places,
  flatten(list(l.letters_rows)) AS letters_rows,
  flatten(list(l.jurisdictions_rows)) AS jurisdictions_rows,
  list(DISTINCT s._row) AS states_rows
FROM letters_by_jurisdiction_round l
JOIN states s ON s.usps = l.state
GROUP BY l.state
ORDER BY letters DESC, l.state
