package phrase

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{\{ \.\w+ \}\}|\{\w+\}|<[^>]+>|\]\([^)]*\)`)

// TestEachLanguageSaysEverything holds each file to the keys of the English one, to the
// values that a phrase has, and to its links.
func TestEachLanguageSaysEverything(t *testing.T) {
	want := books()[english]
	for name, b := range books() {
		for key := range b.phrases {
			if _, ok := want.phrases[key]; !ok {
				t.Errorf("%s has %s, which nobody says", name, key)
			}
		}
		for key, f := range want.phrases {
			has := b.phrases[key]
			if has.Other == "" || (has.One == "") != (f.One == "") {
				t.Errorf("%s lacks %s", name, key)
			}
			of := func(text string) []string { return slices.Sorted(slices.Values(placeholder.FindAllString(text, -1))) }
			if !slices.Equal(of(has.Other), of(f.Other)) {
				t.Errorf("%s: %s holds %q, and in English %q", name, key, of(has.Other), of(f.Other))
			}
		}
	}
	if len(books()) < 5 {
		t.Error("only", slices.Sorted(maps.Keys(books())))
	}
}

// TestEachPhraseIsSaid finds keys that no template, script or program uses, and those that
// are used and are not there.
func TestEachPhraseIsSaid(t *testing.T) {
	var text strings.Builder
	for _, root := range []string{"../../layouts", "../../generator", "../../assets/ts", "../../assets/maps.mjs"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && slices.Contains([]string{".html", ".gotmpl", ".go", ".ts", ".mjs", ".md"}, filepath.Ext(path)) && !strings.HasSuffix(path, "_test.go") {
				var data []byte
				data, err = os.ReadFile(path)
				text.Write(data)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for key, f := range books()[english].phrases {
		quoted := strings.Contains(text.String(), `"`+key+`"`) || strings.Contains(text.String(), "'"+strings.TrimPrefix(key, "js_")+"'") || strings.Contains(text.String(), "{{ "+key+" }}")
		claimed := strings.Contains(text.String(), `"`+strings.TrimPrefix(key, "of_")+`"`) || strings.Contains(text.String(), `"`+f.Other+` "`) || strings.Contains(text.String(), `" `+f.Other+` "`) || strings.Contains(text.String(), `"`+strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(key, "claim_"), "finding_"), "_", " ")+`"`)
		noun := strings.Contains(text.String(), "'"+strings.TrimPrefix(key, "of_")+"'")                                                                 // of a map
		if !quoted && !claimed && !noun && !strings.HasPrefix(key, "map_") && !strings.HasPrefix(key, "revised_") && !strings.HasPrefix(key, "norm_") { // which are put together of a place, of a change, and of a norm
			t.Errorf("nobody says %s", key)
		}
	}
	for _, m := range regexp.MustCompile(`(?:\bT |\.Say\(|\.Count\()"([a-z][a-z_]+)"[ ),}|]`).FindAllStringSubmatch(text.String(), -1) {
		if !Has(m[1]) {
			t.Errorf("there is no phrase %s", m[1])
		}
	}
}

func TestPhrases(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{In("de-AT").Say("by", "Names", "Ada"), "Von Ada"},
		{In("fr").Count("rows", 0, "0"), "0 ligne"}, {In("fr").Count("rows", 2, "2"), "2 lignes"}, {In("de").Count("rows", 0, "0"), "0 Zeilen"},
		{In("es").Translate("Bar chart of "), "Gráfico de barras con "}, {In("es").Translate(": "), ": "}, {In("en-US").Translate(" and "), " and "},
		{In("nl").Say("row"), "Row"}, {In("en-GB").Say("license_of_data"), "Licence of the data:"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}
