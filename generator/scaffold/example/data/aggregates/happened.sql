/*
title: What happened
key: id
columns:
  id: {label: Id, unit: text}
  date: {label: Date, unit: date}
  title: {label: Event, unit: text}
  kind: {label: Kind, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT id, date, title, kind, source_id, [_row] AS events_rows
FROM events
ORDER BY date
