/*
title: What the report claims
columns:
  alaska_leads: {label: Alaska has the highest rate, unit: flag}
*/
SELECT arg_max(state, rate) = 'Alaska' AS alaska_leads,
  flatten(list(west_rows)) AS west_rows
FROM rates
