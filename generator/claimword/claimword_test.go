package claimword

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"en", "Most of the courts agreed, and only one did not.", "Most,only"},
		{"en", "All, none, and both halves: half of every one.", "All,none,both,half,every"},
		{"en", "California had more money at risk than Illinois.", "had more money at risk than"},
		{"en", "It is the largest of the largest.", "largest,largest"},
		{"en", "The rate rose, then fell and doubled.", "rose,fell,doubled"},
		{"en", "At first, at least and at most; no longer; not only that; No. 5; no-one; the First Amendment; after all", ""},
		{"en", "He declined to comment. Each leads to its page, rather than away.", ""},
		{"en", "The first letter. No letter. A first report. For the first time.", "The first,No,the first"},
		{"en", "Almost, mostest, restless, small, rosette, noon", ""},
		{"en", "Several sued, many won, and the rest was split; Ada alone had fewer. Not a single one lost, a handful did.", "Several,many,the rest was,alone,fewer,Not a single,a handful"},
		{"en", "Ada had more visits, as many visits as Bath, the same number; it exceeded Bath and came last.", "had more,as many visits as,the same number,exceeded,came last"},
		{"en", "Visits went up, trebled, hit a record and stayed the same, above the average.", "went up,trebled,hit a record,stayed the same,above the average"},
		{"en", "How many? Too few. A few days. Let it alone. It is up to them, on top of that. It exceeds its authority. He jumped in.", ""},
		{"en", "She grew up, fell ill, rose to her feet and said no. Best known, above all; no comment every Monday. The department dropped the suit.", ""},
		{"en", "Two years later the court ruled; a decade ago, about 30 years earlier, nobody had sued. It was the second letter, their third suit.", "Two years later,a decade ago,about 30 years earlier,nobody,the second,their third"},
		{"en", "Years later, the day before, long ago, for two years. A second letter, a third time; the third floor, the second half, the Second Circuit, his second wife, the third quarter.", ""},
		{"de", "Mehrere klagten, viele gewannen, allein Ada nicht. Wie viele? Einige Tage.", "Mehrere,viele,allein"},
		{"es", "Muchos ganaron, pocos perdieron; el resto no. Superó a las demás.", "Muchos,pocos,el resto,Superó,las demás"},
		{"fr", "Plusieurs ont gagné, beaucoup non ; autant de villes que d’états. Un peu.", "Plusieurs,beaucoup,autant de villes que"},
		{"de", "Nur Hessen hatte mehr Geld als Bremen, und alle anderen keines.", "Nur,mehr Geld als,alle,keines"},
		{"de", "Die Zahl stieg; vor allem dort.", "stieg"},
		{"de", "Die größte Stadt, am größten.", "größte,größten"},
		{"es", "La mayoría, y sólo él: la mayor ciudad creció más rápido que las demás; sobre todo allí", "mayoría,sólo,la mayor,creció,más rápido que,las demás"},
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
	if !Denies("No", "en") || Denies("note, most", "en") || !Denies("keine", "de") || Denies("no", "ja") {
		t.Error("denials")
	}
	if !Directs("unter dem Bund", "de") || Directs("rose", "ja") || Has("ja") || !Has("fr") {
		t.Error("languages")
	}
}

func TestWordsFitTheKindOfAFinding(t *testing.T) {
	for _, tt := range []struct {
		language, word, behind, sentence, claim string
		fits                                    bool
	}{
		{"en", "fewest", " letters", "Ada had the fewest letters.", "largest", false},
		{"en", "fewest", " letters", "Ada had the fewest letters.", "smallest", true},
		{"en", "rose", ".", "Crime rose.", "fell", false},
		{"en", "rose", ".", "Crime rose.", "doubled", true},
		{"en", "Most", " cities sued", "Most cities sued.", "largest", false},
		{"en", "most", " of the cities", "It hit most of the cities.", "largest", false},
		{"en", "most", " letters", "Ada had the most letters.", "largest", true},
		{"en", "most", " of the money", "Two states had most of the money.", "majority", true},
		{"en", "only", " Ada", "It hit only Ada.", "first since", false},
		{"en", "Only", " Ada sued", "Only Ada sued.", "only", true},
		{"en", "the first", " request", "It was not the first request.", "after", true},
		{"en", "less than", " $100,000", "Most were due less than $100,000.", "most", true},
		{"en", "was larger than", " Bath", "Ada was larger than Bath.", "less than", true},
		{"en", "doubled", ".", "It doubled.", "rose", false},
		{"en", "All", " fell", "All fell.", "fell", true},
		{"de", "sank", ".", "Die Rate sank.", "rose", false},
		{"es", "subió", ".", "Subió.", "fell", false},
		{"fr", "plupart", " des villes", "La plupart des villes.", "largest", false},
	} {
		if Fits(tt.word, tt.behind, tt.sentence, tt.claim, tt.language) != tt.fits {
			t.Errorf("%q on %s", tt.sentence, tt.claim)
		}
	}
}
