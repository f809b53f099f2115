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
appeals AS (
  -- where each court of appeals stood last on notice and access
  SELECT court, arg_max(holding, date) AS holding, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list
  WHERE condition = 'notice' AND court LIKE '% Circuit'
  GROUP BY court
),
years AS (
  SELECT
    year,
    sum(decisions) FILTER (WHERE side = 'the states and cities') AS jurisdictions,
    sum(decisions) AS all,
    flatten(list(events_rows)) AS events_rows
  FROM decisions_by_year
  GROUP BY year
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
  SELECT 'only_second_circuit_lawful' AS finding, 'Of the courts of appeals only that of the Second Circuit held notice and access lawful in the end' AS name,
    count(*) > 2 AND bool_and((holding = 'held lawful') = (court = 'Second Circuit')) AS holds, flatten(list(holdings_rows)) AS holdings_rows FROM appeals
  UNION ALL BY NAME
  SELECT 'certification_mostly_blocked' AS finding, 'Most decisions on certification blocked it or struck it down' AS name,
    2 * count(*) FILTER (WHERE holding IN ('blocked', 'struck down')) > count(*) AS holds, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list WHERE condition = 'certification-1373'
  UNION ALL BY NAME
  SELECT 'each_year_mostly_for_jurisdictions' AS finding, 'In every year most decisions went for the jurisdictions' AS name,
    bool_and(2 * jurisdictions > years.all) AS holds, flatten(list(events_rows)) AS events_rows FROM years
  UNION ALL BY NAME
  SELECT 'amounts_from_one_table' AS finding, 'All known amounts at risk come from one table' AS name,
    count(*) > 0 AND bool_and(g.source_id = 'cis-2018-01-25') AS holds, list(g._row) AS grants_rows
  FROM grants g
  WHERE list_contains((SELECT grants_rows FROM at_risk), g._row)
  UNION ALL BY NAME
  SELECT 'oregon_rejected_above_california' AS finding, 'The figure printed for Oregon is above the award of California' AS name,
    oregon_rejected_usd > (SELECT amount_usd FROM at_risk_by_jurisdiction WHERE jurisdiction = 'state-ca') AS holds, grants_rows FROM compare
  UNION ALL BY NAME
  SELECT 'most_local_awards_small' AS finding, 'Most counties and cities among the recipients held less than $100,000' AS name,
    2 * count(*) FILTER (WHERE amount_usd < 100000) > count(*) AS holds, flatten(list(grants_rows)) AS grants_rows FROM at_risk_by_jurisdiction WHERE kind <> 'state'
  UNION ALL BY NAME
  SELECT 'seed_understates_new_york' AS finding, 'New York City was awarded more than twice what an article says for fiscal 2016' AS name,
    max(amount_usd) FILTER (WHERE program = 'jag-direct') > 2 * max(amount_usd) FILTER (WHERE program = 'jag-seed') AS holds,
    list(_row) AS grants_rows FROM grants WHERE recipient = 'new-york-city-ny' AND fiscal_year = '2016'
  UNION ALL BY NAME
  SELECT 'national_rate_highest_since_2012' AS finding, 'The national rate of 2015 was the highest since 2012' AS name,
    rate_2015 > rate_between AND rate_2015 <= rate_2012 AS holds, city_crime_rows FROM nation
)
SELECT finding, name, coalesce(holds, false) AS holds, letters_rows, grants_rows, states_rows, city_crime_rows, events_rows, holdings_rows
FROM statement
ORDER BY finding
