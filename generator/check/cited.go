package check

import (
	"path"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/fact"

	"golang.org/x/net/html"
)

// What a page shows as a fact can be followed to a cell, and readers and the lock take it for what stands there. So
// it is held against the cell, whoever wrote it: prose, a template, or a hand.

const citedHint = "write it with the shortcode fact, or in a template with (site.Params.report.Fact \"…\").HTML"

// cited checks a link that leads to the cell of an aggregate.
func (w *walk) cited(link *html.Node) {
	if w.site.Fact == nil {
		return
	}
	address, ok := w.cell(attribute(link, "href"))
	if !ok {
		return
	}
	raw, texts := w.site.Fact(address)
	if texts == nil {
		return // there is no such cell, and the link leads nowhere
	}
	inCell := false
	for n := link.Parent; n != nil; n = n.Parent {
		switch class := attribute(n, "class"); {
		case n.Data == "data" && class == "fact":
			if value := attribute(n, "value"); value != raw {
				w.fail(diag.Problem{Message: "a fact with the value " + diag.Quote(value), Expected: diag.Quote(raw) + ", as " + address.String() + " holds", Hint: citedHint}, `value="`+value, value)
				return
			}
			inCell = true
		case n.Data == "td" || n.Data == "th":
			if value, ok := lookUp(n.Attr, "data-raw"); ok && value != raw {
				w.fail(diag.Problem{Message: "a cell of a table with the value " + diag.Quote(value), Expected: diag.Quote(raw) + ", as " + address.String() + " holds", Hint: citedHint}, `data-raw="`+value, value)
				return
			}
			inCell = true
		case n.Data == "aside" && class == "corrected":
			return // what was once published
		}
	}
	text := strings.Join(strings.Fields(content(link)), " ")
	if (inCell || strings.ContainsAny(text, "0123456789")) && !slices.Contains(texts, text) {
		w.fail(diag.Problem{Message: "a link to " + address.String() + " that says " + diag.Quote(text), Expected: diag.Quote(texts[0]), Hint: citedHint}, ">"+text, text)
	}
}

// traced checks that what looks like a fact can be followed.
func (w *walk) traced(n *html.Node) {
	class := attribute(n, "class")
	if w.site.Fact == nil || !slices.Contains(strings.Fields(class), "fact") {
		return
	}
	links := 0
	for d := range n.Descendants() {
		if d.Data == "a" && d.Type == html.ElementNode {
			if _, ok := w.cell(attribute(d, "href")); ok {
				links++
			}
		}
	}
	first := n.FirstChild
	if class != "fact" || links != 1 || first == nil || first.NextSibling != nil || first.Data != "a" {
		text := strings.Join(strings.Fields(content(n)), " ")
		w.fail(diag.Problem{Message: "a fact that cannot be followed: " + diag.Quote(text), Expected: `<data class="fact" value="…"> around a link to a cell, and nothing else`, Hint: citedHint}, `class="`+class, text)
	}
}

// cell is the address of the cell to which a link leads.
func (p *page) cell(href string) (fact.Address, bool) {
	target, anchor, ok := strings.Cut(href, "#")
	if !ok || !strings.HasSuffix(target, "index.html") {
		return fact.Address{}, false
	}
	return fact.Linked(pagePath(path.Join(path.Dir(p.name), target)) + "#" + anchor)
}
