package dataset

import (
	"strings"
	"unicode"

	"broadsheet/generator/diag"

	"golang.org/x/text/unicode/norm"
)

var unseen = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "", "\u200e", "", "\u200f", "")

// Seen is a text without what nobody sees: spaces at its ends and twice, spaces of other
// kinds, letters of no width, and the two ways to write é.
func Seen(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return norm.NFC.String(strings.Join(strings.Fields(unseen.Replace(text)), " "))
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

// Difference says in what two texts that look alike differ; "" where they do not look
// alike, or are the same.
func Difference(a, b string) string {
	if a == b || !strings.EqualFold(Seen(a), Seen(b)) {
		return ""
	}
	kinds := []struct {
		is    string
		plain func(string) string
	}{
		{"a space at its start or end", strings.TrimSpace},
		{"a no-break space", plainSpaces},
		{"a letter of no width, which nobody sees", unseen.Replace},
		{"how a letter with an accent is made, of one sign or of two", norm.NFC.String},
		{"a space twice", func(s string) string {
			return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
		}},
		{"capital and small letters", strings.ToLower},
		{"spaces of another kind", func(s string) string { return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ") }},
	}
	for _, kind := range kinds {
		if kind.plain(a) == kind.plain(b) {
			return kind.is
		}
	}
	return "spaces, signs that nobody sees, or capitals"
}

// alike is nearest for a value that may differ only in what nobody sees.
func alike(value string, candidates []string) string {
	for _, c := range candidates {
		if only := Difference(value, c); only != "" {
			return "it differs from " + diag.Quote(c) + " only in " + only
		}
	}
	return nearest(value, candidates)
}
