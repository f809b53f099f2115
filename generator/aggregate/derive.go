package aggregate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/memo"
	"broadsheet/generator/quantity"
)

// derive follows each column back to the tables, and checks that no value is typed in
// the query.
func (l *loader) derive(ctx context.Context, s *execution, a *Aggregate, columns []engine.Column, values []int) (*engine.Derivation, error) {
	d, err := l.derivation(ctx, s)
	if err != nil {
		return nil, err
	}
	if len(d.Outputs) == len(columns) { // the engine names what has no name
		for i, c := range columns {
			d.Outputs[i].Name = strings.ToLower(c.Name)
		}
	}
	for i, c := range a.Columns {
		o, _ := d.Output(columns[values[i]].Name)
		a.Columns[i].From = l.from(o)
		a.Columns[i].Definition = s.Definitions[c.Name]
		a.Columns[i].Texts = o.Texts
		if p := a.typed(s.spec, &a.Columns[i], o); p != nil && !a.Tainted {
			if c := &a.Columns[i]; c.Definition == "" {
				s.fail(l.problems, *p)
			}
		} else if _, waived := s.Definitions[c.Name]; waived && (len(o.Reads) > 0 || c.Unit.IsText()) && !a.Tainted {
			s.failAt(l.problems, diag.Problem{Message: "column " + diag.Quote(c.Name) + " shows no number that the query types", Hint: "remove it from by definition"}, definitions, c.Name)
		}
	}
	if len(d.Limits) > 0 {
		if a.Limit == "" && !a.Tainted {
			s.fail(l.problems, s.at(diag.Problem{
				Message: "how many rows the query takes is typed in it", Found: d.Limits[0].Text,
				Hint: "let a condition on the values choose them, or say who chose the number in the head: " + definitions + ": {" + limited + ": …}",
			}, d.Limits[0].Offset))
		}
	} else if _, waived := s.Definitions[limited]; waived && a.Column(limited) < 0 && !a.Tainted {
		s.failAt(l.problems, diag.Problem{Message: "the query has no LIMIT above 1", Hint: "remove it from " + definitions}, definitions, limited)
	}
	return d, nil
}

func (l *loader) derivation(ctx context.Context, s *execution) (*engine.Derivation, error) {
	return remember(l, "derivation", s, func() (*engine.Derivation, error) { return l.engine.Derive(ctx, s.sql, l.relations(s)) })
}

// limited is the name by which the head defines how many rows a query takes.
const limited = "limit"

// remember is what the engine makes of the text of a query, and of the names and keys in what it reads: a change of a value
// leaves all of that as it is.
func remember[T any](l *loader, kind string, s *execution, f func() (T, error)) (T, error) {
	key, err := l.textKey(s)
	if err != nil {
		var none T
		return none, err
	}
	return memo.Do(l.answers, kind, key, f)
}

// keepAll keeps what is remembered of a query though its result is known, so that it is there when a value changes.
func (l *loader) keepAll(s *execution) error {
	key, err := l.textKey(s)
	for _, kind := range []string{"derivation", "variants-true", "variants-false"} {
		l.answers.Keep(kind, key)
	}
	return err
}

func (l *loader) textKey(s *execution) (memo.Key, error) {
	inputs := []any{s.sql}
	relations := l.relations(s)
	for _, name := range slices.Sorted(maps.Keys(relations)) {
		inputs = append(inputs, name, relations[name].Columns)
		for _, key := range relations[name].Keys {
			inputs = append(inputs, key)
		}
	}
	return memo.KeyOf(inputs...)
}

