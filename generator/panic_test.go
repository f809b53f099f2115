package generator

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// panicking is a report of which reading one file panics.
type panicking struct {
	fs.FS
	file string
}

func (p panicking) Open(name string) (fs.File, error) {
	if name == p.file {
		panic("out of order")
	}
	return p.FS.Open(name)
}

// TestAPanicIsAnErrorOfTheBuild holds that a bug comes back as an error, whatever
// goroutine it is in, so that the program ends as it says it does.
func TestAPanicIsAnErrorOfTheBuild(t *testing.T) {
	report := fstest.MapFS{
		"hugo.toml":                {Data: []byte(`title = "R"`)},
		"content/_index.md":        {Data: []byte("---\ntitle: Home\n---\n")},
		"data/datapackage.json":    {Data: []byte(`{"created": "2018-03-01", "resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv":               {Data: []byte("n\n1\n")},
		"data/aggregates/a.sql":    {Data: []byte("/*\ntitle: A\ncolumns: {n: {label: N, unit: count}}\n*/\nSELECT sum(n) AS n, list(_row) AS t_rows FROM t")},
		"layouts/_partials/x.html": {Data: []byte("x")},
	}
	for _, file := range []string{"hugo.toml", "data/t.csv", "data/aggregates/a.sql", "layouts/_partials/x.html"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			result, err := Build(t.Context(), panicking{report, file}, Options{})
			if err == nil || !strings.HasPrefix(err.Error(), "this is a bug in broadsheet: ") || !strings.Contains(err.Error(), "out of order") || !strings.Contains(err.Error(), "panic_test.go") {
				t.Errorf("%v, expected the panic and where it was", err)
			}
			if result.Pages != nil {
				t.Error("pages in spite of a bug")
			}
		})
	}
}
