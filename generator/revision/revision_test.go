package revision_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/record"
	"broadsheet/generator/revision"
)

// table reads a file whose columns are described so.
func table(t *testing.T, fields, more, text string) *dataset.Table {
	t.Helper()
	e, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	report := fstest.MapFS{
		dataset.File:      {Data: []byte(`{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [` + fields + `]` + more + `}}]}`)},
		"data/a.csv":      {Data: []byte(text)},
		"data/others.csv": {Data: []byte("x\n")},
	}
	var found diag.List
	table, err := dataset.Read(t.Context(), report, "a", e, nil, &found)
	if err != nil || table == nil || !found.Empty() {
		t.Fatal(err, found.Sorted())
	}
	return table
}

func compare(t *testing.T, old, now *dataset.Table) *revision.Revision {
	t.Helper()
	r, err := revision.Compare(t.Context(), old, now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const twoColumns = `{"name": "a", "type": "string"}, {"name": "b", "type": "string"}`

func TestRowsWithoutKey(t *testing.T) {
	t.Parallel()
	old := table(t, twoColumns, "", "a,b\n1,x\n1,x\n2,y\n")
	now := table(t, twoColumns, "", "b,a\nx,1\nz,3\n")
	r := compare(t, old, now)
	if got := r.Words(); got != "1 row added, 2 removed" || r.Added[0].Key != "a=3 b=z" || len(r.Totals) != 0 || r.Empty() {
		t.Error(got, r)
	}
	if r := compare(t, old, old); r.Words() != "the same rows, written in another way" || !r.Empty() {
		t.Error(r)
	}
}

// TestColumns has a column that is new, one that is gone, and one that is described otherwise; and a private one, of which
// nothing is said, though it is in the key.
func TestColumns(t *testing.T) {
	t.Parallel()
	const key = `, "primaryKey": ["id"]`
	const id = `{"name": "id", "type": "integer"}, `
	old := table(t, id+`{"name": "amount", "type": "number", "unit": "usd", "groupChar": ","}, {"name": "was", "type": "string"}`, key, "id,amount,was,extra\n1,\"1,000.50\",x,\n2,3,y,\n")
	now := table(t, id+`{"name": "amount", "type": "string"}, {"name": "is", "type": "string"}`, key, "is,id,amount,extra\nx,1,1000.5,\n,2,4,\n")
	r := compare(t, old, now)
	if got := r.Words(); got != "1 row revised, new columns: is, columns gone: was, other types: amount" {
		t.Error(got)
	}
	if got := fmt.Sprint(r.Types, r.Revised); got != "[{amount number (usd) string}] [{id=2 [{amount 3 4}]}]" {
		t.Error(got)
	}

	private := `{"name": "id", "type": "string", "private": true}, {"name": "n", "type": "integer"}`
	r = compare(t, table(t, private, key, "id,n\nAda,1\nBob,2\n"), table(t, private, key, "id,n\nAda,1\nBob,3\n"))
	if got := fmt.Sprint(r, r.Record("2018-02-01T09:30:00Z")); strings.Contains(got, "Bob") || !strings.Contains(got, "n=3") {
		t.Error(got)
	}
}

func TestLastPeriod(t *testing.T) {
	t.Parallel()
	const fields = `{"name": "id", "type": "string"}, {"name": "day", "type": "date"}, {"name": "year", "type": "year"}, {"name": "n", "type": "integer"}`
	old := table(t, fields, `, "primaryKey": "id"`, "id,day,year,n\na,2017-12-01,2017,1\nb,2018-01-02,2018,2\n")
	for text, want := range map[string]string{
		"id,day,year,n\na,2017-12-01,2017,1\nb,2018-01-02,2018,3\nc,2018-01-30,2018,1\nd,2018-02-01,2018,1\n": "the last month of the old file, 2018-01 (day), had 1 row and now has 2: it was not complete; 1 of its rows was revised",
		"id,day,year,n\na,2017-12-01,2017,5\nb,2018-01-02,2018,2\nd,2018-02-01,2018,1\n":                      "",
	} {
		got := ""
		if r := compare(t, old, table(t, fields, `, "primaryKey": "id"`, text)); r.Period != nil {
			got = r.Period.Words()
		}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestRecordIsBounded keeps some rows of many, and says how many more there are.
func TestRecordIsBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "%d,%s\n", i, strings.Repeat("é", 1000))
	}
	list := compare(t, table(t, twoColumns, "", "a,b\nx,y\n"), table(t, twoColumns, "", "a,b\nx,y\n"+b.String())).Record("2018-02-01T09:30:00Z")
	last := list[len(list)-1]
	if len(list) != 102 || last.Change != record.RowAdded || last.Row != "" || last.New != "400" || len([]rune(list[50].Row)) != 301 {
		t.Error(len(list), last)
	}
}
