/*
title: Where the builds were measured
columns:
  cores: {label: Cores, unit: count}
  measured: {label: Measured, unit: date}
*/
SELECT max(cores) AS cores, max(measured) AS measured, list(_row) AS builds_measured_rows FROM builds_measured
