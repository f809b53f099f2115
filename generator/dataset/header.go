package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// readHeader reads the names of the columns, finds each described column among them, and
// returns them; nil where the rows below cannot be told apart by them. Plain is the text as it is in the file.
func (t *loading) readHeader(s *scanner, limits limit.Limits, found *finder, plain []byte) []string {
	cells, line := t.headerCells(s, found)
	if cells == nil {
		return nil
	}
	if row := t.headerBelow(s, cells); row > 0 {
		found.add("header", diag.Problem{Line: line, Message: fmt.Sprintf("a title above the table, and the header seems to be in row %d", row), Found: diag.Quote(first(cells)), Expected: fmt.Sprintf("the header in row %d", line),
			Hint: fmt.Sprintf("delete the rows above the header, or declare \"dialect\": {\"headerRows\": [%d]} in %s", row, File)})
		for s.row < row && s.next() { // what is below is read
		}
		cells, line = headerNames(s.cells), row
	}
	if n := len(cells); n > limits.Get(limit.Columns) {
		p := limits.Exceeded(limit.Columns, diag.Count(n, "column"))
		p.Line = line
		found.add("header", p)
		return nil
	}
	if t.checkWidths(cells, line, plain) {
		return nil
	}
	if len(cells) == 1 && len(t.Schema.Fields) > 1 {
		for _, other := range []string{";", "\t", ",", "|"} {
			if other[0] != s.delimiter && strings.Contains(cells[0], other) {
				found.add("delimiter", diag.Problem{Line: line, Message: "the cells are separated by " + separator(other), Expected: separator(string(s.delimiter)),
					Hint: fmt.Sprintf(`save the file with %s, or declare "dialect": {"delimiter": %q} in %s`, separator(string(s.delimiter)), other, File)})
				s.at, s.row, s.delimiter = 0, 0, other[0] // as it is meant, for what else is wrong
				if cells, _ := t.headerCells(s, found); len(cells) < 2 {
					return nil
				}
				s.at, s.row = 0, 0
				return t.readHeader(s, limits, found, plain)
			}
		}
		if hint := t.declareWidths(plain); hint != "" && len(t.Dialect.Widths) == 0 {
			found.add("delimiter", diag.Problem{Line: line, Message: "the columns are aligned by spaces", Expected: "cells separated by " + diag.Quote(string(s.delimiter)), Hint: hint})
			return nil
		}
	}
	known := make([]string, len(t.Schema.Fields))
	at := make(map[string]int, len(known)) // index of each field
	t.header = make([]int, len(known))
	private := false
	for i, f := range t.Schema.Fields {
		known[i], at[f.Name], t.header[i] = f.Name, i, -1
		private = private || f.Private
	}
	if private && !slices.ContainsFunc(cells, func(cell string) bool { return slices.Contains(known, cell) }) {
		// without a header they would be values of private columns
		found.add("header", diag.Problem{Line: line, Message: "no cell of row 1 is the name of a column in " + File, Expected: "the header"})
		return nil
	}
	var extra []int // columns that are not described
	for place, cell := range cells {
		p := diag.Problem{Line: line, Column: place + 1}
		i, described := at[cell]
		if !described {
			if name := t.namedLike(cell, cells); name != "" {
				p.Message, p.Found, p.Expected, p.Hint = "the name of a column", diag.Quote(cell), diag.Quote(name), "they differ only in "+Difference(cell, name)+": rename one of the two"
				found.add("header", p)
				t.header[at[name]] = place
				continue
			}
		}
		switch {
		case !described && (t.unnamed || t.matches("subset", "partial")):
			continue // what is wrong is said of the description, or nothing is
		case !described && cell == BlankName(place+1):
			t.unlabelled = append(t.unlabelled, place) // spreadsheets write columns without a name or a value
		case !described:
			extra = append(extra, place)
		case t.header[i] >= 0:
			p.Message, p.Hint = "a second column "+diag.Quote(cell), "rename or delete one of the two"
			found.add("header", p)
		default:
			t.header[i] = place
		}
	}
	if t.matches("exact") && !slices.Equal(cells, known) && len(found.counts) == 0 {
		found.add("header", diag.Problem{Line: line, Message: "the columns are in another order", Expected: quoteAll(known), Hint: `or allow any order: "fieldsMatch": "equal" in ` + File})
	}
	whole := !t.matches("superset", "partial") // no described column may be missing
	if whole {
		t.nameBlank(line, found)
		if t.isRenamed(extra, cells) {
			place, i := extra[0], slices.Index(t.header, -1)
			hint := "write " + diag.Quote(known[i]) + " there"
			if nearest(cells[place], known[i:i+1]) == "" {
				hint += "; if it is another column, describe it in " + File + ", and take " + diag.Quote(known[i]) + " out"
			}
			found.add("header", diag.Problem{Line: line, Column: place + 1, Message: "the name of a column", Found: diag.Quote(cells[place]), Expected: diag.Quote(known[i]), Hint: hint})
			t.header[i], extra = place, nil
		}
	}
	for _, place := range extra {
		found.addHinted("header", diag.Problem{Line: line, Column: place + 1, Message: "an extra column " + diag.Quote(cells[place])}, func() string {
			return cmp.Or(nearest(cells[place], known), "describe it in "+File+", or delete it")
		})
	}
	for i, place := range t.header {
		if place < 0 && whole {
			p := diag.Problem{Line: line, Message: "column " + diag.Quote(known[i]) + " is missing"}
			found.addHinted("header", p, func() string {
				return cmp.Or(nearest(known[i], cells), "bring it back; or take it out of "+File+" and of what reads it, if it is to go")
			})
		}
	}
	return cells
}

