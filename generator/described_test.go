package generator

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestATableSaysItsSourcesAndLicense: those of its description, and that each row names its
// own only where it does.
func TestATableSaysItsSourcesAndLicense(t *testing.T) {
	report := fstest.MapFS{
		"hugo.toml":         {Data: []byte("title = \"Letters\"\n")},
		"content/_index.md": {Data: []byte("---\ntitle: Start\n---\nText.\n")},
		"data/t.csv":        {Data: []byte("k\nA\n")},
		"data/datapackage.json": {Data: []byte(`{"licenses": [{"name": "CC0-1.0"}], "resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k"}]},
			"sources": [{"title": "The register", "path": "https://example.org/register"}], "licenses": [{"name": "ODbL-1.0", "title": "Open Database License", "path": "https://example.org/odbl"}]}]}`)},
	}
	result, err := Build(t.Context(), report, Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	page := string(result.Pages["data/t/index.html"])
	for _, want := range []string{`From <a href="https://example.org/register">The register</a>.</p>`, `License: <a href="https://example.org/odbl">Open Database License</a>.</p>`, `"license":"https://example.org/odbl"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}
