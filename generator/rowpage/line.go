package rowpage

import (
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
)

// Line is a one-line text as it is for a row.
type Line struct {
	Text     string
	RestsOn  []string // the addresses of the cells on which its words depend
	Problems []diag.Problem
}

// WriteLine writes a one-line text, such as a title, for a row: with the row's addresses and texts in its shortcodes.
func WriteLine(text string, row Row, aggregates aggregate.Set) Line {
	page := content.ReadLine(text)
	w := &writer{page: page, row: row, aggregates: aggregates, problems: &diag.List{}}
	w.region(content.Span{Start: 0, End: len(text)}, page.Calls)
	var b strings.Builder
	for _, part := range w.parts {
		if part.Text != nil {
			b.WriteString(*part.Text)
		} else {
			b.WriteString(text[part.Start:part.End])
		}
	}
	return Line{b.String(), w.conditions, w.problems.Sorted()}
}

// WriteAddress writes the address of a fact for a row.
func WriteAddress(written string, row Row, aggregates aggregate.Set) Line {
	w := &writer{row: row, aggregates: aggregates}
	return Line{Text: w.address(written), RestsOn: w.conditions}
}

// WriteText writes a value for a row: the text of the cell in place of .column.
func WriteText(written string, row Row) Line {
	w := &writer{row: row}
	return Line{Text: w.text(written), RestsOn: w.conditions}
}
