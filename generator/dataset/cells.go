package dataset

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
	"broadsheet/generator/tabular"
)

// Cell is a text of a table.
type Cell struct {
	Row   int64 // in a spreadsheet
	Field string
	Text  string
}

// At places a problem at a cell.
func (t *Table) At(c Cell, p diag.Problem) diag.Problem {
	p.Line, p.Column, p.Field = int(c.Row), t.Place(c.Field), c.Field
	return t.InFile(p)
}

// RowName is what a row, or two, is in its file, by its number in the table: "row 3", "lines 3 and 4" of a text, or "object 2" of JSON.
func (t *Table) RowName(numbers ...int64) string {
	var list []string
	counts := ""
	for _, n := range numbers {
		p := t.InFile(diag.Problem{Line: int(n)})
		counts, list = cmp.Or(p.Counts, "row"), append(list, strconv.Itoa(p.Line))
	}
	if len(list) > 1 {
		counts += "s"
	}
	return counts + " " + strings.Join(list, " and ")
}

// InFile places a problem at a row and a column of the table in its file, as an editor finds it there.
func (t *Table) InFile(p diag.Problem) diag.Problem {
	p.File, p.Sheet = t.File(), t.Sheet
	if p.Line == 0 || p.Counts != "" {
		return p
	}
	widths := t.Dialect.Widths
	switch ext := tabular.Extension(t.Path); {
	case len(widths) > 0:
		p.Counts = "line"
		before := 1
		for _, width := range widths[:min(max(p.Column-1, 0), len(widths))] {
			before += width
		}
		if p.Column > 0 {
			p.Column = before
		}
	case ext == ".json", ext == ".parquet":
		p.Counts, p.Column = map[string]string{".json": "object", ".parquet": "row"}[ext], 0
		if p.Line--; p.Line == 0 { // the header, which is names
			p.Counts = ""
		}
	case ext == ".jsonl":
		p.Counts, p.Column = "line", 0
		p.Line = max(p.Line-1, 0)
	}
	return p
}

// Problem places a problem in the data package.
func (d *Dataset) Problem(p diag.Problem, path ...any) diag.Problem { return d.doc.Problem(p, path...) }

// TextFields are the columns of texts, but for private ones.
func (t *Table) TextFields() (fields []Field) {
	for _, f := range t.Fields {
		if f.Type == "string" && f.Unit.IsText() {
			fields = append(fields, f)
		}
	}
	return fields
}

// TextsWith lists the texts of the table that hold a part.
func (t *Table) TextsWith(ctx context.Context, part string) (cells []Cell, err error) {
	fields := t.TextFields()
	if len(fields) == 0 {
		return nil, nil
	}
	var rows []Row
	if t.Rows <= Shown {
		rows, err = t.Head()
	} else {
		var holds []string
		for _, f := range fields {
			holds = append(holds, "contains("+engine.Name(f.Name)+", "+engine.Text(part)+")")
		}
		rows, err = t.readRows(ctx, "WHERE "+strings.Join(holds, " OR "), t.Rows)
	}
	for _, row := range rows {
		for i, f := range t.Fields {
			if v := row.Values[i]; v.Kind == quantity.Text && strings.Contains(v.Raw(), part) && slices.ContainsFunc(fields, func(o Field) bool { return o.Name == f.Name }) {
				cells = append(cells, Cell{int64(row.Number), f.Name, v.Raw()})
			}
		}
	}
	return cells, err
}

// DistinctTexts lists each text of a column once, in the first of its rows, so many at most.
func (t *Table) DistinctTexts(ctx context.Context, field string, most int) (cells []Cell, err error) {
	if t.Rows <= Shown {
		rows, err := t.Head()
		i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == field })
		seen := map[string]bool{}
		for _, row := range rows {
			if v := row.Values[i]; v.Kind == quantity.Text && !seen[v.Raw()] {
				seen[v.Raw()] = true
				cells = append(cells, Cell{int64(row.Number), field, v.Raw()})
			}
		}
		return cells, err
	}
	name := engine.Name(field)
	query := fmt.Sprintf("SELECT min(_row) AS first, %s FROM %s WHERE %s IS NOT NULL GROUP BY 2 ORDER BY 1 LIMIT %d", name, engine.Name(t.Name), name, most)
	_, err = t.engine.Each(ctx, query, func(row []any) error {
		number, _ := row[0].(int64)
		text, _ := row[1].(string)
		cells = append(cells, Cell{number, field, text})
		return nil
	})
	return cells, err
}
