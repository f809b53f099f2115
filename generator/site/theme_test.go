package site_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"

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
