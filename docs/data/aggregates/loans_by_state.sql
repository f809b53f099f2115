/*
title: Invented loans by state
key: state
columns:
  state: {label: State, unit: text}
  rate: {label: Loans per resident, unit: number}
  loans: {label: Loans, unit: count}
*/
SELECT state, rate, loans, [_row] AS library_states_rows FROM library_states ORDER BY rate DESC, state
