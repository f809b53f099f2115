/*
title: Violent crime in the West, by state
key: state
columns:
  state: {label: State, unit: text}
  rate: {label: Violent crimes, unit: per_100k}
*/
SELECT state, 100000.0 * violent_crimes / population AS rate,
  [_row] AS west_rows
FROM west
ORDER BY rate DESC
