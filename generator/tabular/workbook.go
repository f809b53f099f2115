package tabular

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// The first bytes of the containers of Office: of .xls, and of a workbook with a password.
const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// book is a workbook that is open.
type book struct {
	*excelize.File
	since1904 bool
	kinds     map[int]kind // of numbers, by style
}

// kind is what a number in a cell is, by its format.
type kind int

const (
	number kind = iota
	percentage
	day
	clock
	moment
)

func openXLSX(data []byte, most int64) (workbook, *diag.Problem) {
	switch {
	case bytes.HasPrefix(data, []byte(ole)) && bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d")):
		return nil, &diag.Problem{Message: "the workbook has a password", Hint: "save it without one: what a report publishes is not secret"}
	case bytes.HasPrefix(data, []byte(ole)):
		return nil, &diag.Problem{Message: "a workbook of Excel 97 to 2003", Expected: "an .xlsx file", Hint: "open it, and save it as .xlsx"}
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: most, UnzipXMLSizeLimit: most})
	if err != nil {
		if strings.Contains(err.Error(), "unzip size") {
			return nil, tooLarge(most)
		}
		return nil, &diag.Problem{Message: "the file is no .xlsx workbook, or not all of one", Hint: "open it in a spreadsheet, and save it as .xlsx"}
	}
	b := &book{File: f, kinds: map[int]kind{}}
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		b.since1904 = *p.Date1904
	}
	return b, nil
}

func (b *book) sheets() (list []sheetName) {
	for _, name := range b.GetSheetList() {
		visible, err := b.GetSheetVisible(name)
		list = append(list, sheetName{name, err != nil || !visible})
	}
	return list
}

// read reads a sheet.
func (b *book) read(ctx context.Context, name string, most int64) (*grid, *diag.Problem) {
	rows, err := b.Rows(name)
	if err != nil {
		return nil, &diag.Problem{Message: "the sheet " + diag.Quote(name) + " is not a table"}
	}
	defer rows.Close()
	g := newGrid(most)
	for rows.Next() && ctx.Err() == nil {
		cells, err := rows.Columns()
		if err != nil {
			return nil, unreadable(name)
		}
		at := len(g.rows) + 1
		for i := range cells {
			if cells[i] == "" && b.hasFormula(name, i+1, at) {
				g.blankFormula(i, at)
			}
			cells[i] = b.cell(name, i+1, at, cells[i])
		}
		if !g.add(cells, rows.GetRowOpts().Hidden) {
			return nil, tooLarge(most)
		}
	}
	if rows.Error() != nil {
		return nil, unreadable(name)
	}
	merged, err := b.GetMergeCells(name, true)
	if err != nil {
		return nil, &diag.Problem{Message: "the merged cells of the sheet " + diag.Quote(name) + " cannot be read", Hint: "unmerge them, and write the value in each"}
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, wrong := excelize.CellNameToCoordinates(m.GetEndAxis())
		if errors.Join(err, wrong) == nil {
			g.merged = append(g.merged, area{top, left, bottom, right})
		}
	}
	for column := range g.widest {
		letters, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			continue
		}
		if visible, err := b.GetColVisible(name, letters); err == nil && !visible {
			g.hiddenColumns = append(g.hiddenColumns, column)
		}
	}
	return g, nil
}

func (b *book) hasFormula(sheet string, column, row int) bool {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return false
	}
	formula, err := b.GetCellFormula(sheet, name)
	return err == nil && formula != ""
}

// cell is the value of a cell, by its own type.
func (b *book) cell(sheet string, column, row int, raw string) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return raw
	}
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return raw
	}
	switch kind, err := b.GetCellType(sheet, name); {
	case err != nil, kind == excelize.CellTypeSharedString, kind == excelize.CellTypeInlineString, kind == excelize.CellTypeFormula:
		return raw
	case kind == excelize.CellTypeBool:
		return strconv.FormatBool(value != 0)
	}
	switch b.kind(sheet, name) {
	case percentage:
		return digits(value*100) + "%"
	case day:
		return b.time(value, "2006-01-02", "2006-01-02T15:04:05")
	case moment:
		return b.time(value, "2006-01-02T15:04:05", "2006-01-02T15:04:05")
	case clock:
		if value < 1 {
			return b.time(value, "15:04:05", "15:04:05")
		}
	}
	return digits(value)
}

// digits writes a number with the 15 digits that a spreadsheet keeps, without an exponent.
func digits(value float64) string {
	kept, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		kept = value
	}
	return strconv.FormatFloat(kept, 'f', -1, 64)
}

// time writes a number of days.
func (b *book) time(value float64, whole, layout string) string {
	t, err := excelize.ExcelDateToTime(value, b.since1904)
	if err != nil {
		return digits(value)
	}
	if value == math.Trunc(value) {
		layout = whole
	}
	return t.Format(layout)
}

// kind is what the number in a cell is.
func (b *book) kind(sheet, cell string) kind {
	id, err := b.GetCellStyle(sheet, cell)
	if err != nil {
		return number
	}
	known, ok := b.kinds[id]
	if !ok {
		known = b.kindOfStyle(id)
		b.kinds[id] = known
	}
	return known
}

// builtIn are the formats of numbers that files name by a number (ECMA-376, 18.8.30), where they are of days and times.
var builtIn = map[kind][]int{
	percentage: {9, 10},
	day:        {14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58},
	clock:      {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56},
	moment:     {22},
}

func (b *book) kindOfStyle(id int) kind {
	style, err := b.GetStyle(id)
	if err != nil {
		return number
	}
	if style.CustomNumFmt == nil {
		for k, ids := range builtIn {
			if slices.Contains(ids, style.NumFmt) {
				return k
			}
		}
		return number
	}
	parser := nfp.NumberFormatParser()
	isDay, isClock := false, false
	for _, section := range parser.Parse(*style.CustomNumFmt)[:1] {
		for _, token := range section.Items {
			switch {
			case token.TType == nfp.TokenTypePercent:
				return percentage
			case token.TType == nfp.TokenTypeElapsedDateTimes:
				return number // of hours, which may be more than a day has
			case token.TType == nfp.TokenTypeDateTimes:
				isDay = isDay || strings.ContainsAny(strings.ToLower(token.TValue), "yd")
				isClock = isClock || strings.ContainsAny(strings.ToLower(token.TValue), "hs")
			}
		}
	}
	switch {
	case isDay && isClock:
		return moment
	case isDay:
		return day
	case isClock:
		return clock
	}
	return number
}
