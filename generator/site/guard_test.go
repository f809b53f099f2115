package site_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// trees is a report whose only page shows what a template makes.
func trees(template string) fstest.MapFS {
	return fstest.MapFS{
		"hugo.toml":                      {Data: []byte("title = \"Trees\"\n")},
		"content/_index.md":              {Data: []byte("---\ntitle: Trees\n---\n{{< trees >}}\n")},
		"content/trees.txt":              {Data: []byte("ash and oak\n")},
		"data/datapackage.json":          {Data: []byte(`{"resources": []}`)},
		"layouts/_shortcodes/trees.html": {Data: []byte(template)},
	}
}

// TestGuardedFunctionsDoWhatTheyDid: what goes by way of the guard yields what Hugo's own function does.
func TestGuardedFunctionsDoWhatTheyDid(t *testing.T) {
	t.Parallel()
	cases := []struct{ template, want string }{
		{`{{ delimit (slice "ash" "beech" "oak") ", " " and " }}`, "ash, beech and oak"},
		{`{{ replace "ash, beech" "ash" "a tall ash" }}`, "a tall ash, beech"},
		{`{{ strings.Replace "ash ash" "ash" "oak" 1 }}`, "oak ash"},
		{`{{ strings.ReplacePairs "ash" "oak" "beech" "elm" "ash and beech" }}`, "oak and elm"},
		{`{{ strings.ReplacePairs (slice "ash" "oak") "ash and beech" }}`, "oak and beech"},
		{`{{ strings.Repeat 2 "oak " }}`, "oak oak "},
		{`{{ strings.TrimSpace (os.ReadFile "content/trees.txt") }}`, "ash and oak"},
		{`{{ range seq 2 }}oak {{ end }}`, "oak oak "},
	}
	all := ""
	for i, tt := range cases {
		all += fmt.Sprintf("<p id=\"case-%d\">%s</p>", i, tt.template)
	}
	page := string(build(t, trees(all))["index.html"])
	for i, tt := range cases {
		if !strings.Contains(page, fmt.Sprintf("<p id=\"case-%d\">%s</p>", i, tt.want)) {
			t.Errorf("%s does not yield %q", tt.template, tt.want)
		}
	}
}

// TestTooMuchTextIsAProblem: a template that makes more than a report may is named with its place.
func TestTooMuchTextIsAProblem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ template, want string }{
		{`{{ delimit (seq 900) (strings.Repeat 100 "oak") }}`, "a text of 270000 characters"},
		{`{{ replace (strings.Repeat 900 "a") "a" (strings.Repeat 100 "oak") }}`, "a text of 270000 characters"},
		{`{{ strings.ReplacePairs "a" (strings.Repeat 100 "oak") (strings.Repeat 900 "a") }}`, "a text of 270900 characters"},
		{`{{ os.ReadFile "content/tree.txt" }}`, "no such file in the report"},
	} {
		result, err := generator.Build(t.Context(), trees(tt.template), generator.Options{Limits: limit.Limits{limit.Text: 20_000}})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(result.Problems, func(p diag.Problem) bool {
			return p.File == "layouts/_shortcodes/trees.html" && p.Line == 1 && strings.Contains(p.String(), tt.want)
		}) {
			t.Errorf("%s: %v, want %q", tt.template, result.Problems, tt.want)
		}
	}
}

// TestHeadingsOfShortcodesAreNamedByTheirWords: the address of a heading holds no number that a page shows in it.
func TestHeadingsOfShortcodesAreNamedByTheirWords(t *testing.T) {
	t.Parallel()
	report := trees("oak")
	report["content/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Trees\n---\n## Of {{< trees >}} and ash\n\n## Of {{< trees >}} and ash\n\n## {{< trees >}}\n")}
	page := parse(t, build(t, report)["index.html"])
	var ids []string
	for n := range page.root.Descendants() {
		if n.Data == "h2" {
			for _, a := range n.Attr {
				if a.Key == "id" {
					ids = append(ids, a.Val)
				}
			}
		}
	}
	if want := []string{"of-and-ash", "of-and-ash-1", "section"}; !slices.Equal(ids, want) {
		t.Errorf("headings have the ids %q, want %q", ids, want)
	}
}

// TestPagesMayHaveAnyName: the theme's templates for computed pages are only for these.
func TestPagesMayHaveAnyName(t *testing.T) {
	t.Parallel()
	report, names := trees("oak"), []string{"table", "chart", "aggregate", "embed/of", "revisions", "tables/aggregate"}
	for _, name := range names {
		report["content/"+name+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: Of oaks\n---\nA page about trees.\n")}
	}
	site := build(t, report)
	for _, name := range names {
		if !strings.Contains(string(site[name+"/index.html"]), "<p>A page about trees.") {
			t.Errorf("%s/ does not say what its file does", name)
		}
	}
}
