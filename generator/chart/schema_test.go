package chart

import (
	"maps"
	"os"
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
	if got, want := schema.Properties["kind"].Words(), slices.Sorted(maps.Keys(kinds)); !slices.Equal(got, want) {
		t.Errorf("docs/schema: kinds %q, the program draws %q", got, want)
	}
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
	for _, rule := range schema.AllOf {
		name, _ := rule.If.Properties["kind"].Const.(string)
		k := kinds[name]
		if k == nil {
			t.Errorf("docs/schema: a rule for %q", name)
			continue
		}
		known := []string{"by"}
		var required []string
		for _, c := range k.channels {
			known = append(known, c.name)
			if !c.optional && (k.atPoints == nil || slices.ContainsFunc(k.atPoints.channels, func(other channel) bool { return other.name == c.name })) {
				required = append(required, c.name)
			}
		}
		if k.atPoints != nil {
			for _, c := range k.atPoints.channels {
				known = append(known, c.name)
			}
		}
		slices.Sort(required)
		if got := slices.Sorted(slices.Values(rule.Then.Required)); !slices.Equal(got, required) {
			t.Errorf("docs/schema: %s needs %q, in the program %q", name, got, required)
		}
		for _, e := range (&spec{}).encodings() {
			refused := rule.Then.Properties[e[0]] != nil && rule.Then.Properties[e[0]].Never
			if refused == slices.Contains(known, e[0]) {
				t.Errorf("docs/schema: %s with %s is refused: %t", name, e[0], refused)
			}
		}
	}
	if len(schema.AllOf) != len(kinds) {
		t.Errorf("docs/schema: rules for %d of %d kinds", len(schema.AllOf), len(kinds))
	}
}
