package generator

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestWhatHugoWritesPasses builds a page of all that Hugo's Markdown and shortcodes can write, with what else Hugo makes.
func TestWhatHugoWritesPasses(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/markdown.txtar")
	if err != nil {
		t.Fatal(err)
	}
	report := fstest.MapFS{}
	for _, f := range archive.Files {
		report[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	result, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Problems {
		t.Error(p)
	}
	for name, want := range map[string]string{
		"index.html": "<math", "index.html#1": `id="seen-in">`, "index.html#2": `id="seen-in-1">`, "index.html#3": `id="section">`,
		"old/index.html":          `<meta http-equiv="refresh" content="0; url=../posts/one/index.html">`,
		"posts/former/index.html": `<a href="../../posts/one/index.html">`, "tags/é/index.html": `<a href="../../posts/one/index.html">`,
		"index.xml": "<rss", "sitemap.xml": "<urlset", "robots.txt": "User-agent",
	} {
		if file, _, _ := strings.Cut(name, "#"); !strings.Contains(string(result.Pages[file]), want) {
			t.Errorf("%s has no %s", name, want)
		}
	}
	again, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range again.Pages {
		if !bytes.Equal(page, result.Pages[name]) {
			t.Errorf("%s is another in the next build", name)
		}
	}
}
