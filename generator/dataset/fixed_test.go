package dataset

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
)

// TestFixedWidth reads columns of fixed width, with letters of several bytes and what CSV would quote, names a cell at its line, and
// publishes a table with a private column as CSV.
func TestFixedWidth(t *testing.T) {
	t.Parallel()
	read := func(widths, text string) (*Dataset, *Table, string) {
		t.Helper()
		e, err := engine.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = e.Close() })
		report := fstest.MapFS{
			File:         {Data: fmt.Appendf(nil, `{"resources": [{"name": "a", "path": "a.csv", "dialect": {"widths": [%s], "commentChar": "#"}, "schema": {"fields": [{"name": "town", "type": "string"}, {"name": "owner", "type": "string", "private": true}, {"name": "n", "type": "integer"}]}}]}`, widths)},
			"data/a.csv": {Data: []byte(text)},
		}
		var found diag.List
		d, err := Load(t.Context(), report, quantity.English, e, nil, nil, &found)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, p := range found.Sorted() {
			said = append(said, p.String())
		}
		return d, d.Table("a"), strings.Join(said, "\n")
	}
	const file = "# towns, \"all\"\ntown      owner    n\nSt, Zoë's \"Bob\"    1\r\nBath      Ada     22\nClay\n"
	d, table, said := read("10, 8, 2", file)
	if said != "" {
		t.Fatal(said)
	}
	rows, err := table.Head()
	if err != nil || len(rows) != 3 || rows[0].Number != 3 || rows[0].Values[0].Raw() != "St, Zoë's" || rows[0].Values[1].Raw() != "1" || rows[1].Values[1].Raw() != "22" || !rows[2].Values[1].IsMissing() {
		t.Error(rows, err)
	}
	public, err := d.Public()("data/a.csv", []byte(file))
	if text := string(public["data/a.csv"]); err != nil || !strings.HasSuffix(text, "\ntown,n\n\"St, Zoë's\",1\nBath,22\nClay,\n") || strings.Contains(text, "Ada") {
		t.Error(text, err)
	}
	if described, err := d.Public()(File, nil); err != nil || strings.Contains(string(described[File]), "widths") {
		t.Error(string(described[File]), err)
	}
	for text, want := range map[string]string{
		"town      owner    n\nAda       Bob     xx\n":    `data/a.csv:2:19: n: found "xx", expected a whole number`,
		"town      owner    n\nAda       Bob      1 23\n": "data/a.csv:2:21: text behind the last column\n  hint: make the last of the widths [10 8 2] larger in data/datapackage.json",
		"town     owner    n\nAda      Bob      1\n":      "data/a.csv:1: the widths [10 8 2] cut the names of the columns, found \"town     o\", \"wner\", \"n\", expected \"town\", \"owner\", \"n\"\n  hint: declare \"dialect\": {\"widths\": [9, 9, 1]}",
	} {
		if _, _, said := read("10, 8, 2", text); !strings.HasPrefix(said, want) {
			t.Errorf("%s, want %s", said, want)
		}
	}
	if _, _, said := read("10, -1", file); !strings.Contains(said, `found "[10 -1]", expected the path of a .txt, .dat or .csv file, no delimiter or quotation mark, and numbers from 1`) {
		t.Error(said)
	}
}
