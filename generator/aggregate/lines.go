package aggregate

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
)

// readColumns checks the columns of the result. It returns the places of the values
// and of the lineage among them.
func (a *Aggregate) readColumns(s *spec, columns []engine.Column, data *dataset.Dataset, problems *diag.List) (values, lineage []int) {
	for i, c := range columns {
		if table, ok := strings.CutSuffix(c.Name, "_rows"); ok && data.Table(table) != nil {
			if c.Type != "BIGINT[]" {
				s.fail(problems, diag.Problem{Line: s.sqlLine(), Message: fmt.Sprintf("column %q is a %s", c.Name, c.Type), Expected: fmt.Sprintf("a list of rows, such as list(%s._row)", table)})
			}
			a.Lineage = append(a.Lineage, table)
			lineage = append(lineage, i)
			continue
		}
		if a.readColumn(s, c, data, problems) {
			values = append(values, i)
		}
	}
	for _, name := range s.doc.Keys("columns") {
		if a.Column(name) < 0 {
			s.failAt(problems, diag.Problem{Message: "the SELECT yields no column " + diag.Quote(name), Hint: diag.Nearest(name, a.ColumnNames())}, "columns", name)
		}
	}
	for i := range a.Columns {
		a.readPrecision(s, i, problems)
	}
	return values, lineage
}

// readColumn checks a column of values, and reports whether it is described.
func (a *Aggregate) readColumn(s *spec, c engine.Column, data *dataset.Dataset, problems *diag.List) bool {
	described, ok := s.Columns[c.Name]
	if !ok {
		hint := diag.Nearest(c.Name, s.doc.Keys("columns"))
		if hint == "" {
			hint = fmt.Sprintf("add `%s: {label: …, unit: …}` to columns", c.Name)
		}
		if first, ok := strings.CutSuffix(c.Name, "_1"); ok && a.Column(first) >= 0 {
			hint = "two columns named " + diag.Quote(first) + " make one of this name: leave one out, or name it with AS"
		}
		s.failAt(problems, diag.Problem{Message: "column " + diag.Quote(c.Name) + " is not described", Hint: hint}, "columns")
		return false
	}
	unit, _ := data.Units().Find(described.Unit)
	if way := wayOut(c); way != "" && !(c.Type == "TIMESTAMP" && unit.HasTime()) {
		s.failAt(problems, diag.Problem{Message: fmt.Sprintf("column %s is a %s, which a report cannot show", diag.Quote(c.Name), shortType(c.Type)), Hint: way}, "columns", c.Name)
	}
	if unit.Exact() && (c.Type == "DOUBLE" || c.Type == "FLOAT") {
		s.failAt(problems, diag.Problem{Message: "column " + diag.Quote(c.Name) + " is money, and a float", Hint: fmt.Sprintf("keep it exact: (…)::DECIMAL(38, 2) AS %s", c.Name)}, "columns", c.Name)
	}
	a.Columns = append(a.Columns, Column{Name: c.Name, Label: described.Label, Unit: unit})
	return true
}

// readLines checks the rows of the result, and makes lines of them. It returns the rows
// of tables that some of them list more than once.
func (a *Aggregate) readLines(s *spec, rows [][]any, values, lineage []int, data *dataset.Dataset, problems *diag.List) (found []twice) {
	if !a.Tainted {
		a.checkTexts(s, rows, values, problems)
	}
	for _, row := range rows {
		var t twice
		a.Rows = append(a.Rows, a.line(row, values, lineage, s, &t, data, problems))
		if t.tables != nil {
			t.key = strings.Join(a.Rows[len(a.Rows)-1].Key, ",")
			found = append(found, t)
		}
	}
	if !s.ordered {
		a.sort()
	}
	a.fitUnits(s, problems)
	a.index(s)
	s.addAlike(problems)
	if len(a.Key) == 0 && len(a.Rows) != 1 && !a.Tainted {
		s.fail(problems, diag.Problem{Line: s.line, Message: fmt.Sprintf("the SELECT yields %d lines, and the aggregate has no key", len(a.Rows)), Expected: "one line, or key: with the columns that tell the lines apart"})
	}
	return found
}

