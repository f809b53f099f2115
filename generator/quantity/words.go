package quantity

import (
	"strings"
)

// words are what a language writes beside numbers. Every language has all of them,
// where the comment does not say otherwise.
type words struct {
	missing, yes, no string

	digits   []string                            // zero, one, …: those that prose spells out
	minus    string                              // before one in words
	ordinals []string                            // from first, of the languages that spell them out
	ordinal  func(n int64, digits string) string // of the others

	percent string                   // behind the digits, in prose
	sign    bool                     // or % there, and the word only behind a number in words
	per     string                   // of a rate
	people  string                   // of the rates that are built in: residents
	one     func(digits string) bool // whether what follows these digits is in the singular
	scales  []scaleWords
	short   []scaleWords
	ofMoney func(name string) string // money behind a scale: de euros

	quarters     [4]string // of a year
	shortQuarter string
	ofYear       string // a month
	ofMonth      string // a day
	firstDay     string // of French months, which is an ordinal

	onDay, inPart, inYear string // when something was: of a day, of a month, of a year
	inQuarter             string
	upTo                  string // from one time to another

	about, atLeast, atMost string

	rates  []string // by which a subtitle says that it is of a rate
	shares []string // of a share

	ungrouped int // how many digits before the first group a number needs to have groups
}

// scaleWords is a power of ten by which large numbers are written.
type scaleWords struct {
	power     int32
	one, many string
}

