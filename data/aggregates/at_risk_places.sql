/*
title: Where Byrne JAG money was at risk
about: >-
  The recipients of the letter of Jan. 24, 2018, with their own fiscal 2017 awards, each where it is: a city at the coordinates
  that GeoNames has, a county or a state in the middle of its area.
key: jurisdiction
columns:
  jurisdiction: {label: Jurisdiction id, unit: text}
  name: {label: Recipient, unit: text}
  amount_usd: {label: At risk, unit: usd}
  longitude: {label: Longitude, unit: number}
  latitude: {label: Latitude, unit: number}
*/
SELECT
  r.jurisdiction,
  -- short, to stand beside a circle
  CASE WHEN r.kind = 'state' THEN regexp_replace(r.name, '^State of ', '')
    ELSE regexp_replace(r.name, '^City (and County )?of ', '') END AS name,
  r.amount_usd, c.longitude, c.latitude,
  r.letters_rows, r.jurisdictions_rows, r.grants_rows, [c._row] AS coordinates_rows
FROM at_risk_by_jurisdiction r
JOIN coordinates c ON c.jurisdiction_id = r.jurisdiction
ORDER BY r.amount_usd DESC NULLS LAST, r.jurisdiction
