package site_test

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator"
)

// TestPagesThatAnEditorWroteHaveCards and those of charts; no others.
func TestPagesThatAnEditorWroteHaveCards(t *testing.T) {
	t.Parallel()
	site := pages(t)
	for name, file := range site {
		if path.Ext(name) != ".png" {
			continue
		}
		if _, err := png.Decode(bytes.NewReader(file)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		page := path.Join(strings.TrimPrefix(strings.TrimSuffix(name, ".png"), "cards"), "index.html")
		page = strings.TrimPrefix(page, "/")
		if site[page] == nil {
			t.Errorf("%s is of no page", name)
		}
	}
	for _, name := range []string{"cards.png", "cards/all-charts.png", "cards/charts/bars.png"} {
		if site[name] == nil {
			t.Errorf("there is no %s", name)
		}
	}
	for _, name := range []string{"cards/numbers/total.png", "cards/embed/bars.png", "cards/404.png"} {
		if site[name] != nil {
			t.Errorf("there is a %s", name)
		}
	}
	if bytes.Contains(site["index.html"], []byte("og:image")) {
		t.Error("a card is named without a whole address")
	}
}

// TestCardsOfMadePagesAreBounded: pages that an adapter makes have cards, but not thousands of them.
func TestCardsOfMadePagesAreBounded(t *testing.T) {
	t.Parallel()
	for made, want := range map[int]bool{3: true, 501: false} {
		adapter := fmt.Sprintf(`{{ range %d }}{{ $.AddPage (dict "path" (print "p" .) "title" "A place") }}{{ end }}`, made)
		result, err := generator.Build(t.Context(), with(t, map[string]string{"content/more/_content.gotmpl": adapter}), generator.Options{})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		if has := result.Pages["cards/more/p2.png"] != nil; has != want || result.Pages["cards.png"] == nil {
			t.Errorf("%d pages: a page has a card: %t", made, has)
		}
	}
}

func TestHeadsNameCardsByTheirWholeAddress(t *testing.T) {
	t.Parallel()
	result, err := generator.Build(t.Context(), os.DirFS("../testdata/report"), generator.Options{BaseURL: "https://example.org/a/"})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	for page, card := range map[string]string{"index.html": "cards", "all-charts/index.html": "cards/all-charts", "charts/bars/index.html": "cards/charts/bars"} {
		for _, want := range []string{
			`<meta property="og:image" content="https://example.org/a/` + card + `.png">`, `<meta name="twitter:image" content="https://example.org/a/` + card + `.png">`,
			`<meta name="twitter:card" content="summary_large_image">`,
		} {
			if !bytes.Contains(result.Pages[page], []byte(want)) {
				t.Errorf("%s has no %s", page, want)
			}
		}
	}
	if !bytes.Contains(result.Pages["numbers/total/index.html"], []byte(`<meta name="twitter:image" content="https://example.org/a/cards.png">`)) {
		t.Error("a page without a card does not name that of the front page")
	}
}

// TestACardIsOfItsPage: it changes with the page, and with nothing else.
func TestACardIsOfItsPage(t *testing.T) {
	t.Parallel()
	before := pages(t)
	home, err := os.ReadFile("../testdata/report/content/_index.md")
	if err != nil {
		t.Fatal(err)
	}
	report := with(t, map[string]string{"content/_index.md": strings.Replace(string(home), `{{< number "total.visits" >}}`, `{{< number "total.places" >}}`, 1)})
	after, err := generator.Build(t.Context(), report, generator.Options{})
	if err != nil || len(after.Problems) > 0 {
		t.Fatal(err, after.Problems)
	}
	var changed []string
	for name := range before {
		if path.Ext(name) == ".png" && !bytes.Equal(before[name], after.Pages[name]) {
			changed = append(changed, name)
		}
	}
	if !slices.Equal(changed, []string{"cards.png"}) {
		t.Errorf("changed: %q", changed)
	}
}
