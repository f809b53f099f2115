package aggregate

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
)

func load(t testing.TB, report fs.FS) (Set, string) {
	t.Helper()
	set, said, err := loadWithin(t.Context(), t, report, nil)
	if err != nil {
		t.Fatal(err)
	}
	return set, said
}

// loadWithin loads the tables and, within ctx and the limits, the aggregates.
func loadWithin(ctx context.Context, t testing.TB, report fs.FS, limits limit.Limits) (Set, string, error) {
	t.Helper()
	eng, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := eng.Close(); err != nil {
			t.Error(err)
		}
	})
	var problems diag.List
	data, err := dataset.Load(t.Context(), report, nil, eng, nil, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if err := eng.SetMemory(t.Context(), limits.Bytes(limit.Memory)/2); err != nil {
		t.Fatal(err)
	}
	if err := eng.Freeze(t.Context()); err != nil {
		t.Fatal(err)
	}
	set, err := Load(ctx, report, data, eng, limits, nil, &problems)
	var said strings.Builder
	for _, p := range problems.Sorted() {
		said.WriteString(p.String() + "\n")
	}
	return set, said.String(), err
}

// one is a report with a table t of rows a,1 b,2 b,3 and the given aggregates.
func one(queries map[string]string) fstest.MapFS {
	report := fstest.MapFS{
		dataset.File: {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}, {"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv": {Data: []byte("k,n\na,1\nb,2\nb,3\n")},
	}
	for name, query := range queries {
		report["data/aggregates/"+name+".sql"] = &fstest.MapFile{Data: []byte(query)}
	}
	return report
}

const sums = `/*
title: Sums
key: k
columns:
  k: {label: Key, unit: text}
  n: {label: Sum, unit: count}
*/
SELECT k, sum(n) AS n, list(_row) AS t_rows FROM t GROUP BY k
`

func TestLinesCarryValuesAndTheRowsBehindThem(t *testing.T) {
	set, said := load(t, one(map[string]string{"sums": sums, "total": `/*
title: Total
columns: {n: {label: Sum, unit: count}}
*/
SELECT sum(n) AS n, flatten(list(t_rows)) AS t_rows FROM sums`}))
	if said != "" {
		t.Fatal(said)
	}
	b := set["sums"].Row("b")
	if b == nil || b.Values[1].Raw() != "5" || !slices.Equal(b.Lineage[0].First(9), []int64{3, 4}) {
		t.Errorf("%+v", b)
	}
	total := set["total"]
	if line := total.Row(); line == nil || line.Values[0].Raw() != "6" || !slices.Equal(line.Lineage[0].First(9), []int64{2, 3, 4}) {
		t.Errorf("%+v", line)
	}
	if !slices.Equal(total.Reads, []string{"sums"}) || !slices.Equal(total.Tables, []string{"t"}) {
		t.Errorf("reads %v, rests on %v", total.Reads, total.Tables)
	}
}

func TestProblems(t *testing.T) {
	const head = "/*\ntitle: X\nkey: k\ncolumns:\n  k: {label: K, unit: text}\n  n: {label: N, unit: count}\n*/\n"
	for name, tt := range map[string]struct {
		queries map[string]string
		want    string
	}{
		"no comment": {map[string]string{"x": "SELECT 1"},
			"data/aggregates/x.sql:1: the file does not start with a comment, expected /* title: … columns: … */ before the SELECT\n"},
		"broken SQL": {map[string]string{"x": head + "SELECT k,\n  n FORM t"},
			"data/aggregates/x.sql:9:10: broken SQL: syntax error at or near \"t\"\n"},
		"unknown column": {map[string]string{"x": head + "SELECT k,\n  m AS n FROM t"},
			"data/aggregates/x.sql:9:3: broken SQL: referenced column \"m\" not found in FROM clause!\n  hint: near it: k\n"},
		"unknown table": {map[string]string{"x": head + "SELECT k, n FROM tt"},
			"data/aggregates/x.sql:8:18: unknown table or aggregate \"tt\"\n  hint: did you mean \"t\"?\n"},
		"not a SELECT": {map[string]string{"x": head + "DROP TABLE t"},
			"data/aggregates/x.sql:8: broken SQL: another statement where a SELECT belongs\n"},
		"duplicate key": {map[string]string{"x": head + "SELECT k, n FROM t"},
			"data/aggregates/x.sql:3:1: the key \"b\" is on two rows, expected each key once\n  hint: look for a join that multiplies rows, or add a column to the key\n"},
		"unknown unit": {map[string]string{"x": strings.Replace(head, "count", "cuont", 1) + "SELECT k, sum(n) AS n FROM t GROUP BY k"},
			"data/aggregates/x.sql:6:17: unknown unit \"cuont\", expected " + quantity.Units{}.Expected() + "\n  hint: did you mean \"count\"?\n"},
		"not described": {map[string]string{"x": head + "SELECT k, sum(n) AS n, 1 AS one FROM t GROUP BY k"},
			"data/aggregates/x.sql:4:1: column \"one\" is not described\n  hint: add `one: {label: …, unit: …}` to columns\n"},
		"not yielded": {map[string]string{"x": head + "SELECT DISTINCT k FROM t"},
			"data/aggregates/x.sql:6:3: the SELECT yields no column \"n\"\n"},
		"division by zero": {map[string]string{"x": head + "SELECT k, sum(n) / 0 AS n FROM t WHERE k = 'a' GROUP BY k"},
			"data/aggregates/x.sql:6:3: column \"n\", found infinity, expected a value of unit count\n  hint: guard a division with nullif(…, 0)\n"},
		"not a number": {map[string]string{"x": head + "SELECT k, 'nan'::DOUBLE + n AS n FROM t LIMIT 1"},
			"data/aggregates/x.sql:6:3: column \"n\", found not a number, expected a value of unit count\n  hint: guard a division with nullif(…, 0)\n"},
		"overflow": {map[string]string{"x": head + "SELECT k, (n + 9223372036854775807) AS n FROM t WHERE k = 'a'"},
			"data/aggregates/x.sql:8: broken SQL: overflow in addition of INT64 (1 + 9223372036854775807)\n  hint: compute with a wider type, such as n::HUGEINT or n::DECIMAL(38, 2)\n"},
		"float money": {map[string]string{"x": strings.Replace(head, "count", "usd", 1) + "SELECT k, avg(n) AS n FROM t GROUP BY k"},
			"data/aggregates/x.sql:6:3: column \"n\" is money, and a float\n  hint: keep it exact: (…)::DECIMAL(38, 2) AS n\n"},
		"clock": {map[string]string{"x": head + "SELECT k, sum(n + extract(year FROM now())) AS n FROM t WHERE current_date > '2020-01-01' GROUP BY k"},
			"data/aggregates/x.sql:8:37: now() gives another value at each build\n  hint: take the value from a table\n" +
				"data/aggregates/x.sql:8:63: current_date() gives another value at each build\n  hint: take the value from a table\n"},
		"several lines without a key": {map[string]string{"x": "/*\ntitle: X\ncolumns: {n: {label: N, unit: count}}\n*/\nSELECT n FROM t"},
			"data/aggregates/x.sql:1: the SELECT yields 3 lines, and the aggregate has no key, expected one line, or key: with the columns that tell the lines apart\n"},
		"cycle": {map[string]string{"a": head + "SELECT k, n FROM b", "b": head + "SELECT k, n FROM c", "c": head + "SELECT k, n FROM a"},
			"data/aggregates/a.sql:1: aggregates form a cycle: a -> b -> c -> a\n"},
		"itself": {map[string]string{"a": head + "SELECT k, n FROM a"},
			"data/aggregates/a.sql:1: aggregates form a cycle: a -> a\n"},
		"name of a table": {map[string]string{"t": head + "SELECT k, n FROM t"},
			"data/aggregates/t.sql: an aggregate has the name of the table \"t\"\n  hint: rename the file\n" +
				"data/aggregates/t.sql:1: aggregates form a cycle: t -> t\n"},
		"only the cause is reported": {map[string]string{"a": head + "SELECT k, n FROM b", "b": head + "SELECT k, nope AS n FROM t"},
			"data/aggregates/b.sql:8:11: broken SQL: referenced column \"nope\" not found in FROM clause!\n  hint: near it: n, _row\n"},
		"outside": {map[string]string{"x": head + "SELECT * FROM read_csv('/etc/passwd')"},
			"data/aggregates/x.sql:8:15: read_csv() is not a function that an aggregate may read from\n  hint: a query reads tables of data/datapackage.json, other aggregates, and generate_series, json_each, json_tree, range, repeat, repeat_row, unnest\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, said := load(t, one(tt.queries)); said != tt.want {
				t.Errorf("got\n%s\nwant\n%s", said, tt.want)
			}
		})
	}
}
