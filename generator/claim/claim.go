// Package claim is what a chart says in words, as data. Its alt text is worded here
// and nowhere else:
//
//	Bar chart of 24 bars. Highest: California, $20.6 million. Lowest: Vermont, $67,409.
//
// Package chart makes claims of the rows that it draws, and the page has them beside
// the drawing, in data-claims. Package check makes them again of the table in the
// finished page, and compares: values with values, then the alt text with the words.
//
//	[{"says":"shows","parts":[{"words":"Bar chart of "},{"count":"rows","noun":"bar","n":24}]},
//	 {"says":"highest","names":["California"],"values":["20560545"]}]
package claim

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

// Claim is a sentence. Names are written as readers see them.
type Claim struct {
	Says   Says     `json:"says"`
	Parts  []Part   `json:"parts,omitempty"` // of Shows
	Names  []string `json:"names,omitempty"`
	Values []Value  `json:"values,omitempty"`
	N      int      `json:"n,omitempty"` // of Count; how many are highest or lowest together; how many more have no value
}

// Says is what a claim says.
type Says string

const (
	Shows      Says = "shows"       // what is drawn, and how many of it
	Highest    Says = "highest"     // [name], [value]; of several the names, if they are few
	Lowest     Says = "lowest"      // [name], [value]
	HighestEnd Says = "highest end" // of intervals: [name], [value]
	LowestEnd  Says = "lowest end"  // [name], [value]
	Change     Says = "change"      // [name, "in 2015", "in 2020"], [value then, value then]
	Count      Says = "count"       // [value], and how many there are
	Missing    Says = "missing"     // names that have no value
	Gaps       Says = "gaps"        // times that have no row
	LogScale   Says = "log scale"   // labels of measures on a logarithmic scale
	Incomplete Says = "incomplete"  // times at which a part of a stack has no value, so that it is not drawn
)

// Value is a raw value of a column. Its unit is known from the column.
type Value struct {
	Raw  string
	Unit quantity.Unit
}

func (v Value) MarshalJSON() ([]byte, error)     { return json.Marshal(v.Raw) }
func (v *Value) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &v.Raw) }

func (v Value) String() string {
	value, ok := v.Unit.Read(v.Raw)
	if !ok {
		return v.Raw
	}
	if v.Unit.IsRank() {
		return v.Unit.Format(value, quantity.Ordinal) // from fourth in 2018 to sixth in 2022
	}
	return v.Unit.Format(value, quantity.Prose)
}

// Part is a part of Shows: words, the label of a column, or how many there are of
// something.
type Part struct {
	Words  string `json:"words,omitempty"`
	Label  string `json:"label,omitempty"` // what the column is in the drawing, e.g. "value"
	Count  string `json:"count,omitempty"` // "rows", "names", …
	Noun   string `json:"noun,omitempty"`
	Plural string `json:"plural,omitempty"` // where it is not the noun with an s
	N      int    `json:"n,omitempty"`
}

// Words are the same for every chart of a kind.
func Words(words string) Part { return Part{Words: words} }

// Label is the label of the column that is drawn as a "value", a "name", ….
func Label(as string) Part { return Part{Label: as} }

// What can be counted.
func Rows(noun string) Part   { return Part{Count: "rows", Noun: noun} }
func Names(noun string) Part  { return Part{Count: "names", Noun: noun} }
func Groups(noun string) Part { return Part{Count: "groups", Noun: noun} }
func Panels(noun string) Part { return Part{Count: "panels", Noun: noun} }
func Values(noun string) Part { return Part{Count: "values", Noun: noun} } // rows with a value
func Points(noun string) Part { return Part{Count: "points", Noun: noun} } // rows with both measures

// Contents are what the parts of Shows are filled in from.
type Contents struct {
	Counts map[string]int    // of rows, names, …
	Labels map[string]string // of columns, by what they are in the drawing
}

// Show is the claim of what is drawn.
func (in Contents) Show(parts ...Part) Claim {
	parts = slices.Clone(parts)
	for i, p := range parts {
		if p.Label != "" {
			parts[i].Words = in.Labels[p.Label]
		}
		parts[i].N = in.Counts[p.Count]
	}
	return Claim{Says: Shows, Parts: parts}
}

