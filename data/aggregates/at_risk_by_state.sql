/*
title: Byrne JAG money at risk, by state
about: >-
  Fiscal 2017 awards (primary figures) of the states, counties and cities that received the letter of Jan. 24, 2018, added up
  by state. Money for the state government and for its counties and cities is together. Oregon's amount is blank: not known, which is not the same as nothing.
key: state
columns:
  state: {label: State code, unit: text}
  name: {label: State, unit: text}
  amount_usd: {label: At risk, unit: usd}
  recipients: {label: Letters, unit: count}
  local_recipients: {label: Letters to counties and cities, unit: count}
  recipients_unknown: {label: Recipients without a known amount, unit: count}
  share_percent: {label: Share of the known total, unit: percent}
  rank: {label: Rank, unit: rank}
findings:
  california_half: {claim: majority, of: amount_usd, for: CA, known: true}
*/
WITH state AS (
  SELECT
    r.state,
    sum(r.amount_usd)::BIGINT AS amount_usd,
    count(*) AS recipients,
    count(*) FILTER (WHERE r.kind <> 'state') AS local_recipients,
    count(*) - count(r.amount_usd) AS recipients_unknown,
    flatten(list(r.letters_rows)) AS letters_rows,
    flatten(list(r.jurisdictions_rows)) AS jurisdictions_rows,
    flatten(list(r.grants_rows)) AS grants_rows
  FROM at_risk_by_jurisdiction r
  GROUP BY r.state
)
SELECT
  a.state,
  s.name,
  a.amount_usd,
  a.recipients,
  a.local_recipients,
  a.recipients_unknown,
  100 * a.amount_usd / nullif(sum(a.amount_usd) OVER (), 0) AS share_percent,
  CASE WHEN a.amount_usd IS NOT NULL THEN rank() OVER (ORDER BY a.amount_usd DESC NULLS LAST) END AS rank,
  a.letters_rows,
  a.jurisdictions_rows,
  a.grants_rows
FROM state a
JOIN states s ON s.usps = a.state
ORDER BY a.amount_usd DESC NULLS LAST, a.state
