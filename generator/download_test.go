package generator

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

func TestATableIsForDownloadAsTheReportSays(t *testing.T) {
	t.Parallel()
	const plain = "name,n\na,1\nb,2\n"
	build := func(t *testing.T, form string) map[string][]byte {
		t.Helper()
		report := fstest.MapFS{
			"hugo.toml":         {Data: []byte("title = \"R\"\n")},
			"content/_index.md": {Data: []byte("---\ntitle: Home\n---\n{{< fact \"a.n[b]\" >}}\n")},
			"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "download": "` + form + `", "schema": {"fields": [` +
				`{"name": "name", "type": "string"}, {"name": "n", "type": "integer", "unit": "count"}]}}]}`)},
			"data/t.csv":            {Data: []byte(plain)},
			"data/aggregates/a.sql": {Data: []byte("/*\ntitle: A\nkey: name\ncolumns:\n  name: {label: Name, unit: text}\n  n: {label: N, unit: count}\n*/\nSELECT name, n, [_row] AS t_rows FROM t")},
		}
		result, err := Build(t.Context(), report, Options{})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		return result.Pages
	}
	has := func(t *testing.T, pages map[string][]byte, name string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(string(pages[name]), part) {
				t.Errorf("%s lacks %q", name, part)
			}
		}
	}
	t.Run("csv", func(t *testing.T) {
		t.Parallel()
		pages := build(t, "csv")
		if string(pages["data/t.csv"]) != plain {
			t.Errorf("data/t.csv is %q", pages["data/t.csv"])
		}
		has(t, pages, "data/datapackage.json", `"path": "t.csv"`)
	})
	t.Run("gzip", func(t *testing.T) {
		t.Parallel()
		pages := build(t, "gzip")
		z, err := gzip.NewReader(bytes.NewReader(pages["data/t.csv.gz"]))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(z); err != nil || string(text) != plain {
			t.Errorf("the file holds %q: %v", text, err)
		}
		if _, ok := pages["data/t.csv"]; ok {
			t.Error("data/t.csv is there too")
		}
		has(t, pages, "data/t/index.html", `href="../../data/t.csv.gz"`)
		has(t, pages, "data/index.html", `href="../data/t.csv.gz"`)
		has(t, pages, "data/datapackage.json", `"path": "t.csv.gz"`)
		has(t, pages, "llms.txt", "data/t.csv.gz")
	})
	t.Run("none", func(t *testing.T) {
		t.Parallel()
		pages := build(t, "none")
		for _, name := range []string{"data/t.csv", "data/t.csv.gz", "data/report.zip"} {
			if _, ok := pages[name]; ok {
				t.Errorf("%s is there", name)
			}
		}
		has(t, pages, "data/t/index.html", "not offered for download", `id="row-2"`)
		for name, page := range pages {
			if strings.Contains(string(page), "t.csv") {
				t.Errorf("%s names the file", name)
			}
		}
	})
}
