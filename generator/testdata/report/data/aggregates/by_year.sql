/*
title: Visits by place and year
key: [place, year]
columns:
  place: {label: Place, unit: text}
  name: {label: Place and year, unit: text}
  year: {label: Year, unit: year}
  visits: {label: Visits, unit: count}
  share: {label: Share, unit: percent}
  low: {label: Low, unit: count}
  high: {label: High, unit: count}
  size: {label: Size, unit: text}
by definition:
  low: A tenth below, so that there are intervals
  high: A tenth above
findings:
  small_shares: {claim: most, is: {share: "< 15"}}
  all_fell: {claim: fell, of: visits, over: year, from: 2018, to: 2020}
  ada_rose: {claim: rose, of: visits, over: year, from: 2018, to: 2019, for: ada}
  dade_halved: {claim: halved, of: visits, over: year, from: 2019, to: 2020, for: dade}
*/
SELECT place, place || ' ' || year AS name, year, visits, share, visits * 9 // 10 AS low, visits * 11 // 10 AS high, CASE WHEN visits > 1000 THEN 'many' ELSE 'few' END AS size, [_row] AS years_rows
FROM years WHERE visits IS NOT NULL ORDER BY place, year
