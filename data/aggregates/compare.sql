/*
title: Numbers for comparison
about: >-
  Money at risk after the letter of Jan. 24, 2018 beside other published amounts, figures that are told differently, and how far our formula
  estimate is from the published state totals.
allow_numbers:
  - {text: five largest states, reason: the query adds up five}
  - {text: two years, reason: the query adds up two fiscal years}
columns:
  at_risk_share_of_national_percent: {label: At risk as a share of the fiscal 2016 allocation, unit: percent}
  allocated_2016_usd: {label: Allocated in fiscal 2016, unit: usd}
  reported_usd: {label: 'Size of the program, as the Los Angeles Times reports it', unit: usd}
  california_total_2017_usd: {label: 'California in fiscal 2017, state and local', unit: usd}
  five_states_2016_share_percent: {label: Share of the five largest states in fiscal 2016, unit: percent}
  sf_direct_usd: {label: 'San Francisco, direct award', unit: usd}
  sf_reported_usd: {label: 'San Francisco, at risk as SFist reports it', unit: usd}
  oregon_rejected_usd: {label: 'Oregon, as an advocacy group prints it', unit: usd}
  oregon_two_years_usd: {label: 'Oregon, two years together', unit: usd}
  formula_mean_error_percent: {label: Mean error of the formula estimate, unit: percent}
  formula_largest_error_percent: {label: Largest error of the formula estimate, unit: percent}
  formula_states_compared: {label: States compared, unit: count}
*/
WITH figure AS (
  -- Single figures, each picked by all that tells its row apart.
  SELECT
    max(amount_usd) FILTER (WHERE recipient = 'US' AND program = 'jag-allocation') AS allocated,
    max(amount_usd) FILTER (WHERE recipient = 'US' AND program = 'jag-seed-leverage') AS reported,
    max(amount_usd) FILTER (WHERE recipient = 'CA') AS california,
    max(amount_usd) FILTER (WHERE program = 'jag-direct') AS sf_direct,
    max(amount_usd) FILTER (WHERE program = 'jag-seed-at-risk') AS sf_reported,
    max(amount_usd) FILTER (WHERE use = 'reject') AS oregon_rejected,
    max(amount_usd) FILTER (WHERE program = 'jag-state-two-years') AS oregon_two_years,
    list(_row) AS grants_rows
  FROM grants
  WHERE (recipient = 'US' AND fiscal_year = '2016' AND program = 'jag-allocation')
    OR (recipient = 'US' AND program = 'jag-seed-leverage')
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
)
SELECT
  100 * r.amount_usd / nullif(f.allocated, 0) AS at_risk_share_of_national_percent,
  f.allocated AS allocated_2016_usd,
  f.reported AS reported_usd,
  f.california AS california_total_2017_usd,
  100 * five.amount_usd / nullif(f.allocated, 0) AS five_states_2016_share_percent,
  f.sf_direct AS sf_direct_usd,
  f.sf_reported AS sf_reported_usd,
  f.oregon_rejected AS oregon_rejected_usd,
  f.oregon_two_years AS oregon_two_years_usd,
  formula.mean_error AS formula_mean_error_percent,
  formula.largest_error AS formula_largest_error_percent,
  formula.compared AS formula_states_compared,
  flatten([r.grants_rows, f.grants_rows, five.grants_rows]) AS grants_rows,
  r.letters_rows,
  formula.rows AS state_formula_estimates_rows
FROM at_risk r
CROSS JOIN figure f
CROSS JOIN five
CROSS JOIN formula
