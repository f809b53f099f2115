package site

import (
	"html/template"
	"regexp"

	"broadsheet/generator/markup"
)

// The parts of SQL that are worth a colour. Chroma, which Hugo has for this,
// spends more time on 26 queries than all else in a build together.
var sqlParts = regexp.MustCompile(`(?is)(--[^\n]*|/\*.*?\*/)|('(?:[^']|'')*')|(\b[0-9]+(?:\.[0-9]+)?\b)|(\b(?:` +
	`all|and|any|as|asc|between|by|case|cast|cross|desc|distinct|else|end|except|exists|filter|from|full|group|having|in|inner|intersect|` +
	`is|join|lateral|left|like|limit|not|null|nulls|first|last|on|or|order|outer|over|partition|recursive|right|select|then|true|false|` +
	`union|using|values|when|where|window|with` +
	`)\b)`)

// highlightSQL marks comments, strings, numbers and keywords.
func highlightSQL(query string) template.HTML {
	w := &markup.Writer{}
	w.Raw("<pre").Class(markup.SQL).Raw(` tabindex="0"><code>`)
	end := 0
	for _, m := range sqlParts.FindAllStringSubmatchIndex(query, -1) {
		w.Text(query[end:m[0]])
		for i, class := range []markup.Class{markup.Comment, markup.String, markup.Number, markup.Keyword} {
			if m[2*i+2] >= 0 {
				w.Raw("<span").Class(class).Raw(">").Text(query[m[0]:m[1]]).Raw("</span>")
			}
		}
		end = m[1]
	}
	return w.Text(query[end:]).Raw("</code></pre>").HTML()
}

// HighlightedSQL is the query as HTML.
func (a *AggregateView) HighlightedSQL() template.HTML { return highlightSQL(a.SQL) }