// spoken are the languages that the program has words for, by their codes.
var spoken = map[string]*words{
	"en": {
		missing: NotAvailable, yes: "yes", no: "no", minus: "minus ",
		digits:   []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"},
		ordinals: []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"},
		ordinal:  func(n int64, digits string) string { return digits + englishOrdinal(n) },
		percent:  " percent", sign: true, per: "per", people: "residents", one: isOne,
		scales:   []scaleWords{{6, " million", " million"}, {9, " billion", " billion"}, {12, " trillion", " trillion"}},
		short:    []scaleWords{{3, "K", "K"}, {6, "M", "M"}, {9, "B", "B"}, {12, "T", "T"}},
		quarters: [4]string{"first quarter of %d", "second quarter of %d", "third quarter of %d", "fourth quarter of %d"}, shortQuarter: "%d Q%d", ofYear: "%s %d", ofMonth: "%[2]s %[1]d",
		onDay: "on %s", inPart: "in %s", inQuarter: "in the %s", inYear: "in %s", upTo: " to ",
		about: "about ", atLeast: "at least ", atMost: "at most ",
		rates: []string{"per", "for every"}, shares: []string{"percent", "percents", "percentage", "percentages", "share", "shares", "%"},
		ungrouped: 1,
	},
	"en-GB": {
		missing: NotAvailable, yes: "yes", no: "no", minus: "minus ",
		digits:   []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"},
		ordinals: []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"},
		ordinal:  func(n int64, digits string) string { return digits + englishOrdinal(n) },
		percent:  " per cent", per: "per", people: "residents", one: isOne,
		scales:   []scaleWords{{6, " million", " million"}, {9, " billion", " billion"}, {12, " trillion", " trillion"}},
		short:    []scaleWords{{3, "k", "k"}, {6, "m", "m"}, {9, "bn", "bn"}, {12, "tn", "tn"}},
		quarters: [4]string{"first quarter of %d", "second quarter of %d", "third quarter of %d", "fourth quarter of %d"}, shortQuarter: "%d Q%d", ofYear: "%s %d", ofMonth: "%d %s",
		onDay: "on %s", inPart: "in %s", inQuarter: "in the %s", inYear: "in %s", upTo: " to ",
		about: "about ", atLeast: "at least ", atMost: "at most ",
		rates: []string{"per", "for every"}, shares: []string{"percent", "per cent", "percentage", "percentages", "share", "shares", "%"},
		ungrouped: 1,
	},
	"de": {
		missing: "k. A.", yes: "ja", no: "nein", minus: "minus ",
		digits:  []string{"null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"},
		ordinal: func(_ int64, digits string) string { return digits + "." },
		percent: " Prozent", per: "pro", people: "Einwohner", one: isOne,
		scales: []scaleWords{{6, " Million", " Millionen"}, {9, " Milliarde", " Milliarden"}, {12, " Billion", " Billionen"}},
		short:  []scaleWords{{3, " Tsd.", " Tsd."}, {6, " Mio.", " Mio."}, {9, " Mrd.", " Mrd."}, {12, " Bio.", " Bio."}}, ofMoney: func(name string) string { return " " + name },
		quarters: [4]string{"1. Quartal %d", "2. Quartal %d", "3. Quartal %d", "4. Quartal %d"}, shortQuarter: "%d Q%d", ofYear: "%s %d", ofMonth: "%d. %s",
		onDay: "am %s", inPart: "im %s", inQuarter: "im %s", inYear: "im Jahr %s", upTo: " bis ",
		about: "rund ", atLeast: "mindestens ", atMost: "höchstens ",
		rates: []string{"pro", "je"}, shares: []string{"Prozent", "Anteil", "Anteile", "%"},
		ungrouped: 1,
	},
	"es": {
		missing: "N/D", yes: "sí", no: "no", minus: "menos ",
		digits:  []string{"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"},
		ordinal: func(_ int64, digits string) string { return digits + ".º" },
		percent: " por ciento", per: "por", people: "habitantes", one: isOne,
		scales: []scaleWords{{6, " millón", " millones"}, {9, " mil millones", " mil millones"}, {12, " billón", " billones"}},
		short:  []scaleWords{{3, " mil", " mil"}, {6, " M", " M"}, {9, " mil M", " mil M"}, {12, " B", " B"}}, ofMoney: func(name string) string { return " de " + name },
		quarters: [4]string{"primer trimestre de %d", "segundo trimestre de %d", "tercer trimestre de %d", "cuarto trimestre de %d"}, shortQuarter: "%d T%d", ofYear: "%s de %d", ofMonth: "%d de %s",
		onDay: "el %s", inPart: "en %s", inQuarter: "en el %s", inYear: "en %s", upTo: " a ",
		about: "unos ", atLeast: "al menos ", atMost: "como máximo ",
		rates: []string{"por", "cada"}, shares: []string{"por ciento", "porcentaje", "porcentajes", "proporción", "%"},
		ungrouped: 2, // 1234, and 12.345
	},
	"fr": {
		missing: "n. d.", yes: "oui", no: "non", minus: "moins ",
		digits: []string{"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"},
		ordinal: func(n int64, digits string) string {
			if n == 1 {
				return "1er"
			}
			return digits + "e"
		},
		percent: " pour cent", per: "par", people: "habitants", one: func(digits string) bool { // 1,5 million, and 2 millions
			whole, _, _ := strings.Cut(digits, ".")
			return whole == "0" || whole == "1"
		},
		scales: []scaleWords{{6, " million", " millions"}, {9, " milliard", " milliards"}, {12, " billion", " billions"}},
		short:  []scaleWords{{3, " k", " k"}, {6, " M", " M"}, {9, " Md", " Md"}, {12, " Bn", " Bn"}}, ofMoney: func(name string) string {
			if strings.ContainsAny(name[:1], "aeiou") {
				return " d’" + name
			}
			return " de " + name
		},
		quarters: [4]string{"premier trimestre %d", "deuxième trimestre %d", "troisième trimestre %d", "quatrième trimestre %d"}, shortQuarter: "%d T%d", ofYear: "%s %d", ofMonth: "%d %s", firstDay: "1er",
		onDay: "le %s", inPart: "en %s", inQuarter: "au %s", inYear: "en %s", upTo: " à ",
		about: "environ ", atLeast: "au moins ", atMost: "au plus ",
		rates: []string{"par", "pour"}, shares: []string{"pour cent", "pourcentage", "pourcentages", "part", "parts", "%"},
		ungrouped: 1,
	},
}

func isOne(digits string) bool { return digits == "1" }

func englishOrdinal(n int64) string {
	if n/10%10 == 1 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}
