package aggregate

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// checkKeys checks that the key tells the rows apart. What is wrong with a key is mostly wrong with a cell of a table: it is named there,
// where the lineage leads to it.
func (l *loader) checkKeys(ctx context.Context, s *spec, a *Aggregate) error {
	if len(a.Key) == 0 || a.Tainted || s.problems > 0 { // a value that was refused is missing from its key
		return nil
	}
	k := keyCheck{loader: l, s: s, a: a}
	first := map[string]*Row{}
	seen := map[string]string{}
	for i := range a.Rows {
		row := &a.Rows[i]
		if missing := slices.Index(row.Key, ""); missing >= 0 && row.Values[a.Column(a.Key[missing])].IsMissing() {
			if err := k.missing(ctx, row, a.Key[missing]); err != nil {
				return err
			}
			continue
		}
		key := joinKey(row.Key)
		if other := first[key]; other != nil {
			if err := k.twice(ctx, other, row); err != nil {
				return err
			}
			continue
		}
		first[key] = row
		for j, name := range a.Key {
			text := row.Key[j]
			plain := name + "\x00" + dataset.Seen(text)
			if other, again := seen[plain]; !again {
				seen[plain] = text
			} else if other != text && a.Columns[a.Column(name)].Unit.IsText() {
				if err := k.alike(ctx, row, name, other); err != nil {
					return err
				}
			}
		}
	}
	if more := k.found - maxAlike; more > 0 {
		s.failAt(l.problems, diag.Problem{Message: fmt.Sprintf("the keys of %d more rows are wrong", more)}, "key")
	}
	return nil
}

// maxAlike is how many rows with a wrong key are shown.
const maxAlike = 10

type keyCheck struct {
	*loader
	s     *spec
	a     *Aggregate
	found int
}

// add adds a problem of a row: of a table where it has a file, else of the key in the aggregate's own.
func (k *keyCheck) add(p diag.Problem) {
	if k.found++; k.found > maxAlike {
		k.s.problems++
		return
	}
	if p.File == "" {
		k.s.failAt(k.problems, p, "key")
		return
	}
	k.s.problems++
	k.problems.Add(p)
}

// missing is the problem of a row that has no value in a column of the key.
func (k *keyCheck) missing(ctx context.Context, row *Row, column string) error {
	file := path.Base(k.a.File)
	for i, name := range k.a.Lineage {
		t, numbers := k.data.Table(name), row.Lineage[i]
		if numbers.Len() == 0 {
			continue
		}
		behind, err := t.Pick(ctx, slices.Collect(numbers.All()))
		if err != nil {
			return err
		}
		at := blank(t, behind, column, k.a.Uses[name])
		if at < 0 {
			continue
		}
		p := diag.Problem{Line: behind[0].Number, Column: t.Place(t.Fields[at].Name), Field: t.Fields[at].Name,
			Message: "no value, and " + file + " tells its rows apart by it",
			Hint:    fmt.Sprintf("fill it in, or leave such rows out in %s: WHERE %s IS NOT NULL", file, t.Fields[at].Name)}
		switch {
		case len(behind) > 1:
			p.Message = fmt.Sprintf("no value here and in %s, and %s tells its rows apart by it", diag.Count(len(behind)-1, "more row"), file)
			p.Hint += "; if cells were merged in the spreadsheet, only the first has the value"
		case slices.ContainsFunc(behind[0].Values, func(v quantity.Value) bool { return dataset.IsTotal(v.Raw()) }):
			p.Hint = "a row of totals is to be deleted: a sum over the table counts all twice"
		}
		k.add(t.InFile(p))
		return nil
	}
	k.add(diag.Problem{Message: "a row has no value in the key column " + diag.Quote(column) + k.restsOn(row), Hint: "leave such rows out: WHERE " + column + " IS NOT NULL"})
	return nil
}

