/*
title: Violent crime in the cities of which the claims speak
about: >-
  Violent crimes per 100,000 residents, by year, in Los Angeles, San Francisco, New York City, Chicago and Denver, of which the claims page
  speaks, and in the nation. The nation uses an older definition of rape; the city figures of 2015 were collected before the FBI published its own.
key: [jurisdiction, year]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  year: {label: Year, unit: year}
  name: {label: Place, unit: text}
  violent_rate: {label: Violent crime rate, unit: per_100k}
*/
SELECT
  jurisdiction, year,
  -- short, to stand at the end of a line
  replace(replace(name, 'City and County of ', ''), 'City of ', '') AS name,
  violent_rate, city_crime_rows, jurisdictions_rows
FROM city_crime_by_year
WHERE jurisdiction IN ('los-angeles-ca', 'san-francisco-ca', 'new-york-city-ny', 'chicago-il', 'denver-co', 'US')
ORDER BY jurisdiction, year