// relations is what the query reads, as it sees it.
func (l *loader) relations(s *execution) map[string]engine.Relation {
	relations := map[string]engine.Relation{}
	for _, read := range s.reads {
		if t := l.data.Table(read); t != nil {
			r := engine.Relation{Columns: []string{"_row"}, Keys: [][]string{{"_row"}}}
			if key := t.Schema.PrimaryKey; len(key) > 0 {
				r.Keys = append(r.Keys, lower(key))
			}
			for _, key := range t.Schema.UniqueKeys {
				r.Keys = append(r.Keys, lower(key))
			}
			for _, f := range t.Fields {
				r.Columns = append(r.Columns, strings.ToLower(f.Name))
				if f.Constraints.Unique {
					r.Keys = append(r.Keys, lower([]string{f.Name}))
				}
			}
			relations[read] = r
		} else if other := l.specs[read]; other != nil && other.result != nil {
			relations[read] = engine.Relation{Columns: lower(slices.Concat(other.result.ColumnNames(), lineageNames(other.result))), Keys: [][]string{lower(other.result.Key)}}
		}
	}
	return relations
}

func lower(names []string) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		list = append(list, strings.ToLower(name))
	}
	return list
}

func lineageNames(a *Aggregate) []string {
	var names []string
	for _, table := range a.Lineage {
		names = append(names, table+"_rows")
	}
	return names
}

// from is, for each table from which an expression is computed, the columns; none
// where rows are only counted. It is nil where that cannot be told.
func (l *loader) from(o engine.Origin) map[string][]string {
	if o.Unknown {
		return nil
	}
	from := map[string][]string{}
	for _, read := range o.Reads {
		for table, columns := range l.fromColumn(read) {
			if columns == nil {
				return nil
			}
			from[table] = append(from[table], columns...)
		}
	}
	for table, columns := range from {
		slices.Sort(columns)
		from[table] = slices.Compact(columns)
	}
	return from
}

// fromColumn is from for a column of a table or an aggregate. A nil list says that it
// cannot be told.
func (l *loader) fromColumn(read engine.Ref) map[string][]string {
	if t := l.data.Table(read.Relation); t != nil {
		columns := []string{}
		for _, f := range t.Fields {
			if strings.EqualFold(f.Name, read.Column) {
				columns = append(columns, f.Name)
			}
		}
		return map[string][]string{t.Name: columns}
	}
	a := l.specs[read.Relation].result
	from := map[string][]string{}
	for _, table := range a.Lineage {
		if strings.EqualFold(table+"_rows", read.Column) {
			return map[string][]string{table: {}}
		}
	}
	if read.Column == "" { // its rows are those of its key
		for _, name := range a.Key {
			for table := range a.Columns[a.Column(name)].From {
				from[table] = []string{}
			}
		}
		if len(from) == 0 {
			for _, table := range a.Lineage {
				from[table] = []string{}
			}
		}
		return from
	}
	for _, c := range a.Columns {
		if strings.EqualFold(c.Name, read.Column) {
			if c.From == nil {
				return map[string][]string{"": nil}
			}
			return c.From
		}
	}
	return from
}

const definitions = "by definition"

// typed is the problem of a column that shows a number typed in the query, or one
// computed with such a number.
func (a *Aggregate) typed(s *spec, c *Column, o engine.Origin) *diag.Problem {
	if slices.Contains(a.Key, c.Name) {
		return nil
	}
	p := diag.Problem{Hint: fmt.Sprintf("take it from a table, or say who defines it in the head: %s: {%s: …}", definitions, c.Name)}
	if c.Unit.IsText() {
		for _, number := range slices.Concat(o.Joined, o.Digits) {
			if !year.MatchString(number.Text) {
				p.Message = "column " + diag.Quote(c.Name) + " says a number that is typed in the query"
				p.Found, p.Expected = number.Text, "numbers from tables"
				p = s.at(p, number.Offset)
				return &p
			}
		}
		return nil
	}
	if o.Typed {
		p.Message, p.Expected = "column "+diag.Quote(c.Name)+" is typed in the query", "a value that is computed from a table"
		p.Line, p.Column = s.doc.At("columns", c.Name)
		if len(o.Values) > 0 {
			p = s.at(p, o.Values[0].Offset)
		}
		return &p
	}
	if !c.Unit.Numeric() {
		return nil
	}
	for _, part := range []struct {
		numbers []engine.Literal
		common  []string
	}{{o.Factors, scales}, {o.Shifts, limits}, {o.Values, limits}} {
		for _, number := range part.numbers {
			if !slices.Contains(part.common, number.Text) {
				p.Message = "column " + diag.Quote(c.Name) + " is computed with a number that is typed in the query"
				p.Found, p.Expected = number.Text, "numbers from tables"
				p = s.at(p, number.Offset)
				return &p
			}
		}
	}
	return nil
}