// fitUnits gives each column the decimals that its values need, and asks about those
// that do not look like their unit.
func (a *Aggregate) fitUnits(s *spec, problems *diag.List) {
	for i := range a.Columns {
		c := &a.Columns[i]
		var values []quantity.Value
		for _, row := range a.Rows {
			values = append(values, row.Values[i])
		}
		c.Unit = c.Unit.For(values)
		if low, high, ok := c.Unit.Doubt(values); ok && !s.Columns[c.Name].Small && !a.Tainted {
			s.failAt(problems, diag.Problem{
				Message: "column " + diag.Quote(c.Name) + " looks like shares of 1, and its unit is " + c.Unit.String(), Found: low.Raw() + " to " + high.Raw(),
				Expected: "12.4 for 12.4 percent", Hint: "write unit: share, of which 0.124 reads 12.4 percent; or small: true, if less than one percent is meant",
			}, "columns", c.Name, "unit")
		}
	}
}

// readPrecision finds the column that says how exact another is.
func (a *Aggregate) readPrecision(s *spec, column int, problems *diag.List) {
	c := &a.Columns[column]
	name := s.Columns[c.Name].Precision
	if name == "" {
		return
	}
	c.PrecisionIn = 1 + a.Column(name)
	if c.PrecisionIn == 0 || !a.Columns[c.PrecisionIn-1].Unit.IsText() {
		var texts []string
		for _, other := range a.Columns {
			if other.Unit.IsText() {
				texts = append(texts, other.Name)
			}
		}
		s.failAt(problems, diag.Problem{Message: "precision " + diag.Quote(name), Expected: "a column of unit text", Hint: diag.Nearest(name, texts)}, "columns", c.Name, "precision")
	}
}

// sort orders the lines by their key: texts as a reader of the language expects them.
func (a *Aggregate) sort() {
	var by []func(l, m Row) int
	for _, name := range a.Key {
		i := a.Column(name)
		of := func(l Row) quantity.Value { return l.Values[i] }
		compare := func(l, m Row) int { return of(l).Compare(of(m)) }
		if a.Columns[i].Unit.IsText() {
			var texts []string
			for _, l := range a.Rows {
				texts = append(texts, of(l).Raw())
			}
			order := a.Columns[i].Unit.Language().Order(texts)
			compare = func(l, m Row) int {
				if of(l).IsMissing() || of(m).IsMissing() {
					return of(l).Compare(of(m))
				}
				return order(of(l).Raw(), of(m).Raw())
			}
		}
		by = append(by, compare)
	}
	slices.SortStableFunc(a.Rows, func(l, m Row) int {
		for _, compare := range by {
			if c := compare(l, m); c != 0 {
				return c
			}
		}
		return 0
	})
}

// index makes lines to be found by their keys, and knows whether they are all.
func (a *Aggregate) index(s *spec) {
	a.Cut = s.limit > 0 && len(a.Rows) == s.limit
	a.byKey = make(map[string]int, len(a.Rows))
	for i, line := range a.Rows {
		key := joinKey(line.Key)
		if _, twice := a.byKey[key]; !twice {
			a.byKey[key] = i
		}
	}
}

// line makes a line of a row of the result.
func (a *Aggregate) line(row []any, values, lineage []int, s *spec, t *twice, data *dataset.Dataset, problems *diag.List) Row {
	var line Row
	for i, c := range a.Columns {
		v, err := quantity.NewValue(row[values[i]])
		p := diag.Problem{Message: "column " + diag.Quote(c.Name), Expected: "a value of unit " + c.Unit.String()}
		read, ok := c.Unit.Of(v)
		switch {
		case err != nil: // no number
			p.Found, p.Hint = err.Error(), "guard a division with nullif(…, 0)"
		case !ok:
			p.Found = diag.Quote(v.Raw())
			if month, _ := data.Units().Find("month"); v.Kind == quantity.Text && c.Unit.IsDate() {
				if _, isMonth := month.Of(v); isMonth {
					p.Hint = "write unit: month"
				}
			}
		}
		v = read
		if p.Found != "" {
			if !a.Tainted {
				s.failRow(p.Message, p, "columns", c.Name)
			}
			v = quantity.Value{}
		}
		line.Values = append(line.Values, v)
	}
	for i, c := range a.Columns {
		if p := a.Precision(&line, i); !p.Known() && !a.Tainted {
			s.failRow("the precision of column "+diag.Quote(c.Name), diag.Problem{Message: "column " + diag.Quote(c.Name), Found: "the precision " + diag.Quote(string(p)), Expected: "one of " + strings.Join(quantity.Precisions(), ", "), Hint: diag.Nearest(string(p), quantity.Precisions())}, "columns", c.Name, "precision")
		}
	}
	for j, i := range lineage {
		numbers, _ := row[i].(listed)
		t.add(a.Lineage[j], numbers)
		line.Lineage = append(line.Lineage, numbers.rows)
	}
	for _, name := range a.Key {
		line.Key = append(line.Key, line.Values[a.Column(name)].Raw())
	}
	return line
}
