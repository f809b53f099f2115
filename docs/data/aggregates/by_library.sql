/*
title: Invented libraries
key: library
columns:
  library: {label: Code, unit: text}
  name: {label: Library, unit: text}
  district: {label: District, unit: text}
  kind: {label: Kind, unit: text}
  longitude: {label: Longitude, unit: number}
  latitude: {label: Latitude, unit: number}
  staff: {label: Staff, unit: count}
  visits: {label: Visits, unit: count}
  budget_usd: {label: Budget, unit: usd}
  change: {label: Change in a year, unit: percent}
  state: {label: State, unit: text}
*/
SELECT library, name, district, kind, longitude, latitude, staff, visits, budget_usd, change, state, [_row] AS libraries_rows
FROM libraries ORDER BY visits DESC, name
