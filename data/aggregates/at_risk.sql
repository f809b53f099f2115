/*
title: Byrne JAG money at risk
about: >-
  Fiscal 2017 awards (primary figures) of the places (states, counties and cities) that received the letter of Jan. 24, 2018, added up.
  Oregon is among the recipients but not in the sum, because the only amount known for it covers more than a year.
columns:
  amount_usd: {label: At risk, unit: usd}
  letters: {label: Letters, unit: count}
  recipients_known: {label: Recipients with a known amount, unit: count}
  recipients_unknown: {label: Recipients without one, unit: count}
  states: {label: States with a recipient, unit: count}
  states_known: {label: States with a known amount, unit: count}
  state_awards_usd: {label: Awards to state governments, unit: usd}
  local_awards_usd: {label: Awards to counties and cities, unit: usd}
  state_awards_share_percent: {label: Share of state governments, unit: percent}
  largest_usd: {label: Largest award, unit: usd}
  smallest_usd: {label: Smallest award, unit: usd}
  small_usd: {label: What counts as small, unit: usd}
  under_100_thousand: {label: Awards smaller than that, unit: count}
  fiscal_year: {label: Fiscal year of the awards, unit: year}
  date_sent: {label: Date of the letters, unit: date}
  deadline: {label: Deadline, unit: date}
by definition:
  small_usd: Our own line between small and larger awards; no law or program draws one there
*/
WITH letter AS (
  SELECT min(date_sent) AS date_sent, max(response_deadline) AS deadline
  FROM letters
  WHERE round_id = '2018-01-24'
)
SELECT
  (sum(r.amount_usd) FILTER (WHERE r.amount_usd IS NOT NULL))::BIGINT AS amount_usd,
  count(*) AS letters,
  count(r.amount_usd) AS recipients_known,
  count(*) - count(r.amount_usd) AS recipients_unknown,
  count(DISTINCT r.state) AS states,
  count(DISTINCT r.state) FILTER (WHERE r.amount_usd IS NOT NULL) AS states_known,
  (sum(r.amount_usd) FILTER (WHERE r.kind = 'state'))::BIGINT AS state_awards_usd,
  (sum(r.amount_usd) FILTER (WHERE r.kind <> 'state'))::BIGINT AS local_awards_usd,
  100 * (sum(r.amount_usd) FILTER (WHERE r.kind = 'state')) / nullif(sum(r.amount_usd), 0) AS state_awards_share_percent,
  max(r.amount_usd) AS largest_usd,
  min(r.amount_usd) AS smallest_usd,
  100000::BIGINT AS small_usd,
  count(*) FILTER (WHERE r.amount_usd < 100000) AS under_100_thousand,
  min(r.fiscal_year) AS fiscal_year,
  any_value(letter.date_sent) AS date_sent,
  any_value(letter.deadline) AS deadline,
  flatten(list(r.letters_rows)) AS letters_rows,
  flatten(list(r.jurisdictions_rows)) AS jurisdictions_rows,
  flatten(list(r.grants_rows)) AS grants_rows
FROM at_risk_by_jurisdiction r
CROSS JOIN letter
