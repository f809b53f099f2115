package dataset

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
	"broadsheet/generator/tabular"
)

// read checks the form of the file and makes a copy of its sound rows for the
// engine, of those that it does not have yet; nil where there are none.
//
// The engine could read most files as they are. It reads a copy because only
// then do the rows keep their spreadsheet numbers when some are left out, and
// there is one way through for every encoding, delimiter and line end.
func (t *loading) read(ctx context.Context, report fs.FS, limits limit.Limits, at adder) (rows *rowsCopy, err error) {
	s, plain, err := t.open(ctx, report, limits, at)
	if s == nil || err != nil {
		return nil, err
	}
	if s.close != nil {
		defer func() { err = errors.Join(err, s.failed, s.close()) }()
	}
	columns := t.readHeader(s, limits, t.found, plain)
	if columns == nil {
		t.gaps = true
		return nil, nil
	}
	t.names = columns
	readers := make([]*column, len(columns))
	for i, place := range t.header {
		if place >= 0 {
			readers[place] = t.columns[i]
		}
	}
	s.kept = false
	if rows, err = t.copyRows(ctx, s, columns, readers, limits); err != nil {
		return nil, err
	}
	if t.Rows == 0 && !t.gaps {
		t.gaps = true
		t.found.add("empty", diag.Problem{Message: "the table has no rows", Expected: "rows under the header"})
	}
	t.listWrong(t.first)
	return rows, nil
}

