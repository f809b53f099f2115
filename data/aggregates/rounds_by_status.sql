/*
title: Demands and clearances by round
about: Byrne JAG letters of each round, those that demand an answer and those that clear the recipient apart. A round without clearances has no line for them.
key: [round, status]
columns:
  round: {label: Round id, unit: text}
  status: {label: Status, unit: text}
  label: {label: Round, unit: text}
  letters: {label: Letters, unit: count}
*/
SELECT l.round, l.status, min(l.month) AS label, count(*) AS letters, flatten(list(l.letters_rows)) AS letters_rows
FROM letters_by_jurisdiction_round l
WHERE l.program = 'Byrne JAG'
GROUP BY l.round, l.status
ORDER BY min(l.date_sent), l.status DESC
