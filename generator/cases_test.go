package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestCases builds testdata/cases/*.txtar, of which a file "says" has what the front page reads, line by line, and "says-not" what
// it must not: values, charts and tables that programs get wrong.
func TestCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range archives {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			report, lines := fstest.MapFS{}, map[string]string{}
			for _, f := range archive.Files {
				if f.Name == "says" || f.Name == "says-not" {
					lines[f.Name] = string(f.Data)
					continue
				}
				report[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			result := built(t, report)
			front := readable(result.Pages["index.html"])
			for line := range strings.Lines(lines["says"]) {
				if line = strings.TrimSpace(line); !strings.Contains(front, line) {
					t.Errorf("the front page does not say %q", line)
				}
			}
			for line := range strings.Lines(lines["says-not"]) {
				if line = strings.TrimSpace(line); strings.Contains(front, line) {
					t.Errorf("the front page says %q", line)
				}
			}
			if os.Getenv("LOOK") != "" {
				if err := os.CopyFS(os.Getenv("LOOK")+"/"+name, pagesOf(result)); err != nil {
					t.Fatal(err)
				}
				t.Log(front)
			}
		})
	}
}
