package dataset

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
)

// read checks the form of the file and makes a copy of its sound rows for the
// engine; nil where it has none.
//
// The engine could read most files as they stand. It reads a copy because only
// then do the rows keep their spreadsheet numbers when some are left out, and
// there is one way through for every encoding, delimiter and line end.
func (t *loading) read(ctx context.Context, report fs.FS, limits limit.Limits, place func() (int, int)) (rows *rowsCopy, err error) {
	found := t.found
	data, err := fs.ReadFile(report, t.File())
	if err == nil {
		t.Bytes = len(data)
		t.Key, err = memo.KeyOf(t.Key, data)
	}
	if isNotExist(err) {
		line, column := place()
		t.Tainted, t.gaps = true, true
		found.problems.Add(diag.Problem{File: File, Line: line, Column: column, Message: "the file " + diag.Quote(t.File()) + " is missing", Hint: nearestFile(report, t.File())})
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text, err := t.text(ctx, data, found)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		t.gaps = true
		if !t.Tainted {
			found.add("empty", diag.Problem{Message: "the file is empty", Expected: "a header and rows"})
		}
		return nil, nil
	}
	s := &scanner{text: text, delimiter: t.delimiter()}
	columns := t.readHeader(s, limits, found)
	if columns == nil {
		t.gaps = true
		return nil, nil
	}
	if rows, err = newRowsCopy(len(columns)); err != nil {
		return nil, err
	}
	if err = t.copyRows(ctx, s, columns, rows, limits); err != nil {
		return nil, errors.Join(err, rows.close())
	}
	if t.Rows == 0 && !t.gaps {
		t.gaps = true
		found.add("empty", diag.Problem{Message: "the table has no rows", Expected: "rows under the header"})
	}
	return rows, nil
}

// copyRows reads all rows below the header.
func (t *loading) copyRows(ctx context.Context, s *scanner, columns []string, rows *rowsCopy, limits limit.Limits) error {
	found, missing := t.found, t.missingCells(len(columns))
	maxRows, maxCell := limits.Get(limit.Rows), limits.Get(limit.Cell)
	end := len(bytes.TrimRight(s.text, "\r\n"))
	looked := s.at // where the context was last looked at
	for s.next() {
		if s.at-looked > 1<<20 {
			if looked = s.at; ctx.Err() != nil {
				return context.Cause(ctx)
			}
		}
		if s.blank && len(columns) == 1 {
			s.cells = append(s.cells, nil)
		}
		p, kind := diag.Problem{Line: s.row}, ""
		switch {
		case s.unclosed > 0:
			kind = "quote"
			p.Column, p.Message, p.Hint = s.unclosed, "a quotation mark is opened here and never closed", `close it, or write "" for a quotation mark inside a quoted cell`
		case s.blank && len(columns) > 1 && s.at < end:
			found.add("blank", diag.Problem{Line: s.row, Message: "a blank row", Hint: "delete it"})
			continue
		case s.blank && s.at >= end || isNoRow(s.cells, missing) && (s.blank || len(columns) > 1): // "" alone is a missing value
			continue
		case len(s.cells) != len(columns):
			kind = "cells"
			p.Message, p.Found, p.Expected = "a row", diag.Count(len(s.cells), "cell"), strconv.Itoa(len(columns))
			p.Hint = "look for a missing or a surplus " + diag.Quote(string(s.delimiter)) + ", or a text with one that is not in quotation marks"
		case t.Rows == maxRows:
			t.gaps = true
			p = limits.Exceeded(limit.Rows, "a row more")
			p.Line = s.row
			found.add("rows", p)
			return rows.finish()
		default:
			for i := 0; i < len(s.cells) && kind == ""; i++ {
				switch cell := s.cells[i]; {
				case bytes.IndexByte(cell, 0) >= 0:
					kind = "nul"
					p.Column, p.Message, p.Expected = i+1, "a cell with a zero byte", "text"
				case len(cell) > maxCell && utf8.RuneCount(cell) > maxCell:
					kind = "cell"
					p = limits.Exceeded(limit.Cell, fmt.Sprintf("a cell of %d characters", utf8.RuneCount(cell)))
					p.Line, p.Column = s.row, i+1
				}
			}
		}
		if kind != "" {
			t.gaps = true
			p.Field = nameAt(columns, p.Column)
			found.add(kind, p)
			continue
		}
		t.Rows++
		if err := rows.add(s.row, s.cells, missing); err != nil {
			return err
		}
	}
	return rows.finish()
}

