/*
title: Numbers for comparison
about: >-
  Money at risk after the letter of 24 January 2018 beside other published amounts, how far our formula estimate is from the published state
  totals, and violent crime rates of 2014 and 2015 from one file for Los Angeles, San Francisco, New York City and the nation.
columns:
  at_risk_share_of_national_percent: {label: At risk as a share of the fiscal 2016 allocation, unit: percent}
  allocated_2016_usd: {label: Allocated in fiscal 2016, unit: usd}
  reported_usd: {label: Size of the programme in an article, unit: usd}
  reported_above_allocated_usd: {label: Reported size above the allocation, unit: usd}
  allocated_share_of_reported_percent: {label: Allocation as a share of the reported size, unit: percent}
  california_share_percent: {label: California's share of the known total, unit: percent}
  california_total_2017_usd: {label: 'California in fiscal 2017, state and local', unit: usd}
  five_states_2016_usd: {label: Five largest states in fiscal 2016, unit: usd}
  five_states_2016_share_percent: {label: Share of the five largest states in fiscal 2016, unit: percent}
  sf_direct_usd: {label: 'San Francisco, direct award', unit: usd}
  sf_reported_usd: {label: 'San Francisco, at risk in an article', unit: usd}
  oregon_rejected_usd: {label: 'Oregon, as an advocacy group prints it', unit: usd}
  oregon_two_years_usd: {label: 'Oregon, two years together', unit: usd}
  cis_total_usd: {label: Total that an advocacy group prints, unit: usd}
  cis_total_without_oregon_usd: {label: The same without Oregon, unit: usd}
  formula_mean_error_percent: {label: Mean error of the formula estimate, unit: percent}
  formula_largest_error_percent: {label: Largest error of the formula estimate, unit: percent}
  formula_states_compared: {label: States compared, unit: count}
  la_rate_2014: {label: Los Angeles in 2014, unit: per_100k}
  la_rate_2015: {label: Los Angeles in 2015, unit: per_100k}
  la_rate_change_percent: {label: Change in Los Angeles, unit: percent}
  sf_rate_2014: {label: San Francisco in 2014, unit: per_100k}
  sf_rate_2015: {label: San Francisco in 2015, unit: per_100k}
  sf_rate_change_percent: {label: Change in San Francisco, unit: percent}
  nyc_rate_2014: {label: New York City in 2014, unit: per_100k}
  nyc_rate_2015: {label: New York City in 2015, unit: per_100k}
  nyc_rate_change_percent: {label: Change in New York City, unit: percent}
  us_rate_2014: {label: United States in 2014, unit: per_100k}
  us_rate_2015: {label: United States in 2015, unit: per_100k}
  us_rate_change_percent: {label: Change in the United States, unit: percent}
*/
WITH figure AS (
  -- Single figures, each picked by all that tells its row apart.
  SELECT
    max(amount_usd) FILTER (WHERE recipient = 'US' AND fiscal_year = '2016' AND program = 'jag-allocation') AS allocated,
    max(amount_usd) FILTER (WHERE recipient = 'US' AND program = 'jag-seed-leverage') AS reported,
    max(amount_usd) FILTER (WHERE recipient = 'CA' AND fiscal_year = '2017' AND program = 'jag-allocation') AS california,
    max(amount_usd) FILTER (WHERE recipient = 'san-francisco-ca' AND fiscal_year = '2017' AND program = 'jag-direct') AS sf_direct,
    max(amount_usd) FILTER (WHERE recipient = 'san-francisco-ca' AND fiscal_year = '2017' AND program = 'jag-seed-at-risk') AS sf_reported,
    max(amount_usd) FILTER (WHERE recipient = 'state-or' AND fiscal_year = '2017' AND use = 'reject') AS oregon_rejected,
    max(amount_usd) FILTER (WHERE recipient = 'state-or' AND program = 'jag-state-two-years') AS oregon_two_years,
    max(amount_usd) FILTER (WHERE recipient = 'US' AND program = 'jag-23-letter-recipients-cis') AS cis_total,
    list(_row) AS grants_rows
  FROM grants
  WHERE (recipient = 'US' AND fiscal_year = '2016' AND program = 'jag-allocation')
    OR (recipient = 'US' AND program IN ('jag-seed-leverage', 'jag-23-letter-recipients-cis'))
    OR (recipient = 'CA' AND fiscal_year = '2017' AND program = 'jag-allocation')
    OR (recipient = 'san-francisco-ca' AND fiscal_year = '2017' AND program IN ('jag-direct', 'jag-seed-at-risk'))
    OR (recipient = 'state-or' AND ((fiscal_year = '2017' AND use = 'reject') OR program = 'jag-state-two-years'))
),
five AS (
  SELECT sum(amount_usd)::BIGINT AS amount_usd, flatten(list(grants_rows)) AS grants_rows
  FROM state_totals_by_year
  WHERE year = 2016
),
formula AS (
  -- 2016 only: the estimate for 2017 is fitted to California's published total.
  SELECT
    sum(abs(difference_percent)) / nullif(count(difference_percent), 0) AS mean_error,
    max(abs(difference_percent)) AS largest_error,
    count(*) AS compared,
    flatten(list(state_formula_estimates_rows)) AS rows
  FROM formula_estimates
  WHERE year = 2016 AND published_usd IS NOT NULL
),
crime AS (
  SELECT
    max(rate_2014) FILTER (WHERE jurisdiction = 'los-angeles-ca') AS la_2014,
    max(rate_2015) FILTER (WHERE jurisdiction = 'los-angeles-ca') AS la_2015,
    max(change_percent) FILTER (WHERE jurisdiction = 'los-angeles-ca') AS la_change,
    max(rate_2014) FILTER (WHERE jurisdiction = 'san-francisco-ca') AS sf_2014,
    max(rate_2015) FILTER (WHERE jurisdiction = 'san-francisco-ca') AS sf_2015,
    max(change_percent) FILTER (WHERE jurisdiction = 'san-francisco-ca') AS sf_change,
    max(rate_2014) FILTER (WHERE jurisdiction = 'new-york-city-ny') AS nyc_2014,
    max(rate_2015) FILTER (WHERE jurisdiction = 'new-york-city-ny') AS nyc_2015,
    max(change_percent) FILTER (WHERE jurisdiction = 'new-york-city-ny') AS nyc_change,
    max(rate_2014) FILTER (WHERE jurisdiction = 'US') AS us_2014,
    max(rate_2015) FILTER (WHERE jurisdiction = 'US') AS us_2015,
    max(change_percent) FILTER (WHERE jurisdiction = 'US') AS us_change,
    flatten(list(city_crime_rows)) AS city_crime_rows
  FROM city_crime_change
  WHERE jurisdiction IN ('los-angeles-ca', 'san-francisco-ca', 'new-york-city-ny', 'US')
)
SELECT
  100 * r.amount_usd / nullif(f.allocated, 0) AS at_risk_share_of_national_percent,
  f.allocated AS allocated_2016_usd,
  f.reported AS reported_usd,
  f.reported - f.allocated AS reported_above_allocated_usd,
  100 * f.allocated / nullif(f.reported, 0) AS allocated_share_of_reported_percent,
  100 * ca.amount_usd / nullif(r.amount_usd, 0) AS california_share_percent,
  f.california AS california_total_2017_usd,
  five.amount_usd AS five_states_2016_usd,
  100 * five.amount_usd / nullif(f.allocated, 0) AS five_states_2016_share_percent,
  f.sf_direct AS sf_direct_usd,
  f.sf_reported AS sf_reported_usd,
  f.oregon_rejected AS oregon_rejected_usd,
  f.oregon_two_years AS oregon_two_years_usd,
  f.cis_total AS cis_total_usd,
  f.cis_total - f.oregon_rejected AS cis_total_without_oregon_usd,
  formula.mean_error AS formula_mean_error_percent,
  formula.largest_error AS formula_largest_error_percent,
  formula.compared AS formula_states_compared,
  c.la_2014 AS la_rate_2014,
  c.la_2015 AS la_rate_2015,
  c.la_change AS la_rate_change_percent,
  c.sf_2014 AS sf_rate_2014,
  c.sf_2015 AS sf_rate_2015,
  c.sf_change AS sf_rate_change_percent,
  c.nyc_2014 AS nyc_rate_2014,
  c.nyc_2015 AS nyc_rate_2015,
  c.nyc_change AS nyc_rate_change_percent,
  c.us_2014 AS us_rate_2014,
  c.us_2015 AS us_rate_2015,
  c.us_change AS us_rate_change_percent,
  flatten([r.grants_rows, f.grants_rows, five.grants_rows]) AS grants_rows,
  r.letters_rows,
  formula.rows AS state_formula_estimates_rows,
  c.city_crime_rows
FROM at_risk r
CROSS JOIN figure f
CROSS JOIN five
CROSS JOIN formula
CROSS JOIN crime c
JOIN at_risk_by_state ca ON ca.state = 'CA'
