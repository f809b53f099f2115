/*
title: Every published amount, as texts cite it
about: >-
  Each row of the table of grants by its recipient and its figure, rejected ones among them, for the texts of tables that name an amount. Figures
  overlap: do not add them.
key: [recipient, figure]
columns:
  recipient: {label: Recipient id, unit: text}
  figure: {label: Figure id, unit: text}
  amount_usd: {label: Amount, unit: usd}
  other_usd: {label: Other amount in the note, unit: usd}
  at_least: {label: The source says more than, unit: flag}
*/
SELECT
  recipient,
  concat_ws(' ', fiscal_year, program) AS figure,
  amount_usd,
  other_usd,
  precision = 'lower_bound' AS at_least,
  [_row] AS grants_rows
FROM grants
ORDER BY recipient, figure
