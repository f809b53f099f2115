package site

import (
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/markup"
)

// Inline is the inside of a shortcode, a sentence in which facts and sources are
// already HTML, on its way through Markdown.
//
// Markdown leaves out raw HTML, and must: what a CSV holds can get into prose by
// way of a content adapter. So our own elements wait outside, each behind a mark
// of two characters of the private use area that no keyboard has.
type Inline struct {
	Text  string // with marks
	parts []string
}

var (
	// one is a fact, a source or a quotation, as this package and the theme's shortcodes write them; a report may add classes.
	one = `<data ` + markup.Fact.Pattern() + ` value="[^"<>]*"><a href="/numbers/[^"<>]*">[^<>]*</a></data>|` +
		`<(?:cite ` + markup.Cited.Pattern() + `|q ` + markup.Quoted.Pattern() + `)><a href="/sources/[^"<>]*">[^<>]*</a></(?:cite|q)>`
	// ours is one, or a finding around such and plain text.
	ours = regexp.MustCompile(`<span ` + markup.Finding.Pattern() + ` ` + markup.DataFinding.Attr(`[^"<>]*`) + `>(?:[^<>]|` + one + `)*</span>|` + one)
)

// Inline takes our elements out of the inside of a shortcode.
func (r *Report) Inline(inner string) *Inline {
	i := &Inline{}
	i.Text = ours.ReplaceAllStringFunc(inner, func(element string) string {
		i.parts = append(i.parts, element)
		return "\ue000" + strconv.Itoa(len(i.parts)-1) + "\ue001"
	})
	return i
}

var mark = regexp.MustCompile("\ue000([0-9]+)\ue001")

// Restore puts the elements back into the rendered text.
func (i *Inline) Restore(rendered template.HTML) template.HTML {
	return template.HTML(mark.ReplaceAllStringFunc(string(rendered), func(m string) string {
		n, err := strconv.Atoi(strings.Trim(m, "\ue000\ue001"))
		if err != nil || n >= len(i.parts) {
			return ""
		}
		return i.parts[n]
	}))
}
