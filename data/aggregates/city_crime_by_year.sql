/*
title: Violent crime in letter cities, by year
about: >-
  Violent crimes reported by the police departments of cities that received a letter, and their rate per 100,000 residents, from 2010 to 2015,
  with the nation as US. The 2015 city figures were collected from the departments before the FBI published its own. The national rates
  use the older definition of rape, unlike those in crime_by_state_year.
key: [jurisdiction, year]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  year: {label: Year, unit: year}
  name: {label: Place, unit: text}
  department: {label: Police department, unit: text}
  violent_crimes: {label: Violent crimes, unit: count}
  violent_rate: {label: Violent crime rate, unit: per_100k}
*/
SELECT
  c.jurisdiction_id AS jurisdiction,
  c.year,
  coalesce(j.name, 'United States') AS name,
  c.department,
  c.violent_crimes,
  c.violent_rate,
  [c._row] AS city_crime_rows,
  CASE WHEN j._row IS NULL THEN [] ELSE [j._row] END AS jurisdictions_rows
FROM city_crime c
LEFT JOIN jurisdictions j ON j.id = c.jurisdiction_id
ORDER BY c.jurisdiction_id, c.year
