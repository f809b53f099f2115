/*
title: The formula in the law
about: What the law says of how Byrne JAG money is shared out, in percent, as the Congressional Research Service explains it.
key: rule
columns:
  rule: {label: Rule id, unit: text}
  name: {label: Share, unit: text}
  percent: {label: Percent, unit: percent}
  source_id: {label: Source, unit: text}
findings:
  halves: {claim: all, is: {percent: 50}, where: {rule: [population, crime]}}
*/
SELECT f.rule, f.name, f.percent, f.source_id, [f._row] AS formula_rows
FROM formula f
ORDER BY f._row
