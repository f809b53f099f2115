/*
title: Certification, court by court
about: >-
  The decision of each court in each year that went furthest against the condition, or else left it, in the order of the circuits. A court and a
  year without a decision have no line.
key: [court, year]
columns:
  court: {label: Court, unit: text}
  year: {label: Year, unit: year}
  holding: {label: What it made of it, unit: text}
  said: {label: 'Result, and how we know', unit: text}
  date: {label: Date of the decision, unit: date}
*/
SELECT court, year, holding, said, date, holdings_rows, events_rows
FROM holdings_by_court
WHERE condition = 'Certification'
ORDER BY circuit, court LIKE '%(appeals)', court, year
