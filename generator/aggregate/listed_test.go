package aggregate

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/dataset"
)

// TestRowsOfALargeTable holds that the rows behind each line are the same, whether they are listed by the query or a part of the
// table at a time, as those of a large table are.
func TestRowsOfALargeTable(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("k,n\n")
	const rows = atOnce + 100_000
	for i := range rows {
		switch {
		case i%1000 == 0:
			fmt.Fprintf(&csv, "rare,%d\n", i%7)
		case i == rows-1:
			csv.WriteString("last,1\n")
		default:
			fmt.Fprintf(&csv, "%c,%d\n", 'a'+i%3, i%7)
		}
	}
	const head = "/*\ntitle: T\nkey: k\ncolumns: {k: {label: Key, unit: text}, n: {label: Sum, unit: count}}\n*/\n"
	set, said := load(t, fstest.MapFS{
		dataset.File:                 {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}, {"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv":                 {Data: []byte(csv.String())},
		"data/aggregates/parts.sql":  {Data: []byte(head + "SELECT k, sum(n) AS n, list(_row) AS t_rows FROM t WHERE n <> 3 GROUP BY k")},
		"data/aggregates/listed.sql": {Data: []byte(head + "SELECT k, sum(n) AS n, list(_row ORDER BY _row) AS t_rows FROM t WHERE n <> 3 GROUP BY k")},
		"data/aggregates/whole.sql":  {Data: []byte("/*\ntitle: T\ncolumns: {n: {label: Sum, unit: count}}\n*/\nSELECT sum(n) AS n, list(_row) AS t_rows FROM t")},
	})
	if said != "" {
		t.Fatal(said)
	}
	parts, listed := set["parts"], set["listed"]
	if len(parts.Rows) != 5 || len(listed.Rows) != 5 {
		t.Fatal(len(parts.Rows), len(listed.Rows))
	}
	for i, line := range parts.Rows {
		got, err := line.Lineage[0].MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		want, err := listed.Rows[i].Lineage[0].MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if line.Key[0] != listed.Rows[i].Key[0] || string(got) != string(want) || line.Lineage[0].Len() == 0 {
			t.Errorf("%s: %d rows in parts, %d listed", line.Key[0], line.Lineage[0].Len(), listed.Rows[i].Lineage[0].Len())
		}
	}
	if n := set["whole"].Row().Lineage[0].Len(); n != rows {
		t.Errorf("%d rows of %d", n, rows)
	}
}
