/*
title: Visits by state and size
key: [state, size]
columns:
  state: {label: State, unit: text}
  size: {label: Size, unit: text}
  visits: {label: Visits, unit: count}
*/
SELECT p.state, b.size, sum(b.visits)::BIGINT AS visits, list(p._row) AS places_rows, flatten(list(b.years_rows)) AS years_rows
FROM by_year b JOIN places p ON p.id = b.place GROUP BY ALL ORDER BY ALL
