package site_test

import (
	"strings"
	"testing"

	"broadsheet/generator"
)

// TestBlocksBesideASentence are outside of its paragraph, and each part of the sentence is in one.
func TestBlocksBesideASentence(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ prose, want string }{
		"above":  {"{{< locator region=\"CA\" >}}\nDade had {{< fact \"by_place.visits[dade]\" >}} visits.\n", "</figure>\n<p>Dade had <data"},
		"before": {"So *it* was: {{< number \"by_place.visits[dade]\" >}}visits{{< /number >}} so far.\n", "<p>So <em>it</em> was:</p>\n<p class=\"number\"><data"},
		"behind": {"So it was: {{< number \"by_place.visits[dade]\" >}}visits{{< /number >}} so far.\n", "<span>visits</span></p>\n<p>so far.</p>"},
		"rows":   {"{{< table of=\"by_place\" columns=\"name, visits\" >}}\nSo it was.\n", "</section>\n<p>So it was.</p>"},
		"both":   {"{{< locator region=\"CA\" >}}\n{{< locator region=\"AK\" >}}\n", "</figure>\n<figure class=\"locator\">"},
	}
	files := map[string]string{}
	for name, c := range cases {
		files["content/"+name+".md"] = "---\ntitle: Beside\n---\nBefore.\n\n" + c.prose
	}
	result, err := generator.Build(t.Context(), with(t, files), generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	for name, c := range cases {
		_, text, _ := strings.Cut(string(result.Pages[name+"/index.html"]), "<p>Before.</p>")
		if text, _, _ = strings.Cut(text, "</article>"); !strings.Contains(text, c.want) {
			t.Errorf("%s: got\n%.1500s\nwant\n%s", name, text, c.want)
		}
		for _, paragraph := range strings.Split(text, "<p>")[1:] {
			if words, _, _ := strings.Cut(paragraph, "</p>"); strings.Contains(words, "<figure") || strings.Contains(words, "<section") {
				t.Errorf("%s: a block in a paragraph: %s", name, words)
			}
		}
	}
}
