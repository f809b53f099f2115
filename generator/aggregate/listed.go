package aggregate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
)

// atOnce is how many rows of a table are listed at once.
const atOnce = 1 << 20

// split is the query in two, where it lists the rows of a table with more of them; else nil. An aggregate that another reads
// has them in the engine.
func (l *loader) split(ctx context.Context, s *execution) (*engine.Split, error) {
	if s.read || len(s.reads) != 1 {
		return nil, nil
	}
	if t := l.data.Table(s.reads[0]); t == nil || t.Rows <= atOnce {
		return nil, nil
	}
	return l.engine.Split(ctx, s.sql, s.Key)
}

// listRows fills the lineage of the lines from a split query.
func (l *loader) listRows(ctx context.Context, s *execution, a *Aggregate) error {
	_, rows, err := l.engine.Collect(ctx, "SELECT max(_row) FROM "+engine.Name(s.reads[0]))
	if err != nil {
		return err
	}
	last, _ := rows[0][0].(int64)
	for first := int64(1); first <= last; first += atOnce {
		query, err := s.split.Lists(ctx, first, first+atOnce-1)
		if err != nil {
			return err
		}
		if err := l.listPart(ctx, a, s.split.Columns, query); err != nil {
			return err
		}
	}
	for _, line := range a.Rows {
		for i := range line.Lineage {
			line.Lineage[i].pack()
		}
	}
	return nil
}

// listPart adds what one query lists.
func (l *loader) listPart(ctx context.Context, a *Aggregate, columns []string, query string) error {
	place := func(name string) int { return slices.Index(columns, name) }
	_, err := l.engine.Each(ctx, query, func(row []any) error {
		var key []string
		for _, name := range a.Key {
			v, err := quantity.NewValue(row[place(name)])
			if err != nil {
				return err
			}
			read, _ := a.Columns[a.Column(name)].Unit.Of(v)
			key = append(key, read.Raw())
		}
		line := a.Row(key...)
		if line == nil {
			return fmt.Errorf("%s: rows of a line %q that is not there", a.Name, strings.Join(key, ","))
		}
		for i, table := range a.Lineage {
			numbers, _ := row[place(table+"_rows")].([]int64)
			line.Lineage[i].add(numbers)
		}
		return nil
	})
	return err
}
