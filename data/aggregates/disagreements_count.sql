/*
title: How many disagreements there are
columns:
  topics: {label: Topics, unit: count}
  statements: {label: Statements, unit: count}
*/
SELECT count(DISTINCT topic) AS topics, count(*) AS statements, list(_row) AS disagreements_rows
FROM disagreements
