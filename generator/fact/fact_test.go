package fact

import (
	"slices"
	"testing"
)

func TestAddressesHoldAnyKey(t *testing.T) {
	for text, want := range map[string]Address{
		"at_risk.amount_usd":              {"at_risk", "amount_usd", nil},
		"by_state.amount_usd[CA]":         {"by_state", "amount_usd", []string{"CA"}},
		" by_state.amount_usd [ CA , 2 ]": {"by_state", "amount_usd", []string{"CA", "2"}},
		`c.rate["Washington, D.C.",2015]`: {"c", "rate", []string{"Washington, D.C.", "2015"}},
		`c.rate["a]b","say \"hi\" \\"]`:   {"c", "rate", []string{"a]b", `say "hi" \`}},
		"c.rate[Zürich]":                  {"c", "rate", []string{"Zürich"}},
		"c.rate[🗽]":                       {"c", "rate", []string{"🗽"}},
		`c.rate[""]`:                      {"c", "rate", []string{""}},
	} {
		got, ok := Parse(text)
		if !ok || got.Name != want.Name || got.Column != want.Column || !slices.Equal(got.Key, want.Key) {
			t.Errorf("%s is %+v %v, want %+v", text, got, ok, want)
		}
		again, ok := Parse(got.String())
		if !ok || again.String() != got.String() {
			t.Errorf("%s does not survive its canonical form %s", text, got)
		}
	}
	for _, text := range []string{"", "a", "a.b[", "a.b]", "a.b[c", `a.b["c]`, `a.b["c"d]`, "A.b", "a.b[c]d", `a.b[c"d]`, "a.b[[c]"} {
		if got, ok := Parse(text); ok {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`c.rate["a, \"b\"",2015]`)
	f.Fuzz(func(t *testing.T, text string) {
		a, ok := Parse(text)
		if !ok {
			return
		}
		again, ok := Parse(a.String())
		if !ok || !slices.Equal(a.Key, again.Key) || a.Column != again.Column {
			t.Errorf("%q is %+v, and written again %q is %+v", text, a, a.String(), again)
		}
	})
}
