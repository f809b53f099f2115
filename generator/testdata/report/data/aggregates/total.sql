/*
title: All places
columns:
  visits: {label: Visits, unit: count}
  places: {label: Places, unit: count}
  half: {label: Dade had more than half, unit: flag}
  day: {label: Last event, unit: date}
*/
SELECT sum(visits)::BIGINT AS visits, count(*) AS places, max(visits) * 2 > sum(visits) AS half, (SELECT max(date) FROM events) AS day, flatten(list(years_rows)) AS years_rows FROM by_place