// scales and limits are numbers that say nothing of the world: those of units, halves and doubles, of the clock and the
// calendar; and none, one and all.
var scales = []string{
	"0", "1", "2", "0.5", "10", "100", "1000", "10000", "100000", "1000000", "1000000000", "1000000000000", "0.1", "0.01", "0.001", "0.0001", "0.00001", "0.000001",
	"7", "12", "24", "52", "60", "365", "366", "3600", "86400",
}

var limits = []string{"0", "1", "100"}

// year is none that a text counts.
var year = regexp.MustCompile(`^(?:19|20)\d\d$`)

// twice is, for a row of the result, those rows of tables that are behind it more than
// once.
type twice struct {
	key    string             // as messages say it
	tables map[string][]int64 // at most two of each
}

// add notes the rows that a list has more than once.
func (t *twice) add(table string, l listed) {
	if l.twice == nil {
		return
	}
	if t.tables == nil {
		t.tables = map[string][]int64{}
	}
	t.tables[table] = l.twice
}

// listed is a list of rows of a table.
type listed struct {
	rows  RowNumbers
	twice []int64 // those that it has more than once: the first two
}

// packRows sorts the numbers.
func packRows(numbers []int64) listed {
	l := listed{rows: NumberRows(numbers...)}
	for i := 1; i < len(numbers) && len(l.twice) < 2; i++ {
		if numbers[i] == numbers[i-1] && (i < 2 || numbers[i] != numbers[i-2]) {
			l.twice = append(l.twice, numbers[i])
		}
	}
	return l
}

// checkRepeats adds a problem for each table of which a row is behind a sum, a count
// or a mean more than once: a join has multiplied it.
func (l *loader) checkRepeats(ctx context.Context, s *execution, a *Aggregate, d *engine.Derivation, found []twice) error {
	if a.Tainted {
		return nil
	}
	calls := a.calls(l, d)
	if len(calls) == 0 {
		found = nil
	} else if d.Varied || len(found) > 0 {
		varied, err := l.repeats(ctx, s, a)
		var said *engine.Error
		switch {
		case errors.As(err, &said): // a variant that cannot be run
		case err != nil:
			return err
		case varied != nil:
			found = varied
		}
	}
	reported, needed := map[string]bool{}, map[string]bool{}
	for _, line := range found {
		for _, call := range calls {
			if !slices.ContainsFunc(call.tables, func(table string) bool { return line.tables[table] == nil }) {
				table := call.tables[0]
				if needed[table] = true; s.Repeats[table] == "" && !reported[table] {
					reported[table] = true
					s.fail(l.problems, s.multiplied(l.data.Table(table), line, call.column, d))
				}
			}
		}
	}
	for _, table := range s.doc.Keys("repeats") {
		switch {
		case !slices.Contains(a.Lineage, table):
			s.failAt(l.problems, diag.Problem{Message: "repeats " + diag.Quote(table), Expected: "a table of which the SELECT lists rows", Hint: diag.Nearest(table, a.Lineage)}, "repeats", table)
		case !needed[table]:
			s.failAt(l.problems, diag.Problem{Message: "no row of " + diag.Quote(table) + " counts more than once", Hint: "remove it from repeats"}, "repeats", table)
		}
	}
	return nil
}

