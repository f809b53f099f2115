package dataset

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/memo"

	"github.com/sourcegraph/conc/pool"
)

// checkForeignKeys finds values that should be in another table and are not.
// A key into a table that could not be read in full says nothing.
func checkForeignKeys(ctx context.Context, all map[string]*loading, answers *memo.Memo) error {
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for _, t := range all {
		for _, keys := range t.keysInto(all) {
			unsound := false
			inputs := []any{t.Name, t.Key, []string(keys[0].Fields)}
			known := t.has(keys[0].Fields)
			for _, key := range keys {
				target := all[key.Reference.Resource]
				if known = known && target != nil && !target.gaps && target.has(key.Reference.Fields); !known {
					break
				}
				unsound = unsound || target.found.any()
				inputs = append(inputs, target.Name, target.Key, []string(key.Reference.Fields))
			}
			if !known {
				continue
			}
			group.Go(func() error {
				if unsound {
					return t.checkForeignKey(ctx, all, keys)
				}
				return t.unlessSound(answers, "foreign key", inputs, func() error { return t.checkForeignKey(ctx, all, keys) })
			})
		}
	}
	return group.Wait()
}

// checkForeignKey finds the values that are in none of the tables to which keys of the same columns lead.
func (t *loading) checkForeignKey(ctx context.Context, all map[string]*loading, keys []ForeignKey) error {
	var from string
	var missing []string
	for _, key := range keys {
		in, where := t.dangling(all[key.Reference.Resource], key)
		from, missing = in, append(missing, where)
	}
	where, key := strings.Join(missing, " AND "), keys[0]
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s", from, where))
	if err != nil {
		return err
	}
	if n, _ := rows[0][0].(int64); n == 0 {
		return nil
	}
	private := t.anyPrivate(key.Fields)
	var known, expected []string
	for _, key := range keys {
		target := all[key.Reference.Resource]
		expected = append(expected, fmt.Sprintf("%s, column %s", target.File(), strings.Join(key.Reference.Fields, ", ")))
		if !private && !target.anyPrivate(key.Reference.Fields) {
			values, err := target.values(ctx, key.Reference.Fields)
			if err != nil {
				return err
			}
			known = append(known, values...)
		}
	}
	r := rule{
		kind:   "foreign key",
		field:  slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == key.Fields[0] }),
		broken: where,
		problem: func(value string) diag.Problem {
			return diag.Problem{
				Found:    diag.Quote(value),
				Expected: "a value in " + strings.Join(expected, " or "),
				Hint:     alike(value, known),
			}
		},
	}
	return t.list(ctx, r, from, "value", private)
}

// anyPrivate reports whether one of these columns is private.
func (t *Table) anyPrivate(columns []string) bool {
	return slices.ContainsFunc(t.Schema.Fields, func(f Field) bool { return f.Private && slices.Contains(columns, f.Name) })
}

// has reports whether the file has all of these columns.
func (t *loading) has(columns []string) bool {
	for _, name := range columns {
		i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name })
		if !t.present(i) {
			return false
		}
	}
	return true
}

// dangling is the SQL of the rows of t whose key is not in target. Items of a
// list are checked one by one.
func (t *loading) dangling(target *loading, key ForeignKey) (from, where string) {
	var parts, texts, present []string
	isList := false
	for i, name := range key.Fields {
		f, other := t.field(name), target.field(key.Reference.Fields[i])
		column := engine.Name(name)
		if f.Type == "list" {
			isList, column = true, "unnest("+column+")"
		}
		compared := "VARCHAR"
		if f.isNumber() && other.isNumber() {
			compared = commonType(f, other) // 5 and 5.0 are the same
		}
		texts = append(texts, fmt.Sprintf("%s::VARCHAR AS k%d", column, i))
		parts = append(parts, fmt.Sprintf("target.%s::%[3]s = k%[2]d::%[3]s", engine.Name(key.Reference.Fields[i]), i, compared))
		present = append(present, fmt.Sprintf("k%d IS NOT NULL", i))
	}
	value := "k0"
	if len(key.Fields) > 1 && !isList {
		var all []string
		for i := range key.Fields {
			all = append(all, fmt.Sprintf("k%d", i))
		}
		value = "concat_ws(', ', " + strings.Join(all, ", ") + ")"
	}
	from = fmt.Sprintf("(SELECT *, %s AS value FROM (SELECT _row, %s FROM %s))", value, strings.Join(texts, ", "), engine.Name(t.Name))
	where = fmt.Sprintf("%s AND NOT EXISTS (SELECT 1 FROM %s AS target WHERE %s)", strings.Join(present, " AND "), engine.Name(target.Name), strings.Join(parts, " AND "))
	return from, where
}

// commonType is a type of numbers that holds those of two columns.
func commonType(a, b Field) string {
	if a.stored == "DOUBLE" || b.stored == "DOUBLE" {
		return "DOUBLE"
	}
	var ad, bd int
	_, _ = fmt.Sscanf(a.stored, "DECIMAL(38, %d)", &ad)
	_, _ = fmt.Sscanf(b.stored, "DECIMAL(38, %d)", &bd)
	return fmt.Sprintf("DECIMAL(%d, %d)", maxDigits, max(ad, bd))
}

// values lists the keys of a table for hints; none where they are too many to
// compare with.
func (t *loading) values(ctx context.Context, columns []string) ([]string, error) {
	if t.Rows > 10_000 {
		return nil, nil
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT DISTINCT concat_ws(', ', %s) FROM %s", columnList(columns), engine.Name(t.Name)))
	if err != nil {
		return nil, err
	}
	var list []string
	for _, row := range rows {
		if s, ok := row[0].(string); ok {
			list = append(list, s)
		}
	}
	return list, nil
}
