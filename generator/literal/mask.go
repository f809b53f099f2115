package literal

import (
	"bytes"
	"slices"

	"broadsheet/generator/content"
)

// filler takes the place of what is not prose, once for each of its bytes.
// It is neither a space nor a letter nor punctuation: Markdown and the search for
// numbers both pass over it, and offsets stay those of the file.
const filler = '\x1a'

// masked is a text without its shortcodes.
type masked struct {
	text     []byte         // of the same length, with the same line ends
	calls    []content.Call // whose arguments a reader may see
	findings []finding      // between {{< finding >}} and {{< /finding >}}
}

func within(spans []content.Span, at int) bool {
	return slices.ContainsFunc(spans, func(s content.Span) bool { return s.Holds(at) })
}

// The insides of these are not the report's own words: somebody's, and code.
var verbatim = []string{"quote", "highlight"}

// mask hides shortcodes, which are not Markdown, and what is not the report's own
// words. What is inside any other shortcode is prose.
func mask(page *content.Page) masked {
	m := masked{text: bytes.Clone(page.Text)}
	hide := func(s content.Span) { fill(m.text[s.Start:s.End]) }
	var hidden []content.Span
	for _, s := range page.Shown {
		hide(s)
	}
	for _, c := range page.Calls {
		hide(c.Span)
		hide(c.Closing)
		switch {
		case c.Inner == nil:
		case slices.Contains(verbatim, c.Name):
			hide(*c.Inner)
			hidden = append(hidden, *c.Inner)
		case c.Name == "finding":
			m.findings = append(m.findings, finding{*c.Inner, c.First()})
		}
	}
	hide(content.Span{Start: page.End, End: len(page.Text)}) // package site names what is broken there
	for _, c := range page.Calls {
		if !within(hidden, c.Start) {
			m.calls = append(m.calls, c)
		}
	}
	return m
}

func fill(text []byte) {
	for i, b := range text {
		if b != '\n' && b != '\r' {
			text[i] = filler
		}
	}
}
