/*
title: Findings
about: >-
  Statements on which sentences and titles of the report rest, each true or false by the data. A statement whose figures are missing does
  not hold.
key: finding
columns:
  finding: {label: Finding, unit: text}
  name: {label: Statement, unit: text}
  holds: {label: Holds, unit: flag}
*/
WITH january AS (
  SELECT
    bool_and(EXISTS (SELECT 1 FROM letters_matrix b WHERE b.jurisdiction = a.jurisdiction AND b.date < a.date)) AS all_before,
    (SELECT flatten(list(letters_rows)) FROM letters_by_round) AS letters_rows
  FROM letters_matrix a
  WHERE a.round = '2018-01-24'
),
nation AS (
  SELECT
    max(violent_rate) FILTER (WHERE year = 2015) AS rate_2015,
    max(violent_rate) FILTER (WHERE year IN (2013, 2014)) AS rate_between,
    max(violent_rate) FILTER (WHERE year = 2012) AS rate_2012,
    flatten(list(city_crime_rows)) AS city_crime_rows
  FROM city_crime_by_year
  WHERE jurisdiction = 'US' AND year BETWEEN 2012 AND 2015
),
statement AS (
  SELECT 'california_more_than_half' AS finding, 'California has more than half of the known money at risk' AS name,
    (SELECT share_percent > 50 FROM at_risk_by_state WHERE state = 'CA') AS holds, grants_rows FROM at_risk
  UNION ALL BY NAME
  SELECT 'illinois_leads_per_head' AS finding, 'Illinois has the most at risk for its residents' AS name,
    bool_or(state = 'IL' AND rank = 1) AS holds, flatten(list(grants_rows)) AS grants_rows, flatten(list(states_rows)) AS states_rows FROM at_risk_per_head
  UNION ALL BY NAME
  SELECT 'all_but_one_known' AS finding, 'The amount is known for all recipients but one' AS name,
    recipients_unknown = 1 AS holds, letters_rows, grants_rows FROM at_risk
  UNION ALL BY NAME
  SELECT 'oregon_is_the_unknown' AS finding, 'Oregon is the one without a known amount' AS name,
    bool_or(state = 'OR' AND recipients_unknown = 1) AND count(*) FILTER (WHERE recipients_unknown > 0) = 1 AS holds,
    flatten(list(letters_rows)) AS letters_rows, flatten(list(grants_rows)) AS grants_rows FROM at_risk_by_state
  UNION ALL BY NAME
  SELECT 'state_awards_more_than_two_thirds' AS finding, 'State governments hold more than two thirds of it' AS name,
    3 * state_awards_usd > 2 * amount_usd AS holds, grants_rows FROM at_risk
  UNION ALL BY NAME
  SELECT 'program_smaller_than_reported' AS finding, 'The allocation is smaller than the size in an article' AS name,
    allocated_2016_usd < reported_usd AS holds, grants_rows FROM compare
  UNION ALL BY NAME
  SELECT 'biggest_round_november_2017' AS finding, 'No round was bigger than that of November 2017' AS name,
    max(total) FILTER (WHERE round = '2017-11-15') = max(total) AS holds, flatten(list(letters_rows)) AS letters_rows FROM letters_by_round
  UNION ALL BY NAME
  SELECT 'january_all_had_earlier_letters' AS finding, 'Every recipient of January 2018 had got a letter before' AS name,
    all_before AS holds, letters_rows FROM january
  UNION ALL BY NAME
  SELECT 'los_angeles_rose_more_than_nation' AS finding, 'The rate rose more in Los Angeles than in the nation from 2014 to 2015' AS name,
    max(change_percent) FILTER (WHERE jurisdiction = 'los-angeles-ca') > max(change_percent) FILTER (WHERE jurisdiction = 'US') AS holds,
    flatten(list(city_crime_rows)) AS city_crime_rows FROM city_crime_change WHERE jurisdiction IN ('los-angeles-ca', 'US')
  UNION ALL BY NAME
  SELECT 'courts_mostly_for_jurisdictions' AS finding, 'More than three quarters of the decisions went for the jurisdictions' AS name,
    4 * jurisdictions > 3 * decisions AS holds, events_rows FROM rulings_count
  UNION ALL BY NAME
  SELECT 'national_rate_highest_since_2012' AS finding, 'The national rate of 2015 was the highest since 2012' AS name,
    rate_2015 > rate_between AND rate_2015 <= rate_2012 AS holds, city_crime_rows FROM nation
)
SELECT finding, name, coalesce(holds, false) AS holds, letters_rows, grants_rows, states_rows, city_crime_rows, events_rows
FROM statement
ORDER BY finding
