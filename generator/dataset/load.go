package dataset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"broadsheet/generator/engine"

	"github.com/sourcegraph/conc/pool"
)

// batchSize is how many bytes of rows go to the engine at once, while the next are read. It compresses each batch, so that a table
// is never there as it comes, which takes ten times the memory.
const batchSize = 32 << 20

// load creates the table in the engine with the rows that are left, and says of each field how it is stored there.
func (t *loading) load(ctx context.Context, rows *rowsCopy) error {
	for i := range t.Schema.Fields {
		f := &t.Schema.Fields[i]
		f.stored, f.offset, f.exponent = t.columns[i].sqlType(), t.columns[i].offset, t.columns[i].exponent
		if !f.Private {
			t.Fields = append(t.Fields, *f)
		}
	}
	return t.engine.Exec(ctx, t.adding(rows))
}

// insert hands a batch of rows to the engine, and closes it. It waits only for the batch before.
func (t *loading) insert(ctx context.Context, rows *rowsCopy) error {
	if err := rows.finish(); err != nil {
		return errors.Join(err, rows.close())
	}
	if t.inserts == nil {
		t.inserts = pool.New().WithErrors().WithFirstError().WithMaxGoroutines(1)
	}
	query := t.adding(rows) // the types are those that the rows so far need
	t.inserts.Go(func() error { return errors.Join(t.engine.Exec(ctx, query), rows.close()) })
	return nil
}

// adding is the SQL that adds rows to the table, or creates it. Where a number needs another type than those in the table have, all take it:
// by way of their texts, as the value is that which the text names.
func (t *loading) adding(rows *rowsCopy) string {
	var columns, types []string
	for i, f := range t.Schema.Fields {
		types = append(types, t.columns[i].sqlType())
		value := "NULL::" + types[i]
		switch {
		case !t.present(i):
		case f.Type == "list":
			value = fmt.Sprintf("list_transform(string_split(c%d, %s), x -> trim(x))", t.header[i], engine.Text(f.delimiter()))
		default:
			value = fmt.Sprintf("c%d", t.header[i])
		}
		columns = append(columns, value+" AS "+engine.Name(f.Name))
	}
	source := "(SELECT 0::BIGINT AS _row WHERE false)"
	if rows != nil {
		source = rows.source()
	}
	name := engine.Name(t.Name)
	to := "CREATE TABLE " + name + " AS"
	if t.types != nil {
		to = "INSERT INTO " + name
		for i, was := range t.types {
			if column := engine.Name(t.Schema.Fields[i].Name); was != types[i] {
				to = fmt.Sprintf("ALTER TABLE %s ALTER %s TYPE %s USING %[2]s::VARCHAR::%[3]s; ", name, column, types[i]) + to
			}
		}
	}
	t.types = types
	return fmt.Sprintf("%s SELECT _row, %s FROM %s", to, strings.Join(columns, ", "), source)
}

// drop takes private columns out of the engine.
func (t *loading) drop(ctx context.Context) error {
	for _, f := range t.Schema.Fields {
		if !f.Private {
			continue
		}
		if err := t.engine.Exec(ctx, fmt.Sprintf("ALTER TABLE %s DROP COLUMN %s", engine.Name(t.Name), engine.Name(f.Name))); err != nil {
			return err
		}
	}
	return nil
}

// present reports whether the file has field i.
func (t *loading) present(i int) bool { return i < len(t.header) && t.header[i] >= 0 }

// booleans are the texts that mean yes and those that mean no.
func (f Field) booleans() (yes, no []string) {
	if yes, no = f.TrueValues, f.FalseValues; yes == nil {
		yes = []string{"true", "True", "TRUE", "1"}
	}
	if no == nil {
		no = []string{"false", "False", "FALSE", "0"}
	}
	return yes, no
}

// isNumber reports whether values have a size.
func (f Field) isNumber() bool { return f.Type == "integer" || f.Type == "number" || f.Type == "year" }

func (f Field) decimalChar() string { return cmp.Or(f.DecimalChar, ".") }

// delimiter separates the items of a list.
func (f Field) delimiter() string { return cmp.Or(f.Delimiter, ",") }
