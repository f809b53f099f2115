/*
title: What is left of the visits
key: step
columns:
  step: {label: Step, unit: text}
  visits: {label: Visits, unit: count}
*/
SELECT 'All' AS step, sum(visits)::BIGINT AS visits, list(_row) AS years_rows FROM years WHERE visits IS NOT NULL
UNION ALL SELECT 'Without Dade', sum(visits)::BIGINT, list(_row) FROM years WHERE visits IS NOT NULL AND place <> 'dade'
UNION ALL SELECT 'Of Ada', sum(visits)::BIGINT, list(_row) FROM years WHERE place = 'ada'
ORDER BY visits DESC
