/*
title: Loans in the last year
key: place
columns:
  place: {label: Place, unit: text}
  name: {label: Name, unit: text}
  state: {label: State, unit: text}
  loans: {label: Loans, unit: count}
  per_head: {label: "Loans per 100,000 residents", unit: per_100k}
findings:
  dade_leads: {claim: largest, of: loans, for: dade, known: true}
*/
SELECT p.id AS place, p.name, p.state, l.loans, 100000.0 * l.loans / p.residents AS per_head, [p._row] AS places_rows, [l._row] AS loans_rows
FROM loans l JOIN places p ON p.id = l.place WHERE l.year = (SELECT max(year) FROM loans) ORDER BY l.loans DESC NULLS LAST
