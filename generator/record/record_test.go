package record

import (
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
)

func TestSources(t *testing.T) {
	report := fstest.MapFS{SourcesFile: {Data: []byte("id,title,outlet,url,extra\na,\"One, two\",Paper,https://example.org/x,y\nb,Three,,javascript:alert(1),\nc,Four,,,\n")}}
	var problems diag.List
	sources, err := Sources(report, &problems)
	if err != nil || len(sources) != 3 {
		t.Fatal(sources, err)
	}
	if s := sources[0]; s.ID != "a" || s.Row != 2 || s.Publication() != "Paper: One, two" {
		t.Errorf("%+v", s)
	}
	found := problems.Sorted()
	want := `data/sources.csv:3: url: found "javascript:alert(1)", expected an address that starts with "https://"`
	if len(found) != 1 || found[0].String() != want || sources[1].URL != "" {
		t.Errorf("%v", found)
	}
}

func TestAReportMayHaveNoSources(t *testing.T) {
	var problems diag.List
	if sources, err := Sources(fstest.MapFS{}, &problems); sources != nil || err != nil || !problems.Empty() {
		t.Error(sources, err)
	}
}
