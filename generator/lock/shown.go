package lock

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"broadsheet/generator/chart"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Shown is a fact with all places that show it.
type Shown struct {
	*fact.Fact
	Address string
	Places  []Occurrence

	texts  []string         // how pages write it, where they do so with a link
	styles []quantity.Style // in which they write it elsewhere
	maps   []*chart.Chart   // that have a circle by it, and do not write it
	reads  string           // what pages write for its value; "" for the value
	source int64            // the row of the source whose name that is
}

// Occurrence is where a page shows a fact: in a sentence, in a chart, or in a table, a timeline or statements; the name
// of a source; or where the words of a page depend on it.
type Occurrence struct {
	Page      string `json:"page"`
	Sentence  string `json:"sentence,omitempty"`
	Chart     string `json:"chart,omitempty"`
	Table     bool   `json:"table,omitempty"`
	Source    bool   `json:"source,omitempty"`
	Condition bool   `json:"condition,omitempty"`
}

// IsText reports whether the fact is only words that a table, a chart or the like shows, and no sentence cites it.
func (s *Shown) IsText() bool {
	return s.Column.Unit.IsText() && len(s.texts) == 0
}

// isKey reports whether the fact is a part of the key of its line.
func (s *Shown) isKey() bool { return slices.Contains(s.Aggregate.Key, s.Column.Name) }

// namesSource reports whether the fact is the id of a source, for which pages write its name; blank, it names none.
func (s *Shown) namesSource() bool {
	return strings.HasSuffix(s.Column.Name, "source_id") && s.Column.Unit.IsText()
}

// A CSV file keeps no carriage return before a line end, so the lock has none.
var lineEnds = strings.NewReplacer("\r\n", "\n")

// prose is the fact as a sentence writes it.
func (s *Shown) prose() string {
	if written := s.Written(); written != "" {
		return lineEnds.Replace(written)
	}
	if s.reads != "" {
		return s.reads
	}
	return lineEnds.Replace(s.Text(quantity.Prose))
}

// digits is how many the lock keeps of a number that is not whole. More are of a division, and would change in many
// lines with each row that nobody sees change; fewer, and what a page soon shows would not be in the lock.
const digits = 6

// raw is the value as the lock keeps it: all of it where a page shows all of it.
func (s *Shown) raw() string {
	if written := s.Written(); written != "" { // the facts in it are locked by themselves
		return lineEnds.Replace(written)
	}
	exact := s.Text(quantity.Exact)
	if cut := s.Value.Cut(digits); !slices.Contains(s.texts, exact) || s.Precision.Format(s.Column.Unit, cut, quantity.Exact) == exact {
		return lineEnds.Replace(cut.Raw())
	}
	return lineEnds.Replace(s.Value.Raw())
}

// A long text is in the lock by its digest and how it begins.
const longText, opening = 100, 80

// locked is the fact as the lock writes it.
func (s *Shown) locked() record.LockedFact {
	f := record.LockedFact{Fact: s.Address, Value: s.raw(), Text: s.prose()}
	if runes := []rune(f.Value); len(runes) > longText {
		sum := sha256.Sum256([]byte(f.Value))
		f.Value = "#" + base64.RawURLEncoding.EncodeToString(sum[:9])
		if s.reads == "" {
			f.Text = string(runes[:opening]) + "…"
		}
	}
	if f.Text == f.Value {
		f.Text = ""
	}
	return f
}

// Pages lists those that show the fact, each once, in the order of their paths.
func (s *Shown) Pages() []string {
	var list []string
	for _, p := range s.Places {
		if !slices.Contains(list, p.Page) {
			list = append(list, p.Page)
		}
	}
	slices.Sort(list)
	return list
}

// charts lists those that show the fact.
func (s *Shown) charts() []string {
	var list []string
	for _, p := range s.Places {
		if p.Chart != "" && !slices.Contains(list, p.Chart) {
			list = append(list, p.Chart)
		}
	}
	slices.Sort(list)
	return list
}

// readsAs reports whether pages that show the fact would read the same with another
// value, as all of them round it.
func (s *Shown) readsAs(other quantity.Value) bool {
	format := func(v quantity.Value, style quantity.Style) string {
		return strings.Join(strings.Fields(s.Precision.Format(s.Column.Unit, v, style)), " ")
	}
	same := func(style quantity.Style) bool { return format(other, style) == format(s.Value, style) }
	for _, text := range s.texts {
		style, known := s.styleOf(text, format)
		if !known || !same(style) {
			return false
		}
	}
	for _, style := range s.styles {
		if !same(style) {
			return false
		}
	}
	for _, m := range s.maps {
		if !m.DrawnAlike(s.Fact, other) {
			return false
		}
	}
	return len(s.texts)+len(s.styles)+len(s.maps) > 0 || same(quantity.Prose)
}

// styleOf is the style in which a page wrote the text.
func (s *Shown) styleOf(text string, format func(quantity.Value, quantity.Style) string) (quantity.Style, bool) {
	styles := []quantity.Style{quantity.Prose, quantity.InTable}
	for _, style := range quantity.Styles() {
		styles = append(styles, quantity.Style(style))
	}
	for _, style := range styles {
		if format(s.Value, style) == text {
			return style, true
		}
	}
	return "", false
}
