package aggregate

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// Whatever is in the comment, each mistake is a problem in plain words.
func TestHeads(t *testing.T) {
	const columns = "columns:\n  k: {label: K, unit: text}\n  n: {label: N, unit: count}\n"
	for head, want := range map[string]string{
		"title: X\nkey: 5\n" + columns:                                            "3:1: the key \"5\" is not among the columns",
		"title: X\nkey: {a: b}\n" + columns:                                       "3:1: key is keys with values, expected a column or a list of columns",
		"title: X\nkey: [[k]]\n" + columns:                                        "3:1: key is a list, expected a column or a list of columns",
		"title: X\nkey: [k, k]\n" + columns:                                       "3:1: the key \"k\" is given twice",
		"title: X\nkey: ''\n" + columns:                                           "3:1: the key \"\" is not among the columns",
		"title: [a]\nkey: k\n" + columns:                                          "2:1: title is a list, expected text",
		"title: null\nkey: k\n" + columns:                                         "1: title is missing, expected what the aggregate says, in plain words",
		"title: \"\\x00\"\nkey: k\n" + columns:                                    "2:1: found the control character U+0000, expected text",
		"title: X\nabout: \"\\e[31m\"\nkey: k\n" + columns:                        "3:1: found the control character U+001B, expected text",
		"title: X\nkey: k\ncolumns: [a]\n":                                        "4:1: columns is a list, expected keys with values",
		"title: X\nkey: k\ncolumns: {a: 5}\n":                                     "4:11: a is \"5\", expected keys with values",
		"title: X\nkey: k\n" + columns + "  \"a\\nb\": {label: U, unit: count}\n": "7:3: the name of a column, found \"a\\nb\", expected text of one line\n  hint: name it with AS in the SELECT",
		"title: X\nkey: k\ncolumns: {k: {label: K, unit: text}, n: {label: N, unit: count, precision: {}}}\n": "4:65: precision is keys with values, expected text",
		"title: X\nkey: k\ncolumns: {k: {label: \"\\b\", unit: text}, n: {label: N, unit: count}}\n":          "4:15: found the control character U+0008, expected text",
		"5":                                    "2:1: found \"5\", expected keys with values",
		"":                                     "1: title is missing, expected what the aggregate says, in plain words",
		"\ttitle: X":                           "2: broken YAML: a tab\n  hint: YAML is indented with spaces",
		"title: X\nkey: k\nkey: k\n" + columns: "4:1: the key \"key\" is given twice\n  hint: delete one of the two",
		strings.Repeat("[", 20_000):            "2: broken YAML: exceeded max depth of 10000",
	} {
		_, said := load(t, one(map[string]string{"x": "/*\n" + head + "*/\nSELECT k, sum(n) AS n FROM t GROUP BY k"}))
		if !strings.Contains("\n"+said, "\ndata/aggregates/x.sql:"+want+"\n") {
			t.Errorf("%.200q: got\n%s", head, said)
		}
	}
}

