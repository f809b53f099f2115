package dataset

import (
	"cmp"
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
	if f.Type == "number" && f.stored != "DOUBLE" {
		return "rtrim(rtrim(" + engine.Name(f.Name) + "::VARCHAR, '0'), '.')"
	}
	return cmp.Or(f.said(), engine.Name(f.Name))
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
