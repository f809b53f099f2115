package fact

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
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
		"c.2016[CA]":                      {"c", "2016", []string{"CA"}},
		`c."New York"[CA]`:                {"c", "New York", []string{"CA"}},
		`c."a\"[b]\\"`:                    {"c", `a"[b]\`, nil},
		"c.rate[\"a\nb\"]":                {"c", "rate", []string{"a\nb"}},
	} {
		got, ok := ParseAddress(text)
		if !ok || got.Name != want.Name || got.Column != want.Column || !slices.Equal(got.Key, want.Key) {
			t.Errorf("%s is %+v %v, want %+v", text, got, ok, want)
		}
		again, ok := ParseAddress(got.String())
		if !ok || again.String() != got.String() {
			t.Errorf("%s does not survive its canonical form %s", text, got)
		}
	}
	for _, text := range []string{"", "a", "a.b[", "a.b]", "a.b[c", `a.b["c]`, `a.b["c"d]`, "A.b", "a.b[c]d", `a.b[c"d]`, "a.b[[c]", `a.""`, `a."b`, `a."b"c`, "a.ü"} {
		if got, ok := ParseAddress(text); ok {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`c.rate["a, \"b\"",2015]`)
	f.Fuzz(func(t *testing.T, text string) {
		a, ok := ParseAddress(text)
		if !ok {
			return
		}
		again, ok := ParseAddress(a.String())
		if !ok || !slices.Equal(a.Key, again.Key) || a.Column != again.Column {
			t.Errorf("%q is %+v, and written again %q is %+v", text, a, a.String(), again)
		}
	})
}

// Whatever is in a table, the address of a fact, its link and its anchor lead back
// to it.
func FuzzRoundTrip(f *testing.F) {
	f.Add("rate", "Washington, D.C.", "2015")
	f.Add("New York", "a]b", "\"")
	f.Add("a.b-c[d]", "a\nb", " \\")
	f.Add("=\"", "[", "\u00a0")
	f.Add("ü", "", strings.Repeat("x", 10_000))
	f.Fuzz(func(t *testing.T, column, first, second string) {
		if column == "" || !utf8.ValidString(column+"-"+first+"-"+second) {
			return
		}
		want := Address{Name: "a", Column: column, Key: []string{first, second}}
		for _, got := range []func() (Address, bool){
			func() (Address, bool) { return ParseAddress(want.String()) },
			func() (Address, bool) { return AddressOfLink(want.Link()) },
		} {
			if got, ok := got(); !ok || got.Column != column || !slices.Equal(got.Key, want.Key) {
				t.Errorf("%q leads to %q %v", want, got, ok)
			}
		}
		if anchor := want.Anchor(); html.EscapeString(anchor) != anchor || strings.ContainsAny(anchor, " %\n") {
			t.Errorf("%q makes the anchor %q", want, anchor)
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
		if back, ok := AddressOfLink(address.Link()); !ok || back.String() != address.String() {
			t.Errorf("%s leads back to %s", address.Link(), back)
		}
	}
	for _, link := range []string{"", "/numbers/", "/numbers/a/", "/numbers/a/#", "/data/a/#row-1", "/numbers/a/#b-.zz.", "/numbers/a/#b-.e4", "/numbers/A/#b"} {
		if a, ok := AddressOfLink(link); ok {
			t.Errorf("%s leads to %s", link, a)
		}
	}
}
