package fact

import (
	"html"
	"slices"
	"strings"
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

func TestAnchorsLeadBack(t *testing.T) {
	seen := map[string]string{}
	for _, key := range [][]string{nil, {"a-b"}, {"a", "b"}, {"a.b"}, {"a b"}, {"ä"}, {"äb"}, {"\U000e4b00"}, {"🗽"}, {`"`}, {"a.2d", "b"}, {""}, {"", ""}} {
		address := Address{Name: "n", Column: "c_d", Key: key}
		anchor := address.Anchor()
		if other, twice := seen[anchor]; twice {
			t.Errorf("%q and %s share %s", key, other, anchor)
		}
		seen[anchor] = strings.Join(key, ",")
		if html.EscapeString(anchor) != anchor || strings.ContainsAny(anchor, " %") {
			t.Errorf("%q makes the anchor %q", key, anchor)
		}
		if back, ok := Linked(address.Link()); !ok || back.String() != address.String() {
			t.Errorf("%s leads back to %s", address.Link(), back)
		}
	}
	for _, link := range []string{"", "/numbers/", "/numbers/a/", "/numbers/a/#", "/data/a/#row-1", "/numbers/a/#b-.zz.", "/numbers/a/#b-.e4", "/numbers/A/#b"} {
		if a, ok := Linked(link); ok {
			t.Errorf("%s leads to %s", link, a)
		}
	}
}
