package generator

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/archive"
	"broadsheet/generator/dataset"
	"broadsheet/generator/limit"
	"broadsheet/generator/site"

	"golang.org/x/text/encoding/charmap"
)

// privateReport has private columns in a file that is not plain CSV, rows that are
// none, drafts, a file of static/ and one of assets/ that no page uses.
func privateReport(t *testing.T) fstest.MapFS {
	t.Helper()
	table, err := charmap.Windows1252.NewEncoder().String("name;salary;office\r\nAnn;geheim b;\"a;b\"\r\n;;\r\nJosé;geheim c;\r\nZoë;geheim d;\"two\nlines\"\r\n")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"hugo.toml":               {Data: []byte("title = \"Private\"\n")},
		"content/_index.md":       {Data: []byte("---\ntitle: Start\n---\nIt is {{< fact `all.rows` >}}. ![](dot.png)\n")},
		"content/draft.md":        {Data: []byte("---\ntitle: Draft\ndraft: true\n---\ngeheim e\n")},
		"content/later/index.md":  {Data: []byte("---\ntitle: Later\ndraft: true\n---\n")},
		"content/later/notes.txt": {Data: []byte("geheim f")},
		"static/dot.png":          {Data: []byte("\x89PNG")},
		"assets/notes.txt":        {Data: []byte("geheim g")},
		dataset.File: {Data: []byte(`{"title": "P", "resources": [
			{"name": "people", "path": "people.csv", "encoding": "windows-1252", "dialect": {"delimiter": ";"}, "schema": {"primaryKey": ["name", "salary"], "fields": [
				{"name": "name"}, {"name": "salary", "private": true, "constraints": {"pattern": "geheim.*"}}, {"name": "office"}]}},
			{"name": "codes", "path": "codes.csv", "schema": {"fields": [{"name": "code"}, {"name": "key", "private": true}]}}]}`)},
		"data/people.csv":         {Data: []byte(table)},
		"data/codes.csv":          {Data: []byte("code,key\na,geheim h\n,geheim i\n,\nb,\n")},
		"data/notes.txt":          {Data: []byte("geheim j")},
		"data/aggregates/all.sql": {Data: []byte("/*\ntitle: All\ncolumns: {rows: {label: Rows, unit: count}, last: {label: Last row, unit: count}}\n*/\nSELECT count(*) AS rows, max(_row) AS last, list(_row) AS people_rows FROM people")},
	}
}

func published(t *testing.T, report fstest.MapFS, o Options) site.Pages {
	t.Helper()
	result, err := Build(t.Context(), report, o)
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	return result.Pages
}

