package quantity

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestEachLanguageWritesItsOwn has the same values in each language, with the spaces that
// do not break as ordinary ones.
func TestEachLanguageWritesItsOwn(t *testing.T) {
	type row struct {
		unit  string
		value any
		style Style
	}
	rows := []row{
		{"count", 1234567.0, Exact}, {"number", 1234.5, Prose}, {"count", 28_300_000.0, Prose}, {"count", 1_000_000.0, Prose}, {"count", 1_500_000.0, Prose},
		{"usd", 28_300_000.0, Prose}, {"eur", 28_300_000.0, Short}, {"eur", 2.5, Prose}, {"eur", -5.0, InTable}, {"percent", 12.4, Prose}, {"percent", 12.4, Short}, {"share", 0.124, Prose},
		{"km", 12.4, Prose}, {"°C", -2.5, Short}, {"date", time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC), Prose}, {"date", time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC), InTable},
		{"date", time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC), Yearly}, {"datetime", time.Date(2018, 1, 24, 15, 4, 0, 0, time.UTC), Prose}, {"month", time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC), Prose},
		{"quarter", time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC), Prose}, {"count", 9.0, Spelled}, {"percent", 9.0, Capital}, {"rank", 3.0, Ordinal}, {"rank", 21.0, Ordinal}, {"flag", true, Prose}, {"count", nil, Prose},
	}
	for tag, want := range map[string]string{
		"en-US": "1,234,567 | 1,234.5 | 28.3 million | 1 million | 1.5 million | $28.3 million | €28.3M | €2.50 | −€5 | 12.4% | 12.4% | 12.4% | 12.4 kilometers | −2.5°C | March 1, 2018 | 2018-01-24 | Jan. 24 | Jan. 24, 2018, 3:04 p.m. | March 2018 | first quarter of 2018 | nine | Nine percent | third | 21st | yes | N/A",
		"en-GB": "1,234,567 | 1,234.5 | 28.3 million | 1 million | 1.5 million | US$28.3 million | €28.3m | €2.50 | −€5 | 12.4 per cent | 12.4% | 12.4 per cent | 12.4 kilometers | −2.5°C | 1 March 2018 | 24 Jan 2018 | 24 January | 24 January 2018 15:04 | March 2018 | first quarter of 2018 | nine | Nine per cent | third | 21st | yes | N/A",
		"de":    "1.234.567 | 1.234,5 | 28,3 Millionen | 1 Million | 1,5 Millionen | 28,3 Millionen US-Dollar | 28,3 Mio. € | 2,50 € | −5 € | 12,4 Prozent | 12,4 % | 12,4 Prozent | 12,4 km | −2,5°C | 1. März 2018 | 24.01.2018 | 24. Januar | 24. Januar 2018 15:04 | März 2018 | 1. Quartal 2018 | neun | Neun Prozent | 3. | 21. | ja | k. A.",
		"es":    "1.234.567 | 1234,5 | 28,3 millones | 1 millón | 1,5 millones | 28,3 millones de dólares estadounidenses | 28,3 M € | 2,50 € | −5 € | 12,4 por ciento | 12,4 % | 12,4 por ciento | 12,4 km | −2,5°C | 1 de marzo de 2018 | 24 ene 2018 | 24 de enero | 24 de enero de 2018 15:04 | marzo de 2018 | primer trimestre de 2018 | nueve | Nueve por ciento | 3.º | 21.º | sí | N/D",
		"fr":    "1 234 567 | 1 234,5 | 28,3 millions | 1 million | 1,5 million | 28,3 millions de dollars des États-Unis | 28,3 M € | 2,50 € | −5 € | 12,4 pour cent | 12,4 % | 12,4 pour cent | 12,4 km | −2,5°C | 1er mars 2018 | 24 janv. 2018 | 24 janvier | 24 janvier 2018 15:04 | mars 2018 | premier trimestre 2018 | neuf | Neuf pour cent | 3e | 21e | oui | n. d.",
		"nl":    "1.234.567 | 1.234,5 | 28.300.000 | 1.000.000 | 1.500.000 | US$ 28.300.000 | € 28.300.000 | € 2,50 | −€ 5 | 12,4% | 12,4% | 12,4% | 12,4 km | −2,5°C | 1 maart 2018 | 24 jan 2018 | 24 januari 2018 | 24 januari 2018 15:04 | maart 2018 | 2018 Q1 | 9 | 9% | 3 | 21 | yes | N/A",
	} {
		l := LanguageOf(tag)
		var got []string
		for _, r := range rows {
			v := of(t, r.value)
			text := builtIn(r.unit).In(l).Format(v, r.style)
			got = append(got, strings.Join(strings.Fields(text), " "))
		}
		if text := strings.Join(got, " | "); text != want {
			t.Errorf("%s:\n%s, want\n%s", tag, text, want)
		}
	}
}

// TestEachLanguageHasAllWords goes through the fields, of which some languages need not
// have all.
func TestEachLanguageHasAllWords(t *testing.T) {
	optional := map[string]bool{"ordinals": true, "ofMoney": true, "firstDay": true, "sign": true}
	for tag, w := range spoken {
		of := reflect.ValueOf(*w)
		for i := range of.NumField() {
			if name := of.Type().Field(i).Name; of.Field(i).IsZero() && !optional[name] {
				t.Errorf("%s has no %s", tag, name)
			}
		}
	}
}

func TestUnitsAreNamedInTheirLanguage(t *testing.T) {
	for _, tt := range []struct{ tag, unit, measure, said string }{
		{"de", "usd", "US-Dollar", "Beträge in Dollar"}, {"de", "usd per Einwohner", "US-Dollar pro Einwohner", "je Einwohner"}, {"de", "km", "Kilometer", "Weg in km"}, {"de", "share", "Prozent", "Anteil der Länder"},
		{"es", "eur", "euros", "en euros"}, {"es", "percent", "por ciento", "porcentaje"}, {"fr", "chf", "francs suisses", "en francs"}, {"fr", "count per 100 000 habitants", "par 100 000 habitants", "pour 100 000 habitants"},
		{"es", "per_100k", "por 100.000 habitantes", "por 100.000 habitantes"}, {"de", "usd_per_1k", "US-Dollar pro 1.000 Einwohner", "je Einwohner"}, {"en-GB", "per_100k", "per 100,000 residents", "per 100,000 people"},
		{"nl", "km", "km", "afstand"}, {"en-GB", "percent", "per cent", "per cent"},
	} {
		u := builtIn(tt.unit).In(LanguageOf(tt.tag))
		if u.Measure() != tt.measure || !u.NamedIn(tt.said) || Parse(u.Notation()).Measure() != tt.measure {
			t.Errorf("%s in %s: %q, %v", tt.unit, tt.tag, u.Measure(), u.NamedIn(tt.said))
		}
	}
}

// TestSignsOfAnyLanguage writes a number and a day in every language that is asked for,
// whether CLDR knows it or not.
func TestSignsOfAnyLanguage(t *testing.T) {
	for _, tag := range []string{"ar", "hi", "ja", "pt-BR", "es-MX", "sv", "tlh", "x", "", "de-CH", "zh-Hant"} {
		l := LanguageOf(tag)
		if text := Percent.In(l).Format(of(t, 1234.5), InTable); !strings.Contains(text, "234") {
			t.Errorf("%s: %s", tag, text)
		}
		if text := Day.In(l).Format(of(t, time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC)), Prose); text == "" {
			t.Error(tag)
		}
	}
}
