/*
title: Letters by round
about: >-
  Letters in each round, counted by recipient (a place each): demands for an answer, and clearances, which tell the recipient that no evidence
  of a violation was found. The round of August 2017 belongs to a different program. The date is that of the letters.
key: round
columns:
  round: {label: Round id, unit: text}
  date: {label: Date of the letters, unit: date}
  label: {label: Round, unit: text}
  program: {label: Program, unit: text}
  deadline: {label: Answer due, unit: date}
  letters: {label: Demands, unit: count}
  cleared: {label: Clearances, unit: count}
  total: {label: Letters in all, unit: count}
findings:
  november_largest: {claim: largest, of: total, for: 2017-11-15}
  january_not_first: {claim: after, of: date, for: 2018-01-24, than: 2017-04-21}
*/
SELECT
  l.round,
  min(l.date_sent) AS date,
  min(l.month) AS label,
  min(l.program) AS program,
  max(l.deadline) AS deadline,
  count(*) FILTER (WHERE l.status = 'demand') AS letters,
  count(*) FILTER (WHERE l.status = 'cleared') AS cleared,
  count(*) AS total,
  flatten(list(l.letters_rows)) AS letters_rows
FROM letters_by_jurisdiction_round l
GROUP BY l.round
ORDER BY date, l.round
