/*
title: Byrne JAG money at risk, by state and level of government
about: >-
  Fiscal 2017 awards (primary figures) of the recipients of the letter of Jan. 24, 2018, by state, state governments apart from counties
  and cities. Recipients without a known amount are left out.
key: [state, level]
columns:
  state: {label: State code, unit: text}
  level: {label: Awarded to, unit: text}
  name: {label: State, unit: text}
  amount_usd: {label: At risk, unit: usd}
*/
SELECT
  r.state,
  CASE WHEN r.kind = 'state' THEN 'State government' ELSE 'Counties and cities' END AS level,
  s.name,
  sum(r.amount_usd)::BIGINT AS amount_usd,
  flatten(list(r.letters_rows)) AS letters_rows,
  flatten(list(r.jurisdictions_rows)) AS jurisdictions_rows,
  flatten(list(r.grants_rows)) AS grants_rows
FROM at_risk_by_jurisdiction r
JOIN states s ON s.usps = r.state
WHERE r.amount_usd IS NOT NULL
GROUP BY r.state, level, s.name
ORDER BY sum(sum(r.amount_usd)) OVER (PARTITION BY r.state) DESC, r.state, level DESC
