package quantity

import (
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// forms are the plural forms of CLDR.
var forms = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// Plural is the form that a language gives a word beside a number: "one", "few", "other", ….
func (l *Language) Plural(v Value) string {
	whole, decimals, _ := strings.Cut(v.Abs().number.String(), ".")
	const most = 7 // digits by which rules go
	number := func(digits string) (n int) {
		for _, d := range digits[max(0, len(digits)-most):] {
			n = 10*n + int(d-'0')
		}
		if len(digits) > most { // so that a million and one is not one
			n += 1e7
		}
		return n
	}
	decimals = decimals[:min(len(decimals), most)]
	return forms[plural.Cardinal.MatchPlural(language.Make(l.tag), number(whole), len(decimals), len(decimals), number(decimals), number(decimals))]
}

// Plurals lists the forms that whole numbers have in a language, each with a number of it.
func (l *Language) Plurals() (names []string, examples []int64) {
	seen := map[string]bool{}
	for _, n := range []int64{1, 2, 3, 5, 11, 21, 100, 0, 1e6} {
		v, _ := NewValue(n) // a whole number always is one
		if form := l.Plural(v); !seen[form] {
			seen[form] = true
			names, examples = append(names, form), append(examples, n)
		}
	}
	return names, examples
}
