/*
title: How many states have a story
about: >-
  The states, with the District of Columbia, in which somebody received a letter, and those in which somebody sued without one.
columns:
  states: {label: States, unit: count}
  with_letter: {label: States with a letter, unit: count}
  only_sued: {label: States with a lawsuit and no letter, unit: count}
*/
SELECT
  count(*) AS states,
  count(*) FILTER (WHERE s.recipients_all > 0) AS with_letter,
  count(*) FILTER (WHERE s.recipients_all = 0) AS only_sued,
  flatten(list(t.jurisdictions_rows)) AS jurisdictions_rows,
  flatten(list(t.letters_rows)) AS letters_rows,
  flatten(list(t.suits_rows)) AS suits_rows
FROM state_stories t
JOIN state_summary s ON s.state = t.state
