/*
title: Figures that sources give of events
about: What the source of an event counts, or the amount that it names, where no other table holds it. Events without such a figure are left out.
key: id
columns:
  id: {label: Event id, unit: text}
  stated: {label: Count, unit: count}
  stated_of: {label: Of how many, unit: count}
  amount_usd: {label: Amount, unit: usd}
*/
SELECT id, stated, stated_of, amount_usd, [_row] AS events_rows
FROM events
WHERE stated IS NOT NULL OR amount_usd IS NOT NULL
ORDER BY id
