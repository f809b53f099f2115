/*
title: Builds of the reference report
key: [grows, size]
columns:
  grows: {label: What grows, unit: text}
  size: {label: How many, unit: count}
  cold_s: {label: Cold, unit: s}
  cell_s: {label: After a change, unit: s}
  saved_s: {label: Saved, unit: s}
  memory_mb: {label: Memory, unit: MB}
  site_mb: {label: Site, unit: MB}
  select_s: {label: SELECT, unit: s}
*/
SELECT grows, size, cold_s, cell_s, saved_s, memory_mb, site_mb, select_s, [_row] AS builds_measured_rows
FROM builds_measured ORDER BY grows, size
