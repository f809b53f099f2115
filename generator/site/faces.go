package site

import (
	"strings"

	"golang.org/x/text/language"
)

// ThemeFace is a file of the theme's typefaces (assets/faces.mjs).
type ThemeFace struct {
	Family, File  string
	Weight, Style string
	Range         string // the letters it has
	isFirst       bool   // a page needs it at once
}

const (
	latinLetters    = "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DC, U+2000-206F, U+20A0-20C0, U+2116, U+2122, U+2190-21FF, U+2200-22FF, U+25A0-25FF"
	extendedLetters = "U+0100-0130, U+0132-0151, U+0154-017F, U+0218-021B, U+1E9E"
)

var themeFaces = []ThemeFace{
	{"Report Serif", "dist/faces/serif.woff2", "400 700", "normal", latinLetters, true},
	{"Report Serif", "dist/faces/serif-extended.woff2", "400 700", "normal", extendedLetters, false},
	{"Report Serif", "dist/faces/serif-italic.woff2", "400 700", "italic", latinLetters + ", " + extendedLetters, false},
	{"Report Sans", "dist/faces/sans.woff2", "400 700", "normal", latinLetters, true},
	{"Report Sans", "dist/faces/sans-extended.woff2", "400 700", "normal", extendedLetters, false},
}

// ThemeFaces are the theme's typefaces that the style sheets of the report name.
func (l Look) ThemeFaces() (used []ThemeFace) {
	for _, f := range themeFaces {
		if strings.Contains(l.families, `"`+f.Family+`"`) {
			used = append(used, f)
		}
	}
	return used
}

// FirstFaces are those that each page in a language needs at once: none where it is written in another script.
func (l Look) FirstFaces(locale string) (first []ThemeFace) {
	if script, _ := language.Make(locale).Script(); script.String() != "Latn" {
		return nil
	}
	for _, f := range l.ThemeFaces() {
		if f.isFirst {
			first = append(first, f)
		}
	}
	return first
}
