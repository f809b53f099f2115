package site

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet"
	"broadsheet/generator/config/schematest"
)

// TestSchemaOfTheConfiguration holds the schema of hugo.toml to what the theme and the
// program read.
func TestSchemaOfTheConfiguration(t *testing.T) {
	schema := schematest.Read(t, "hugo")
	for key := range schema.Properties {
		if !slices.Contains(settings, strings.ToLower(key)) {
			t.Errorf("docs/schema: hugo.%s is not a setting of a report", key)
		}
	}
	read := map[string]bool{}
	find := func(text string, patterns ...string) {
		for _, pattern := range patterns {
			for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
				read[strings.ToLower(m[1])] = true
			}
		}
	}
	err := fs.WalkDir(broadsheet.Theme, "layouts", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(broadsheet.Theme, name)
		find(string(data), `\b[sS]ite\.Params\.(\w+)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		find(string(data), `\bparam(?:eter)?s\["(\w+)"\]`, `range \[\]string\{"(authors)"`, `\{"params", "(\w+)"\}`)
	}
	for _, key := range []string{"names", "allow_numbers"} { // package literal reads them
		read[key] = true
	}
	for _, ours := range []string{"report", "baseurl"} { // set by the program
		delete(read, ours)
	}
	theme := schema.Properties["params"].Properties["theme"].Properties
	keys := func(m map[string]*schematest.Schema) []string { return slices.Sorted(maps.Keys(m)) }
	if got, want := keys(theme), slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(themeKeys)), "faces"))); !slices.Equal(got, want) {
		t.Errorf("docs/schema: hugo.params.theme has %q, the program reads %q", got, want)
	}
	if got, want := keys(theme["faces"].Items.Properties), slices.Sorted(slices.Values(slices.Collect(maps.Keys(faceKeys)))); !slices.Equal(got, want) {
		t.Errorf("docs/schema: hugo.params.theme.faces has %q, the program reads %q", got, want)
	}
	read["theme"] = true
	read["palette"] = true // package chart reads it
	params := schema.Properties["params"].Properties
	for _, key := range slices.Sorted(maps.Keys(read)) {
		if params[key] == nil {
			t.Errorf("docs/schema: hugo.params.%s is missing, which is read", key)
		}
	}
	for key, p := range params {
		if p.Description == "" {
			t.Errorf("docs/schema: hugo.params.%s has no description", key)
		}
		if !read[key] {
			t.Errorf("docs/schema: hugo.params.%s is a key that nothing reads", key)
		}
	}
}
