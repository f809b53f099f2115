package passage

import (
	"slices"
	"testing"
)

func TestSentencesOfOtherLanguagesGoOnBehindTheirAbbreviations(t *testing.T) {
	for _, tt := range [][]string{
		{"Es waren 7 Mio. Euro am 24. Januar 2018. ", "Das ist viel."},
		{"En EE. UU. fueron siete. ", "Es mucho."},
		{"M. Dupont paie 7 millions. ", "C’est beaucoup."},
		{"It was 24. ", "January came."},
	} {
		text := ""
		for _, s := range tt {
			text += s
		}
		if got := Split(text); !slices.Equal(got, tt) {
			t.Errorf("%q", got)
		}
	}
}
