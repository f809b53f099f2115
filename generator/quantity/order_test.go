package quantity

import (
	"slices"
	"strings"
	"testing"
)

// TestTextsGoInTheOrderOfTheirReaders: each list is in order, in a language.
func TestTextsGoInTheOrderOfTheirReaders(t *testing.T) {
	for _, tt := range []struct{ tag, list string }{
		{"en-US", "Jan Feb Mar Apr Dec"},
		{"en-US", "Jan. Feb. March April Sept. Oct."},
		{"en-US", "Sunday Monday Tuesday Saturday"},
		{"en-GB", "Monday Tuesday Sunday"},
		{"de-DE", "Januar Februar März Mai Oktober"},
		{"de-DE", "Montag Dienstag Mittwoch Sonntag"},
		{"de-DE", "January March April"},
		{"es-ES", "enero febrero marzo abril"},
		{"es-ES", "lunes martes miércoles domingo"},
		{"fr-FR", "janvier février août décembre"},
		{"en-US", "XS S M L XL XXL"},
		{"en-US", "low medium high"},
		{"de-DE", "niedrig mittel hoch"},
		{"en-US", "K 1 2 9 10 12"},
		{"en-US", "A+ A A- B+ F"},
		{"en-US", "Under_5 5_to_9 10_to_14 65_and_over"},
		{"en-US", "<18 18-24 25-64 65+"},
		{"en-US", "1-9 10-49 50-249 250+"},
		{"en-US", "1-2 1-10 2-3"},
		{"de-DE", "unter_18 18_bis_29 65_und_älter"},
		{"en-US", "District_2 District_10 District_11a"},
		{"en-US", "apple Banana cherry"},
		{"de-DE", "Aachen Äpfel Bonn"},
		{"es-ES", "Ávila Madrid Nador Ñora Oviedo"},
		{"fr-FR", "Évry Eze Fos"},
		{"en-US", "2016-17 2017-18 2018-19"},
		{"xx", "a b c"},
	} {
		want := strings.Fields(strings.ReplaceAll(tt.list, " ", "\n"))
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], "_", " ")
		}
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, LanguageOf(tt.tag).Order(got))
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tt.tag, got, want)
		}
	}
}

// TestOnlyScalesHaveASequence: what goes by letters needs none.
func TestOnlyScalesHaveASequence(t *testing.T) {
	for list, want := range map[string]string{
		"Mar Jan Jan Feb": "Jan Feb Mar", "L S M": "S M L", "Mar Jan Texas": "", "b a": "", "5-9 <5": "", "High Low Medium": "Low Medium High", "Mar": "", "": "",
	} {
		if got := strings.Join(English.Sequence(strings.Fields(list)), " "); got != want {
			t.Errorf("%s: %q, want %q", list, got, want)
		}
	}
}