// separator is what a message calls a delimiter.
func separator(delimiter string) string {
	if delimiter == "\t" {
		return "tabs"
	}
	return diag.Quote(delimiter)
}

// isRenamed reports whether the one column that is not described is the one that is missing: it is in its place, or has a name like it.
func (t *loading) isRenamed(extra []int, cells []string) bool {
	i := slices.Index(t.header, -1)
	return len(extra) == 1 && i >= 0 && slices.Index(t.header[i+1:], -1) < 0 && (extra[0] == i || nearest(cells[extra[0]], []string{t.Schema.Fields[i].Name}) != "")
}

// nameBlank finds columns whose name was deleted from the header, and reads them as the described ones that are missing: the only one, or
// that of the same place.
func (t *loading) nameBlank(line int, found *finder) {
	var missing []int
	for i, place := range t.header {
		if place < 0 {
			missing = append(missing, i)
		}
	}
	if len(missing) != len(t.unlabelled) {
		return
	}
	t.unlabelled = slices.DeleteFunc(t.unlabelled, func(place int) bool {
		i := slices.Index(missing, place)
		if i < 0 && len(missing) > 1 {
			return false
		}
		i = max(i, 0)
		name := t.Schema.Fields[missing[i]].Name
		t.header[missing[i]] = place
		found.add("header", diag.Problem{Line: line, Column: place + 1, Message: fmt.Sprintf("cell %s%d of the header is blank, and column %s is missing", diag.Letters(place+1), line, diag.Quote(name)), Hint: "write " + name + " there"})
		return true
	})
}

// namedLike is the described column that a cell of the header looks like, of which the
// header has no better one; "" for none.
func (t *loading) namedLike(cell string, header []string) string {
	for _, f := range t.Schema.Fields {
		if Difference(cell, f.Name) != "" && !slices.Contains(header, f.Name) {
			return f.Name
		}
	}
	return ""
}

// matches reports whether the schema says that its fields match the columns in one of
// some ways.
func (t *loading) matches(ways ...string) bool {
	return slices.ContainsFunc(t.Schema.FieldsMatch, func(way string) bool { return slices.Contains(ways, way) })
}

