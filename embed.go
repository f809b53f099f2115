// Package broadsheet is what the program carries in itself: the built-in theme and
// the bundled front end.
//
// assets/dist/ is made by `make` from package.json and is not in the repository.
package broadsheet

import "embed"

// Theme holds layouts/, the style sheets of assets/, and the scripts and typefaces of the pages. A
// file of the same name in a report wins.
//
//go:embed all:layouts all:assets/css all:assets/js assets/icon.svg assets/dist/reader.js assets/dist/faces/*.woff2 assets/dist/faces/fallbacks.css
var Theme embed.FS

// Phrases are what pages say around a report, by language.
//
//go:embed i18n
var Phrases embed.FS

// Drawing is the program that draws charts, compiled to bytecode by
// generator/chart/svg/compile.
//
//go:embed assets/dist/draw.bin
var Drawing []byte

// Maps are the built-in geographies, assets/dist/map-NAME.json.gz. assets/maps.mjs makes
// them, and package geography reads them.
//
//go:embed assets/dist/*.gz
var Maps embed.FS

// Faces are the typefaces of the cards, in assets/dist/faces. Their licenses, the SIL Open Font License, are in the files.
//
//go:embed assets/dist/faces/*.ttf
var Faces embed.FS

// Widths are how wide the letters of the sans of the pages are, as JSON: by weight and letter, in parts of a thousand of the size.
// assets/faces.mjs makes them, and package chart reads them.
//
//go:embed assets/dist/faces/widths.json
var Widths []byte

// Preview is the script that broadsheet serve adds to pages.
//
//go:embed assets/dist/preview.js
var Preview []byte

// FrontEnd is package.json, which names the versions of what is bundled.
//
//go:embed package.json
var FrontEnd []byte

// Schemas describe the files of a report as JSON Schemas, by which text editors complete and
// check them. Package scaffold puts them into reports.
//
//go:embed docs/schema
var Schemas embed.FS

// Workflows are those of this repository that build and publish a report. A new report
// gets them from package scaffold.
//
//go:embed .github/workflows/pages.yml .github/workflows/pull-request.yml
var Workflows embed.FS
