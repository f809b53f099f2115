/*
title: What the sentences rest on
about: Each column is true or false. Where one is no longer true, the build stops, and names the sentence.
columns:
  dade_leads: {label: Dade had the most visits, unit: flag}
  all_fell: {label: Each place had fewer visits in the last year than in the first, unit: flag}
*/
SELECT (SELECT arg_max(place, visits) FROM by_place) = 'Dade' AS dade_leads,
  (SELECT bool_and(fell) FROM (SELECT arg_max(visits, year) < arg_min(visits, year) AS fell FROM visits WHERE visits IS NOT NULL GROUP BY place)) AS all_fell,
  list(_row) AS visits_rows
FROM visits
