/*
title: Visits by place
about: All years together; a year without a count is left out.
key: place
columns:
  place: {label: Place, unit: text}
  visits: {label: Visits, unit: count}
  share: {label: Share of all visits, unit: percent}
  rank: {label: Rank, unit: rank}
  budget_usd: {label: Budget, unit: usd}
*/
SELECT place, (sum(visits) FILTER (WHERE visits IS NOT NULL))::BIGINT AS visits,
  100.0 * sum(visits) / sum(sum(visits)) OVER () AS share,
  rank() OVER (ORDER BY sum(visits) DESC) AS rank,
  (sum(budget_usd) FILTER (WHERE budget_usd IS NOT NULL))::BIGINT AS budget_usd,
  list(_row) AS visits_rows
FROM visits
GROUP BY place
ORDER BY visits DESC
