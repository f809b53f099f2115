package dataset

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"

	"github.com/sourcegraph/conc/pool"
	"github.com/sourcegraph/conc/stream"
)

// batch is how many numbers of rows are asked for at once: the engine keeps the whole
// result of a query.
const batch = 20_000

// Texts are a row, with the values of Fields as quantity.Value.Raw writes them.
type Texts struct {
	Number int64
	joined string
	of     *selection       // by which they are joined
	values []quantity.Value // where they are at hand, and of is nil
}

// Append adds the texts to others.
func (t Texts) Append(cells []string) []string {
	if t.of == nil {
		for _, v := range t.values {
			cells = append(cells, v.Raw())
		}
		return cells
	}
	first := len(cells)
	cells = append(cells, t.of.blank...)
	rest, isMarked := t.joined, strings.Contains(t.joined, mark)
	for _, place := range t.of.order {
		cell := &cells[first+place]
		if *cell, rest, _ = strings.Cut(rest, between); isMarked {
			*cell = unmarked.Replace(*cell)
		}
	}
	return cells
}

// Texts yields all rows. A table of any size passes through little memory. While rows are written, the engine reads the next on all cores.
func (t *Table) Texts(ctx context.Context) iter.Seq2[Texts, error] {
	return func(yield func(Texts, error) bool) {
		ctx, enough := context.WithCancel(ctx)
		defer enough()
		parts := make(chan []Texts)
		group := pool.New().WithErrors()
		group.Go(func() error {
			defer close(parts)
			return t.eachPart(ctx, func(part []Texts) error {
				select {
				case parts <- part:
				case <-ctx.Done():
				}
				return ctx.Err()
			})
		})
		goesOn := true
		for part := range parts {
			for _, row := range part {
				if goesOn = goesOn && yield(row, nil); !goesOn {
					enough()
					break
				}
			}
		}
		if err := group.Wait(); err != nil && goesOn {
			yield(Texts{}, err)
		}
	}
}

func (t *Table) eachPart(ctx context.Context, put func([]Texts) error) error {
	if t.Rows <= Shown { // a page shows them all anyway
		rows, err := t.head()
		if err != nil {
			return err
		}
		return put(textsOf(rows))
	}
	s := t.selection()
	end, err := t.lastRow(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	parts := stream.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)) // each query has one thread
	for from := int64(0); from <= end && ctx.Err() == nil; from += batch {
		parts.Go(func() stream.Callback {
			part, err := t.texts(ctx, s, batch, fmt.Sprintf("_row >= %d AND _row < %d", from, from+batch))
			return func() {
				if err == nil && ctx.Err() == nil {
					err = put(part)
				}
				if err != nil {
					stop(err) // the first counts
				}
			}
		})
	}
	parts.Wait()
	return context.Cause(ctx)
}

// textsOf are the texts of rows whose values are at hand.
func textsOf(rows []Row) []Texts {
	texts := make([]Texts, len(rows))
	for i, row := range rows {
		texts[i] = Texts{Number: int64(row.Number), values: row.Values}
	}
	return texts
}

// PickTexts returns the rows with those numbers, in the order of the file.
func (t *Table) PickTexts(ctx context.Context, numbers []int64) ([]Texts, error) {
	if len(numbers) == 0 || t.Rows <= Shown {
		rows, err := t.Pick(ctx, numbers)
		return textsOf(rows), err
	}
	return t.texts(ctx, t.selection(), len(numbers), among(numbers))
}

func (t *Table) lastRow(ctx context.Context) (int64, error) {
	_, last, err := t.engine.Collect(ctx, "SELECT coalesce(max(_row), 0) FROM "+engine.Name(t.Name))
	if err != nil {
		return 0, err
	}
	end, _ := last[0][0].(int64)
	return end, nil
}

// selection is how the columns of a table are asked for: its doubles, which Go writes in its own way, and all others as one
// text.
type selection struct {
	order []int    // of the columns, the doubles first
	blank []string // for each column
	sql   string
}

func (t *Table) selection() *selection {
	columns, joined := []string{"_row"}, []string{engine.Text(between)}
	var doubles, others []int
	for i, f := range t.Fields {
		if f.stored == "DOUBLE" {
			doubles, columns = append(doubles, i), append(columns, engine.Name(f.Name))
		} else {
			others, joined = append(others, i), append(joined, "coalesce("+f.written()+", '')")
		}
	}
	columns = append(columns, "concat_ws("+strings.Join(append(joined, "''"), ", ")+")")
	return &selection{append(doubles, others...), make([]string, len(t.Fields)), strings.Join(columns, ", ")}
}

// texts are the rows for which an SQL condition holds, so many at most.
func (t *Table) texts(ctx context.Context, s *selection, most int, condition string) ([]Texts, error) {
	rows := make([]Texts, 0, most)
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY _row", s.sql, engine.Name(t.Name), condition)
	_, err := t.engine.Each(ctx, query, func(row []any) error {
		number, _ := row[0].(int64)
		last := len(row) - 1
		joined, _ := row[last].(string)
		for _, v := range slices.Backward(row[1:last]) {
			value, err := quantity.NewValue(v)
			if err != nil {
				return err
			}
			joined = value.Raw() + between + joined
		}
		rows = append(rows, Texts{Number: number, joined: joined, of: s})
		return nil
	})
	return rows, err
}

// The texts of a row come as one, as each value of the engine costs more than all of its digits. Between them is a
// character that is written with a mark where a text holds it, as the mark itself is.
const (
	between = "\x1f"
	mark    = "\x1e"
)

var unmarked = strings.NewReplacer(mark+"b", between, mark+"m", mark)

// written is the SQL of a column as text.
func (f Field) written() string {
	name := engine.Name(f.Name)
	switch {
	case f.Type == "number":
		written := name + "::VARCHAR"
		if decimals := f.decimals(); decimals < 18 { // as the engine's half size, most numbers cost a fraction
			written = fmt.Sprintf("coalesce(try_cast(%s AS DECIMAL(18, %d))::VARCHAR, %s)", name, decimals, written)
		}
		return "rtrim(rtrim(" + written + ", '0'), '.')"
	case f.isText():
		return fmt.Sprintf("replace(replace(%s, %s, %s), %s, %s)", cmp.Or(f.said(), name), engine.Text(mark), engine.Text(mark+"m"), engine.Text(between), engine.Text(mark+"b"))
	}
	return cmp.Or(f.said(), name+"::VARCHAR")
}

// said is the SQL of a column that is shown as text, though it is none in the engine; ""
// of others. A time is written as ISO 8601 has it, with the offset that it was read with.
func (f Field) said() string {
	name := engine.Name(f.Name)
	switch f.Type {
	case "list":
		return "array_to_string(" + name + ", ';')"
	case "time":
		return name + "::VARCHAR"
	case "datetime":
		return "replace(" + name + "::VARCHAR, ' ', 'T') || " + engine.Text(f.offset)
	}
	return ""
}