// blank is the place of the field without a value in all those rows from which a column of the key comes: that of its name, or the only one that the query reads; -1 for none.
func blank(t *dataset.Table, rows []dataset.Row, column string, reads []string) int {
	var fit []int
	for i, f := range t.Fields {
		if !slices.ContainsFunc(rows, func(r dataset.Row) bool { return !r.Values[i].IsMissing() }) {
			if f.Name == column {
				return i
			}
			if slices.Contains(reads, f.Name) {
				fit = append(fit, i)
			}
		}
	}
	if len(fit) == 1 {
		return fit[0]
	}
	return -1
}

// twice is the problem of two rows with one key. Where two rows of a table differ behind them, these have it from the file.
func (k *keyCheck) twice(ctx context.Context, first, again *Row) error {
	key, both := strings.Join(again.Key, ", "), ""
	for i, name := range k.a.Lineage {
		one, other := first.Lineage[i].First(2), again.Lineage[i].First(2)
		if len(one) != 1 || len(other) != 1 || one[0] == other[0] {
			continue
		}
		t := k.data.Table(name)
		rows, err := t.Pick(ctx, []int64{one[0], other[0]})
		if err != nil || len(rows) != 2 {
			return err
		}
		var same []string
		for j, f := range t.Fields {
			if slices.Contains(k.a.Key, f.Name) && rows[0].Values[j].Raw() == rows[1].Values[j].Raw() {
				same = append(same, f.Name)
			}
		}
		if len(same) == 0 {
			both = fmt.Sprintf("%s of %s are both behind it: ", t.RowName(int64(rows[0].Number), int64(rows[1].Number)), t.File())
			continue
		}
		p := diag.Problem{Line: rows[1].Number, Column: t.Place(same[0]), Found: diag.Quote(key),
			Message: fmt.Sprintf("%s have the same %s", t.RowName(int64(rows[0].Number), int64(rows[1].Number)), words(same)), Hint: "correct one of the two, or delete it; or let " + path.Base(k.a.File) + " tell them apart: add a column to its key"}
		if slices.EqualFunc(rows[0].Values, rows[1].Values, func(a, b quantity.Value) bool { return a.Raw() == b.Raw() }) {
			p.Message, p.Hint = t.RowName(int64(rows[0].Number), int64(rows[1].Number))+" are the same", "delete one"
		}
		k.add(t.InFile(p))
		return nil
	}
	k.add(diag.Problem{Message: "the key " + diag.Quote(strings.Join(again.Key, ",")) + " is on two rows" + k.restsOn(again), Expected: "each key once", Hint: both + "look for a join that multiplies rows, or add a column to the key"})
	return nil
}

// alike is the problem of a text of the key that looks like another.
func (k *keyCheck) alike(ctx context.Context, row *Row, column, other string) error {
	text := row.Values[k.a.Column(column)].Raw()
	p := diag.Problem{Found: diag.Quote(text), Message: "it looks like " + diag.Quote(other) + ", and counts as another", Hint: "they differ only in " + dataset.Difference(text, other) + ": write both in one way"}
	for i, name := range k.a.Lineage {
		if row.Lineage[i].Len() == 0 {
			continue
		}
		t := k.data.Table(name)
		behind, err := t.Pick(ctx, row.Lineage[i].First(1))
		if err != nil {
			return err
		}
		for at, f := range t.Fields {
			if (f.Name == column || slices.Contains(k.a.Uses[name], f.Name)) && behind[0].Values[at].Raw() == text {
				p.Line, p.Column, p.Field = behind[0].Number, t.Place(f.Name), f.Name
				p = t.InFile(p)
			}
		}
	}
	k.add(p)
	return nil
}

// restsOn says on which row of a table a row rests, where it is one.
func (k *keyCheck) restsOn(row *Row) string {
	for i, name := range k.a.Lineage {
		if rows := row.Lineage[i].First(2); len(rows) == 1 {
			return fmt.Sprintf(", from %s of %s", k.data.Table(name).RowName(int64(rows[0])), k.data.Table(name).File())
		}
	}
	return ""
}

func words(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
