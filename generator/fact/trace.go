package fact

import (
	"context"
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/record"
)

// Trace is the way from a fact back to the data.
type Trace struct {
	*Fact
	Behind  []Behind
	Sources []record.Source // of the rows, those of most rows first
}

// Behind is the rows of one table behind a fact.
type Behind struct {
	Table   *dataset.Table
	Columns []int // places among the table's fields that some query on the way names
	Rows    []dataset.Row
	Total   int // rows that there are; Rows has at most MostBehind of them
}

// MostBehind is how many rows behind a fact are shown; a download has all.
const MostBehind = 50

// Trace follows the fact back to the rows and the sources behind it.
func (f *Fact) Trace(ctx context.Context, data *dataset.Dataset, sources []record.Source) (*Trace, error) {
	t := &Trace{Fact: f}
	for i, name := range f.Aggregate.Lineage {
		numbers := f.Row.Lineage[i]
		if len(numbers) == 0 {
			continue
		}
		b := Behind{Table: data.Table(name), Total: len(numbers)}
		for j, field := range b.Table.Fields {
			if slices.Contains(f.Aggregate.Uses[name], field.Name) {
				b.Columns = append(b.Columns, j)
			}
		}
		var err error
		if b.Rows, err = b.Table.Pick(ctx, numbers[:min(MostBehind, len(numbers))]); err != nil {
			return nil, err
		}
		t.Behind = append(t.Behind, b)
	}
	var err error
	t.Sources, err = SourcesOf(f.Aggregate, []aggregate.Row{*f.Row}, data, sources)
	return t, err
}

// SourcesOf lists those among the sources on which the rows behind some lines of an
// aggregate rest, those of most rows first.
func SourcesOf(a *aggregate.Aggregate, lines []aggregate.Row, data *dataset.Dataset, sources []record.Source) ([]record.Source, error) {
	counts := map[string]int{}
	for i, table := range a.Lineage {
		for _, line := range lines {
			found, err := data.Table(table).SourcesOf(line.Lineage[i], a.Uses[table])
			if err != nil {
				return nil, err
			}
			for id, n := range found {
				counts[id] += n
			}
		}
	}
	var list []record.Source
	for _, s := range sources {
		if counts[s.ID] > 0 {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b record.Source) int { return counts[b.ID] - counts[a.ID] })
	return list, nil
}
