/*
title: Findings
about: >-
  Statements on which sentences of the report rest, each true or false by the data: money at risk after the letter of 24 January 2018, the size
  of the programme, the rounds of letters, and violent crime rates of 2014 and 2015.
columns:
  california_more_than_half: {label: California has more than half of the known money at risk, unit: flag}
  california_leads: {label: No state has more at risk than California, unit: flag}
  california_most_recipients: {label: No state has more recipients than California, unit: flag}
  illinois_leads_per_head: {label: 'Illinois has the most at risk per 1,000 residents', unit: flag}
  all_but_one_known: {label: The amount is known for all recipients but one, unit: flag}
  oregon_is_the_unknown: {label: Oregon is the one without a known amount, unit: flag}
  one_award_each: {label: Every known amount rests on one row, unit: flag}
  state_awards_more_than_two_thirds: {label: State governments hold more than two thirds of it, unit: flag}
  half_under_100_thousand: {label: 'More than half of the known awards are under $100,000', unit: flag}
  at_risk_under_15_percent: {label: At risk is less than 15 percent of the fiscal 2016 allocation, unit: flag}
  at_risk_under_a_seventh: {label: At risk is less than a seventh of the fiscal 2016 allocation, unit: flag}
  at_risk_over_an_eighth: {label: At risk is more than an eighth of the fiscal 2016 allocation, unit: flag}
  program_smaller_than_reported: {label: The allocation is smaller than the size in an article, unit: flag}
  awarded_less_than_allocated: {label: Less was awarded than allocated, unit: flag}
  sf_reported_more_than_direct: {label: The reported loss of San Francisco is above its direct award, unit: flag}
  oregon_rejected_above_california: {label: The rejected Oregon figure is above California's state award, unit: flag}
  total_matches_cis_without_oregon: {label: Our sum equals the advocacy table without Oregon, unit: flag}
  formula_within_three_percent: {label: The formula estimate is within 3 percent of every published total, unit: flag}
  biggest_round_november_2017: {label: No round was bigger than that of November 2017, unit: flag}
  second_round_january_2018: {label: Only one round was bigger than that of January 2018, unit: flag}
  january_all_had_earlier_letters: {label: Every recipient of January 2018 had got a letter before, unit: flag}
  january_mostly_from_november: {label: Most recipients of January 2018 were also recipients of November 2017, unit: flag}
  la_rate_rose_2014_2015: {label: The rate rose in Los Angeles, unit: flag}
  la_rate_rose_more_than_us: {label: The rate rose more in Los Angeles than in the nation, unit: flag}
  sf_rate_fell_2014_2015: {label: The rate fell in San Francisco, unit: flag}
  nyc_rate_fell_2014_2015: {label: The rate fell in New York City, unit: flag}
  chicago_rate_rose_2014_2015: {label: The rate rose in Chicago, unit: flag}
  denver_rate_rose_2014_2015: {label: The rate rose in Denver, unit: flag}
  us_rate_rose_2014_2015: {label: The rate rose in the nation, unit: flag}
*/
WITH state AS (
  SELECT
    max(share_percent) FILTER (WHERE state = 'CA') AS california_share,
    max(rank) FILTER (WHERE state = 'CA') AS california_rank,
    max(recipients) FILTER (WHERE state = 'CA') = max(recipients) AS california_most,
    count(*) FILTER (WHERE recipients_unknown > 0) = 1 AND bool_or(state = 'OR' AND recipients_unknown = 1) AS oregon_only
  FROM at_risk_by_state
),
per_head AS (
  SELECT max(rank) FILTER (WHERE state = 'IL') AS illinois_rank FROM at_risk_per_head
),
recipient AS (
  SELECT
    bool_and(amount_usd IS NULL OR len(grants_rows) = 1) AS one_award_each,
    max(amount_usd) FILTER (WHERE jurisdiction = 'state-ca') AS california_award
  FROM at_risk_by_jurisdiction
),
stage AS (
  SELECT
    max(amount_usd) FILTER (WHERE stage = 'jag-awarded') AS awarded,
    flatten(list(grants_rows)) AS grants_rows
  FROM programme_stages
  WHERE stage IN ('jag-awarded', 'jag-allocation')
),
sizes AS (
  SELECT round, programme, total, rank() OVER (ORDER BY total DESC) AS place FROM letters_by_round
),
rounds AS (
  SELECT
    max(place) FILTER (WHERE round = '2017-11-15') AS november_place,
    max(place) FILTER (WHERE round = '2018-01-24') AS january_place
  FROM sizes
),
january AS (
  SELECT
    bool_and(EXISTS (SELECT 1 FROM letters_matrix b WHERE b.jurisdiction = a.jurisdiction AND b.date < a.date)) AS all_before,
    2 * count(*) FILTER (WHERE EXISTS (SELECT 1 FROM letters_matrix b WHERE b.jurisdiction = a.jurisdiction AND b.round = '2017-11-15')) > count(*) AS mostly_november
  FROM letters_matrix a
  WHERE a.round = '2018-01-24'
),
every_letter AS (
  SELECT flatten(list(letters_rows)) AS letters_rows FROM letters_by_round
),
crime AS (
  SELECT
    bool_or(rose) FILTER (WHERE jurisdiction = 'los-angeles-ca') AS la_rose,
    bool_or(rose) FILTER (WHERE jurisdiction = 'chicago-il') AS chicago_rose,
    bool_or(rose) FILTER (WHERE jurisdiction = 'denver-co') AS denver_rose,
    bool_or(rose) FILTER (WHERE jurisdiction = 'US') AS us_rose,
    bool_or(rate_2015 < rate_2014) FILTER (WHERE jurisdiction = 'san-francisco-ca') AS sf_fell,
    bool_or(rate_2015 < rate_2014) FILTER (WHERE jurisdiction = 'new-york-city-ny') AS nyc_fell,
    flatten(list(city_crime_rows)) AS city_crime_rows
  FROM city_crime_change
  WHERE jurisdiction IN ('los-angeles-ca', 'chicago-il', 'denver-co', 'US', 'san-francisco-ca', 'new-york-city-ny')
)
-- coalesce(..., false): a statement whose figures are missing does not hold.
SELECT
  coalesce(s.california_share > 50, false) AS california_more_than_half,
  coalesce(s.california_rank = 1, false) AS california_leads,
  coalesce(s.california_most, false) AS california_most_recipients,
  coalesce(h.illinois_rank = 1, false) AS illinois_leads_per_head,
  r.recipients_unknown = 1 AS all_but_one_known,
  coalesce(s.oregon_only, false) AS oregon_is_the_unknown,
  coalesce(p.one_award_each, false) AS one_award_each,
  coalesce(3 * r.state_awards_usd > 2 * r.amount_usd, false) AS state_awards_more_than_two_thirds,
  2 * r.under_100_thousand > r.recipients_known AS half_under_100_thousand,
  coalesce(100 * r.amount_usd < 15 * c.allocated_2016_usd, false) AS at_risk_under_15_percent,
  coalesce(7 * r.amount_usd < c.allocated_2016_usd, false) AS at_risk_under_a_seventh,
  coalesce(8 * r.amount_usd > c.allocated_2016_usd, false) AS at_risk_over_an_eighth,
  coalesce(c.allocated_2016_usd < c.reported_usd, false) AS program_smaller_than_reported,
  coalesce(g.awarded < c.allocated_2016_usd, false) AS awarded_less_than_allocated,
  coalesce(c.sf_reported_usd > c.sf_direct_usd, false) AS sf_reported_more_than_direct,
  coalesce(c.oregon_rejected_usd > p.california_award, false) AS oregon_rejected_above_california,
  coalesce(c.cis_total_without_oregon_usd = r.amount_usd, false) AS total_matches_cis_without_oregon,
  coalesce(c.formula_largest_error_percent <= 3, false) AS formula_within_three_percent,
  coalesce(n.november_place = 1, false) AS biggest_round_november_2017,
  coalesce(n.january_place = 2, false) AS second_round_january_2018,
  coalesce(j.all_before, false) AS january_all_had_earlier_letters,
  coalesce(j.mostly_november, false) AS january_mostly_from_november,
  coalesce(x.la_rose, false) AS la_rate_rose_2014_2015,
  coalesce(c.la_rate_change_percent > c.us_rate_change_percent, false) AS la_rate_rose_more_than_us,
  coalesce(x.sf_fell, false) AS sf_rate_fell_2014_2015,
  coalesce(x.nyc_fell, false) AS nyc_rate_fell_2014_2015,
  coalesce(x.chicago_rose, false) AS chicago_rate_rose_2014_2015,
  coalesce(x.denver_rose, false) AS denver_rate_rose_2014_2015,
  coalesce(x.us_rose, false) AS us_rate_rose_2014_2015,
  list_concat(c.grants_rows, g.grants_rows) AS grants_rows,
  l.letters_rows,
  r.jurisdictions_rows,
  c.state_formula_estimates_rows,
  x.city_crime_rows
FROM at_risk r
CROSS JOIN compare c
CROSS JOIN state s
CROSS JOIN per_head h
CROSS JOIN recipient p
CROSS JOIN stage g
CROSS JOIN rounds n
CROSS JOIN january j
CROSS JOIN every_letter l
CROSS JOIN crime x
