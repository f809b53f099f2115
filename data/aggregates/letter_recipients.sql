/*
title: Letters and their recipients
about: >-
  Every letter from April 2017 to April 2018, and the jurisdictions that received one, each counted once. Clearances count as letters.
  The District of Columbia counts as a state.
columns:
  recipients: {label: Recipients, unit: count}
  recipients_jag: {label: Recipients of Byrne JAG letters, unit: count}
  recipients_psp_only: {label: Recipients of other letters only, unit: count}
  recipients_more_than_once: {label: Recipients of several letters, unit: count}
  letters: {label: Letters, unit: count}
  letters_jag: {label: Byrne JAG letters, unit: count}
  demands: {label: Demands, unit: count}
  clearances: {label: Clearances of Byrne JAG recipients, unit: count}
  rounds: {label: Rounds, unit: count}
  rounds_jag: {label: Rounds of Byrne JAG letters, unit: count}
  states: {label: States with a recipient, unit: count}
  first_letter: {label: First letter, unit: date}
  last_letter: {label: Last letter, unit: date}
*/
WITH recipient AS (
  SELECT jurisdiction, count(*) AS letters, count(*) FILTER (WHERE program = 'Byrne JAG') AS letters_jag
  FROM letters_by_jurisdiction_round
  GROUP BY jurisdiction
)
SELECT
  count(DISTINCT l.jurisdiction) AS recipients,
  count(DISTINCT l.jurisdiction) FILTER (WHERE l.program = 'Byrne JAG') AS recipients_jag,
  (SELECT count(*) FROM recipient WHERE letters_jag = 0) AS recipients_psp_only,
  (SELECT count(*) FROM recipient WHERE letters > 1) AS recipients_more_than_once,
  count(*) AS letters,
  count(*) FILTER (WHERE l.program = 'Byrne JAG') AS letters_jag,
  count(*) FILTER (WHERE l.status = 'demand') AS demands,
  count(*) FILTER (WHERE l.status = 'cleared' AND l.program = 'Byrne JAG') AS clearances,
  count(DISTINCT l.round) AS rounds,
  count(DISTINCT l.round) FILTER (WHERE l.program = 'Byrne JAG') AS rounds_jag,
  count(DISTINCT l.state) AS states,
  min(l.date_sent) AS first_letter,
  max(l.date_sent) AS last_letter,
  flatten(list(l.letters_rows)) AS letters_rows,
  flatten(list(l.jurisdictions_rows)) AS jurisdictions_rows
FROM letters_by_jurisdiction_round l
