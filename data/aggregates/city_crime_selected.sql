/*
title: Violent crime rate before and after, in letter cities
about: >-
  The violent crime rate of each city that got a letter, and of the nation, in 2010 and in 2015, from the file of city_crime_by_year. Cities
  without both figures are left out.
key: [jurisdiction, year]
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  year: {label: Year, unit: year}
  name: {label: Place, unit: text}
  violent_rate: {label: Violent crime rate, unit: per_100k}
*/
SELECT c.jurisdiction, c.year, c.name, c.violent_rate, c.city_crime_rows, c.jurisdictions_rows
FROM city_crime_by_year c
WHERE c.year IN (2010, 2015)
  AND (SELECT count(d.violent_rate) FROM city_crime_by_year d WHERE d.jurisdiction = c.jurisdiction AND d.year IN (2010, 2015)) = 2
ORDER BY max(c.violent_rate) FILTER (WHERE c.year = 2015) OVER (PARTITION BY c.jurisdiction) DESC, c.jurisdiction, c.year
