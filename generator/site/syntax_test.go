package site

import (
	"testing"

	"broadsheet/generator/diag"
)

func TestTemplatesThatCannotBeParsed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\n{{ if }}b{{ end }}": `2: if has no value, expected a value, such as {{ if .Title }}`,
		"{{ range }}b{{ end }}": `1: range has no value, expected a value, such as {{ range .Title }}`,
		"\n{{ .A\n\n":           `2: an action is not closed, expected }}`,
		"{{ .A <p>\n</p>":       "1: an action cannot be parsed, found \"<\"\n  hint: an action is a value or a function and its arguments, such as {{ .Title }} or {{ len .Pages }}",
		"{{ .A }":               `1: an action is not closed, found }, expected }}`,
		"\n\n{{ end }}":         `3: {{ end }} belongs to nothing, expected {{ if }}, {{ with }} or {{ range }} before it`,
		"{{ else }}":            `1: {{ else }} belongs to nothing, expected {{ if }}, {{ with }} or {{ range }} before it`,
		"{{ if .A }}\nb\n":      `3: the file ends before what it began, expected {{ end }} for each if, with, range, define and block`,
		"{{ with .A }}\n{{ print \"b }}{{ end }}": `2: a text in quotation marks is not closed, expected " on the same line`,
		"{{ print `b }}":    "1: a text in backquotes is not closed, expected `",
		"{{ print 'b c' }}": `1: a text is in single quotation marks, expected double ones, such as "a"`,
		"{{/* b }}":         `1: a comment is not closed, expected */}}`,
		"{{ (len .A }}":     `1: a parenthesis is not closed, expected )`,
		"{{ len .A) }}":     `1: a parenthesis is closed that was not opened, expected ( before it`,
		"{{ $a }}":          `1: unknown variable, found "$a", expected a variable that was set before, with :=`,
		"{{ 12a }}":         `1: not a number, found "12a"`,
		"{{ break }}":       `1: {{ break }} is outside {{ range }}`,
		"{{ define \"a\" }}b{{ end }}\n{{ define \"a\" }}c{{ end }}": `2: a template is defined twice, found "a"`,
		"{{ }}":      `1: an action is empty, expected a value or a function, such as {{ .Title }}`,
		"{{ .A = }}": "1: an action cannot be parsed, found \"=\"\n  hint: an action is a value or a function and its arguments, such as {{ .Title }} or {{ len .Pages }}",
	} {
		var problems diag.List
		readTemplate("layouts/page.html", []byte(text), &problems)
		got := ""
		for _, p := range problems.Sorted() {
			got += p.String()
		}
		if got != "layouts/page.html:"+want {
			t.Errorf("%q\ngot  %s\nwant layouts/page.html:%s", text, got, want)
		}
	}
}
