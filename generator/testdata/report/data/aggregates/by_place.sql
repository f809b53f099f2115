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
findings:
  dade_half: {claim: majority, of: visits, for: dade}
  dade_leads: {claim: largest, of: visits, for: dade}
  clay_last: {claim: smallest, of: visits, for: clay}
  erie_second: {claim: rank, n: 2, of: visits, for: erie}
  dade_ten_times: {claim: more than, of: visits, for: dade, than: erie, times: 10}
  bath_fewer: {claim: less than, of: visits, for: bath, than: ada}
  only_clay_closed: {claim: only, for: clay, is: {open: no}}
  most_open: {claim: most, is: {open: yes}}
  all_in_2018: {claim: all, is: {first_year: 2018}}
  none_has_a_million: {claim: none, is: {visits: ">= 1000000"}}
  five: {claim: count, n: 5}
  erie_part: {claim: between, of: share, for: erie, low: 8, high: 9}
  ada_before_dade: {claim: before, of: opened, for: ada, than: dade}
  same_year: {claim: equal, of: first_year, for: ada, to: bath}
*/
SELECT p.id AS place, p.name, p.state, p.fips, p.open,
  (sum(y.visits) FILTER (WHERE y.visits IS NOT NULL))::BIGINT AS visits,
  sum(y.budget) AS budget,
  CASE p.id WHEN 'clay' THEN 'lower_bound' WHEN 'erie' THEN 'estimate' ELSE 'exact' END AS exactness,
  100.0 * sum(y.visits) FILTER (WHERE y.visits IS NOT NULL) / (SELECT sum(visits) FROM years WHERE visits IS NOT NULL) AS share,
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
