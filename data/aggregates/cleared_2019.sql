/*
title: Who was cleared by March 2019
about: >-
  The department said in March 2019 that all recipients of the letters of November 2017 but Oregon had received their grants of fiscal 2017 or been
  cleared to. How many of those with the letter of Jan. 24, 2018 are among them. The others received their first letters in other rounds, and the
  statement does not cover them.
columns:
  of_november: {label: Recipients of November 2017 but Oregon, unit: count}
  of_january: {label: Of these with a letter of January 2018, unit: count}
*/
WITH november AS (
  SELECT jurisdiction, letters_rows FROM letters_matrix WHERE round = '2017-11-15'
),
january AS (
  SELECT jurisdiction, letters_rows FROM letters_matrix WHERE round = '2018-01-24'
)
SELECT
  (SELECT count(*) FROM november WHERE jurisdiction <> 'state-or') AS of_november,
  count(*) FILTER (WHERE n.jurisdiction IS NOT NULL AND n.jurisdiction <> 'state-or') AS of_january,
  flatten(list(j.letters_rows)) || (SELECT flatten(list(letters_rows)) FROM november) AS letters_rows,
  (SELECT list(_row) FROM events WHERE id = 'e50') AS events_rows
FROM january j
LEFT JOIN november n ON n.jurisdiction = j.jurisdiction
