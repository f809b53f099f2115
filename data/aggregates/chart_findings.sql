/*
title: Findings of the example charts
about: Statements on which the titles of the example charts rest, each true or false by the data.
columns:
  mostly_demands: {label: Every round has more demands than clearances, unit: flag}
  local_money_in_more_states: {label: In more states counties and cities have money at risk than state governments, unit: flag}
  link_is_weak: {label: Violent crime and the foreign-born share of states are hardly correlated, unit: flag}
  city_rates_moved_both_ways: {label: Rates rose in some letter cities from 2010 to 2015 and fell in others, unit: flag}
  california_most_by_formula: {label: The formula gives no state more than California, unit: flag}
  most_states_below_nation: {label: Most states had a violent crime rate below the nation's in 2016, unit: flag}
  cities_differ_more_than_years: {label: Rates differ more between cities than between years of a city, unit: flag}
  cities_got_most: {label: Cities got more letters than any other kind of government, unit: flag}
  rulings_most: {label: Rulings are the most frequent kind of event, unit: flag}
  allocation_fell: {label: The national allocation of 2020 is below that of 2016, unit: flag}
*/
WITH spread AS (
  SELECT jurisdiction, avg(violent_rate) AS mean, stddev_pop(violent_rate) AS within FROM city_crime_by_year GROUP BY jurisdiction
),
city AS (
  SELECT
    jurisdiction,
    max(violent_rate) FILTER (WHERE year = 2010) AS early,
    max(violent_rate) FILTER (WHERE year = 2015) AS late
  FROM city_crime_selected
  GROUP BY jurisdiction
),
levels AS (
  SELECT count(*) FILTER (WHERE level = 'State government') AS states, count(*) FILTER (WHERE level <> 'State government') AS locals FROM at_risk_by_level
),
rounds AS (
  SELECT round, sum(letters) FILTER (WHERE status = 'demand') AS demands, coalesce(sum(letters) FILTER (WHERE status = 'cleared'), 0) AS cleared
  FROM rounds_by_status
  GROUP BY round
),
flows AS (SELECT kind, sum(letters) AS letters FROM letter_flows GROUP BY kind),
rate AS (SELECT max(violent_rate) AS nation FROM crime_by_state_year WHERE state = 'US' AND year = 2016)
SELECT
  (SELECT coalesce(bool_and(demands > cleared), false) FROM rounds) AS mostly_demands,
  (SELECT locals > states FROM levels) AS local_money_in_more_states,
  (SELECT coalesce(abs(corr(violent_rate, foreign_born_percent)) < 0.3, false) FROM state_summary) AS link_is_weak,
  (SELECT count(*) FILTER (WHERE late > early) > 0 AND count(*) FILTER (WHERE late < early) > 0 FROM city) AS city_rates_moved_both_ways,
  (SELECT arg_max(state, estimate_usd) = 'CA' FROM formula_ranges) AS california_most_by_formula,
  (SELECT 2 * count(*) FILTER (WHERE violent_rate < nation) > count(violent_rate) FROM state_summary, rate) AS most_states_below_nation,
  (SELECT coalesce(stddev_pop(mean) > avg(within), false) FROM spread) AS cities_differ_more_than_years,
  (SELECT arg_max(kind, letters) = 'Cities' FROM flows) AS cities_got_most,
  (SELECT arg_max(kind, events) IN ('ruling') FROM events_by_kind) AS rulings_most,
  (SELECT coalesce(max(amount_usd) FILTER (WHERE year = 2020) < max(amount_usd) FILTER (WHERE year = 2016), false) FROM national_by_year) AS allocation_fell,
  (SELECT flatten(list(letters_rows)) FROM rounds_by_status) AS letters_rows,
  (SELECT flatten(list(grants_rows)) FROM national_by_year) AS grants_rows,
  (SELECT flatten(list(city_crime_rows)) FROM city_crime_by_year) AS city_crime_rows,
  (SELECT flatten(list(states_rows)) FROM state_summary) AS states_rows,
  (SELECT flatten(list(events_rows)) FROM events_by_kind) AS events_rows,
  (SELECT flatten(list(state_formula_estimates_rows)) FROM formula_estimates) AS state_formula_estimates_rows
