/*
title: Findings of the example charts
about: Statements on which the titles of the example charts rest, each true or false by the data.
key: finding
columns:
  finding: {label: Finding, unit: text}
  name: {label: Statement, unit: text}
  holds: {label: Holds, unit: flag}
*/
WITH spread AS (
  SELECT jurisdiction, avg(violent_rate) AS mean, stddev_pop(violent_rate) AS within, flatten(list(city_crime_rows)) AS city_crime_rows
  FROM city_crime_by_year
  GROUP BY jurisdiction
),
city AS (
  SELECT
    jurisdiction,
    max(violent_rate) FILTER (WHERE year = 2010) AS early,
    max(violent_rate) FILTER (WHERE year = 2015) AS late,
    flatten(list(city_crime_rows)) AS city_crime_rows
  FROM city_crime_selected
  GROUP BY jurisdiction
),
rounds AS (
  SELECT
    round,
    coalesce(sum(letters) FILTER (WHERE status = 'demand'), 0) AS demands,
    coalesce(sum(letters) FILTER (WHERE status = 'cleared'), 0) AS cleared,
    flatten(list(letters_rows)) AS letters_rows
  FROM rounds_by_status
  GROUP BY round
),
flows AS (SELECT kind, sum(letters) AS letters, flatten(list(letters_rows)) AS letters_rows FROM letter_flows GROUP BY kind),
rate AS (SELECT max(violent_rate) AS nation FROM crime_by_state_year WHERE state = 'US' AND year = 2016),
statement AS (
  SELECT 'mostly_demands' AS finding, 'Every round has more demands than clearances' AS name, bool_and(demands > cleared) AS holds,
    flatten(list(letters_rows)) AS letters_rows FROM rounds
  UNION ALL BY NAME
  SELECT 'link_is_weak' AS finding, 'Violent crime and the foreign-born share of states are hardly correlated' AS name,
    abs(corr(violent_rate, foreign_born_percent)) < 0.3 AS holds, flatten(list(states_rows)) AS states_rows FROM state_summary
  UNION ALL BY NAME
  SELECT 'city_rates_moved_both_ways' AS finding, 'Rates rose in some letter cities from 2010 to 2015 and fell in others' AS name,
    count(*) FILTER (WHERE late > early) > 0 AND count(*) FILTER (WHERE late < early) > 0 AS holds,
    flatten(list(city_crime_rows)) AS city_crime_rows FROM city
  UNION ALL BY NAME
  SELECT 'california_most_by_formula' AS finding, 'The formula gives no state more than California' AS name,
    arg_max(state, estimate_usd) = 'CA' AS holds, flatten(list(state_formula_estimates_rows)) AS state_formula_estimates_rows FROM formula_ranges
  UNION ALL BY NAME
  SELECT 'most_states_below_nation' AS finding, 'Most states had a violent crime rate below that of the nation in 2016' AS name,
    2 * count(*) FILTER (WHERE violent_rate < nation) > count(violent_rate) AS holds,
    flatten(list(states_rows)) AS states_rows FROM state_summary, rate
  UNION ALL BY NAME
  SELECT 'cities_differ_more_than_years' AS finding, 'Rates differ more between cities than between years of a city' AS name,
    stddev_pop(mean) > avg(within) AS holds, flatten(list(city_crime_rows)) AS city_crime_rows FROM spread
  UNION ALL BY NAME
  SELECT 'cities_got_most' AS finding, 'Cities got more letters than any other kind of government' AS name,
    arg_max(kind, letters) = 'Cities' AS holds, flatten(list(letters_rows)) AS letters_rows FROM flows
  UNION ALL BY NAME
  SELECT 'rulings_most' AS finding, 'Rulings are the most frequent kind of event' AS name,
    arg_max(kind, events) = 'ruling' AS holds, flatten(list(events_rows)) AS events_rows FROM events_by_kind
  UNION ALL BY NAME
  SELECT 'allocation_fell' AS finding, 'The national allocation of 2020 is below that of 2016' AS name,
    max(amount_usd) FILTER (WHERE year = 2020) < max(amount_usd) FILTER (WHERE year = 2016) AS holds,
    flatten(list(grants_rows)) AS grants_rows FROM national_by_year
)
-- coalesce(..., false): a statement whose figures are missing does not hold.
SELECT
  finding, name, coalesce(holds, false) AS holds,
  letters_rows, grants_rows, states_rows, city_crime_rows, state_formula_estimates_rows, events_rows
FROM statement
ORDER BY finding
