package site_test

import (
	"strings"
	"testing"

	"broadsheet/generator"
)

// problemsOf is what is wrong with the report after a change.
func problemsOf(t *testing.T, files map[string]string) string {
	t.Helper()
	result, err := generator.Build(t.Context(), with(t, files), generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range result.Problems {
		said = append(said, p.String())
	}
	return strings.Join(said, "\n")
}

// TestReportsAreHeldToWhatTheyMayDo changes the report in one way each.
func TestReportsAreHeldToWhatTheyMayDo(t *testing.T) {
	t.Parallel()
	const page = "---\ntitle: Other\n---\nText.\n"
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string // a part of the problems
	}{
		{"two pages at one address", map[string]string{"content/a.md": page, "content/a/index.md": page}, `two pages have the address "/a/"`},
		{"a page where a table's is", map[string]string{"content/data/years.md": page}, `two pages have the address "/data/years/"`},
		{"a style sheet in place of the theme's", map[string]string{"assets/css/main.css": ":root { --accent: #c00; }"}, `it takes the place of the theme's whole style sheet, and has no --above-1`},
		{"an address outside the site", map[string]string{"content/a.md": "---\ntitle: A\nurl: /../x/\n---\n"}, `content/a.md:3:1: url is a path that leaves its directory`},
		{"an address of a file", map[string]string{"content/a.md": "---\ntitle: A\naliases: [/x.css]\n---\n"}, `aliases is the address of a file`},
		{"content that is not Markdown", map[string]string{"content/a.md": "---\ntitle: A\nmarkup: html\n---\n"}, `content that is not Markdown`},
		{"a file of another format", map[string]string{"content/a.html": "x"}, `content/a.html: content that is not Markdown`},
		{"a title with an unknown fact", map[string]string{"content/a.md": "---\ntitle: '{{< fact `total.visit` >}}'\n---\n"}, `content/a.md:2:1: `},
		{"a broken configuration", map[string]string{"hugo.toml": "title = \"A\"\nx = ]\n"}, `hugo.toml:2:`},
		{"a setting that nobody has", map[string]string{"hugo.toml": "titel = \"A\"\n"}, `hugo.toml:1:1: `},
		{"a program", map[string]string{"hugo.toml": "title = \"A\"\n[security.exec]\nallow = [\".*\"]\n"}, `hugo.toml:2:`},
		{"a file at a page's address", map[string]string{"static/places/index.html": "x"}, `static/places/index.html: it takes the address "/places/index.html"`},
		{"a name that Windows has not", map[string]string{"static/aux.txt": "x"}, `the file "aux.txt" of the site`},
		{"names that are one on macOS", map[string]string{"static/A.txt": "x", "static/a.txt": "x"}, `are one on Windows and macOS`},
		{"a template that cannot be parsed", map[string]string{"layouts/page.html": "{{ define \"main\" }}\n{{ if }}{{ end }}{{ end }}"}, "layouts/page.html:2: if has no value, expected a value"},
		{"the clock in a template", map[string]string{"layouts/page.html": `{{ define "main" }}{{ now }}{{ end }}`}, `layouts/page.html:1:23: now depends on the time`},
		{"an unknown fact in a template", map[string]string{"content/a.md": page, "layouts/page.html": `{{ define "main" }}{{ (site.Params.report.Fact "total.visit").HTML }}{{ end }}`}, `total has no column "visit"`},
		{"too many repetitions in a template", map[string]string{"content/a.md": page, "layouts/page.html": `{{ define "main" }}{{ strings.Repeat 1000000000 "abc" }}{{ end }}`}, `layouts/page.html:1:`},
		{"an adapter that adds a page twice", map[string]string{"content/places/_content.gotmpl": `{{ $.AddPage (dict "path" "x" "title" "X") }}{{ $.AddPage (dict "path" "x" "title" "Y") }}`}, `two pages have the address "/places/x/"`},
		{"an adapter that leaves its directory", map[string]string{"content/places/_content.gotmpl": `{{ $.AddPage (dict "path" "../x" "title" "X") }}`}, `a path that leaves its directory`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := problemsOf(t, tt.files); got == "" || !strings.Contains(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestCorrectionsAreOnThePagesThatShowedTheOldFigure, until the figure has changed once more.
func TestCorrectionsAreOnThePagesThatShowedTheOldFigure(t *testing.T) {
	t.Parallel()
	result, err := generator.Build(t.Context(), with(t, map[string]string{
		"data/corrections.csv": "date,fact,old,new,text,pages\n2020-05-01,by_place.visits[ada],1,2,First.,/\n2020-06-01,by_place.visits[ada],2,\"2,950\",Second.,/ /places/ada/\n",
		"content/moved.md":     "---\ntitle: Moved\naliases: [/old/]\n---\nText.\n",
		"static/robots.txt":    "User-agent: *\n",
		"data/sources.csv":     "id,outlet,title,published,url\ncensus,=1+1,Invented counts,2018-01-02,https://example.org/counts\ncounty,County clerk,Invented minutes,2020-04-01,\n",
	}), generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	for _, tt := range []struct {
		file, text string
		want       bool
	}{
		{"index.html", "Second.", true},
		{"index.html", "First.", false},
		{"places/ada/index.html", `<ins><a href="../../numbers/by_place/index.html#visits-ada">2,950</a></ins>, not <del>2</del>`, true},
		{"places/bath/index.html", "Second.", false},
		{"corrections/index.html", "First.", true},
		{"corrections/index.html", "(superseded)", true},
		{"old/index.html", `content="0; url=../moved/index.html"`, true},
		{"data/sources.csv", "census,=1+1,", true},              // exact
		{"data/sources.spreadsheet.csv", "census,'=1+1,", true}, // and for programs that would run it
		{"robots.txt", "User-agent: *\n", true},
	} {
		if got := strings.Contains(string(result.Pages[tt.file]), tt.text); got != tt.want {
			t.Errorf("%s has %q: %t", tt.file, tt.text, got)
		}
	}
}