func TestFiles(t *testing.T) {
	const head = "/*\ntitle: X\nkey: k\ncolumns:\n  k: {label: K, unit: text}\n  n: {label: N, unit: count}\n*/"
	const query = "SELECT k, sum(n) AS n FROM t GROUP BY k"
	for text, want := range map[string]string{
		"":                                 "1: the file does not start with a comment, expected /* title: … columns: … */ before the SELECT",
		"-- a\n" + head + query:            "1: the file does not start with a comment, expected /* title: … columns: … */ before the SELECT",
		"\n/*/":                            "2: the comment has no end, expected */ before the SELECT",
		head:                               "7: broken SQL: the SELECT is missing",
		head + "\n-- nothing\n;":           "8: broken SQL: the SELECT is missing",
		head + query + ";" + query:         "7: broken SQL: 2 statements where one SELECT belongs",
		head + "EXPLAIN " + query:          "7: broken SQL: another statement where a SELECT belongs",
		head + "SUMMARIZE t":               "7: broken SQL: another statement where a SELECT belongs",
		head + "PIVOT t ON":                "7:13: broken SQL: syntax error at end of input",
		head + "\n\x00" + query:            "8:1: the file is not UTF-8 text, found the byte 0x00, expected UTF-8\n  hint: save the file as UTF-8",
		head + "\n -- \xff" + query:        "8:5: the file is not UTF-8 text, found the byte 0xff, expected UTF-8\n  hint: save the file as UTF-8",
		head + strings.Repeat("(", 50_000): "7:10001: broken SQL: too deeply nested at or near \"(\"",
		head + "SELECT k, error(k || chr(27)) AS n FROM t":        "7: broken SQL: a\ufffd",
		head + "SELECT k, error(repeat('x', 100000)) AS n FROM t": "7: broken SQL: " + strings.Repeat("x", 300) + "…",
		head + "SELECT * FROM t, t":                               "7: broken SQL: ambiguous reference to table \"t\" (duplicate alias \"t\", explicitly alias one of the tables using \"AS my_alias\")",
		head + "SELECT k, n, n FROM t":                            "4:1: column \"n_1\" is not described\n  hint: two columns named \"n\" make one of this name: leave one out, or name it with AS",
		head + "SELECT k, 1 AS n FROM information_schema.tables":  "7:25: unknown table or aggregate \"information_schema.tables\"",
		head + "SELECT k, 1 AS n FROM duckdb_settings":            "7:25: unknown table or aggregate \"duckdb_settings\"",
		head + "SELECT k, 1 AS n FROM '/etc/passwd'":              "7:25: unknown table or aggregate \"/etc/passwd\"",
		head + query + ";;":                                       "",
		"\ufeff" + head + "/* two */" + query:                     "",
		head + strings.Repeat("\n", 500_000) + query:              "",
	} {
		if want != "" {
			want = "data/aggregates/x.sql:" + want + "\n"
		}
		if _, said := load(t, one(map[string]string{"x": text})); said != want {
			t.Errorf("%.200q: got\n%.500s", text, said)
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	const name = ", expected at most 100 small letters, digits and _, starting with a letter\n  hint: rename the file\n"
	long := strings.Repeat("a", 300)
	for file, want := range map[string]string{
		"X.sql":       "data/aggregates/X.sql: the name of an aggregate, found \"X\"" + name,
		"a b.sql":     "data/aggregates/a b.sql: the name of an aggregate, found \"a b\"" + name,
		"a'b.sql":     "data/aggregates/a'b.sql: the name of an aggregate, found \"a'b\"" + name,
		"1.sql":       "data/aggregates/1.sql: the name of an aggregate, found \"1\"" + name,
		"ü.sql":       "data/aggregates/ü.sql: the name of an aggregate, found \"ü\"" + name,
		long + ".sql": "data/aggregates/" + long + ".sql: the name of an aggregate, found \"" + long[:60] + "…\"" + name,
		"x.SQL":       "data/aggregates/x.SQL: the name of an aggregate's file, found \".SQL\", expected \".sql\"\n  hint: rename the file\n",
		"x.sql/y":     "data/aggregates/x.sql: found a directory, expected a file\n",
		"README.md":   "",
		".x.sql":      "",
		"x[1].sql":    "data/aggregates/x[1].sql: the name of an aggregate, found \"x[1]\"" + name,
	} {
		report := one(nil)
		report["data/aggregates/"+file] = &fstest.MapFile{Data: []byte(strings.Replace(sums, "sums", "x", 1))}
		if _, said := load(t, report); said != want {
			t.Errorf("%s: got\n%s", file, said)
		}
	}
}

// locked is a report in which data/aggregates cannot be read.
type locked struct{ fs.FS }

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == directory {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return fs.ReadDir(l.FS, name)
}

func TestADirectoryThatCannotBeReadIsNotEmpty(t *testing.T) {
	if _, said := load(t, locked{one(map[string]string{"x": sums})}); said != "data/aggregates: the directory cannot be read\n" {
		t.Errorf("got %q", said)
	}
}
