/*
title: What happened
key: id
columns:
  id: {label: Id, unit: text}
  date: {label: Date, unit: date}
  title: {label: Event, unit: text}
  kind: {label: Kind, unit: text}
  claim: {label: Claim, unit: text}
  quote: {label: Quotation, unit: text}
  speaker: {label: Speaker, unit: text}
  role: {label: Role, unit: text}
  side: {label: Side, unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT id, date, title, kind, title AS claim, quote, speaker, NULL::VARCHAR AS role, side, source_id, [_row] AS events_rows FROM events ORDER BY date