// open checks the form of the file; nil where there is nothing to read.
func (t *loading) open(ctx context.Context, report fs.FS, limits limit.Limits, at adder) (_ *scanner, plain []byte, err error) {
	if s, err := t.stream(ctx, report, at); s != nil || err != nil {
		return s, nil, err
	}
	data, err := fs.ReadFile(report, t.File())
	if err == nil {
		if t.Bytes = len(data); t.Fetch != nil {
			sum := sha256.Sum256(data)
			t.SHA256 = hex.EncodeToString(sum[:])
		}
		t.Key, err = memo.KeyOf(t.Key, data)
	}
	if isNotExist(err) {
		t.Tainted, t.gaps = true, true
		at(diag.Problem{Message: "the file " + diag.Quote(t.File()) + " is missing", Hint: t.nearestFile(report)}, "path")
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	digest := t.digest()
	if digest != nil {
		digest.Write(data) // a hash takes all
	}
	t.checkDigest(len(data), digest, at)
	data, sound, err := t.csv(ctx, data, limits)
	if err != nil || !sound {
		t.gaps = t.gaps || !sound
		return nil, nil, err
	}
	text, err := t.text(ctx, data, t.found)
	if err != nil {
		return nil, nil, err
	}
	plain = text
	text = t.Dialect.FixedWidth(text)
	if len(bytes.TrimSpace(text)) == 0 { // what is wrong with it is said
		t.gaps = true
		return nil, nil, nil
	}
	return t.Dialect.scanner(text), plain, nil
}

// csv is the table as CSV; not sound where it cannot be told from the file.
func (t *loading) csv(ctx context.Context, data []byte, limits limit.Limits) (csv []byte, sound bool, err error) {
	if !tabular.IsPlain(t.Path) {
		of := tabular.Part{SheetName: t.Dialect.SheetName, SheetNumber: t.Dialect.SheetNumber, Property: t.Dialect.Property, Most: limits.Bytes(limit.FileSize)}
		csv, sheet, problems, err := tabular.CSV(ctx, t.engine, t.Path, data, of)
		if err != nil {
			return nil, false, err
		}
		t.Sheet = sheet
		for _, p := range problems {
			t.found.add("file", p)
		}
		if csv == nil || !tabular.IsText(t.Path) {
			if t.IsRewritten() { // else nobody asks for it again
				t.written = csv
			}
			return csv, csv != nil, nil
		}
		data = csv
	}
	if p := Disguised(data); p != nil {
		t.found.add("file", *p)
		return nil, false, nil
	}
	return data, true, nil
}

// copyRows reads all rows below the header, and returns those that are not yet in the engine.
func (t *loading) copyRows(ctx context.Context, s *scanner, columns []string, readers []*column, limits limit.Limits) (_ *rowsCopy, err error) {
	rows, err := newRowsCopy(readers)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil && rows != nil {
			err = errors.Join(err, rows.close())
		}
	}()
	found := t.found
	maxRows, maxCell := limits.Get(limit.Rows), limits.Get(limit.Cell)
	var blank []int // rows after which there may be no other
	for s.next() {
		if s.row%4096 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if !s.blank {
			for _, row := range blank {
				found.add("blank", diag.Problem{Line: row, Message: "a blank row", Hint: "delete it"})
			}
			blank = blank[:0]
		}
		if s.blank && len(columns) == 1 {
			s.cells = append(s.cells, nil)
		}
		p, kind := diag.Problem{Line: s.row}, ""
		switch {
		case s.unclosed > 0:
			kind = "quote"
			p.Column, p.Message, p.Hint = s.unclosed, "a quotation mark is opened here and never closed", `close it, or write "" for a quotation mark inside a quoted cell`
		case s.blank && len(columns) > 1:
			blank = append(blank, s.row)
			continue
		case rows.isNoRow(s.cells) && (s.blank || len(columns) > 1): // "" alone is a missing value
			continue
		case len(s.cells) != len(columns):
			kind = "cells"
			p = t.unfit(s, len(columns))
		case t.Rows > 0 && isHeader(s.cells, columns):
			kind = "header again"
			p.Message, p.Hint = "the header again", "delete it"
		case t.Rows == maxRows:
			t.gaps = true
			p = limits.Exceeded(limit.Rows, "a row more")
			p.Line = s.row
			found.add("rows", p)
			return rows, rows.finish()
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
		t.checkUnlabelled(s)
		if t.first == 0 {
			t.first = s.row
		}
		if err := rows.add(s.row, s.cells); err != nil {
			return nil, err
		}
		t.addValues(rows)
		if rows.size >= batchSize {
			full := rows
			if rows, err = newRowsCopy(readers); err != nil {
				return nil, errors.Join(err, full.close())
			}
			if err := t.insert(ctx, full); err != nil {
				return nil, err
			}
		}
	}
	return rows, rows.finish()
}

// isHeader reports whether a row has the names of the columns in the place of values.
func isHeader(cells [][]byte, columns []string) bool {
	if len(columns) < 2 {
		return false
	}
	for i, cell := range cells {
		if string(cell) != columns[i] {
			return false
		}
	}
	return true
}

// checkUnlabelled looks for a value in a column that has no name.
func (t *loading) checkUnlabelled(s *scanner) {
	for i, place := range t.unlabelled {
		if len(bytes.TrimSpace(s.cells[place])) == 0 {
			continue
		}
		t.found.add("header", diag.Problem{Line: s.row, Column: place + 1, Field: BlankName(place + 1), Message: "a value in a column without a name", Found: diag.Quote(string(s.cells[place])),
			Hint: "name the column in the header, describe it as " + diag.Quote(BlankName(place+1)) + " in " + File + ", or delete it"})
		t.unlabelled = slices.Delete(t.unlabelled, i, i+1)
		return
	}
}

// unfit is the problem of a row with more or fewer cells than the header.
func (t *loading) unfit(s *scanner, columns int) diag.Problem {
	if widths := t.Dialect.Widths; len(widths) == columns && len(s.cells) > columns {
		return diag.Problem{Line: s.row, Column: columns + 1, Message: "text behind the last column", Found: t.found.value("", string(s.cells[columns])),
			Hint: fmt.Sprintf("make the last of the widths %v larger in %s, or bring the line into its columns with spaces", widths, File)}
	}
	return diag.Problem{Line: s.row, Message: "a row", Found: diag.Count(len(s.cells), "cell"), Expected: strconv.Itoa(columns), Hint: widthHint(s, columns)}
}

// widthHint is the way out for a row with more or fewer cells than the header.
func widthHint(s *scanner, columns int) string {
	row := string(bytes.Join(s.cells, nil))
	switch {
	case strings.ContainsAny(row, "“”„«»"):
		return `quotation marks around a cell are written ", and not “ or ”`
	case len(s.cells) == 1 && columns > 2:
		return "if it is a note or a title, delete it: what is to be read with the table has its place in the description of " + File + "; if a text of the row above goes on in it, put that text in quotation marks"
	}
	return "look for a missing or a surplus " + diag.Quote(string(s.delimiter)) + ", or a text with one that is not in quotation marks"
}

// isNoRow reports whether no cell has a value: spreadsheets write such rows below a
// table, where somebody has deleted what was there.
func (c *rowsCopy) isNoRow(cells [][]byte) bool {
	for i, cell := range cells {
		if len(cell) > 0 || i < len(c.columns) && c.columns[i] != nil && !c.columns[i].isMissing(cell) {
			return false
		}
	}
	return true
}

// nearestFile hints at a CSV file of data/ with a similar name that no table has, or at where the file comes from.
func (t *loading) nearestFile(report fs.FS) string {
	if _, err := fs.Stat(report, path.Join(Extracts, t.Name+".sql")); err == nil || t.Fetch != nil {
		return "bring it: broadsheet fetch " + t.Name
	}
	files := tableFiles(report)
	files = slices.DeleteFunc(files, func(file string) bool { return slices.Contains(t.described, file) })
	return cmp.Or(diag.Nearest(t.File(), files), "put it there, or take its table out of "+File)
}
