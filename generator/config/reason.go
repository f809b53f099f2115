package config

import (
	"strings"
	"unicode"

	"broadsheet/generator/diag"
)

// CheckReason completes the problem of a reason that is missing or says nothing; nil of one that does.
func CheckReason(reason string, p diag.Problem) *diag.Problem {
	switch words := words(reason); {
	case strings.TrimSpace(reason) == "":
	case words < fewestWords:
		p.Found, p.Expected = diag.Quote(strings.TrimSpace(reason)), "why, in two words or more"
	default:
		return nil
	}
	return &p
}

const fewestWords = 2

// words counts those of a text. Where no spaces part them, each letter counts.
func words(text string) (n int) {
	within := false
	for _, r := range text {
		isWord := unicode.IsLetter(r) || unicode.IsMark(r)
		if isWord && (!within || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)) {
			n++
		}
		within = isWord || within && (r == '\'' || r == '’')
	}
	return n
}
