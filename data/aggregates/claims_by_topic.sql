/*
title: What each side spoke of
about: Number of claims by side and topic in the articles that the report started from. Pairs without a claim have no line.
key: [side, topic]
columns:
  side: {label: Side, unit: text}
  topic: {label: Topic, unit: text}
  claims: {label: Claims, unit: count}
*/
SELECT c.side, c.topic, count(*) AS claims, list(c._row) AS claims_rows
FROM claims c
GROUP BY c.side, c.topic
ORDER BY c.side, c.topic
