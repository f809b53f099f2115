package literal

import (
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
)

// A query may write words: 'about 41 letters', or 'about ' || 41 || ' letters'. Where the rows of the aggregate hold them, pages
// show them, and a number in them is typed.

var (
	// quotedOrComment are texts in quotes, and what is no SQL
	quotedOrComment = regexp.MustCompile(`(?s)'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/`)
	joinedNumber    = regexp.MustCompile(`\|\|\s*(\d[\d.]*)\b|\b(\d[\d.]*)\s*\|\|`)
)

// query adds the numbers that a query writes into texts, from an offset of the file on.
func (f *file) query(a *aggregate.Aggregate, from int) {
	hasFlag := slices.ContainsFunc(a.Columns, func(c aggregate.Column) bool { return c.Unit.IsFlag() })
	code := append([]byte{}, f.text...)
	for _, span := range quotedOrComment.FindAllIndex(f.text[from:], -1) {
		start, end := from+span[0], from+span[1]
		fillSpaces(code[start:end])
		written := string(f.text[start:end])
		if text := strings.ReplaceAll(strings.Trim(written, "'"), "''", "'"); written[0] == '\'' && strings.Contains(strings.TrimSpace(text), " ") && holdsText(a, text) {
			for _, e := range expressions(text, f.language, f.settings.names()) {
				if !e.digits && hasFlag {
					continue // the words are a statement, and the row says whether it holds
				}
				if f.allowance(allowKey, text, e) == nil && !f.settings.isInName(text, e) { // the whole may be a text that only one row has
					f.add(start+1+e.start, text[e.start:e.end], e.digits, inHead)
				}
			}
		}
	}
	for _, m := range joinedNumber.FindAllSubmatchIndex(code[from:], -1) {
		start, end := m[2], m[3]
		if start < 0 {
			start, end = m[4], m[5]
		}
		text := string(code[from+start : from+end])
		f.number(from+start, text, f.language, expression{start: 0, end: len(text), digits: true}, nil, inHead)
	}
}

// holdsText reports whether a row of an aggregate has a text that holds another.
func holdsText(a *aggregate.Aggregate, text string) bool {
	for i, c := range a.Columns {
		if !c.Unit.IsText() {
			continue
		}
		for r := range a.Rows {
			if strings.Contains(a.Rows[r].Values[i].Raw(), text) {
				return true
			}
		}
	}
	return false
}
