package record

import (
	"testing"
	"testing/fstest"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// read loads a report with a table of sources and returns them, with the problems.
func read(t *testing.T, report fstest.MapFS) ([]Source, []diag.Problem) {
	t.Helper()
	eng, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := eng.Close(); err != nil {
			t.Error(err)
		}
	}()
	var problems diag.List
	data, err := dataset.Load(t.Context(), report, nil, eng, nil, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	sources, err := Sources(t.Context(), data, &problems)
	if err != nil {
		t.Fatal(err)
	}
	return sources, problems.Sorted()
}

const fields = `"schema": {"fields": [{"name": "id"}, {"name": "title"}, {"name": "outlet"}, {"name": "url"}, {"name": "extra"}]}}]}`

func TestSources(t *testing.T) {
	sources, found := read(t, fstest.MapFS{
		dataset.File: {Data: []byte(`{"resources": [{"name": "sources", "path": "sources.csv", ` + fields)},
		SourcesFile:  {Data: []byte("id,title,outlet,url,extra\na,\"One, two\",Paper,https://example.org/x,y\nb,Three,,javascript:alert(1),\nc,Four,,,\n")},
	})
	if len(sources) != 3 {
		t.Fatal(sources)
	}
	if s := sources[0]; s.ID != "a" || s.Row != 2 || s.Title != "One, two" {
		t.Errorf("%+v", s)
	}
	want := `data/sources.csv:3: url: found "javascript:alert(1)", expected an address that starts with "https://"`
	if len(found) != 1 || found[0].String() != want || sources[1].URL != "" {
		t.Errorf("%v", found)
	}
}

func TestSourcesOfASpreadsheetInEurope(t *testing.T) {
	sources, found := read(t, fstest.MapFS{
		dataset.File: {Data: []byte(`{"resources": [{"name": "sources", "path": "sources.csv", "encoding": "windows-1252", "dialect": {"delimiter": ";"}, ` + fields)},
		SourcesFile:  {Data: []byte("id;title;outlet;url;extra\r\na;Z\xfcrich;;;\r\n")},
	})
	if len(found) > 0 || len(sources) != 1 || sources[0].ID != "a" || sources[0].Title != "Zürich" {
		t.Errorf("%+v %v", sources, found)
	}
}

func TestAReportMayHaveNoSources(t *testing.T) {
	if sources, found := read(t, fstest.MapFS{dataset.File: {Data: []byte(`{"resources": []}`)}}); sources != nil || len(found) > 0 {
		t.Error(sources, found)
	}
}
