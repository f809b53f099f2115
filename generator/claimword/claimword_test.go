package claimword

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"en", "Most of the courts agreed, and only one did not.", "Most,only"},
		{"en", "All, none, and both halves: half of every one.", "All,none,both,half,every"},
		{"en", "California had more money at risk than Illinois.", "more money at risk than"},
		{"en", "It is the largest of the largest.", "largest,largest"},
		{"en", "The rate rose, then fell and doubled.", "rose,fell,doubled"},
		{"en", "At first, at least and at most; no longer; not only that; No. 5; no-one; the First Amendment; after all", ""},
		{"en", "He declined to comment. Each leads to its page, rather than away.", ""},
		{"en", "The first letter. No letter. A first report. For the first time.", "The first,No,the first"},
		{"en", "Almost, mostest, restless, small, rosette, noon", ""},
		{"de", "Nur Hessen hatte mehr Geld als Bremen, und alle anderen keines.", "Nur,mehr Geld als,alle,keines"},
		{"de", "Die Zahl stieg; vor allem dort.", "stieg"},
		{"de", "Die größte Stadt, am größten.", "größte,größten"},
		{"es", "La mayoría, y sólo él: la mayor ciudad creció más rápido que las demás; sobre todo allí", "mayoría,sólo,la mayor,creció,más rápido que"},
		{"fr", "La plupart ; aucun n’a augmenté plus vite que Paris, le plus grand. Au moins là.", "plupart,aucun,a augmenté,plus vite que,le plus"},
		{"ja", "most", ""},
	} {
		var got []string
		for _, w := range Find(tt.text, tt.language) {
			got = append(got, w.Text)
		}
		if text := strings.Join(got, ","); text != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, text, tt.want)
		}
	}
}

func TestDirects(t *testing.T) {
	for text, want := range map[string]bool{"rose": true, "fewer than in the nation": true, "is open": false, "above": true, "more": true, "moreover": false} {
		if Directs(text, "en") != want {
			t.Error(text)
		}
	}
	if !Directs("unter dem Bund", "de") || Directs("rose", "ja") || Has("ja") || !Has("fr") {
		t.Error("languages")
	}
}
