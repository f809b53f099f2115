package content

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// said writes down what was read of a text.
func said(p *Page) string {
	var b strings.Builder
	for _, c := range p.Calls {
		fmt.Fprintf(&b, "%s %q", c.Name, c.Positional())
		if named := c.Named(); len(named) > 0 {
			fmt.Fprintf(&b, " %v", named)
		}
		if c.Inner != nil {
			fmt.Fprintf(&b, " holds %q", p.Text[c.Inner.Start:c.Inner.End])
		}
		b.WriteString("\n")
	}
	for _, s := range p.Shown {
		fmt.Fprintf(&b, "shown %q\n", p.Text[s.Start:s.End])
	}
	if p.Fault != nil {
		b.WriteString(p.Fault.String() + "\n")
	}
	return b.String()
}

func TestShortcodesAreReadAsHugoReadsThem(t *testing.T) {
	for text, want := range map[string]string{
		`a {{< fact "x.y[CA]" short >}} b`:                         "fact [\"x.y[CA]\" \"short\"]\n",
		"a {{< fact `x.y[\"CA\"]` >}} b":                           "fact [\"x.y[\\\"CA\\\"]\"]\n",
		`a {{% fact "x.y" %}} b`:                                   "fact [\"x.y\"]\n",
		`a {{< fact "x.y" />}} b`:                                  "fact [\"x.y\"]\n",
		`{{< finding "x.y" >}}a {{< fact "z" >}}{{< /finding >}}.`: "finding [\"x.y\"] holds \"a {{< fact \\\"z\\\" >}}\"\nfact [\"z\"]\n",
		`{{< quote source="s" >}}a{{</quote>}} {{< quote >}}`:      "quote [] map[source:s] holds \"a\"\nquote []\n",
		`{{</* fact "x" */>}} {{< fact "y" >}}`:                    "fact [\"y\"]\nshown \"{{</* fact \\\"x\\\" */>}}\"\n",
		`no {{ shortcode }} < here`:                                "",
		"{{< a\n  x=1\n  y=\"2 3\"\n>}}":                           "a [] map[x:1 y:2 3]\n",
	} {
		text = "In " + text // a file that starts with a brace starts with JSON
		got := said(Read("content/a.md", []byte(text)))
		if got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", text, got, want)
		}
		if line := said(ReadLine(text)); line != want {
			t.Errorf("%s, in a title:\ngot  %q\nwant %q", text, line, want)
		}
	}
}

func TestArgumentsStandWhereTheyStand(t *testing.T) {
	text := "é {{< choose of=\"a.b\" yes=`so` no=not other=\"a \\\"b\\\" \\ c\" >}}"
	p := Read("content/a.md", []byte(text))
	var values []string
	for _, a := range p.Calls[0].Arguments {
		values = append(values, text[a.Start:a.End])
	}
	if !slices.Equal(values, []string{"a.b", "so", "not", `a \"b\" \ c`}) {
		t.Errorf("%q", values)
	}
	if c := p.Calls[0]; text[c.Start:c.End] != strings.TrimPrefix(text, "é ") {
		t.Errorf("%q", text[c.Start:c.End])
	}
}

func TestFrontMatterOfEachFormat(t *testing.T) {
	for format, text := range map[string]string{
		"YAML": "---\ndescription: D\nlinkTitle: L\ntitle: |\n  T\n---\nBody {{< fact \"a\" >}}\n",
		"TOML": "+++\ndescription = \"D\"\nlinkTitle = \"L\"\ntitle = \"T\"\n+++\nBody {{< fact \"a\" >}}\n",
		"JSON": "{\n\"description\": \"D\",\n\"linkTitle\": \"L\",\n\"title\": \"T\"}\nBody {{< fact \"a\" >}}\n",
	} {
		p := Read("content/a.md", []byte(text))
		if p.Fault != nil {
			t.Error(format, p.Fault)
		}
		if d, l, title := p.Front.Text("description"), p.Front.Text("linktitle"), strings.TrimSpace(p.Front.Text("title")); d != "D" || l != "L" || title != "T" {
			t.Errorf("%s: %q %q %q", format, d, l, title)
		}
		for key, want := range map[string]int{"description": 2, "linktitle": 3, "title": 4} {
			if line, _ := p.Front.Position(key); line != want {
				t.Errorf("%s: %s on line %d, want %d", format, key, line, want)
			}
		}
		if rest := string(p.Text[p.Front.End:]); strings.TrimSpace(rest) != "Body {{< fact \"a\" >}}" || len(p.Calls) != 1 {
			t.Errorf("%s: the rest is %q", format, rest)
		}
	}
}

func TestFaultsHaveTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: [\n---\n":              "content/a.md:2",
		"+++\ntitle = \n+++\n":              "content/a.md:2",
		"{\"title\": }\n":                   "content/a.md:1",
		"one\n\n{{< fact \"a >}}\n":         "content/a.md:3",
		"---\ntitle: x\n---\n{{< fact":      "content/a.md:4",
		"---\ntitle: x\n---\n{{< \"a\" >}}": "content/a.md:4",
	} {
		p := Read("content/a.md", []byte(text))
		if p.Fault == nil || !strings.HasPrefix(p.Fault.String(), want) {
			t.Errorf("%q: %v, want it at %s", text, p.Fault, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"---\ntitle: x\n---\n{{< fact \"a\" >}}", "{{< a >}}{{< /a >}}", "+++\n+++\n{{%/* x */%}}", "{\"a\": 1}\n{{< \x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range []*Page{Read("content/a.md", []byte(text)), ReadLine(text)} {
			for _, c := range p.Calls {
				if c.Start < 0 || c.End > len(text) || c.Start > c.End || c.Inner != nil && (c.Inner.Start > c.Inner.End || c.Inner.End > len(text)) {
					t.Errorf("%+v", c)
				}
			}
			if p.Front.End > len(text) {
				t.Error("front matter beyond the end")
			}
		}
	})
}
