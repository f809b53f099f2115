package check

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"

	"golang.org/x/net/html"
)

// What a page shows as a fact can be followed to a cell, and readers and the lock take it for what is there. So
// it is held against the cell, whoever wrote it: prose, a template, or a hand.

const citedHint = "write it with the shortcode fact, or in a template with (site.Params.report.Fact \"…\").HTML"

// cited checks a link that leads to the cell of an aggregate.
func (w *walk) cited(link *html.Node) {
	address, ok := w.cell(leads(link))
	if !ok {
		return
	}
	text := content(link)
	for n := link.Parent; n != nil; n = n.Parent {
		switch class := attribute(n, "class"); {
		case n.Data == "data" && markup.Fact.In(class):
			value := attribute(n, "value")
			w.says(address, &value, text)
			return
		case n.Data == "td" || n.Data == "th":
			w.cellSays(n, address, text)
			return
		case n.Data == "aside" && markup.Corrected.In(class):
			return // what was once published
		}
	}
	if strings.ContainsAny(text, "0123456789") { // words may lead to a number
		w.says(address, nil, text)
	}
}

// anchored checks a cell to which facts lead: on the page of its aggregate.
func (w *walk) anchored(n *html.Node) {
	id := attribute(n, "id")
	if id == "" || !strings.HasPrefix(w.name, "numbers/") {
		return
	}
	if address, ok := fact.AddressOfLink("/" + path.Dir(w.name) + "/#" + id); ok {
		w.cellSays(n, address, content(n))
	}
}

func (w *walk) cellSays(cell *html.Node, address fact.Address, text string) {
	if value, ok := lookUp(cell.Attr, string(markup.DataRaw)); ok {
		w.says(address, &value, text)
	} else {
		w.says(address, nil, text)
	}
}

// citation is a text, and a raw value where there is one, that stands for a cell.
type citation struct {
	Cell  fact.Address
	Value *string
	Text  string
}

// says notes a citation.
func (w *walk) says(address fact.Address, value *string, text string) {
	w.Citations = append(w.Citations, citation{address, value, strings.Join(strings.Fields(text), " ")})
}

// hold holds each citation of the page against its cell.
func (p *page) hold(reads Reads) {
	if reads == nil {
		return
	}
	for _, c := range p.Citations {
		raw, usual, ok, known := reads(c.Cell, c.Text)
		switch {
		case !known: // then the link leads nowhere
		case c.Value != nil && *c.Value != raw:
			p.fail(diag.Problem{Message: "the value " + diag.Quote(*c.Value) + " for " + c.Cell.String(), Expected: diag.Quote(raw), Hint: citedHint}, `="`+*c.Value, *c.Value)
		case !ok:
			p.fail(diag.Problem{Message: "the text " + diag.Quote(c.Text) + " for " + c.Cell.String(), Expected: diag.Quote(usual), Hint: citedHint}, ">"+c.Text, c.Text)
		}
	}
}

// traced checks that what looks like a fact can be followed.
func (w *walk) traced(n *html.Node) {
	class := attribute(n, "class")
	if !markup.Fact.In(class) {
		return
	}
	if _, ok := w.onlyCell(n); !ok {
		w.untraced = true
		text := strings.Join(strings.Fields(content(n)), " ")
		w.fail(diag.Problem{Message: "a fact that cannot be followed: " + diag.Quote(text), Expected: "<data " + markup.Fact.Attr() + ` value="…"> around a link to a cell, and nothing else`, Hint: citedHint}, `class="`+class, text)
	}
}

// onlyCell is the address of the cell to which a fact leads, which is a link and nothing else.
func (p *page) onlyCell(n *html.Node) (fact.Address, bool) {
	first := n.FirstChild
	if first == nil || first.NextSibling != nil || first.Data != "a" {
		return fact.Address{}, false
	}
	return p.cell(leads(first))
}

// leads is where a link leads, or will once the script of 404.html has found the site.
func leads(link *html.Node) string {
	return cmp.Or(attribute(link, "href"), attribute(link, string(markup.DataHref)))
}

// cell is the address of the cell to which a link leads.
func (p *page) cell(href string) (fact.Address, bool) {
	if !strings.Contains(href, "#") {
		return fact.Address{}, false
	}
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Host != "" {
		return fact.Address{}, false
	}
	target := p.name
	if u.Path != "" {
		target = path.Join(path.Dir(p.name), u.Path)
	}
	return fact.AddressOfLink(pagePath(target) + "#" + u.Fragment)
}
