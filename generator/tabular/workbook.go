package tabular

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
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

func open(data []byte, most int64) (*book, *diag.Problem) {
	switch {
	case bytes.HasPrefix(data, []byte(ole)) && bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d")):
		return nil, &diag.Problem{Message: "the workbook has a password", Hint: "save it without one: what a report publishes is no secret"}
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

// Sheets are the names of the sheets of a workbook that are not hidden and hold something.
func Sheets(name string, data []byte, most int64) ([]string, *diag.Problem) {
	data, problem := unpack(name, data, most)
	if problem != nil {
		return nil, problem
	}
	b, problem := open(data, most)
	if problem != nil {
		return nil, problem
	}
	defer b.Close()
	var names []string
	for _, name := range b.visible() {
		rows, err := b.Rows(name)
		if err != nil {
			continue // a sheet of charts
		}
		for rows.Next() {
			if cells, err := rows.Columns(); err == nil && slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
				names = append(names, name)
				break
			}
		}
		_ = rows.Close()
	}
	if len(names) == 0 {
		return nil, &diag.Problem{Message: "the workbook is empty", Expected: "a sheet with a header and rows"}
	}
	return names, nil
}

func (b *book) visible() []string {
	return slices.DeleteFunc(b.GetSheetList(), func(name string) bool {
		visible, err := b.GetSheetVisible(name)
		return err != nil || !visible
	})
}

// choose finds the sheet that is the table: the one that is named, or the only one that is not hidden.
func (b *book) choose(part Part) (string, *diag.Problem) {
	all, visible := b.GetSheetList(), b.visible()
	switch {
	case part.SheetName != "":
		if slices.Contains(all, part.SheetName) {
			return part.SheetName, nil
		}
		return "", &diag.Problem{Message: "the workbook has no sheet " + diag.Quote(part.SheetName), Expected: "one of " + quoteAll(all), Hint: diag.Nearest(part.SheetName, all)}
	case part.SheetNumber > 0:
		if part.SheetNumber <= len(all) {
			return all[part.SheetNumber-1], nil
		}
		return "", &diag.Problem{Message: fmt.Sprintf("the workbook has no sheet %d", part.SheetNumber), Found: diag.Count(len(all), "sheet")}
	case len(visible) == 1:
		return visible[0], nil
	}
	return "", &diag.Problem{Message: "a workbook of " + diag.Count(len(visible), "sheet"), Found: quoteAll(visible), Hint: "say which is the table: \"dialect\": {\"sheetName\": " + strconv.Quote(slices.Concat(visible, all)[0]) + "}"}
}

func quoteAll(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = diag.Quote(name)
	}
	return strings.Join(quoted, ", ")
}

// sheet is the rows of a sheet, from its first.
func sheet(ctx context.Context, data []byte, part Part) (list [][]string, problems []diag.Problem) {
	b, problem := open(data, part.Most)
	if problem != nil {
		return nil, []diag.Problem{*problem}
	}
	defer b.Close()
	name, problem := b.choose(part)
	if problem != nil {
		return nil, []diag.Problem{*problem}
	}
	rows, err := b.Rows(name)
	if err != nil {
		return nil, []diag.Problem{{Message: "the sheet " + diag.Quote(name) + " is no table"}}
	}
	defer rows.Close()
	widest := 0
	formulas := map[int]*formulasOf{}
	var hidden []int
	for rows.Next() && ctx.Err() == nil {
		cells, err := rows.Columns()
		if err != nil {
			return nil, []diag.Problem{{Message: "the sheet " + diag.Quote(name) + " cannot be read", Hint: "open it in a spreadsheet, and save it again"}}
		}
		at := len(list) + 1
		for i := range cells {
			if cells[i] == "" && b.hasFormula(name, i+1, at) {
				if formulas[i] == nil {
					formulas[i] = &formulasOf{first: at}
				}
				formulas[i].blank++
			}
			cells[i] = b.cell(name, i+1, at, cells[i])
		}
		if rows.GetRowOpts().Hidden && slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			hidden = append(hidden, at)
		}
		widest = max(widest, len(cells))
		list = append(list, cells)
	}
	if err := rows.Error(); err != nil {
		return nil, []diag.Problem{{Message: "the sheet " + diag.Quote(name) + " cannot be read", Hint: "open it in a spreadsheet, and save it again"}}
	}
	for i := range list {
		list[i] = append(list[i], make([]string, widest-len(list[i]))...)
	}
	problems = append(problems, uncomputed(list, formulas)...)
	if len(hidden) > 0 {
		problems = append(problems, diag.Problem{Line: hidden[0], Message: diag.Count(len(hidden), "hidden row"), Hint: "show them, as the table counts them, or delete them: a filter hides rows too"})
	}
	list, problem = b.unmerge(name, list)
	if problem != nil {
		problems = append(problems, *problem)
	}
	return b.withoutHidden(name, list), problems
}

// formulasOf are those of a column that have no value.
type formulasOf struct{ first, blank int }

// uncomputed are the problems of columns whose formulas were never computed, as scripts write them. Where a column has values below
// the first of them, a blank is what that formula comes to.
func uncomputed(list [][]string, formulas map[int]*formulasOf) (problems []diag.Problem) {
	for _, i := range slices.Sorted(maps.Keys(formulas)) {
		f, values := formulas[i], 0
		for _, row := range list[f.first-1:] {
			if row[i] != "" {
				values++
			}
		}
		if values == 0 {
			problems = append(problems, diag.Problem{Line: f.first, Column: i + 1, Message: "a formula that was never computed", Hint: "open the workbook in a spreadsheet, and save it again"})
		}
	}
	return problems
}

func (b *book) hasFormula(sheet string, column, row int) bool {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return false
	}
	formula, err := b.GetCellFormula(sheet, name)
	return err == nil && formula != ""
}

// unmerge gives each cell of merged ones the value of the first.
func (b *book) unmerge(name string, list [][]string) ([][]string, *diag.Problem) {
	merged, err := b.GetMergeCells(name, true)
	if err != nil {
		return list, &diag.Problem{Message: "the merged cells of the sheet " + diag.Quote(name) + " cannot be read", Hint: "unmerge them, and write the value in each"}
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, wrong := excelize.CellNameToCoordinates(m.GetEndAxis())
		if errors.Join(err, wrong) != nil || top > len(list) || left > len(list[top-1]) {
			continue
		}
		for row := top; row <= min(bottom, len(list)); row++ {
			for column := left; column <= min(right, len(list[row-1])); column++ {
				list[row-1][column-1] = list[top-1][left-1]
			}
		}
	}
	return list, nil
}

// withoutHidden blanks the hidden columns: who hid them did not mean to publish them. A column that the data package
// describes is then missing, and said so.
func (b *book) withoutHidden(name string, list [][]string) [][]string {
	if len(list) == 0 {
		return list
	}
	for column := range list[0] {
		letters, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			continue
		}
		if visible, err := b.GetColVisible(name, letters); err != nil || visible {
			continue
		}
		for row := range list {
			list[row][column] = ""
		}
	}
	return list
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
