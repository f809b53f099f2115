package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/dataset"
	"broadsheet/generator/record"
)

// TestNothingDependsOnAPrivateColumn builds two reports that differ in private
// values only: the site and the lock are the same, byte for byte, for a short table
// and for one that is locked as a whole. So nobody can guess the values back.
func TestNothingDependsOnAPrivateColumn(t *testing.T) {
	build := func(answer func(int) string, lock map[string][]byte) map[string][]byte {
		var short, long strings.Builder
		short.WriteString("id,n,answer,office\n")
		long.WriteString("id,answer\n")
		for i := range 14 {
			fmt.Fprintf(&short, "%d,%d,%s,a\n", i, i*i, answer(i))
		}
		for i := range 10_001 {
			fmt.Fprintf(&long, "%d,%s\n", i, answer(i))
		}
		report := fstest.MapFS{
			"hugo.toml":         {Data: []byte("title = \"Private\"\n")},
			"content/_index.md": {Data: []byte("---\ntitle: Start\n---\n{{< fact `all.n[3]` >}} and {{< fact `whole.n` >}}\n")},
			dataset.File: {Data: []byte(`{"title": "P", "resources": [
				{"name": "t", "path": "t.csv", "schema": {
					"primaryKey": ["id", "answer"], "uniqueKeys": [["id"], ["n", "answer"]],
					"foreignKeys": [{"fields": ["office"], "reference": {"resource": "offices", "fields": ["code"]}}, {"fields": ["id"], "reference": {"resource": "long", "fields": ["id"]}}],
					"fields": [{"name": "id", "source": "answer"}, {"name": "n", "type": "integer"}, {"name": "answer", "private": true}, {"name": "office"}]}},
				{"name": "offices", "path": "offices.csv", "schema": {"fields": [{"name": "code", "private": true}, {"name": "n"}]}},
				{"name": "long", "path": "long.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "answer", "private": true}]}}]}`)},
			"data/t.csv":              {Data: []byte(short.String())},
			"data/long.csv":           {Data: []byte(long.String())},
			"data/offices.csv":        {Data: []byte("code,n\na,1\n")},
			"data/aggregates/all.sql": {Data: []byte("/*\ntitle: All\nkey: id\ncolumns: {id: {label: ID, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, n, [_row] AS t_rows FROM t")},
			// of a long table
			"data/aggregates/whole.sql": {Data: []byte("/*\ntitle: Long\ncolumns: {n: {label: N, unit: count}}\n*/\nSELECT count(*) AS n, list(_row) AS long_rows FROM long")},
		}
		for name, data := range lock { // of which the digests have the salt
			report[name] = &fstest.MapFile{Data: data}
		}
		result, err := Build(t.Context(), report, Options{For: ToAccept})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		files, err := result.Lock.Files()
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(files, result.Pages)
		return files
	}
	one := func(i int) string { return []string{"yes", "no"}[i%2] }
	first := build(one, nil)
	lock := map[string][]byte{record.LockFile: first[record.LockFile], record.RowsFile: first[record.RowsFile]}
	yes := build(one, lock)
	no := build(func(i int) string { return []string{"yes", "no", "perhaps"}[i*i%3] }, lock)
	for name, text := range yes {
		if !bytes.Equal(text, no[name]) {
			t.Errorf("%s depends on private values", name)
		}
	}
	if len(yes) != len(no) {
		t.Error(len(yes), len(no))
	}

	var published dataset.Package
	if err := json.Unmarshal(yes["data/datapackage.json"], &published); err != nil {
		t.Fatal(err)
	}
	s := published.Resources[0].Schema
	if len(s.PrimaryKey) != 0 || len(s.UniqueKeys) != 1 || len(s.ForeignKeys) != 1 || s.Fields[0].Source != "" || len(s.Fields) != 3 {
		t.Errorf("%s", yes["data/datapackage.json"])
	}
	if bytes.Contains(yes["data/datapackage.json"], []byte("answer")) {
		t.Error("the published description names a private column")
	}
}
