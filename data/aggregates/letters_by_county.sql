/*
title: Letters by county
about: Letters of either program to county governments, and to cities that are counties too. Clearances count as letters.
key: fips
columns:
  fips: {label: FIPS code, unit: text}
  name: {label: County, unit: text}
  letters: {label: Letters, unit: count}
*/
SELECT j.fips, s.name, s.letters, s.letters_rows, s.jurisdictions_rows
FROM jurisdiction_summary s
JOIN jurisdictions j ON j.id = s.jurisdiction
WHERE length(j.fips) = 5
ORDER BY s.letters DESC, s.name
