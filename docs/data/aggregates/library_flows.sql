/*
title: Visits by district and kind
key: [district, kind]
columns:
  district: {label: District, unit: text}
  kind: {label: Kind, unit: text}
  visits: {label: Visits, unit: count}
*/
SELECT district, kind, sum(visits)::BIGINT AS visits, list(_row) AS libraries_rows FROM libraries GROUP BY district, kind ORDER BY district, kind