// multiplied is the problem of a row that counts more than once.
func (s *spec) multiplied(t *dataset.Table, line twice, column string, d *engine.Derivation) diag.Problem {
	table := t.Name
	p := diag.Problem{Message: fmt.Sprintf("rows of %q count more than once in column %q", table, column), Expected: "each row once"}
	with := "the other table"
	p = s.at(p, -1)
	if len(d.Joins) > 0 {
		if join := d.Joins[0]; join.With != table {
			with = diag.Quote(join.With)
		} else if join.Left != "" {
			with = diag.Quote(join.Left)
		}
		p.Message = fmt.Sprintf("the join with %s makes rows of %q count more than once in column %q", with, table, column)
		p = s.at(p, d.Joins[0].Offset)
	}
	rows := line.tables[table]
	p.Found = t.RowName(rows[0])
	if len(rows) > 1 {
		p.Found = t.RowName(rows[0], rows[1])
	}
	p.Found += " of " + t.File()
	if line.key != "" {
		p.Found += " behind " + diag.Quote(line.key)
	}
	p.Hint = fmt.Sprintf("join by columns that name one row of %s, or add up before the join; where it is meant, write repeats: {%s: the reason}", with, table)
	return p
}

// call is a sum, a count or a mean in a column, and the tables whose rows it takes, of
// those of which the query lists rows.
type call struct {
	column string
	tables []string
}

func (a *Aggregate) calls(l *loader, d *engine.Derivation) []call {
	var calls []call
	for _, c := range a.Columns {
		o, known := d.Output(c.Name)
		if !known || o.Unknown {
			if len(a.Lineage) > 0 && len(d.Joins) > 0 {
				for _, table := range a.Lineage {
					calls = append(calls, call{c.Name, []string{table}})
				}
			}
			continue
		}
		for _, reads := range o.Counts {
			var tables []string
			for table := range l.from(engine.Origin{Reads: reads}) {
				if slices.Contains(a.Lineage, table) {
					tables = append(tables, table)
				}
			}
			if len(tables) > 0 {
				slices.Sort(tables)
				calls = append(calls, call{c.Name, tables})
			}
		}
	}
	return calls
}

// repeats looks for rows behind a row more than once in the variants of the query. The
// rows of a table that rows of an aggregate share are not among them. It is nil where
// there are no variants.
func (l *loader) repeats(ctx context.Context, s *execution, a *Aggregate) ([]twice, error) {
	own, err := l.vary(ctx, s, a, true)
	if len(own) == 0 || err != nil {
		return own, err
	}
	listed, err := l.vary(ctx, s, a, false)
	for i := range listed {
		maps.DeleteFunc(listed[i].tables, func(table string, _ []int64) bool {
			return !slices.ContainsFunc(own, func(t twice) bool { return t.key == listed[i].key && t.tables[table] != nil })
		})
	}
	return listed, err
}

func (l *loader) vary(ctx context.Context, s *execution, a *Aggregate, own bool) ([]twice, error) {
	variants, err := remember(l, "variants-"+strconv.FormatBool(own), s, func() ([]string, error) {
		return l.engine.Variants(ctx, s.sql, l.relations(s), own)
	})
	if len(variants) == 0 || err != nil {
		return nil, err
	}
	found := []twice{}
	for _, variant := range variants {
		columns, rows, err := l.engine.Collect(ctx, variant)
		if err != nil {
			return nil, err
		}
		place := map[string]int{}
		for i, c := range columns {
			place[c.Name] = i
		}
		for _, row := range rows {
			var t twice
			for _, table := range a.Lineage {
				numbers, _ := row[place[table+"_rows"]].([]int64)
				t.add(table, packRows(numbers))
			}
			if t.tables != nil {
				var key []string
				for _, name := range a.Key {
					v, err := quantity.NewValue(row[place[name]])
					if err != nil {
						return nil, err
					}
					key = append(key, v.Raw())
				}
				t.key = strings.Join(key, ",")
				found = append(found, t)
			}
		}
	}
	return found, nil
}
