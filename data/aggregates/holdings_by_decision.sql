/*
title: What each decision did to the conditions
about: >-
  Each decision of a court on the conditions of the grants, with what it made of each. Inferred: the source says that plaintiffs who had sued over
  the conditions won, and does not name them. Of certification, such a decision is marked as not stated. A blank means that the condition was no
  part of the decision.
key: id
columns:
  id: {label: Event id, unit: text}
  date: {label: Date, unit: date}
  court: {label: Court, unit: text}
  title: {label: Decision, unit: text}
  notice_access: {label: Notice and access, unit: text}
  certification: {label: Certification, unit: text}
  fiscal_2018: {label: 'Conditions of fiscal 2018', unit: text}
  source_id: {label: Source, unit: text}
*/
SELECT
  id, date, court, title,
  max(holding || CASE basis WHEN 'inferred' THEN ' (inferred)' ELSE '' END) FILTER (WHERE condition IN ('notice', 'access')) AS notice_access,
  coalesce(
    max(holding) FILTER (WHERE condition = 'certification-1373'),
    CASE WHEN bool_or(basis = 'inferred') THEN 'not stated' END
  ) AS certification,
  max(holding) FILTER (WHERE condition LIKE 'fy2018-%') AS fiscal_2018,
  min(source_id) AS source_id,
  flatten(list(holdings_rows)) AS holdings_rows,
  flatten(list(events_rows)) AS events_rows
FROM holdings_list
GROUP BY id, date, court, title
ORDER BY date, id
