package generator

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/limit"
)

// reportWith is a report of one table and one aggregate, with more files.
func reportWith(files map[string]string) fstest.MapFS {
	report := fstest.MapFS{}
	for _, list := range []map[string]string{{
		"hugo.toml":               "title = \"Report\"\n",
		"content/_index.md":       "---\ntitle: Home\n---\nHello.\n",
		"data/datapackage.json":   `{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "name", "type": "string"}, {"name": "n", "type": "integer"}]}}]}`,
		"data/t.csv":              "name,n\na,1\nb,2\n",
		"data/aggregates/all.sql": "/*\ntitle: All\nkey: name\ncolumns: {name: {label: Name, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT name, n, [_row] AS t_rows FROM t",
	}, files} {
		for name, text := range list {
			report[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return report
}

// TestEveryTemplateEnds builds reports whose templates go on for ever, or make more
// than fits into memory. Each ends with the limit and the place.
func TestEveryTemplateEnds(t *testing.T) {
	home := func(body string) map[string]string {
		return map[string]string{"layouts/home.html": "{{ define \"main\" }}\n" + body + "\n{{ end }}\n"}
	}
	const seconds, megabytes = " second for the templates", " megabytes of memory"
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nested loops":       {home("{{ range seq 2000 }}{{ range seq 2000 }}{{ range seq 2000 }}{{ end }}{{ end }}{{ end }}"), "layouts/home.html:2:50: found templates that go on, expected at most 1" + seconds},
		"a loop of a number": {home("\t{{- range 100000000000 -}} {{- end -}}"), "layouts/home.html:2:12: found templates that go on, expected at most 1" + seconds},
		"a doubling recursion": {map[string]string{
			"layouts/home.html":        `{{ define "main" }}{{ partial "a.html" 60 }}{{ end }}`,
			"layouts/_partials/a.html": "{{- /* comment */ -}}\n{{ if . }}{{ partial \"a.html\" (sub . 1) }}{{ partial \"a.html\" (sub . 1) }}{{ end }}",
		}, "layouts/_partials/a.html:2:7: found templates that go on, expected at most 1" + seconds},
		"an endless recursion": {map[string]string{
			"layouts/home.html": `{{ define "main" }}{{ template "a" . }}{{ end }}{{ define "a" }}{{ template "a" . }}{{ end }}`,
		}, "layouts/home.html:1:77: "},
		"a list that grows":   {home("{{ $s := slice }}{{ range 10000000 }}{{ $s = $s | append (printf `%10000d` .) }}{{ end }}"), "layouts/home.html:2:27: found templates that "},
		"a text that doubles": {home("{{ $s := `x` }}{{ range 60 }}{{ $s = print $s $s }}{{ end }}"), ""},
		"repeat":              {home(`{{ strings.Repeat 10000000000 "x" }}`), "layouts/home.html:2:4: found a text of 10000000000 characters, expected at most 100000000 characters"},
		"repeat, piped":       {home(`{{ $n := 9223372036854775807 }}{{ "xx" | strings.Repeat $n }}`), "layouts/home.html:2:42: found a text of 9223372036854775807 characters"},
		"delimit":             {home(`{{ delimit (seq 1000000) (strings.Repeat 1000000 "x") }}`), "layouts/home.html:2:4: found a text of 1000000000000 characters"},
		"replace":             {home(`{{ replace (strings.Repeat 1000000 "x") "x" (strings.Repeat 1000000 "x") }}`), "layouts/home.html:2:4: found a text of 1000000000000 characters"},
		"replace pairs":       {home(`{{ strings.ReplacePairs "x" (strings.Repeat 1000000 "x") (strings.Repeat 1000000 "x") }}`), "layouts/home.html:2:4: found a text of 1000001000000 characters"},
		"pages":               {map[string]string{"content/p/_content.gotmpl": `{{ range 2000000 }}{{ $.AddPage (dict "path" (print .)) }}{{ end }}`}, "content/p/_content.gotmpl:1:23: found more than 5000 pages, expected at most 5000 pages"},
		"files":               {map[string]string{"content/p/_content.gotmpl": `{{ range 2000000 }}{{ .AddResource (dict "path" (print . ".txt") "content" (dict "value" "x")) }}{{ end }}`}, "content/p/_content.gotmpl:1:23: "},
		"languages":           {map[string]string{"hugo.toml": "title = \"x\"\n[languages]\n" + strings.Join(numbered(60, "a%da = {}"), "\n")}, "hugo.toml: found 60 sites, one for each language, version and role, expected at most 50 languages"},
	} {
		t.Run(name, func(t *testing.T) {
			limits := limit.Limits{limit.PageTime: 1, limit.Pages: 5000}
			if tt.want == "" { // who sees it first, the guard or the build, names it
				limits[limit.Memory] = 1000
				limits[limit.PageTime] = 60
			}
			result, err := Build(t.Context(), reportWith(tt.files), Options{Limits: limits})
			if err != nil {
				t.Fatal(err)
			}
			if len(result.Problems) != 1 || !strings.HasPrefix(result.Problems[0].String(), tt.want) || tt.want == "" && !strings.Contains(result.Problems[0].String(), megabytes) {
				t.Errorf("got %v\nwant %s", result.Problems, tt.want)
			}
		})
	}
}

func numbered(n int, format string) []string {
	var list []string
	for i := range n {
		list = append(list, strings.ReplaceAll(format, "%d", string(rune('a'+i/26))+string(rune('a'+i%26))))
	}
	return list
}

// TestAStoppedBuildIsNobodysFault stops a build while a template goes on.
func TestAStoppedBuildIsNobodysFault(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Second, cancel)
	since := time.Now()
	result, err := Build(ctx, reportWith(map[string]string{"layouts/home.html": `{{ define "main" }}{{ range 100000000000 }}{{ end }}{{ end }}`}), Options{})
	if !errors.Is(err, context.Canceled) || len(result.Problems) > 0 {
		t.Errorf("got %v and %v", err, result.Problems)
	}
	if took := time.Since(since); took > 10*time.Second {
		t.Errorf("it went on for %s", took)
	}
}

// TestASiteThatIsTooLargeIsAProblem, by the file that is largest.
func TestASiteThatIsTooLargeIsAProblem(t *testing.T) {
	result, err := Build(t.Context(), reportWith(map[string]string{"static/large.txt": strings.Repeat("x", 2_000_000)}), Options{Limits: limit.Limits{limit.SiteSize: 1}})
	const want = `static/large.txt: found a site of 2 megabytes; its largest file is "large.txt", expected at most 1 megabyte in a site`
	if err != nil || len(result.Problems) != 1 || !strings.HasPrefix(result.Problems[0].String(), want) {
		t.Errorf("got %v, %v", result.Problems, err)
	}
}

// TestStaticFilesArePublished: as they are, at the root of the site.
func TestStaticFilesArePublished(t *testing.T) {
	files := map[string]string{"robots.txt": "User-agent: *\n", "CNAME": "example.org\n", ".well-known/security.txt": "x\n", "old/notes.txt": "x\n"}
	more := map[string]string{}
	for name, text := range files {
		more["static/"+name] = text
	}
	result := built(t, reportWith(more))
	for name, text := range files {
		if got := string(result.Pages[name]); got != text {
			t.Errorf("%s is %q", name, got)
		}
	}
}
