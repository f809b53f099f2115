package literal

import (
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/config"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
)

// A count is written beside what it counts: "12 letters". Where the noun behind a fact is what another column counts, and nothing
// that describes the fact's own column says it, the fact is probably another than was meant.

// NoteNoun is the kind of a note of such a fact.
const NoteNoun = "noun"

// nouns are what the columns of a report count: of each noun, in its singular, the columns of which the label names it.
type nouns map[string][]string

// nounsOf are those of the labels of counts.
func nounsOf(aggregates aggregate.Set, language string) nouns {
	all := nouns{}
	for _, name := range aggregates.Names() {
		a := aggregates[name]
		if a == nil {
			continue
		}
		for _, c := range a.Columns {
			if noun := headNoun(c.Label, language); noun != "" && c.Unit.Whole() {
				all[noun] = append(all[noun], name+"."+c.Name)
			}
		}
	}
	return all
}

// headNoun is the noun of a label for many: letters, of "Letters" and of "Open letters to cities".
func headNoun(label, language string) string {
	words := lettersOf(label)
	for i, w := range words {
		if i > 0 && linking[language][w] {
			words = words[:i]
			break
		}
	}
	if len(words) == 0 || len(words) > 3 {
		return ""
	}
	last := words[len(words)-1]
	if isRomance := language == "es" || language == "fr"; isRomance {
		last = words[0]
	}
	if one := singular(last, language); one != last {
		return one
	}
	return ""
}

// linking are words behind which a label says more of its noun.
var linking = map[string]map[string]bool{
	"en": set("about after among and at before behind below between by during for from in into not of on or over per since that to under until which who whose with without"),
	"de": set("ab am an auf aus bei bis das der die für im in je mit nach ohne pro seit über und unter vom von vor zu zum zur"),
	"es": set("a al ante con contra de del desde durante en entre para por que según sin sobre y"),
	"fr": set("à au aux avec chez contre dans de depuis des du en entre et par pour qui sans selon sous sur"),
}

// singular is the stem of a word for many, as far as its ending tells it.
func singular(word, language string) string {
	endings := map[string][][2]string{
		"en": {{"ies", "y"}, {"sses", "ss"}, {"ches", "ch"}, {"shes", "sh"}, {"xes", "x"}, {"s", ""}},
		"de": {{"innen", "in"}, {"en", ""}, {"er", ""}, {"e", ""}, {"n", ""}, {"s", ""}},
		"es": {{"ciones", "ción"}, {"ces", "z"}, {"s", ""}},
		"fr": {{"aux", "al"}, {"x", ""}, {"s", ""}},
	}[language]
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, e[0])
		if ok && len([]rune(stem)) >= 3 && !strings.HasSuffix(word, "ss") {
			return stem + e[1]
		}
	}
	return word
}

// lettersOf are the words of a text, in small letters.
func lettersOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' })
}

// between a number and its noun
var (
	common    = set("other more such new old big large small different police public local federal national")
	adjective = []string{"al", "ic", "ive", "ous", "ful", "less", "able", "ary", "ian"}
)

// behind is the noun behind a place of the file, in the singular, and the words up to it: what follows at once, or after up to two
// adjectives.
func (f *file) behind(at int, known nouns) (noun, words string) {
	text := string(f.text[at:min(len(f.text), at+longestName)])
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(" \n*_-", r) }); end >= 0 {
		text = text[:end]
	}
	if first := strings.TrimLeft(text, "*_"); first == "" || !unicode.IsSpace(rune(first[0])) {
		return "", ""
	}
	const adjectives = 2
	all := lettersOf(text)
	for i, w := range all {
		if noun := singular(w, f.language); known[noun] != nil && noun != w {
			return noun, strings.Join(all[:i+1], " ")
		}
		if f.language != english || i == adjectives || !common[w] && !slices.ContainsFunc(adjective, func(e string) bool { return strings.HasSuffix(w, e) }) {
			return "", ""
		}
	}
	return "", ""
}

// noun adds a note for a count with a noun behind it that another column counts and nothing says of its own.
func (f *file) noun(call *content.Call, known nouns) {
	arguments := call.Positional()
	if call.Name != "fact" || len(arguments) == 0 || len(known) == 0 {
		return
	}
	cited, style, _ := fact.ParseCitation(f.aggregates, append([]string{f.ofRow(arguments[0], 0)}, arguments[1:]...))
	if cited == nil || cited.Aggregate.Tainted || !cited.Column.Unit.Whole() {
		return
	}
	noun, words := f.behind(call.End, known)
	if noun == "" || f.describes(cited, noun) {
		return
	}
	p := diag.Problem{
		File: f.name, Message: "a fact beside a noun that another column counts: " + diag.Quote(cited.Text(style)+" "+words), Found: cited.Address.String() + ", which is " + diag.Quote(cited.Column.Label),
		Expected: "such as " + known[noun][0], Hint: "cite the column that counts them; or say in the label or in about of " + cited.Aggregate.File + " that this one does",
	}
	p.Line, p.Column = config.Position(f.text, call.Start)
	f.misplaced = append(f.misplaced, p)
}

// describes reports whether a noun is in what describes a fact's column: its label and name, those of its aggregate and of what
// that reads.
func (f *file) describes(cited *fact.Fact, noun string) bool {
	a := cited.Aggregate
	said := []string{cited.Column.Label, cited.Column.Name, a.Name, a.Title, a.About, cited.RowName()}
	for _, key := range a.Key {
		if i := a.Column(key); i >= 0 {
			said = append(said, key, a.Columns[i].Label)
		}
	}
	for table := range cited.Column.From {
		said = append(said, table)
	}
	return slices.ContainsFunc(lettersOf(strings.ReplaceAll(strings.Join(said, " "), "_", " ")), func(w string) bool {
		return w == noun || singular(w, f.language) == noun
	})
}
