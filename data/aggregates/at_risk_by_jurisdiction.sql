/*
title: Byrne JAG money at risk, by recipient
about: >-
  Each of the states, counties and cities that received the letter of Jan. 24, 2018, with its own fiscal 2017 award
  (the primary figure). Oregon has no amount because the only sum known for it covers more than a year; its share and rank are blank too.
key: jurisdiction
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  name: {label: Recipient, unit: text}
  state: {label: State code, unit: text}
  kind: {label: Kind of government, unit: text}
  fiscal_year: {label: Fiscal year, unit: year}
  amount_usd: {precision: precision, label: At risk, unit: usd}
  share_percent: {label: Share of the known total, unit: percent}
  rank: {label: Rank, unit: rank}
  precision: {label: Precision, unit: text}
findings:
  california_half: {claim: majority, of: amount_usd, for: state-ca, known: true}
  two_states: {claim: majority, share: 2/3, of: amount_usd, for: [state-ca, state-il], known: true}
  three_state_governments: {claim: only, for: [state-ca, state-il, state-or], is: {kind: state}}
  local_awards_small: {claim: most, where: {kind: not state}, is: {amount_usd: "< 100000"}}
  vermont_only_burlington: {claim: only, for: burlington-vt, is: {state: VT}}
  oregon_unknown: {claim: only, for: state-or, is: {amount_usd: missing}}
*/
WITH award AS (
  -- One primary figure for each recipient, which findings.one_award_each guards.
  SELECT
    g.recipient,
    sum(g.amount_usd)::BIGINT AS amount_usd,
    min(g.precision) AS precision,
    min(try_cast(g.fiscal_year AS BIGINT)) AS fiscal_year,
    list(g._row) AS grants_rows
  FROM grants g
  WHERE g.fiscal_year = '2017' AND g.use = 'primary' AND g.level IN ('state_award', 'local_award')
  GROUP BY g.recipient
)
SELECT
  j.id AS jurisdiction,
  j.name,
  j.state,
  replace(j.kind, '-', ' and ') AS kind,
  a.fiscal_year,
  a.amount_usd,
  100 * a.amount_usd / nullif(sum(a.amount_usd) OVER (), 0) AS share_percent,
  CASE WHEN a.amount_usd IS NOT NULL THEN rank() OVER (ORDER BY a.amount_usd DESC NULLS LAST) END AS rank,
  a.precision,
  [l._row] AS letters_rows,
  [j._row] AS jurisdictions_rows,
  coalesce(a.grants_rows, []) AS grants_rows
FROM letters l
JOIN jurisdictions j ON j.id = l.jurisdiction_id
LEFT JOIN award a ON a.recipient = j.id
WHERE l.round_id = '2018-01-24'
ORDER BY a.amount_usd DESC NULLS LAST, j.id
