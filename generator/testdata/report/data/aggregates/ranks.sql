/*
title: Places by visits in each year
key: [place, year]
columns:
  place: {label: Place, unit: text}
  year: {label: Year, unit: year}
  rank: {label: Rank, unit: rank}
*/
SELECT place, year, rank() OVER (PARTITION BY year ORDER BY visits // 1000 DESC) AS rank, [_row] AS years_rows
FROM years WHERE place IN ('ada', 'dade', 'erie') ORDER BY place, year
