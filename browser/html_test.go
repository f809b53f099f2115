package browser_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// TestValidHTML has html-validate read every page. What it is not asked, and why:
// .htmlvalidate.json allows the colour of a legend's key as a style, white space at
// the end of a line, long titles, and dots in the ids of cells.
func TestValidHTML(t *testing.T) {
	t.Parallel()
	program, err := filepath.Abs("../node_modules/html-validate/bin/html-validate.mjs")
	if err != nil {
		t.Fatal(err)
	}
	config, err := filepath.Abs("../.htmlvalidate.json")
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("node", program, "--config", config, "--formatter", "text", public+"/**/*.html").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%.4000s", err, said)
	}
}

// TestNothingIsDeadWithoutScripts checks that what only scripts bring to life is
// made by them.
func TestNothingIsDeadWithoutScripts(t *testing.T) {
	t.Parallel()
	controls := regexp.MustCompile(`<(?:button|input|select)\b[^>]*>|\son[a-z]+="[^"]*"`)
	err := filepath.WalkDir(public, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".html" {
			return err
		}
		text, err := os.ReadFile(name)
		if found := controls.Find(text); found != nil {
			t.Errorf("%s: %s", name, found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
