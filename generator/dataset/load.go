package dataset

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"broadsheet/generator/engine"
)

// load creates the table in the engine, and says of each field how it is stored there.
func (t *loading) load(ctx context.Context, rows *rowsCopy) error {
	var columns []string
	for i := range t.Schema.Fields {
		f := &t.Schema.Fields[i]
		f.stored, f.offset, f.exponent = t.columns[i].sqlType(), t.columns[i].offset, t.columns[i].exponent
		value := "NULL::" + f.stored
		switch {
		case !t.present(i):
		case f.Type == "list":
			value = fmt.Sprintf("list_transform(string_split(c%d, %s), x -> trim(x))", t.header[i], engine.Text(f.delimiter()))
		default:
			value = fmt.Sprintf("c%d", t.header[i])
		}
		columns = append(columns, value+" AS "+engine.Name(f.Name))
		if !f.Private {
			t.Fields = append(t.Fields, *f)
		}
	}
	source := "(SELECT 0::BIGINT AS _row WHERE false)"
	if rows != nil {
		source = rows.source()
	}
	return t.engine.Exec(ctx, fmt.Sprintf("CREATE TABLE %s AS SELECT _row, %s FROM %s", engine.Name(t.Name), strings.Join(columns, ", "), source))
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

// delimiter is what stands between the items of a list.
func (f Field) delimiter() string { return cmp.Or(f.Delimiter, ",") }