// headerCells reads the row, or the rows, of names, and returns them with the number of the
// last; nil where there are none. Without a header, they are those of the description.
func (t *loading) headerCells(s *scanner, found *finder) (cells []string, line int) {
	if !t.Dialect.hasHeader() {
		for _, f := range t.Schema.Fields {
			cells = append(cells, f.Name)
		}
		return cells, 0
	}
	rows := t.Dialect.headerRows()
	for (len(rows) == 0 || s.row < rows[len(rows)-1]) && s.next() {
		if len(rows) == 0 {
			rows = []int{s.row}
		}
		if !slices.Contains(rows, s.row) {
			continue
		}
		if s.unclosed > 0 {
			found.add("header", diag.Problem{Line: s.row, Column: s.unclosed, Message: "a quotation mark is opened here and never closed"})
			return nil, 0
		}
		cells = t.Dialect.Named(cells, s.cells)
	}
	if len(rows) == 0 {
		found.add("empty", diag.Problem{Message: "the file has only comments", Expected: "a header and rows"})
		return nil, 0
	}
	if line = rows[len(rows)-1]; s.row < line {
		found.add("header", diag.Problem{Message: fmt.Sprintf("the header is to be in row %d, and the file has %s", line, diag.Count(s.row, "row"))})
		return nil, 0
	}
	if len(cells) == 0 || len(cells) == 1 && cells[0] == "" {
		found.add("header", diag.Problem{Line: line, Message: fmt.Sprintf("row %d is blank", line), Expected: "the header", Hint: "delete the blank rows above the names of the columns"})
		return nil, 0
	}
	if len(cells) > 1 {
		for i, cell := range cells {
			if cell == "" {
				cells[i] = BlankName(i + 1)
			}
		}
	}
	return cells, line
}

// headerBelow is the row below that has the names of the columns, of which the header has
// few; 0 for none. Sheets often start with a title.
func (t *loading) headerBelow(s *scanner, header []string) int {
	count := func(cells []string) (n int) {
		for _, f := range t.Schema.Fields {
			if i := slices.Index(cells, f.Name); i >= 0 && f.Name != BlankName(i+1) {
				n++
			}
		}
		return n
	}
	has, wanted := count(header), len(t.Schema.Fields)
	if has*2 >= wanted || !t.Dialect.hasHeader() {
		return 0
	}
	const farthest = 50
	below := *s
	for below.rest = nil; below.row < farthest && below.next(); {
		if n := count(headerNames(below.cells)); n > has && n*3 >= wanted*2 {
			return below.row
		}
	}
	return 0
}

// headerNames are the cells of a header, and those that are blank by their letters.
func headerNames(cells [][]byte) []string {
	var list []string
	for i, cell := range cells {
		name := ColumnName(cell)
		if name == "" && len(cells) > 1 {
			name = BlankName(i + 1)
		}
		list = append(list, name)
	}
	return list
}

// first is the first cell that is not blank.
func first(cells []string) string {
	for i, cell := range cells {
		if cell != "" && cell != BlankName(i+1) {
			return cell
		}
	}
	return ""
}

// ColumnName is the name that a cell of the header gives to its column: without spaces at
// its ends, and on one line.
func ColumnName(cell []byte) string {
	name := strings.TrimSpace(string(cell))
	if strings.ContainsAny(name, "\n\r") {
		lines := strings.FieldsFunc(name, func(r rune) bool { return r == '\n' || r == '\r' })
		for i := range lines {
			lines[i] = strings.TrimSpace(lines[i])
		}
		name = strings.Join(lines, " ")
	}
	return name
}

// BlankName is the name of a column whose header cell is blank: its letter in a
// spreadsheet.
func BlankName(column int) string { return "column_" + diag.Letters(column) }

// nearest is the hint for what may be meant by a value. A text that is not a name is
// not compared, as that takes as long as both are.
func nearest(value string, candidates []string) string {
	const longName = 200
	if len(value) > longName {
		return ""
	}
	return diag.Nearest(value, slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return len(c) > longName }))
}

func nameAt(columns []string, column int) string {
	if column < 1 || column > len(columns) {
		return ""
	}
	return columns[column-1]
}
