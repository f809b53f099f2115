/*
title: Loans by place and year
about: Nobody counted in 2017.
key: [name, year]
columns:
  name: {label: Place, unit: text}
  year: {label: Year, unit: year}
  loans: {label: Loans, unit: count}
findings:
  dade_lowest: {claim: lowest since, of: loans, over: year, at: 2018, since: 2015, for: Dade}
*/
SELECT p.name, l.year, l.loans, [p._row] AS places_rows, [l._row] AS loans_rows
FROM loans l JOIN places p ON p.id = l.place ORDER BY p.name, l.year
