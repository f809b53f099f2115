package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/limit"
)

// frozen is the report in testdata/report: every kind of chart, shortcode, unit and
// page, on figures that no editor corrects.
func frozen(t testing.TB) fstest.MapFS {
	t.Helper()
	report, folder := fstest.MapFS{}, "testdata/report"
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, name))
		report[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// extra are files that the frozen report does not have.
var extra = map[string]string{
	"data/corrections.csv":     "date,fact,old,new,text,pages\n2021-02-01,total.visits,200,210,A slip of the pen,/\n",
	"layouts/_partials/x.html": "{{ range seq 3 }}{{ . }}{{ end }}",
	"layouts/home.html":        "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ partial \"x.html\" . }}{{ end }}",
	"assets/css/theme.css":     "p { color: red }",
	"i18n/en.toml":             "[x]\nother = \"X\"\n",
	"static/robots.txt":        "User-agent: *\n",
	"content/other.org":        "* A heading\n",
}

// noise is what no editor may read: the words of the libraries inside, and places
// that are not in the report.
var noise = regexp.MustCompile(`goroutine|runtime error|json_serialize|sql: |panic|/report/|\bpublic/|INTERNAL|context (canceled|deadline)|duckdb|is undefined|TypeError|\d px|pixel|Buffer Size|CSV Error|nil pointer|reflect|interface \{|%!`)

// FuzzBuild replaces a part of one file of a report. Whatever it holds then, the
// build ends, in pages or in problems of the report's own files, and never in an
// error.
func FuzzBuild(f *testing.F) {
	base := frozen(f)
	for name, text := range extra {
		base[name] = &fstest.MapFile{Data: []byte(text)}
	}
	names := slices.Sorted(maps.Keys(base))
	texts := []string{"", "\x00", "{{<", "\"", "9e999", "{a: [b]}", "\n\n", "é\xff", "-- \n", "*/", "../..", "null", "=1+1", "'infinity'", "{{ range seq 9999 }}"}
	for i, name := range names {
		for j := range 2 { // the fuzzing engine makes more of them
			k := (2*i + j) % len(texts)
			f.Add(uint16(i), uint32(len(base[name].Data)*k/len(texts)), uint16(k%7), texts[k])
		}
	}
	limits := limit.Limits{limit.Time: 8, limit.QueryTime: 2, limit.PageTime: 4, limit.Pages: 500, limit.ResultRows: 10_000, limit.Memory: 3_000}
	memo := f.TempDir()
	f.Fuzz(func(t *testing.T, which uint16, at uint32, cut uint16, insert string) {
		name := names[int(which)%len(names)]
		data := base[name].Data
		from := int(at) % (len(data) + 1)
		to := min(from+int(cut), len(data))
		report := maps.Clone(base)
		report[name] = &fstest.MapFile{Data: bytes.Join([][]byte{data[:from], []byte(insert), data[to:]}, nil)}
		start := time.Now()
		result, err := Build(t.Context(), report, Options{Memo: memo, Limits: limits})
		switch {
		case err != nil && errors.Is(err, t.Context().Err()):
		case err != nil:
			t.Fatalf("%s: %v", name, err)
		case time.Since(start) > 10*time.Second:
			t.Errorf("%s: the build took %v", name, time.Since(start))
		case result.Pages == nil && len(result.Problems) == 0:
			t.Errorf("%s: neither pages nor problems", name)
		}
		for _, p := range result.Problems {
			if said := noise.FindString(p.String()); said != "" && !bytes.Contains(report[name].Data, []byte(said)) {
				t.Errorf("%s: %q in %s", name, said, p)
			}
		}
	})
}
