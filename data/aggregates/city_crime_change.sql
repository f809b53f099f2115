/*
title: Change of the violent crime rate in letter cities, 2014 to 2015
about: >-
  For each city that received a letter and for the nation, the violent crime rate in 2014 and in 2015 and the change between them, in percent
  of the rate in 2014. The change says nothing about its cause.
key: jurisdiction
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  name: {label: Place, unit: text}
  rate_2014: {label: Rate in 2014, unit: per_100k}
  rate_2015: {label: Rate in 2015, unit: per_100k}
  change_percent: {label: Change, unit: percent}
  rose: {label: Rose, unit: flag}
findings:
  san_francisco_and_new_york_fell: {claim: all, where: {jurisdiction: [san-francisco-ca, new-york-city-ny]}, is: {change_percent: "< 0"}}
  chicago_and_denver_rose: {claim: all, where: {jurisdiction: [chicago-il, denver-co]}, is: {change_percent: "> 0"}}
*/
SELECT
  a.jurisdiction,
  a.name,
  a.violent_rate AS rate_2014,
  b.violent_rate AS rate_2015,
  100 * (b.violent_rate - a.violent_rate) / nullif(a.violent_rate, 0) AS change_percent,
  b.violent_rate > a.violent_rate AS rose,
  list_concat(a.city_crime_rows, b.city_crime_rows) AS city_crime_rows,
  a.jurisdictions_rows
FROM city_crime_by_year a
JOIN city_crime_by_year b ON b.jurisdiction = a.jurisdiction
WHERE a.year = 2014 AND b.year = 2015
ORDER BY change_percent DESC, a.jurisdiction
