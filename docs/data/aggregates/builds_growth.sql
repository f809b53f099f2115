/*
title: By which power of the size builds grow
key: grows
columns:
  grows: {label: What grows, unit: text}
  cold_power: {label: Cold, unit: ratio}
  cell_power: {label: After a change, unit: ratio}
  memory_power: {label: Memory, unit: ratio}
*/
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY grows ORDER BY size DESC) AS place FROM builds_measured
)
SELECT
  a.grows,
  round(ln(a.cold_s / b.cold_s) / ln(a.size / b.size), 2) AS cold_power,
  round(ln(a.cell_s / b.cell_s) / ln(a.size / b.size), 2) AS cell_power,
  round(ln(a.memory_mb / b.memory_mb) / ln(a.size / b.size), 2) AS memory_power,
  [a._row, b._row] AS builds_measured_rows
FROM ranked a JOIN ranked b ON b.grows = a.grows AND a.place = 1 AND b.place = 2
ORDER BY a.grows
