package site

import (
	"html/template"
	"regexp"
	"strings"
)

// The parts of SQL that are worth a colour. Chroma, which Hugo has for this,
// spends more time on 26 queries than all else in a build together.
var sqlParts = regexp.MustCompile(`(?is)(--[^\n]*|/\*.*?\*/)|('(?:[^']|'')*')|(\b[0-9]+(?:\.[0-9]+)?\b)|(\b(?:` +
	`all|and|any|as|asc|between|by|case|cast|cross|desc|distinct|else|end|except|exists|filter|from|full|group|having|in|inner|intersect|` +
	`is|join|lateral|left|like|limit|not|null|nulls|first|last|on|or|order|outer|over|partition|recursive|right|select|then|true|false|` +
	`union|using|values|when|where|window|with` +
	`)\b)`)

// highlightSQL marks comments, strings, numbers and keywords: classes c, s, m, k.
func highlightSQL(query string) template.HTML {
	w := &writer{}
	w.raw("<pre class=\"sql\" tabindex=\"0\"><code>")
	end := 0
	for _, m := range sqlParts.FindAllStringSubmatchIndex(query, -1) {
		w.text(query[end:m[0]])
		for i, class := range []string{"c", "s", "m", "k"} {
			if m[2*i+2] >= 0 {
				w.raw(`<span class="` + class + `">`).text(query[m[0]:m[1]]).raw("</span>")
			}
		}
		end = m[1]
	}
	w.text(query[end:]).raw("</code></pre>")
	return template.HTML(strings.TrimSpace(w.String()))
}

// HighlightedSQL is the query as HTML.
func (a *AggregateView) HighlightedSQL() template.HTML { return highlightSQL(a.SQL) }
