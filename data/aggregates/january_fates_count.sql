/*
title: How many places on the January list had their money by March 2019
about: >-
  The recipients of the letter of Jan. 24, 2018, by whether their fiscal 2017 money had been paid, released or cleared for payment when the
  department said so in March 2019, and what it came to where the award is known.
columns:
  places: {label: Places, unit: count}
  by_2019: {label: Paid or cleared by March 2019, unit: count}
  by_2019_usd: {label: Their awards, unit: usd}
  later: {label: Released later, unit: count}
  unknown: {label: Date not known, unit: count}
  unknown_usd: {label: Their awards, unit: usd}
*/
SELECT
  count(*) AS places,
  count(*) FILTER (WHERE fate = 'paid or cleared by March 2019') AS by_2019,
  sum(amount_usd) FILTER (WHERE fate = 'paid or cleared by March 2019') AS by_2019_usd,
  count(*) FILTER (WHERE fate LIKE 'released in %') AS later,
  count(*) FILTER (WHERE fate = 'date not known') AS unknown,
  sum(amount_usd) FILTER (WHERE fate = 'date not known') AS unknown_usd,
  flatten(list(letters_rows)) AS letters_rows,
  flatten(list(grants_rows)) AS grants_rows,
  flatten(list(outcomes_rows)) AS outcomes_rows
FROM january_fates
