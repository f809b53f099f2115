/*
title: All places
columns:
  visits: {label: Visits, unit: count}
  places: {label: Places, unit: count}
  first_year: {label: First year, unit: year}
  last_year: {label: Last year, unit: year}
*/
SELECT sum(visits)::BIGINT AS visits, count(DISTINCT place) AS places, min(year) AS first_year, max(year) AS last_year,
  list(_row) AS visits_rows
FROM visits
