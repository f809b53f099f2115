package chart

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/config/schematest"
	"broadsheet/generator/phrase"
)

// TestEachKindIsDescribed holds that a reader of the documentation learns of each kind.
func TestEachKindIsDescribed(t *testing.T) {
	const page = "../../docs/content/chart-kinds.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("%s does not name the kind %s", page, name)
		}
	}
}

// TestEachNormIsSaid holds that the method page names a norm that is waived in the words of the documentation.
func TestEachNormIsSaid(t *testing.T) {
	for _, n := range norms {
		if said := phrase.In("en").Say("norm_" + strings.ReplaceAll(n.name, "-", "_")); said != n.about {
			t.Errorf("i18n/en.yaml: %s is %q, want %q", n.name, said, n.about)
		}
	}
}

func TestSchemaAgrees(t *testing.T) {
	schematest.Compare(t, "chart", spec{}, "yaml")
	schema := schematest.Read(t, "chart")
	if got, want := schema.Properties["waive"].Items.Properties["norm"].Words(), slices.Sorted(slices.Values(NormNames())); !slices.Equal(got, want) {
		t.Errorf("docs/schema: norms %q, the program knows %q", got, want)
	}
	colors := slices.Sorted(slices.Values(ColorNames()))
	if got := schema.Properties["colors"].Each(t).Words(); !slices.Equal(got, colors) {
		t.Errorf("docs/schema: colors %q, the program knows %q", got, colors)
	}
	if got := schematest.Read(t, "hugo").Properties["params"].Properties["palette"].Each(t).Words(); !slices.Equal(got, colors) {
		t.Errorf("docs/schema: colors of the palette %q, the program knows %q", got, colors)
	}
	// each kind with the columns that it needs, and without those that it has not
	file, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(file), rulesStart)
	listed := regexp.MustCompile(`(?s)("kind": \{\s*"description": "[^"]*",\s*"enum": \[).*?(\n      \])`)
	names := "\n        \"" + strings.Join(slices.Sorted(maps.Keys(kinds)), "\",\n        \"") + "\""
	want := listed.ReplaceAllString(head, "${1}"+names+"${2}") + rulesStart + rules() + "\n  ]\n}\n"
	switch {
	case !found:
		t.Errorf("%s lists no kinds", schemaFile)
	case os.Getenv("UPDATE") != "":
		if err := os.WriteFile(schemaFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	case string(file) != want:
		t.Errorf("%s has other kinds or rules for them than the program; to write them, run UPDATE=1 go test ./generator/chart -run TestSchemaAgrees", schemaFile)
	}
}

const (
	schemaFile = "../../docs/schema/chart.json"
	rulesStart = "\n  \"allOf\": ["
)

// rules are those of the schema for each kind.
func rules() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		k := kinds[name]
		known, required := []string{"by"}, []string{}
		for _, c := range k.channels {
			known = append(known, c.name)
			if !c.optional && (k.atPoints == nil || slices.ContainsFunc(k.atPoints.channels, func(other channel) bool { return other.name == c.name })) {
				required = append(required, fmt.Sprintf("%q", c.name))
			}
		}
		if k.atPoints != nil {
			for _, c := range k.atPoints.channels {
				known = append(known, c.name)
			}
		}
		var refused []string
		for _, e := range (&spec{}).encodings() {
			if !slices.Contains(known, e[0]) {
				refused = append(refused, fmt.Sprintf("\n          %q: false", e[0]))
			}
		}
		all = append(all, fmt.Sprintf(`
    {
      "if": {"properties": {"kind": {"const": %q}}, "required": ["kind"]},
      "then": {
        "required": [%s],
        "properties": {%s
        }
      }
    }`, name, strings.Join(required, ", "), strings.Join(refused, ",")))
	}
	return strings.Join(all, ",")
}
