package dataset

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

// read checks the form of the file and writes its sound rows, each with its
// number in front, to a plain CSV file for the engine.
//
// The engine could read most files as they stand. It reads a copy because only
// then do the rows keep their spreadsheet numbers when some are left out, and
// there is one way through for every encoding, delimiter and line end.
func (t *Table) read(report fs.FS, scratch string, place func() (int, int), found *finder) (err error) {
	data, err := fs.ReadFile(report, t.File())
	if isNotExist(err) {
		line, column := place()
		t.Tainted, t.gaps = true, true
		found.problems.Add(diag.Problem{File: File, Line: line, Column: column, Message: "the file " + diag.Quote(t.File()) + " is missing", Hint: nearestFile(report, t.File())})
		return nil
	}
	if err != nil {
		return err
	}
	text := t.text(data, found)
	if len(bytes.TrimSpace(text)) == 0 {
		t.gaps = true
		if !t.Tainted {
			found.add("empty", diag.Problem{Message: "the file is empty", Expected: "a header and rows"})
		}
		return nil
	}
	s := &scanner{text: text, delimiter: t.delimiter()}
	columns := t.readHeader(s, found)
	if columns == nil {
		t.gaps = true
		return nil
	}

	t.copy = filepath.Join(scratch, t.Name+".csv")
	file, err := os.Create(t.copy)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	out := bufio.NewWriterSize(file, 1<<18)
	missing := t.missingCells()
	var line []byte
	for s.next() {
		switch {
		case s.blank && len(columns) > 1:
			if !onlyBlank(s.text[s.at:]) {
				found.add("blank", diag.Problem{Line: s.row, Message: "a blank row", Hint: "delete it"})
			}
			continue
		case s.blank:
			s.cells = append(s.cells, nil)
		case s.unclosed > 0:
			t.gaps = true
			found.add("quote", diag.Problem{Line: s.row, Column: s.unclosed, Field: nameAt(columns, s.unclosed), Message: "a quotation mark is opened here and never closed", Hint: `close it, or write "" for a quotation mark inside a quoted cell`})
			continue
		}
		if len(s.cells) != len(columns) {
			t.gaps = true
			hint := "look for a missing or a surplus " + diag.Quote(string(s.delimiter)) + ", or a text with one that is not in quotation marks"
			found.add("cells", diag.Problem{Line: s.row, Message: "a row", Found: count(len(s.cells), "cell"), Expected: strconv.Itoa(len(columns)), Hint: hint})
			continue
		}
		if i := slices.IndexFunc(s.cells, hasNUL); i >= 0 {
			t.gaps = true
			found.add("nul", diag.Problem{Line: s.row, Column: i + 1, Field: nameAt(columns, i+1), Message: "a cell with a zero byte", Expected: "text"})
			continue
		}
		t.Rows++
		line = appendRow(append(strconv.AppendInt(line[:0], int64(s.row), 10), ','), s.cells, missing)
		if _, err := out.Write(line); err != nil {
			return err
		}
		t.size, t.longest = t.size+len(line), max(t.longest, len(line))
	}
	return out.Flush()
}

func hasNUL(cell []byte) bool { return bytes.IndexByte(cell, 0) >= 0 }

func onlyBlank(rest []byte) bool { return len(bytes.Trim(rest, "\r\n")) == 0 }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
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
func (t *Table) readHeader(s *scanner, found *finder) []string {
	s.next()
	if s.unclosed > 0 {
		found.add("header", diag.Problem{Line: 1, Column: s.unclosed, Message: "a quotation mark is opened here and never closed"})
		return nil
	}
	cells := make([]string, len(s.cells))
	for i, cell := range s.cells {
		cells[i] = strings.TrimSpace(string(cell))
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
	var known []string
	for _, f := range t.Schema.Fields {
		known = append(known, f.Name)
	}
	t.header = make([]int, len(known))
	for i := range t.header {
		t.header[i] = -1
	}
	for place, cell := range cells {
		at := diag.Problem{Line: 1, Column: place + 1}
		i := slices.Index(known, cell)
		switch {
		case i < 0:
			at.Message, at.Hint = "an extra column "+diag.Quote(cell), diag.Nearest(cell, known)
			if at.Hint == "" {
				at.Hint = "describe it in " + File + ", or delete it"
			}
			found.add("header", at)
		case t.header[i] >= 0:
			at.Message, at.Hint = "a second column "+diag.Quote(cell), "rename or delete one of the two"
			found.add("header", at)
		default:
			t.header[i] = place
		}
	}
	for i, place := range t.header {
		if place < 0 {
			found.add("header", diag.Problem{Line: 1, Message: "column " + diag.Quote(known[i]) + " is missing", Hint: diag.Nearest(known[i], cells)})
		}
	}
	t.width = len(cells)
	return cells
}

func nameAt(columns []string, column int) string {
	if column < 1 || column > len(columns) {
		return ""
	}
	return columns[column-1]
}

// missingCells says of a cell of the file whether it means "no value".
func (t *Table) missingCells() func(column int, cell []byte) bool {
	values := make([][]string, t.width)
	for i, place := range t.header {
		if place >= 0 {
			values[place] = t.missing(t.Schema.Fields[i])
		}
	}
	return func(column int, cell []byte) bool {
		for _, v := range values[column] {
			if v == string(cell) {
				return true
			}
		}
		return false
	}
}
