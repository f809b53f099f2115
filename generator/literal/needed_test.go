package literal

import (
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

func TestNeeded(t *testing.T) {
	for text, want := range map[string]string{
		`\d+`:                       "0",
		`\d+ (?:Street|Way)`:        " street, way",
		`[Pp]ages? \d+`:             "page 0,pages 0",
		`(?:Title|\d+) x`:           " x",
		`(?i:[ap]m)`:                "am,pm",
		`(?:a|\d)?b*`:               "",
		`(?i:half) (?:.|a quarter)`: "half ",
		`\bNo\. \d{1,4}`:            "no. 0",
		`(?:ab){2,}`:                "ab",
	} {
		parsed, err := syntax.Parse(text, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(withoutLonger(needed(parsed.Simplify())), ","); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestEachMatchHoldsWhatIsNeeded of any name, whatever its case, so that none is passed over.
func TestEachMatchHoldsWhatIsNeeded(t *testing.T) {
	for language := range names {
		f := patternsOf(language)
		for _, p := range f.patterns {
			found := false
			for _, n := range slices.Concat(names[""], names[english], names[language]) {
				for _, text := range []string{n.example, strings.ToUpper(n.example), "ſ K " + n.example} {
					if p.MatchString(text) {
						if found = true; !slices.ContainsFunc(f.find(fold(text)), func(q pattern) bool { return q.Regexp == p.Regexp }) {
							t.Errorf("%s passes over %q", p, text)
						}
					}
				}
			}
			if !found {
				t.Errorf("%s has no example", p)
			}
		}
	}
}
