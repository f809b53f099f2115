package generator

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

func TestATableIsForDownloadAsTheReportSays(t *testing.T) {
	t.Parallel()
	const plain = "name,n\na,1\nb,2\n"
	build := func(t *testing.T, form, more string) map[string][]byte {
		t.Helper()
		report := fstest.MapFS{
			"hugo.toml":         {Data: []byte("title = \"R\"\n")},
			"content/_index.md": {Data: []byte("---\ntitle: Home\n---\n{{< fact \"a.n[b]\" >}}\n")},
			"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "download": "` + form + `", ` + more + `"schema": {"fields": [` +
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
		pages := build(t, "csv", "")
		if string(pages["data/t.csv"]) != plain {
			t.Errorf("data/t.csv is %q", pages["data/t.csv"])
		}
		has(t, pages, "data/datapackage.json", `"path": "t.csv"`)
	})
	t.Run("gzip", func(t *testing.T) {
		t.Parallel()
		pages := build(t, "gzip", "")
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
		pages := build(t, "none", `"downloadReason": "its publisher offers it", `)
		for _, name := range []string{"data/t.csv", "data/t.csv.gz", "data/report.zip", "data/datapackage.json"} { // a package of no tables is not valid
			if _, ok := pages[name]; ok {
				t.Errorf("%s is there", name)
			}
		}
		has(t, pages, "data/t/index.html", "not offered for download: its publisher offers it.", `id="row-2"`)
		has(t, pages, "data/index.html", "<td>not published: its publisher offers it</td>")
		for name, page := range pages {
			for _, file := range []string{"t.csv", "datapackage.json\""} {
				if strings.Contains(string(page), file) {
					t.Errorf("%s names %s", name, file)
				}
			}
		}
	})
}

func TestATableSaysFromWhereItWasFetched(t *testing.T) {
	t.Parallel()
	report := fstest.MapFS{
		"hugo.toml":         {Data: []byte("title = \"R\"\n")},
		"content/_index.md": {Data: []byte("---\ntitle: Home\n---\nWords.\n")},
		"data/datapackage.json": {Data: []byte(`{"resources": [` +
			`{"name": "t", "path": "t.csv", "fetch": {"url": "https://example.org/t.csv?key=$KEY&year=2018"}, "schema": {"fields": [{"name": "name", "type": "string"}]}},` +
			`{"name": "u", "path": "u.csv", "schema": {"fields": [{"name": "name", "type": "string"}]}}]}`)},
		"data/t.csv":            {Data: []byte("name\na\n")},
		"data/u.csv":            {Data: []byte("name\na\n")},
		"data/fetched.lock.csv": {Data: []byte("table,url,fetched,bytes,rows,sha256,etag,modified\nt,https://example.org/t.csv?key=$KEY&year=2018,2018-02-01T09:30:00Z,7,1,00,,\nu,https://example.org/u.csv,2018-02-01T09:30:00Z,7,1,00,,\n")},
	}
	result, err := Build(t.Context(), report, Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	if page, want := string(result.Pages["data/t/index.html"]), `Fetched from <a href="https://example.org/t.csv?year=2018">example.org/t.csv</a>, Feb. 1, 2018, 9:30 a.m. UTC.`; !strings.Contains(page, want) {
		t.Errorf("the page lacks %s", want)
	}
	changed := func(page string) bool {
		return strings.Contains(page, "9:30 a.m. UTC. The file was changed since.</p>")
	}
	if !changed(string(result.Pages["data/t/index.html"])) {
		t.Error("a file with another digest does not say that it was changed")
	}
	// neither does one that is as it came, nor one with a private column, of which the archive has other bytes
	sum := sha256.Sum256(report["data/t.csv"].Data)
	record := report["data/fetched.lock.csv"]
	record.Data = bytes.Replace(record.Data, []byte("7,1,00,"), []byte("7,1,"+hex.EncodeToString(sum[:])+","), 1)
	for _, fields := range []string{`{"name": "name", "type": "string"}`, `{"name": "name", "type": "string"}, {"name": "phone", "private": true}`} {
		if strings.Contains(fields, "private") {
			report["data/t.csv"].Data = []byte("name,phone\na,b\n")
		}
		description := report["data/datapackage.json"]
		description.Data = bytes.Replace(description.Data, []byte(`{"name": "name", "type": "string"}`), []byte(fields), 1)
		result, err := Build(t.Context(), report, Options{})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		if page := string(result.Pages["data/t/index.html"]); changed(page) || !strings.Contains(page, "9:30 a.m. UTC.</p>") {
			t.Errorf("%s: the table says that it was changed", fields)
		}
		if v := verify(t, published(t, report, Options{})); len(v.Differences) > 0 {
			t.Errorf("%s: %v", fields, v.Differences)
		}
	}
	if strings.Contains(string(result.Pages["data/u/index.html"]), "Fetched") {
		t.Error("a table that is no longer fetched says that it is")
	}
}