// fewTied and fewMissing are how many names a description lists: it is heard, and not read.
const (
	fewTied    = 3
	fewMissing = 6
	fewWords   = 20 // of all names in a sentence; a name is never cut
)

func words(names []string) int { return len(strings.Fields(strings.Join(names, " "))) }

// Extreme is the claim that what has these names has the highest or the lowest value.
func Extreme(says Says, names []string, of Value) Claim {
	c := Claim{Says: says, Names: names, Values: []Value{of}}
	if len(names) > 1 {
		c.N = len(names)
	}
	if len(names) > fewTied || len(names) > 1 && words(names) > fewWords {
		c.Names = nil
	}
	return c
}

// Without is the claim that what has these names has no value.
func Without(names []string) Claim {
	c := Claim{Says: Missing, Names: names}
	named := min(fewMissing, len(names))
	for named > 1 && words(names[:named]) > fewWords {
		named--
	}
	if named > 1 && named < fewMissing && len(names)-named == 1 {
		named--
	}
	if more := len(names) - named; more > 1 {
		c.Names, c.N = names[:named], more
	}
	return c
}

// In is the sentence of a claim in a language. It begins as sentences do, whatever it names: Split: 3.
func (c Claim) In(b *phrase.Book) string { return quantity.Title(c.in(b)) }

func (c Claim) in(b *phrase.Book) string {
	name := strings.Join(c.Names, ", ")
	said := func(key string) string {
		return b.Say(key, "Name", name, "Value", c.value(0).String(), "N", strconv.Itoa(c.N))
	}
	if named := len(c.Names) > 0; c.N > 0 {
		switch {
		case c.Says == Highest && named:
			return said("claim_highest_tied")
		case c.Says == Highest:
			return said("claim_highest_many")
		case c.Says == Lowest && named:
			return said("claim_lowest_tied")
		case c.Says == Lowest:
			return said("claim_lowest_many")
		case c.Says == Missing:
			return said("claim_missing_many")
		}
	}
	switch c.Says {
	case Shows:
		text := ""
		for _, p := range c.Parts {
			text += p.in(b)
		}
		return text + "."
	case Change:
		return b.Say("claim_change", "Name", c.name(0), "First", c.value(0).String(), "From", c.name(1), "Last", c.value(1).String(), "Until", c.name(2))
	case Highest, Lowest, HighestEnd, LowestEnd, Count, Missing, Gaps, Incomplete, LogScale:
		return said("claim_" + strings.ReplaceAll(string(c.Says), " ", "_"))
	}
	return ""
}

func (c Claim) name(i int) string {
	if i >= len(c.Names) { // of a page that somebody else wrote
		return ""
	}
	return c.Names[i]
}

func (c Claim) value(i int) Value {
	if i >= len(c.Values) {
		return Value{}
	}
	return c.Values[i]
}

func (p Part) in(b *phrase.Book) string {
	switch {
	case p.Label != "":
		return p.Words
	case p.Count == "":
		return b.Translate(p.Words)
	}
	if key := "of_" + p.Noun; phrase.Has(key) {
		return b.Count(key, p.N, strconv.Itoa(p.N))
	}
	many := cmp.Or(p.Plural, p.Noun+"s") // of a map that is the report's own
	if p.N == 1 {
		many = p.Noun
	}
	return strconv.Itoa(p.N) + " " + many
}

// Same reports whether two claims say the same of the same. A page does not keep the
// white space of names.
func (c Claim) Same(d Claim) bool {
	name := func(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }
	value := func(v, w Value) bool { return v.Raw == w.Raw }
	return c.Says == d.Says && c.N == d.N && slices.Equal(c.Parts, d.Parts) && slices.EqualFunc(c.Names, d.Names, name) && slices.EqualFunc(c.Values, d.Values, value)
}

// List is all that a chart claims.
type List []Claim

// In is an alt text in a language.
func (l List) In(b *phrase.Book) string {
	var said []string
	for _, c := range l {
		said = append(said, strings.TrimSpace(c.In(b)))
	}
	return strings.Join(said, " ")
}

// JSON is the list as a page has it.
func (l List) JSON() (string, error) {
	text, err := json.Marshal(l)
	return string(text), err
}

// Read reads what JSON wrote.
func Read(text string) (List, error) {
	var l List
	err := json.Unmarshal([]byte(text), &l)
	return l, err
}
