package dataset

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
)

// Row is one row of a table as pages show it.
type Row struct {
	Number int // in a spreadsheet; the header is row 1
	Values []quantity.Value
}

// Shown is how many rows of a table pages show.
const Shown = 1000

// Head returns the first rows of the table, at most Shown, with the values of
// Fields.
func (t *Table) Head() ([]Row, error) { return t.head() }

// All returns all rows.
func (t *Table) All(ctx context.Context) ([]Row, error) {
	if t.Rows <= Shown {
		return t.head()
	}
	return t.readRows(ctx, "", t.Rows)
}

// Pick returns the rows with those numbers, in the order of the file.
func (t *Table) Pick(ctx context.Context, numbers []int64) ([]Row, error) {
	if t.Rows <= Shown {
		head, err := t.head()
		if err != nil {
			return nil, err
		}
		wanted := make(map[int64]bool, len(numbers))
		for _, n := range numbers {
			wanted[n] = true
		}
		var rows []Row
		for _, row := range head {
			if wanted[int64(row.Number)] {
				rows = append(rows, row)
			}
		}
		return rows, nil
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	return t.readRows(ctx, "WHERE "+among(numbers), len(numbers))
}

// among is the SQL condition that a row has one of those numbers. They are one text, as
// the engine parses that a hundred times as fast as a long list.
func among(numbers []int64) string {
	var list []byte
	for i, n := range numbers {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, n, 10)
	}
	return "_row IN (SELECT unnest(string_split('" + string(list) + "', ',')::BIGINT[]))"
}

func (t *Table) readRows(ctx context.Context, where string, most int) ([]Row, error) {
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("%s %s ORDER BY _row LIMIT %d", t.selectRows(), where, most))
	if err != nil {
		return nil, err
	}
	head := make([]Row, 0, len(rows))
	for _, raw := range rows {
		row, err := t.row(raw)
		if err != nil {
			return nil, err
		}
		head = append(head, row)
	}
	return head, nil
}

// Each hands on all rows, one by one.
func (t *Table) Each(ctx context.Context, do func(Row)) error {
	_, err := t.engine.Each(ctx, t.selectRows()+" ORDER BY _row", func(raw []any) error {
		row, err := t.row(raw)
		if err == nil {
			do(row)
		}
		return err
	})
	return err
}

func (t *Table) selectRows() string {
	columns := []string{"_row"}
	for _, f := range t.Fields {
		name := engine.Name(f.Name)
		columns = append(columns, cmp.Or(f.said(), name))
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + engine.Name(t.Name)
}

func (t *Table) row(raw []any) (Row, error) {
	number, _ := raw[0].(int64)
	row := Row{Number: int(number)}
	for i, v := range raw[1:] {
		value, err := quantity.NewValue(v)
		if err != nil {
			return Row{}, err
		}
		if t.Fields[i].Type == "yearmonth" {
			value, _ = t.Fields[i].Unit.Of(value)
		}
		row.Values = append(row.Values, value)
	}
	return row, nil
}

// SourcesOf counts, for each source, the rows among the given that rest on it, as
// far as the named fields go: the population and the crime figures of a state
// have sources of their own.
func (t *Table) SourcesOf(rows iter.Seq[int64], fields []string) (map[string]int, error) {
	all, err := t.sources()
	if err != nil {
		return nil, err
	}
	columns := t.sourceColumns()
	if len(columns) == 0 {
		return nil, nil
	}
	wanted, some := make([]bool, len(columns)), false
	for _, f := range t.Fields {
		if slices.Contains(fields, f.Name) && !slices.Contains(columns, f.Name) {
			if i := slices.Index(columns, cmp.Or(f.Source, columns[0])); i >= 0 {
				wanted[i] = true
			}
			some = true
		}
	}
	wanted[0] = wanted[0] || !some // rows that are only counted
	counts := map[string]int{}
	for row := range rows {
		for i, id := range all[row] {
			if id != "" && wanted[i] {
				counts[id]++
			}
		}
	}
	return counts, nil
}

// RowsOfSources lists, for each source, the rows that name it, sorted.
func (t *Table) RowsOfSources() (map[string][]int64, error) {
	all, err := t.sources()
	if err != nil {
		return nil, err
	}
	rows := map[string][]int64{}
	for number, ids := range all {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			if id != "" {
				rows[id] = append(rows[id], number)
			}
		}
	}
	for id := range rows {
		slices.Sort(rows[id])
	}
	return rows, nil
}

// sourceColumns are the columns that point into the table of sources, the one that
// speaks for the row first: source_id, or else the first.
func (t *Table) sourceColumns() []string {
	var columns []string
	for _, f := range t.Fields {
		for _, key := range t.Schema.ForeignKeys {
			if key.Reference.Resource == "sources" && len(key.Fields) == 1 && key.Fields[0] == f.Name {
				columns = append(columns, f.Name)
			}
		}
	}
	if i := slices.Index(columns, "source_id"); i > 0 {
		columns[0], columns[i] = columns[i], columns[0]
	}
	return columns
}

// NamesSources reports whether each row says where it comes from.
func (t *Table) NamesSources() bool { return len(t.sourceColumns()) > 0 }

// readSources reads the source columns of each row.
func (t *Table) readSources(ctx context.Context) (map[int64][]string, error) {
	columns := t.sourceColumns()
	if len(columns) == 0 {
		return nil, nil
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT _row, %s FROM %s", columnList(columns), engine.Name(t.Name)))
	if err != nil {
		return nil, err
	}
	sources := make(map[int64][]string, len(rows))
	for _, row := range rows {
		number, _ := row[0].(int64)
		for _, v := range row[1:] {
			id, _ := v.(string)
			sources[number] = append(sources[number], id)
		}
	}
	return sources, nil
}
