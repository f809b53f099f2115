/*
title: How many recipients were cleared
about: >-
  The recipients of Byrne JAG letters, and how many of them the department had cleared by March 2019, in a letter or in its statement of that month.
columns:
  recipients: {label: Recipients, unit: count}
  cleared: {label: Cleared by March 2019, unit: count}
  most: {label: Most had been cleared, unit: flag}
*/
SELECT
  count(*) AS recipients,
  count(*) FILTER (WHERE cleared) AS cleared,
  2 * count(*) FILTER (WHERE coalesce(cleared, false)) > count(*) AS most,
  flatten(list(letters_rows)) AS letters_rows,
  flatten(list(outcomes_rows)) AS outcomes_rows
FROM jurisdiction_summary
WHERE letters_jag > 0
