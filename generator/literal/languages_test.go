package literal

import (
	"strings"
	"testing"
)

// TestNumbersInOtherLanguages has texts with the numbers that are found in them.
func TestNumbersInOtherLanguages(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"de", "Zwölf Orte gaben am 24. Januar 2018 dreiundzwanzig Millionen aus, die Hälfte davon 2017", "Zwölf|dreiundzwanzig Millionen|Hälfte"},
		{"de", "ein Ort und eine Stadt, achtlos, der 1. Mai, 24.01.2018, 12,4 Prozent", "12,4"},
		{"de", "fünfhundert Briefe verdoppelten sich", "fünfhundert|verdoppelten"},
		{"es", "Doce lugares gastaron el 24 de enero de 2018 veintitrés millones, la mitad en 2017", "Doce|veintitrés millones|mitad"},
		{"es", "una vez un lugar, 45.501 euros", "45.501"},
		{"fr", "Douze lieux ont dépensé le 1er mars 2018 vingt-trois millions, la moitié en 2017", "Douze|vingt-trois millions|moitié"},
		{"es", "cambio en por ciento, y ciento dos", "ciento dos"},
		{"fr", "part en pour cent, et cent lieux", "cent"},
		{"fr", "une fois, un lieu, le 24 janvier", ""},
		{"nl", "twaalf plaatsen gaven 24 uit", "24"},
	} {
		var got []string
		for _, e := range expressions(tt.text, tt.language, nil) {
			got = append(got, tt.text[e.start:e.end])
		}
		if text := strings.Join(got, "|"); text != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.language, tt.text, text, tt.want)
		}
	}
}
