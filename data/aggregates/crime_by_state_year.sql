/*
title: Violent crime rate, by state and year
about: >-
  Violent crimes per 100,000 residents from 2014 to 2016, from FBI estimates with the newer definition of rape. The nation is included
  as US, so its rates for 2014 and 2015 are above those first published. Puerto Rico has no figures and is left out.
key: [state, year]
columns:
  state: {label: State code, unit: text}
  year: {label: Year, unit: year}
  name: {label: State, unit: text}
  violent_rate: {label: Violent crime rate, unit: per_100k}
*/
WITH long AS (
  SELECT usps, name, 2014::BIGINT AS year, violent_rate_2014 AS violent_rate, _row FROM states
  UNION ALL
  SELECT usps, name, 2015, violent_rate_2015, _row FROM states
  UNION ALL
  SELECT usps, name, 2016, violent_rate_2016, _row FROM states
)
SELECT usps AS state, year, name, violent_rate, [_row] AS states_rows
FROM long
WHERE violent_rate IS NOT NULL
ORDER BY usps, year
