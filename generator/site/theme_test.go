package site_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet"
	"broadsheet/generator"
)

// TestAReportChangesTheLook of its pages, downloads and cards with a few lines, and copies nothing.
func TestAReportChangesTheLook(t *testing.T) {
	t.Parallel()
	face, err := fs.ReadFile(broadsheet.Faces, "assets/dist/faces/SourceSans3_600SemiBold.ttf")
	if err != nil {
		t.Fatal(err)
	}
	before := pages(t)
	result, err := generator.Build(t.Context(), with(t, map[string]string{
		"hugo.toml": "title = \"Visits\"\n[params.theme]\naccent = \"#7a0019\"\nheadline = \"'Our Face', Georgia, serif\"\nlogo = \"logo.svg\"\n" +
			"faces = [{family = \"Our Face\", file = \"fonts/our face.ttf\", weight = \"700\"}]\n",
		"assets/fonts/our face.ttf": string(face),
		"assets/logo.svg":           `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`,
		"assets/css/theme.css":      ":root { --paper: #fff; }\n.colophon { border-style: dashed; }\n",
		"static/about.txt":          "as it is",
	}), generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	after := result.Pages
	home := string(after["index.html"])
	link := regexp.MustCompile(`href="\./(css/main[^"]*)"`).FindStringSubmatch(home)
	if link == nil {
		t.Fatal("the front page has no style sheet")
	}
	sheet := string(after[link[1]])
	for _, want := range []string{"--accent:#7a0019", "border-style:dashed", `url(../fonts/our%20face.ttf)`, ".masthead", "--paper:#fff"} {
		if !strings.Contains(strings.ReplaceAll(sheet, ": ", ":"), want) {
			t.Errorf("the style sheet has no %s", want)
		}
	}
	if strings.LastIndex(sheet, "dashed") < strings.Index(sheet, "#7a0019") || strings.Index(sheet, "#7a0019") < strings.Index(sheet, ".masthead") {
		t.Error("the sheets are not in the order of the theme, its parameters, and the report")
	}
	if !bytes.Equal(after["fonts/our face.ttf"], face) || string(after["about.txt"]) != "as it is" {
		t.Error("a file of the report is not in the site")
	}
	if !strings.Contains(home, `<img class="logo" src="./logo.svg" alt="">`) {
		t.Error("the front page has no logo")
	}
	if lost := string(after["404.html"]); !strings.Contains(lost, "dashed") || strings.Contains(lost, "@font-face") {
		t.Error("the page of lost addresses has another look, or a face whose address holds at no depth")
	}
	if picture := string(after["charts/bars.svg"]); !strings.Contains(picture, `fill="#fff"`) || !strings.Contains(picture, `font-family="'Our Face', Georgia, serif"`) {
		t.Error("a download has the old look")
	}
	if bytes.Equal(after["cards.png"], before["cards.png"]) || len(after["cards.png"]) == 0 {
		t.Error("a card has the old look")
	}
}

// TestPagesHaveTheTypefacesThatTheyAreSetIn from the start, and no others.
func TestPagesHaveTheTypefacesThatTheyAreSetIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, config string
		first        string
		serif        bool // is in the style sheet
	}{
		{"the theme's", "", "dist/faces/serif dist/faces/sans", true},
		{"a serif of the report's own", "[params.theme]\nserif = \"Georgia, serif\"\n", "dist/faces/sans", false},
		{"a headline of the report's own", "[params.theme]\nheadline = \"Georgia, serif\"\n", "dist/faces/serif dist/faces/sans", true},
		{"another script", "locale = \"el\"\n", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			result, err := generator.Build(t.Context(), fstest.MapFS{
				"hugo.toml":             {Data: []byte("title = \"Visits\"\nbaseURL = \"https://example.org/\"\n" + tt.config)},
				"content/_index.md":     {Data: []byte("---\ntitle: Visits\n---\n")},
				"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "visits", "title": "Visits", "description": "All", "path": "visits.csv", "schema": {"fields": [{"name": "place", "type": "string", "title": "Place", "description": "Where"}]}}]}`)},
				"data/visits.csv":       {Data: []byte("place\nHere\n")},
			}, generator.Options{})
			if err != nil || len(result.Problems) > 0 {
				t.Fatal(err, result.Problems)
			}
			home := string(result.Pages["index.html"])
			var first []string
			for _, m := range regexp.MustCompile(`<link rel="preload" href="\./(dist/faces/[a-z-]+)\.[0-9a-f]+\.woff2" as="font"`).FindAllStringSubmatch(home, -1) {
				first = append(first, m[1])
			}
			if got := strings.Join(first, " "); got != tt.first {
				t.Errorf("the front page loads %q at once, and not %q", got, tt.first)
			}
			sheet := string(result.Pages[regexp.MustCompile(`href="\./(css/main[^"]*)"`).FindStringSubmatch(home)[1]])
			if strings.Contains(sheet, "serif-italic") != tt.serif {
				t.Errorf("the style sheet has the theme's serif: %v", !tt.serif)
			}
		})
	}
}
