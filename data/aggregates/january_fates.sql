/*
title: What became of the money of each place on the January list
about: >-
  Each recipient of the letter of Jan. 24, 2018, and when its fiscal 2017 money had been paid, released or cleared for payment, as sources say. The
  department spoke of most of them together, in March 2019.
key: jurisdiction
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  name: {label: Place, unit: text}
  amount_usd: {precision: precision, label: At risk, unit: usd}
  precision: {label: Precision, unit: text}
  paid_by: {label: 'Paid, released or cleared by', unit: date}
  fate: {label: What became of it, unit: text}
findings:
  most_by_2019: {claim: most, is: {fate: paid or cleared by March 2019}}
  three_unknown: {claim: only, for: [chicago-il, cook-county-il, new-york-city-ny], is: {fate: date not known}}
  oregon_later: {claim: only, for: state-or, is: {fate: released in July 2019}}
*/
SELECT
  r.jurisdiction, r.name, r.amount_usd, r.precision, o.paid_by,
  CASE
    WHEN o.paid_by IS NULL THEN 'date not known'
    WHEN o.paid_by <= DATE '2019-03-02' THEN 'paid or cleared by March 2019'
    ELSE 'released in ' || strftime(o.paid_by, '%B %Y')
  END AS fate,
  r.letters_rows, r.grants_rows,
  [o._row] AS outcomes_rows
FROM at_risk_by_jurisdiction r
JOIN outcomes o ON o.jurisdiction_id = r.jurisdiction
ORDER BY o.paid_by IS NULL, o.paid_by > DATE '2019-03-02', r.amount_usd DESC NULLS LAST, r.jurisdiction
