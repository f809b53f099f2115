package quantity

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"broadsheet/generator/diag"
)

// The units that the program gives to values of its own, and to columns without one.
var (
	Count   = builtIn("count")
	Plain   = builtIn("number")
	Percent = builtIn("percent")
	Share   = builtIn("share")
	Year    = builtIn("year")
	Day     = builtIn("date")
	Month   = builtIn("month")
	Words   = builtIn("text")
	YesNo   = builtIn("flag")
)

func builtIn(name string) Unit {
	u, _ := Units{}.Find(name)
	return u
}

// Units are those that a report can use, in its language. The zero Units are the
// built-in ones, in English.
type Units struct {
	declared map[string]Unit
	language *Language
}

// In are the units in a language.
func (s Units) In(l *Language) Units {
	s.language = l
	return s
}

// Language is how their values are written.
func (s Units) Language() *Language { return cmp.Or(s.language, English) }

// Key is all that what they write depends on.
func (s Units) Key() string {
	key := s.Language().Tag()
	for _, name := range slices.Sorted(maps.Keys(s.declared)) {
		key += "\n" + s.declared[name].Notation()
	}
	return key
}

// Find is the unit of a name: one that the report declares, or that is built in, or a
// rate of one to anything: "usd per resident", "count per 100,000 residents".
func (s Units) Find(name string) (Unit, bool) {
	u, ok := s.find(name)
	return u.In(s.language), ok
}

func (s Units) find(name string) (Unit, bool) {
	if u, ok := s.declared[name]; ok {
		return u, true
	}
	plain := name
	for _, same := range []map[string]string{older, spellings} {
		if other, ok := same[name]; ok {
			plain = other
		}
	}
	if r, ok := builtIns()[strings.ToLower(plain)]; ok && r.meaning == isMoney && plain == strings.ToUpper(plain) { // as ISO 4217 has it
		return Unit{name: name, known: r}, true
	}
	if r, ok := builtIns()[plain]; ok {
		return Unit{name: name, known: r}, true
	}
	of, to, found := strings.Cut(plain, " per ")
	if found && strings.TrimSpace(to) != "" {
		if u, ok := s.Find(of); ok && u.Numeric() && !u.IsRate() && !u.IsRank() {
			return Unit{name: name, known: rate(u, to)}, true
		}
	}
	return Unit{name: name}, false
}

// rate is the rule of a rate of one unit to something.
func rate(of Unit, to string) *rule {
	r := *of.rule()
	r.meaning, r.fixed, r.scaled, r.all, r.small = isRate, true, false, 0, 0
	if r.decimals = 1; of.Exact() {
		r.decimals = max(2, of.rule().small)
	}
	r.to = to
	if r.suffix != "" && !r.percent {
		r.suffix += "/" + to
	}
	if r.many != "" {
		r.one, r.many = r.one+" per "+to, r.many+" per "+to
	}
	return &r
}

//go:embed currencies.csv
var currencies string

// builtIns are the units that have a name of their own.
var builtIns = sync.OnceValue(func() map[string]*rule {
	all := map[string]*rule{}
	for name, r := range rules {
		all[name] = &r
	}
	for symbol, r := range quantities {
		r.code = symbol
		if r.suffix = " " + symbol; strings.HasPrefix(symbol, "°") {
			r.suffix = symbol
		}
		if symbol != "in" { // which other words are, too
			r.named = append(r.named, symbol)
		}
		all[symbol] = &r
	}
	lines := strings.Split(strings.TrimSpace(currencies), "\n")
	for _, line := range lines[1:] {
		of := strings.Split(line, ",")
		all[of[0]] = money(of[0], of[1], of[2], of[3], of[4])
	}
	return all
})

// money is the rule of a currency: its code, how many digits follow the point, symbol
// and name.
func money(code, digits, symbol, one, many string) *rule {
	small, _ := strconv.Atoi(digits)
	r := &rule{
		meaning: isMoney, code: code, small: int32(small), grouped: true, scaled: true, prefix: symbol, nounOne: one, nounMany: many,
		name: many, named: []string{strings.ToUpper(code), symbol, one, many, lastWord(one), lastWord(many)},
	}
	if code == "usd" { // a report says dollars of its own country's
		r.nounOne, r.nounMany = "dollar", "dollars"
	}
	if isWord(rune(symbol[len(symbol)-1])) {
		r.prefix += " "
	}
	return r
}

func lastWord(text string) string { return text[strings.LastIndexByte(text, ' ')+1:] }

// Names lists the names of all units but rates, sorted.
func (s Units) Names() []string {
	names := slices.Collect(maps.Keys(builtIns()))
	names = slices.AppendSeq(names, maps.Keys(s.declared))
	names = slices.AppendSeq(names, maps.Keys(older))
	slices.Sort(names)
	return names
}

// Expected says what a unit can be, for who wrote another.
func (s Units) Expected() string {
	names := slices.Sorted(maps.Keys(rules))
	names = append(names, slices.Sorted(maps.Keys(s.declared))...)
	return "one of " + strings.Join(names, ", ") + ", a currency such as usd, a quantity such as km, or a rate such as usd per resident"
}

// Nearest is the hint for a name that is not a unit: the unit that goes by this word, or
// whose name is near; "" where there is none.
func (s Units) Nearest(name string) string {
	of, to, isRate := strings.Cut(name, " per ")
	meant := cmp.Or(s.called(of), diag.Closest(of, s.Names()))
	if meant == "" || meant == name {
		return ""
	}
	if isRate {
		meant += " per " + to
	}
	return "did you mean " + diag.Quote(meant) + "?"
}

// called is the unit that goes by a word: dollars, Celsius.
func (s Units) called(word string) string {
	if strings.ContainsRune(word, ' ') {
		return ""
	}
	part := ""
	for _, name := range append([]string{"usd"}, s.Names()...) { // of all dollars
		u, _ := s.Find(name)
		for _, called := range u.called() {
			switch {
			case u.rule().to != "":
			case strings.EqualFold(called, word):
				return name
			case part == "" && says(called, word):
				part = name
			}
		}
	}
	return part
}
