package aggregate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/figure"
)

// read fetches the lines of the executed query and judges them.
func (a *Aggregate) read(ctx context.Context, s *spec, data *dataset.Dataset, eng *engine.Engine, problems *diag.List) error {
	_, described, err := eng.Collect(ctx, "SELECT name, type FROM pragma_table_info("+engine.Text(s.name)+") ORDER BY cid")
	if err != nil {
		return err
	}
	var values, lineage []string
	for _, row := range described {
		name, _ := row[0].(string)
		kind, _ := row[1].(string)
		if table, ok := strings.CutSuffix(name, "_rows"); ok && data.Table(table) != nil {
			if kind != "BIGINT[]" {
				s.fail(problems, diag.Problem{Line: s.sqlLine(), Message: fmt.Sprintf("column %q is a %s", name, kind), Expected: fmt.Sprintf("a list of rows, such as list(%s._row)", table)})
			}
			a.Lineage = append(a.Lineage, table)
			lineage = append(lineage, fmt.Sprintf("list_sort(list_distinct(%s))", engine.Name(name)))
			continue
		}
		column, ok := s.Columns[name]
		if !ok {
			hint := diag.Nearest(name, s.doc.Keys("columns"))
			if hint == "" {
				hint = fmt.Sprintf("add `%s: {label: …, unit: …}` to columns", name)
			}
			s.failAt(problems, diag.Problem{Message: "column " + diag.Quote(name) + " is not described", Hint: hint}, "columns")
			continue
		}
		if column.Unit == figure.USD && (kind == "DOUBLE" || kind == "FLOAT") {
			s.failAt(problems, diag.Problem{Message: "column " + diag.Quote(name) + " is money, and a float", Hint: fmt.Sprintf("keep it exact: (…)::DECIMAL(38, 2) AS %s", name)}, "columns", name)
		}
		a.Columns = append(a.Columns, Column{Name: name, Label: column.Label, Unit: column.Unit})
		values = append(values, engine.Name(name))
	}
	for _, name := range s.doc.Keys("columns") {
		if a.Column(name) < 0 {
			s.failAt(problems, diag.Problem{Message: "the SELECT yields no column " + diag.Quote(name), Hint: diag.Nearest(name, a.ColumnNames())}, "columns", name)
		}
	}
	if s.problems > 0 {
		return nil
	}

	order := "rowid" // that of its ORDER BY
	if !s.ordered && len(a.Key) > 0 {
		order = joinNames(a.Key)
	}
	_, rows, err := eng.Collect(ctx, fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", strings.Join(append(values, lineage...), ", "), engine.Name(s.name), order))
	if err != nil {
		return s.sqlProblem(err, 0, data, nil, problems)
	}
	a.lines = make(map[string]int, len(rows))
	a.Lines = make([]Line, 0, len(rows))
	for _, row := range rows {
		a.add(row, s, problems)
	}
	if len(a.Key) == 0 && len(a.Lines) != 1 && !a.Tainted {
		s.fail(problems, diag.Problem{Line: s.line, Message: fmt.Sprintf("the SELECT yields %d lines, and the aggregate has no key", len(a.Lines)), Expected: "one line, or key: with the columns that tell the lines apart"})
	}
	return nil
}

func joinNames(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = engine.Name(n)
	}
	return strings.Join(quoted, ", ")
}

// add takes one line of the result.
func (a *Aggregate) add(row []any, s *spec, problems *diag.List) {
	var line Line
	for i, c := range a.Columns {
		v, err := figure.Of(row[i])
		if err == nil && !fits(v, c.Unit) {
			err = fmt.Errorf("%s", diag.Quote(v.Raw()))
		}
		if err != nil {
			if !a.Tainted {
				p := diag.Problem{Message: "column " + diag.Quote(c.Name), Found: err.Error(), Expected: "a value of unit " + string(c.Unit)}
				if c.Unit.Numeric() {
					p.Hint = "guard a division with nullif(…, 0)"
				}
				s.failAt(problems, p, "columns", c.Name)
			}
			v = figure.Value{}
		}
		line.Values = append(line.Values, v)
	}
	for i := range a.Lineage {
		numbers, _ := row[len(a.Columns)+i].([]int64)
		line.Rows = append(line.Rows, numbers)
	}
	for _, name := range a.Key {
		v := line.Values[a.Column(name)]
		if v.IsMissing() && !a.Tainted {
			s.failAt(problems, diag.Problem{Message: "a line has no value in the key " + diag.Quote(name)}, "key")
		}
		line.Key = append(line.Key, v.Raw())
	}
	key := joinKey(line.Key)
	if _, twice := a.lines[key]; twice && len(a.Key) > 0 {
		if !a.Tainted {
			s.failAt(problems, diag.Problem{Message: "the key " + diag.Quote(strings.Join(line.Key, ",")) + " stands on two lines", Expected: "each key once", Hint: "look for a join that multiplies rows, or add a column to the key"}, "key")
		}
		return
	}
	a.lines[key] = len(a.Lines)
	a.Lines = append(a.Lines, line)
}

// fits reports whether a value can have the unit.
func fits(v figure.Value, u figure.Unit) bool {
	switch v.Kind {
	case figure.Missing:
		return true
	case figure.Number:
		return u.Numeric() || u == figure.Year
	case figure.Date:
		return u == figure.Day
	case figure.Flag:
		return u == figure.YesNo
	}
	return slices.Contains([]figure.Unit{figure.Words, figure.Year}, u)
}
