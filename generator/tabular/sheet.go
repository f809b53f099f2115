package tabular

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

// workbook is a file of sheets.
type workbook interface {
	sheets() []sheetName
	read(ctx context.Context, sheet string, most int64) (*grid, *diag.Problem)
	Close() error
}

type sheetName struct {
	name   string
	hidden bool
}

func open(ext string, data []byte, most int64) (workbook, *diag.Problem) {
	if ext == ".ods" {
		return openODS(data, most)
	}
	return openXLSX(data, most)
}

// Sheets are the names of the sheets of a workbook that are not hidden and hold something.
func Sheets(name string, data []byte, most int64) ([]string, *diag.Problem) {
	data, problem := unpack(name, data, most)
	if problem != nil {
		return nil, problem
	}
	b, problem := open(Extension(name), data, most)
	if problem != nil {
		return nil, problem
	}
	defer b.Close()
	var names []string
	for _, s := range b.sheets() {
		if s.hidden {
			continue
		}
		if g, problem := b.read(context.Background(), s.name, most); problem == nil && slices.ContainsFunc(g.rows, hasValue) {
			names = append(names, s.name)
		}
	}
	if len(names) == 0 {
		return nil, &diag.Problem{Message: "the workbook is empty", Expected: "a sheet with a header and rows"}
	}
	return names, nil
}

// fromSheet is the rows of a sheet, from its first, and its name.
func fromSheet(ctx context.Context, ext string, data []byte, part Part) (rows [][]string, sheet string, problems []diag.Problem) {
	b, problem := open(ext, data, part.Most)
	if problem != nil {
		return nil, "", []diag.Problem{*problem}
	}
	defer b.Close()
	if sheet, problem = choose(b.sheets(), part); problem != nil {
		return nil, "", []diag.Problem{*problem}
	}
	g, problem := b.read(ctx, sheet, part.Most)
	if problem != nil {
		return nil, sheet, []diag.Problem{*problem}
	}
	rows, problems = g.table()
	return rows, sheet, problems
}

// choose finds the sheet that is the table: the one that is named, or the only one that is not hidden.
func choose(sheets []sheetName, part Part) (string, *diag.Problem) {
	var all, visible []string
	for _, s := range sheets {
		all = append(all, s.name)
		if !s.hidden {
			visible = append(visible, s.name)
		}
	}
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
	case len(all) == 0:
		return "", &diag.Problem{Message: "the workbook has no sheet"}
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

func unreadable(sheet string) *diag.Problem {
	return &diag.Problem{Message: "the sheet " + diag.Quote(sheet) + " cannot be read", Hint: "open it in a spreadsheet, and save it again"}
}

// grid is a sheet as it is read.
type grid struct {
	rows          [][]string
	merged        []area
	hiddenColumns []int // from 0

	hidden   []int               // rows with values, from 1
	formulas map[int]*formulasOf // without a value, by column from 0
	widest   int
	room     int64 // for what is yet to come, in bytes
}

// area is merged cells, from 1.
type area struct{ top, left, bottom, right int }

// formulasOf are those of a column that have no value.
type formulasOf struct{ first, blank int }

func newGrid(most int64) *grid { return &grid{formulas: map[int]*formulasOf{}, room: most} }

// cellSize is what a cell without text takes.
const cellSize = 16

// add adds a row; not ok where the sheet is larger than a file may be: few bytes can repeat a cell very often.
func (g *grid) add(cells []string, hidden bool) bool {
	if hidden && hasValue(cells) {
		g.hidden = append(g.hidden, len(g.rows)+1)
	}
	g.widest = max(g.widest, len(cells))
	for _, cell := range cells {
		g.room -= int64(len(cell))
	}
	g.rows = append(g.rows, cells)
	return int64(len(g.rows))*int64(g.widest)*cellSize <= g.room
}

func hasValue(row []string) bool {
	return slices.ContainsFunc(row, func(cell string) bool { return cell != "" })
}

// blankFormula remembers a formula without a value, of a column from 0 in a row from 1.
func (g *grid) blankFormula(column, row int) {
	if g.formulas[column] == nil {
		g.formulas[column] = &formulasOf{first: row}
	}
	g.formulas[column].blank++
}

// table is the rows, all of one width, and what is wrong with them.
func (g *grid) table() (rows [][]string, problems []diag.Problem) {
	for i := range g.rows {
		g.rows[i] = append(g.rows[i], make([]string, g.widest-len(g.rows[i]))...)
	}
	problems = g.uncomputed()
	if len(g.hidden) > 0 {
		problems = append(problems, diag.Problem{Line: g.hidden[0], Message: diag.Count(len(g.hidden), "hidden row"), Hint: "show them, as the table counts them, or delete them: a filter hides rows too"})
	}
	g.unmerge()
	for _, column := range g.hiddenColumns { // who hid them did not mean to publish them; one that is described is then missing, and said so
		for _, row := range g.rows {
			if column < len(row) {
				row[column] = ""
			}
		}
	}
	return g.rows, problems
}

// uncomputed are the problems of columns whose formulas were never computed, as scripts write them. Where a column has values below
// the first of them, a blank is what that formula comes to.
func (g *grid) uncomputed() (problems []diag.Problem) {
	for _, i := range slices.Sorted(maps.Keys(g.formulas)) {
		first := g.formulas[i].first
		if !slices.ContainsFunc(g.rows[first-1:], func(row []string) bool { return row[i] != "" }) {
			problems = append(problems, diag.Problem{Line: first, Column: i + 1, Message: "a formula that was never computed", Hint: "open the workbook in a spreadsheet, and save it again"})
		}
	}
	return problems
}

// unmerge gives each cell of merged ones the value of the first.
func (g *grid) unmerge() {
	for _, m := range g.merged {
		if m.top > len(g.rows) || m.left > g.widest {
			continue
		}
		for row := m.top; row <= min(m.bottom, len(g.rows)); row++ {
			for column := m.left; column <= min(m.right, g.widest); column++ {
				g.rows[row-1][column-1] = g.rows[m.top-1][m.left-1]
			}
		}
	}
}
