package literal

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/config"
	"broadsheet/generator/engine"
)

// A query may write words: 'about 41 letters'. Where the rows of the aggregate hold them, pages show them, and a number in them is
// typed. Package aggregate finds numbers that are joined to words: 'about ' || 41 || ' letters'.

// ofRate is before the number by which a rate is told: per 100,000 residents.
var ofRate = regexp.MustCompile(`(?i)(?:^|\s)(?:per|je|pro|por(?: cada)?|par|pour)\s+$`)

// labels adds the numbers in the names of columns, as tables and charts show them.
func (f *file) labels(a *aggregate.Aggregate) {
	columns, _ := f.front.Values["columns"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		column, _ := columns[name].(map[string]any)
		i := a.Column(name)
		isFlag := i >= 0 && a.Columns[i].Unit.IsFlag() // the words are a statement, and the cell says whether it holds
		var list []translated
		switch label := column["label"].(type) {
		case string:
			list = []translated{{label, f.language}}
		case map[string]any:
			list = inLanguages(label)
		}
		for _, t := range list {
			f.reads(f.front.Position("columns", name, "label"))
			if f.noteAllowed(t.text); !strings.Contains(strings.TrimSpace(t.text), " ") {
				continue // a word alone is a name
			}
			for _, e := range expressions(t.text, t.language, f.settings.names()) {
				if !e.digits && isFlag || f.allows(t.text, e) || ofRate.MatchString(t.text[:e.start]) || f.settings.isColumn(t.text, e) {
					continue
				}
				line, column := f.front.Position("columns", name, "label")
				at := offset(f.text, line, column)
				at += max(0, strings.Index(string(f.text[at:f.front.End]), t.text)) + e.start
				f.add(at, t.text[e.start:e.end], e.digits, inHead)
			}
		}
	}
}

// query adds the numbers that a query, which starts at an offset of the file, writes into texts.
func (f *file) query(a *aggregate.Aggregate, from int) {
	hasFlag := slices.ContainsFunc(a.Columns, func(c aggregate.Column) bool { return c.Unit.IsFlag() })
	seen := map[engine.Literal]bool{}
	for i, c := range a.Columns {
		if !c.Unit.IsText() || c.Definition != "" {
			continue
		}
		for _, written := range c.Texts {
			if seen[written] || written.Offset < 0 || !holdsText(a, i, written.Text) {
				continue
			}
			seen[written] = true
			text := written.Text
			f.reads(config.Position(f.text, from+written.Offset))
			for _, e := range expressions(text, f.language, f.settings.names()) {
				if !e.digits && hasFlag || e.digits && strings.TrimSpace(text) == text[e.start:e.end] {
					continue // the words are a statement, and the row says whether it holds; package aggregate finds digits alone
				}
				if f.allowance(allowKey, text, e, true) == nil && !f.settings.isInName(text, e) && !f.settings.isColumn(text, e) { // the whole may be a text that only one row has
					at := from + written.Offset
					if i := bytes.Index(f.text[at:], []byte(text)); i >= 0 && i < 3 {
						at += i + e.start // within quotes, which double those of the text
					}
					f.add(at, text[e.start:e.end], e.digits, inHead)
				}
			}
		}
	}
}

// filled is what printf and format fill in.
var filled = regexp.MustCompile(`%[-+ #0-9.,]*[a-zA-Z]|\{[^}]*\}`)

// holdsText reports whether a row has a text in a column that holds another, or all of it but what is filled in.
func holdsText(a *aggregate.Aggregate, column int, text string) bool {
	parts := filled.Split(text, -1)
	for r := range a.Rows {
		shown := a.Rows[r].Values[column].Raw()
		if strings.Contains(shown, text) || len(parts) > 1 && !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(shown, part) }) {
			return true
		}
	}
	return false
}
