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
  -- where each court of appeals stood last, on notice and on access
  SELECT court, condition, arg_max(holding, date) AS holding, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list
  WHERE condition IN ('notice', 'access') AND court LIKE '% Circuit'
  GROUP BY court, condition
),
alike AS (
  SELECT
    bool_and(coalesce(n.holding = a.holding, false)) AS holds,
    flatten(list(list_concat(n.holdings_rows, a.holdings_rows))) AS holdings_rows
  FROM (SELECT * FROM holdings_list WHERE condition = 'notice') n
  FULL JOIN (SELECT * FROM holdings_list WHERE condition = 'access') a ON a.id = n.id
),
recipient_states AS (
  SELECT state, bool_or(kind = 'state') AS has_government, bool_or(kind = 'state' AND amount_usd IS NOT NULL) AS has_its_money,
    flatten(list(letters_rows)) AS letters_rows, flatten(list(grants_rows)) AS grants_rows
  FROM at_risk_by_jurisdiction
  GROUP BY state
),
statement AS (
  SELECT 'all_but_one_known' AS finding, 'The amount is known for all recipients but one' AS name,
    recipients_unknown = 1 AS holds, letters_rows, grants_rows FROM at_risk
  UNION ALL BY NAME
  SELECT 'program_smaller_than_reported' AS finding, 'The allocation is smaller than the size in the Los Angeles Times' AS name,
    allocated_2016_usd < reported_usd AS holds, grants_rows FROM compare
  UNION ALL BY NAME
  SELECT 'january_all_had_earlier_letters' AS finding, 'Every recipient of January 2018 had received a letter before' AS name,
    all_before AS holds, letters_rows FROM january
  UNION ALL BY NAME
  SELECT 'los_angeles_rose_more_than_nation' AS finding, 'The rate rose more in Los Angeles than in the nation from 2014 to 2015' AS name,
    max(change_percent) FILTER (WHERE jurisdiction = 'los-angeles-ca') > max(change_percent) FILTER (WHERE jurisdiction = 'US') AS holds,
    flatten(list(city_crime_rows)) AS city_crime_rows FROM city_crime_change WHERE jurisdiction IN ('los-angeles-ca', 'US')
  UNION ALL BY NAME
  SELECT 'courts_mostly_for_jurisdictions' AS finding, 'More than three quarters of the rulings went for the states and cities' AS name,
    4 * jurisdictions > 3 * decisions AS holds, events_rows FROM rulings_count
  UNION ALL BY NAME
  SELECT 'only_second_circuit_lawful' AS finding, 'Of the appeals courts only the 2nd Circuit held notice and access lawful in the end' AS name,
    count(DISTINCT court) > 2 AND bool_and((holding = 'held lawful') = (court = '2nd Circuit')) AS holds, flatten(list(holdings_rows)) AS holdings_rows FROM appeals
  UNION ALL BY NAME
  SELECT 'certification_mostly_blocked' AS finding, 'Most decisions on certification blocked it or struck it down' AS name,
    2 * count(*) FILTER (WHERE holding IN ('blocked', 'struck down')) > count(*) AS holds, flatten(list(holdings_rows)) AS holdings_rows
  FROM holdings_list WHERE condition = 'certification-1373'
  UNION ALL BY NAME
  SELECT 'notice_and_access_alike' AS finding, 'Each decision made the same of notice and of access' AS name, holds, holdings_rows FROM alike
  UNION ALL BY NAME
  SELECT 'none_of_the_supreme_court' AS finding, 'No decision in the table is one of the Supreme Court' AS name,
    count(*) > 0 AND count(*) FILTER (WHERE court LIKE '%Supreme%') = 0 AS holds, flatten(list(events_rows)) AS events_rows FROM rulings
  UNION ALL BY NAME
  SELECT 'mostly_local_recipients' AS finding, 'In most states of recipients the state government received no letter' AS name,
    2 * count(*) FILTER (WHERE NOT has_government) > count(*) AS holds, flatten(list(letters_rows)) AS letters_rows FROM recipient_states
  UNION ALL BY NAME
  SELECT 'mostly_local_money' AS finding, 'In most states of recipients no award of the state government is at risk' AS name,
    2 * count(*) FILTER (WHERE NOT has_its_money) > count(*) AS holds,
    flatten(list(letters_rows)) AS letters_rows, flatten(list(grants_rows)) AS grants_rows FROM recipient_states
  UNION ALL BY NAME
  SELECT 'amounts_from_one_table' AS finding, 'All known amounts at risk come from one table' AS name,
    count(*) > 0 AND bool_and(g.source_id = 'cis-2018-01-25') AS holds, list(g._row) AS grants_rows
  FROM grants g
  WHERE list_contains((SELECT grants_rows FROM at_risk), g._row)
  UNION ALL BY NAME
  SELECT 'oregon_rejected_above_california' AS finding, 'The figure printed for Oregon is above the award of California' AS name,
    oregon_rejected_usd > (SELECT amount_usd FROM at_risk_by_jurisdiction WHERE state = 'CA' AND kind = 'state') AS holds, grants_rows FROM compare
  UNION ALL BY NAME
  SELECT 'seed_understates_new_york' AS finding, 'New York City was awarded more than twice what BuzzFeed News reported for fiscal 2016' AS name,
    max(amount_usd) FILTER (WHERE program = 'jag-direct') > 2 * max(amount_usd) FILTER (WHERE program = 'jag-seed') AS holds,
    list(_row) AS grants_rows FROM grants WHERE recipient = 'new-york-city-ny' AND fiscal_year = '2016'
  UNION ALL BY NAME
  SELECT 'more_held_up_than_at_risk' AS finding, 'The sum that members of Congress said was held up is above the money at risk' AS name,
    max(amount_usd) > (SELECT amount_usd FROM at_risk) AS holds,
    list(_row) AS grants_rows FROM grants WHERE recipient = 'US' AND program = 'jag-formula-state-and-territory'
  UNION ALL BY NAME
  SELECT 'national_rate_highest_since_2012' AS finding, 'The national rate of 2015 was the highest since 2012' AS name,
    rate_2015 > rate_between AND rate_2015 <= rate_2012 AS holds, city_crime_rows FROM nation
)
SELECT finding, name, coalesce(holds, false) AS holds, letters_rows, grants_rows, city_crime_rows, events_rows, holdings_rows
FROM statement
ORDER BY finding
