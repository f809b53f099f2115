package check

import (
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
)

// FuzzFiles holds that no file stops the check, and that a fault is named at a place that there is.
func FuzzFiles(f *testing.F) {
	f.Add("x.html", head+`<p style="background: \75rl(a)"><svg><use xlink:href="#x"/></svg><a href="..\x"><noscript><p>`)
	f.Add("x.css", `@import url("a") layer(x); p { background: image-set("a" type("b") 1x) }`)
	f.Add("x.svg", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><style>p{}</style><use x:href="#x"/></svg>`)
	f.Fuzz(func(t *testing.T, name, text string) {
		var problems diag.List
		site := Site{Pages: map[string][]byte{name: []byte(text)}, Report: fstest.MapFS{"content/a.md": {Data: []byte(text)}}, Sources: map[string]string{name: "content/a.md"}}
		if err := Pages(t.Context(), site, &problems); err != nil {
			t.Fatal(err)
		}
		for _, p := range problems.Sorted() {
			if p.File != "content/a.md" || p.Line > 1+strings.Count(text, "\n") || p.Message == "" && p.Found == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}
