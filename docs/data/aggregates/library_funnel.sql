/*
title: From residents to borrowers
key: step
columns:
  step: {label: Step, unit: text}
  people: {label: People, unit: count}
*/
SELECT step, people, [_row] AS library_steps_rows FROM library_steps ORDER BY _row
