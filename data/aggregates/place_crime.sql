/*
title: Violent crime in letter cities beside the nation, by year
about: >-
  Violent crimes per 100,000 residents that the police departments of cities with a letter reported from 2010 to 2015, each beside the nation. The
  nation uses an older definition of rape. The 2015 city figures were collected from the departments before the FBI published its own.
key: [jurisdiction, line, year]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  line: {label: Of, unit: text}
  year: {label: Year, unit: year}
  name: {label: Place, unit: text}
  called: {label: Place, unit: text}
  violent_rate: {label: Violent crime rate, unit: per_100k}
*/
WITH place AS (
  SELECT jurisdiction, any_value(name) AS name, replace(replace(any_value(name), 'City and County of ', ''), 'City of ', '') AS called
  FROM city_crime_by_year
  WHERE jurisdiction <> 'US'
  GROUP BY jurisdiction
)
SELECT
  p.jurisdiction,
  CASE c.jurisdiction WHEN 'US' THEN 'nation' ELSE 'place' END AS line,
  c.year,
  CASE c.jurisdiction WHEN 'US' THEN c.name ELSE p.called END AS name,
  p.called,
  c.violent_rate, c.city_crime_rows, c.jurisdictions_rows
FROM place p
JOIN city_crime_by_year c ON c.jurisdiction IN (p.jurisdiction, 'US')
ORDER BY p.jurisdiction, line DESC, c.year
