/*
title: Visits by place
about: All years together.
key: place
columns:
  place: {label: Place, unit: text}
  name: {label: Name, unit: text}
  state: {label: State, unit: text}
  fips: {label: County, unit: text}
  open: {label: Open, unit: flag}
  visits: {label: Visits, unit: count}
  budget: {label: Budget, unit: usd, precision: exactness}
  exactness: {label: Exactness, unit: text}
  share: {label: Share, unit: percent}
  per_head: {label: "Visits per 100,000 residents", unit: per_100k}
  usd_per_1k: {label: "Budget per 1,000 residents", unit: usd_per_1k}
  ratio: {label: Visits per visit to Bath, unit: ratio}
  rank: {label: Rank, unit: rank}
  first_year: {label: First year, unit: year}
  opened: {label: First event, unit: date}
*/
SELECT p.id AS place, p.name, p.state, p.fips, p.open,
  sum(y.visits)::BIGINT AS visits,
  sum(y.budget) AS budget,
  CASE p.id WHEN 'clay' THEN 'lower_bound' WHEN 'erie' THEN 'estimate' ELSE 'exact' END AS exactness,
  100.0 * sum(y.visits) / (SELECT sum(visits) FROM years) AS share,
  100000.0 * sum(y.visits) / any_value(p.residents) AS per_head,
  1000 * sum(y.budget) / any_value(p.residents) AS usd_per_1k,
  sum(y.visits) / (SELECT sum(visits)::DOUBLE FROM years WHERE place = 'bath') AS ratio,
  rank() OVER (ORDER BY sum(y.visits) DESC) AS rank,
  min(y.year) AS first_year,
  (SELECT min(e.date) FROM events e WHERE e.title LIKE '%' || p.name || '%') AS opened,
  [any_value(p._row)] AS places_rows, list(y._row) AS years_rows
FROM places p JOIN years y ON y.place = p.id
GROUP BY p.id, p.name, p.state, p.fips, p.open
ORDER BY visits DESC