// isNoRow reports whether no cell has a value: spreadsheets write such rows below a
// table, where somebody has deleted what stood there.
func isNoRow(cells [][]byte, missing func(column int, cell []byte) bool) bool {
	for i, cell := range cells {
		if len(cell) > 0 || !missing(i, cell) {
			return false
		}
	}
	return true
}

// nearestFile hints at a CSV file of data/ with a similar name.
func nearestFile(report fs.FS, name string) string {
	files, err := fs.Glob(report, "data/*.csv")
	if err != nil {
		return ""
	}
	return diag.Nearest(name, files)
}

// readHeader reads row 1, finds each described column in it, and returns its
// cells; nil where the rows below cannot be told apart by it.
func (t *loading) readHeader(s *scanner, limits limit.Limits, found *finder) []string {
	s.next()
	if s.unclosed > 0 {
		found.add("header", diag.Problem{Line: 1, Column: s.unclosed, Message: "a quotation mark is opened here and never closed"})
		return nil
	}
	if s.blank {
		found.add("header", diag.Problem{Line: 1, Message: "row 1 is blank", Expected: "the header", Hint: "delete the blank rows above the names of the columns"})
		return nil
	}
	cells := make([]string, len(s.cells))
	for i, cell := range s.cells {
		cells[i] = strings.TrimSpace(string(cell))
	}
	if len(cells) > 1 {
		for i, cell := range cells {
			if cell == "" {
				cells[i] = BlankName(i + 1)
			}
		}
	}
	if n := len(cells); n > limits.Get(limit.Columns) {
		p := limits.Exceeded(limit.Columns, diag.Count(n, "column"))
		p.Line = 1
		found.add("header", p)
		return nil
	}
	if len(cells) == 1 && len(t.Schema.Fields) > 1 {
		for _, other := range []string{";", "\t", ",", "|"} {
			if other[0] != s.delimiter && strings.Contains(cells[0], other) {
				found.add("delimiter", diag.Problem{Line: 1, Message: "the cells are separated by " + diag.Quote(other), Expected: diag.Quote(string(s.delimiter)),
					Hint: fmt.Sprintf(`save the file with %q, or declare "dialect": {"delimiter": %q} in %s`, string(s.delimiter), other, File)})
				return nil
			}
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
		found.add("header", diag.Problem{Line: 1, Message: "no cell of row 1 is the name of a column in " + File, Expected: "the header"})
		return nil
	}
	for place, cell := range cells {
		p := diag.Problem{Line: 1, Column: place + 1}
		i, described := at[cell]
		switch {
		case !described && t.unnamed:
			continue // what is wrong is said of the description
		case !described:
			p.Message = "an extra column " + diag.Quote(cell)
			found.addHinted("header", p, func() string {
				return cmp.Or(nearest(cell, known), "describe it in "+File+", or delete it")
			})
		case t.header[i] >= 0:
			p.Message, p.Hint = "a second column "+diag.Quote(cell), "rename or delete one of the two"
			found.add("header", p)
		default:
			t.header[i] = place
		}
	}
	for i, place := range t.header {
		if place < 0 {
			p := diag.Problem{Line: 1, Message: "column " + diag.Quote(known[i]) + " is missing"}
			found.addHinted("header", p, func() string { return nearest(known[i], cells) })
		}
	}
	return cells
}

// BlankName is the name of a column whose header cell is blank: its letter in a
// spreadsheet.
func BlankName(column int) string { return "column_" + diag.Letters(column) }

// nearest is the hint for what may be meant by a value. A text that is no name is
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

// missingCells says of a cell of the file whether it means "no value".
func (t *loading) missingCells(width int) func(column int, cell []byte) bool {
	values := make([][]string, width)
	for place := range values {
		values[place] = []string{""} // of a column that is not described
	}
	for i, place := range t.header {
		if place >= 0 {
			values[place] = t.missing(t.Schema.Fields[i])
		}
	}
	return func(column int, cell []byte) bool {
		if column >= width {
			return len(cell) == 0
		}
		for _, v := range values[column] {
			if v == string(cell) {
				return true
			}
		}
		return false
	}
}
