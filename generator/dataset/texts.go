package dataset

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
)

// batch is how many numbers of rows are asked for at once: the engine keeps the whole
// result of a query.
const batch = 20_000

// Texts yields all rows, with the values of Fields as quantity.Value.Raw writes them. A
// table of any size passes through little memory. A row is valid until the next.
func (t *Table) Texts(ctx context.Context) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		if err := t.eachText(ctx, yield); err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// errEnough says that no more rows are wanted.
var errEnough = errors.New("enough rows")

func (t *Table) eachText(ctx context.Context, yield func([]string, error) bool) error {
	_, last, err := t.engine.Collect(ctx, "SELECT coalesce(max(_row), 0) FROM "+engine.Name(t.Name))
	if err != nil {
		return err
	}
	end, _ := last[0][0].(int64)
	columns := []string{"_row"}
	for _, f := range t.Fields {
		columns = append(columns, f.written())
	}
	texts := make([]string, len(t.Fields))
	for from := int64(0); from <= end; from += batch {
		query := fmt.Sprintf("SELECT %s FROM %s WHERE _row >= %d AND _row < %d ORDER BY _row", strings.Join(columns, ", "), engine.Name(t.Name), from, from+batch)
		_, err := t.engine.Each(ctx, query, func(row []any) (err error) {
			for i, v := range row[1:] {
				if texts[i], err = text(v); err != nil {
					return err
				}
			}
			if !yield(texts, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// written is the SQL of a column whose values cost little to write. An exact decimal of
// Go costs twenty times as much as a text.
func (f Field) written() string {
	name := engine.Name(f.Name)
	switch f.Type {
	case "list":
		return f.listed()
	case "number":
		return "rtrim(rtrim(" + name + "::VARCHAR, '0'), '.')"
	}
	return name
}

// text is what quantity.Value.Raw writes.
func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	}
	value, err := quantity.NewValue(v)
	return value.Raw(), err
}

// listed is the SQL of a list as one text.
func (f Field) listed() string { return "array_to_string(" + engine.Name(f.Name) + ", ';')" }
