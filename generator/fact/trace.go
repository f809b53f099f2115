package fact

import (
	"cmp"
	"context"
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/extract"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Trace is the way from a fact back to the data.
type Trace struct {
	*Fact
	Behind  []Behind
	Sources []record.Source // of the rows, those of most rows first

	Extracts extract.Set // the queries of tables that are extracted
}

// Behind is the rows of one table behind a fact.
type Behind struct {
	Table   *dataset.Table
	Columns []int         // of a trace: places among the table's fields, those that name a row, and those from which the fact is computed
	Rows    []dataset.Row // those with the largest value first
	Total   int           // rows that there are; Rows has at most MostBehind of them
}

// MostBehind is how many rows behind a fact are shown; a download has all.
const MostBehind = 50

// Pick returns the rows of a table with those numbers, in the order of the file.
type Pick func(t *dataset.Table, numbers []int64) ([]dataset.Row, error)

// Trace follows the fact back to the rows and the sources behind it.
func (f *Fact) Trace(ctx context.Context, data *dataset.Dataset, sources []record.Source) (*Trace, error) {
	t := &Trace{Fact: f}
	order := make([]int, len(f.Aggregate.Lineage))
	for i := range order {
		order[i] = i
	}
	feeds := f.Aggregate.From(f.Column)
	slices.SortStableFunc(order, func(a, b int) int { return rest(feeds, f.Aggregate.Lineage[a]) - rest(feeds, f.Aggregate.Lineage[b]) })
	pick := func(t *dataset.Table, numbers []int64) ([]dataset.Row, error) { return t.Pick(ctx, numbers) }
	for _, i := range order {
		name := f.Aggregate.Lineage[i]
		if f.isOfOthers(name) {
			continue
		}
		columns := []aggregate.Column{f.Column}
		all, err := RowsBehind(f.Aggregate, i, columns, []aggregate.Row{*f.Row}, MostBehind, data.Table(name), pick)
		if err != nil {
			return nil, err
		}
		b := all[0]
		if b.Total == 0 {
			continue
		}
		from, keys := f.Aggregate.From(f.Column)[name], f.Aggregate.From(f.Aggregate.KeyColumns()...)[name]
		for j, field := range b.Table.Fields {
			if slices.Contains(from, field.Name) || slices.Contains(keys, field.Name) || b.Table.Names(field.Name) {
				b.Columns = append(b.Columns, j)
			}
		}
		t.Behind = append(t.Behind, b)
	}
	var err error
	t.Sources, err = SourcesOf(f.Aggregate, []aggregate.Column{f.Column}, []aggregate.Row{*f.Row}, data, sources)
	return t, err
}

// rest puts tables from which the fact is not computed last: they say which rows it is of.
func rest(feeds map[string][]string, table string) int {
	if _, is := feeds[table]; is {
		return 0
	}
	return 1
}

// isOfOthers reports whether other columns of the line are computed from a table, and the fact is not.
func (f *Fact) isOfOthers(table string) bool {
	reads := func(c aggregate.Column) bool { _, is := f.Aggregate.From(c)[table]; return is }
	return !reads(f.Column) && slices.ContainsFunc(f.Aggregate.Measures(), reads)
}

// RowsBehind finds, for each of some lines of an aggregate, the rows of a table of its lineage: of each line at most so many, those
// with the largest value first, in the first column of numbers from which the columns are computed. They are read at once.
func RowsBehind(a *aggregate.Aggregate, lineage int, columns []aggregate.Column, lines []aggregate.Row, most int, t *dataset.Table, pick Pick) ([]Behind, error) {
	enough := max(most, maxSorted/max(1, len(lines)))
	if t.Rows <= dataset.Shown {
		enough = t.Rows // which are at hand
	}
	var numbers []int64
	for _, line := range lines {
		numbers = append(numbers, line.Lineage[lineage].First(enough)...)
	}
	slices.Sort(numbers)
	rows, err := pick(t, slices.Compact(numbers))
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(rows))
	for i, row := range rows {
		at[int64(row.Number)] = i
	}
	from := a.From(columns...)[t.Name]
	all := make([]Behind, len(lines))
	for i, line := range lines {
		list := line.Lineage[lineage]
		b := Behind{Table: t, Total: list.Len()}
		for _, number := range list.First(enough) {
			if i, ok := at[number]; ok {
				b.Rows = append(b.Rows, rows[i])
			}
		}
		b.sort(from)
		b.Rows = slices.Clip(b.Rows[:min(most, len(b.Rows))])
		all[i] = b
	}
	return all, nil
}

// maxSorted is of how many rows the largest are found; of more the first are taken.
const maxSorted = 10_000

// sort puts the rows with the largest value first, in the first column of numbers among
// some.
func (b *Behind) sort(columns []string) {
	i := slices.IndexFunc(b.Table.Fields, func(f dataset.Field) bool { return f.Unit.Numeric() && slices.Contains(columns, f.Name) })
	if i < 0 {
		return
	}
	slices.SortStableFunc(b.Rows, func(l, m dataset.Row) int {
		x, y := l.Values[i], m.Values[i]
		if x.IsMissing() || y.IsMissing() {
			return cmp.Compare(place(x), place(y))
		}
		return y.Compare(x)
	})
}

// place puts what is missing last.
func place(v quantity.Value) int {
	if v.IsMissing() {
		return 1
	}
	return 0
}

// SourcesOf lists those among the sources on which some columns of some lines of an
// aggregate rest, those of most rows first.
func SourcesOf(a *aggregate.Aggregate, columns []aggregate.Column, lines []aggregate.Row, data *dataset.Dataset, sources []record.Source) ([]record.Source, error) {
	counts := map[string]int{}
	from := a.From(columns...)
	for i, table := range a.Lineage {
		columns, read := from[table]
		if !read {
			continue
		}
		for _, line := range lines {
			found, err := data.Table(table).SourcesOf(line.Lineage[i].All(), columns)
			if err != nil {
				return nil, err
			}
			for id, n := range found {
				counts[id] += n
			}
		}
	}
	var list []record.Source
	for i := 0; i < len(sources) && len(list) < len(counts); i++ { // a report has many sources, and a fact few
		if counts[sources[i].ID] > 0 {
			list = append(list, sources[i])
		}
	}
	slices.SortStableFunc(list, func(a, b record.Source) int { return counts[b.ID] - counts[a.ID] })
	return list, nil
}