func verify(t *testing.T, pages map[string][]byte) *Verified {
	t.Helper()
	files := fstest.MapFS{}
	for name, data := range pages {
		files[name] = &fstest.MapFile{Data: data}
	}
	v, problems, err := Verify(t.Context(), files, limit.Limits{}, nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return v
}

// TestTheSourceMakesTheSite builds a report with private columns, and once more from
// the source that it publishes.
func TestTheSourceMakesTheSite(t *testing.T) {
	pages := published(t, privateReport(t), Options{BaseURL: "https://example.org/p/"})
	v := verify(t, pages)
	if len(v.Differences) > 0 || v.Pages == 0 || v.Figures == 0 {
		t.Errorf("%+v", v)
	}
	files, err := archive.Unpack(pages[archive.Name])
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if bytes.Contains(text, []byte("geheim")) {
			t.Errorf("%s is published", name)
		}
	}
	got := slices.Sorted(maps.Keys(files))
	want := []string{"broadsheet.json", "content/_index.md", "data/aggregates/all.sql", "data/codes.csv", dataset.File, "data/people.csv", "hugo.toml"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestVerifyNamesWhatDiffers changes a published site in one way each.
func TestVerifyNamesWhatDiffers(t *testing.T) {
	pages := published(t, privateReport(t), Options{})
	for name, test := range map[string]struct {
		change func(map[string][]byte)
		want   Difference
	}{
		"a figure of a sentence": {
			func(p map[string][]byte) {
				p["index.html"] = bytes.Replace(p["index.html"], []byte(">3</a>"), []byte(">4</a>"), 1)
			},
			Difference{"index.html", "shows what the source does not give", []FigureDiffers{{"all.rows", "4", "3"}}},
		},
		"a cell of the numbers": {
			func(p map[string][]byte) {
				name := "numbers/all/index.html"
				p[name] = bytes.Replace(p[name], []byte(`id="last">5`), []byte(`id="last">6`), 1)
			},
			Difference{"numbers/all/index.html", "shows what the source does not give", []FigureDiffers{{"all.last", "6", "5"}}},
		},
		"words": {
			func(p map[string][]byte) {
				p["index.html"] = bytes.Replace(p["index.html"], []byte("It is"), []byte("It was"), 1)
			},
			Difference{"index.html", "differs, though not in a figure that links to its numbers", nil},
		},
		"a download":  {func(p map[string][]byte) { p["data/people.csv"] = []byte("name\n") }, Difference{"data/people.csv", "is not what the source makes", nil}},
		"a page more": {func(p map[string][]byte) { p["more/index.html"] = nil }, Difference{"more/index.html", "does not come from the source", nil}},
		"a page less": {func(p map[string][]byte) { delete(p, "404.html") }, Difference{"404.html", "is missing from the site", nil}},
	} {
		t.Run(name, func(t *testing.T) {
			changed := maps.Clone(map[string][]byte(pages))
			test.change(changed)
			v := verify(t, changed)
			if len(v.Differences) != 1 {
				t.Fatalf("%+v", v.Differences)
			}
			d := v.Differences[0]
			if d.File != test.want.File || d.What != test.want.What || !slices.Equal(d.Figures, test.want.Figures) {
				t.Errorf("got %+v, want %+v", d, test.want)
			}
		})
	}
}

// TestAnArchiveIsAChoice holds that hugo.toml can keep the source back.
func TestAnArchiveIsAChoice(t *testing.T) {
	report := privateReport(t)
	report["hugo.toml"].Data = append(report["hugo.toml"].Data, "[params]\narchive = false\n"...)
	pages := published(t, report, Options{})
	if pages[archive.Name] != nil || strings.Contains(string(pages["data/index.html"]), "report.zip") {
		t.Error("the source is published all the same")
	}
	_, problems, err := Verify(t.Context(), fstest.MapFS{"index.html": {}}, limit.Limits{}, nil)
	if err != nil || len(problems) != 1 || problems[0].Message != "the site does not publish its source" {
		t.Error(problems, err)
	}
	report["hugo.toml"].Data = []byte("title = \"x\"\n[params]\narchive = \"no\"\n")
	result, err := Build(t.Context(), report, Options{})
	if err != nil || len(result.Problems) != 1 || result.Problems[0].Line != 3 {
		t.Error(result.Problems, err)
	}
}

// TestFilesOfStaticComeFromTheSite holds that one that is gone is named.
func TestFilesOfStaticComeFromTheSite(t *testing.T) {
	files := fstest.MapFS{archive.Name: {Data: published(t, privateReport(t), Options{})[archive.Name]}}
	_, problems, err := Verify(t.Context(), files, limit.Limits{}, nil)
	if err != nil || len(problems) != 1 || problems[0].Message != `it names the file "dot.png", which the site does not hold` {
		t.Error(problems, err)
	}
}

// TestNamesOfThePublicationCanBePages holds that what a publication keeps beside the
// pages is compared where the report makes it.
func TestNamesOfThePublicationCanBePages(t *testing.T) {
	report := privateReport(t)
	report["static/CNAME"] = &fstest.MapFile{Data: []byte("example.org\n")}
	report["content/editions/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Editions\n---\n")}
	pages := published(t, report, Options{})
	if v := verify(t, pages); len(v.Differences) > 0 {
		t.Errorf("%+v", v.Differences)
	}
	pages["editions/index.html"] = []byte("<main>")
	if v := verify(t, pages); len(v.Differences) != 1 || v.Differences[0].File != "editions/index.html" {
		t.Errorf("%+v", v.Differences)
	}
}

// TestVerifyReadsAnyArchive gives it archives that no build made.
func TestVerifyReadsAnyArchive(t *testing.T) {
	for name, data := range map[string][]byte{"nothing": nil, "text": []byte("not a zip file"), "half": published(t, privateReport(t), Options{})[archive.Name][:500]} {
		_, problems, err := Verify(t.Context(), fstest.MapFS{archive.Name: {Data: data}}, limit.Limits{}, nil)
		if err != nil || len(problems) != 1 || problems[0].Message != "it is not a zip file" {
			t.Error(name, problems, err)
		}
	}
}
