/*
title: Each lawsuit from filing to last decision
about: The filing of each lawsuit and the decisions in it, on appeal too, with whom they sided with. A decision in several suits is listed in each.
key: [suit, event]
columns:
  suit: {label: Suit id, unit: text}
  event: {label: Event id, unit: text}
  plaintiff: {label: Plaintiff, unit: text}
  what: {label: Event, unit: text}
  date: {label: Date, unit: date}
  side: {label: Sided with, unit: text}
*/
WITH suit AS (
  SELECT
    id, filed, _row,
    -- who sued twice is told apart by the year
    plaintiff || CASE WHEN count(*) OVER (PARTITION BY plaintiff) > 1 THEN ', ' || year(filed) ELSE '' END AS plaintiff
  FROM suits
), decision AS (
  SELECT unnest(suit_ids) AS suit, id, title, date, sided_with, _row FROM events WHERE sided_with IS NOT NULL
), event AS (
  SELECT s.id AS suit, 'filed' AS event, s.plaintiff,
    CASE WHEN s.id IN (SELECT suit FROM decision) THEN 'Filed' ELSE 'Filed, no ruling' END AS what, s.filed AS date, NULL AS side, [s._row] AS suits_rows, [] AS events_rows
  FROM suit s WHERE s.filed IS NOT NULL
  UNION ALL
  SELECT
    s.id, d.id, s.plaintiff, d.title, d.date,
    CASE d.sided_with WHEN 'jurisdictions' THEN 'the states and cities' WHEN 'department' THEN 'the department' ELSE 'split' END,
    [s._row], [d._row]
  FROM suit s JOIN decision d ON d.suit = s.id
)
SELECT suit, event, plaintiff, what, date, side, suits_rows, events_rows
FROM event
ORDER BY min(date) OVER (PARTITION BY suit), suit, date, event
