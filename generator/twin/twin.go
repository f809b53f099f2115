// Package twin writes a finished page once more as Markdown, for those who read texts and no pages. It is made of what the
// page says, and not of the file in content/, so facts are there as their text, and pages of a report's own templates
// have a twin too. Where a chart is drawn, the twin has its description and its table.
//
// The HTML is converted by html-to-markdown, which Hugo uses as well: it escapes what would be Markdown in the text, and
// knows tables.
package twin

import (
	"bytes"
	"regexp"
	"strings"

	"broadsheet/generator/markup"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Of is the twin of a page. Its links are those of the page, so it is written beside it.
func Of(page []byte) ([]byte, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	main := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Main })
	if main == nil {
		main = root
	}
	simplify(main)
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), table.NewTablePlugin(table.WithNewlineBehavior(table.NewlineBehaviorPreserve)),
	))
	text, err := c.ConvertNode(main)
	return append(bytes.TrimSpace(text), '\n'), err
}

// dropped are elements that only serve to use the page.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Summary: true, atom.Textarea: true,
}

// droppedClasses are parts that do: files to take along, the list of traces for paper.
var droppedClasses = []markup.Class{markup.Take, markup.Traces}

// simplify takes out of a tree what a text does not have, and puts words in the place of drawings.
func simplify(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.ElementNode {
			simplify(child)
			if with, changed := replacement(child); changed {
				for _, node := range with {
					if node.Parent != nil {
						node.Parent.RemoveChild(node)
					}
					n.InsertBefore(node, child)
				}
				n.RemoveChild(child)
			}
		}
		child = next
	}
}

// replacement is what takes the place of an element; changed is false for one that stays.
func replacement(n *html.Node) (with []*html.Node, changed bool) {
	class := attribute(n, "class")
	for _, c := range droppedClasses {
		if c.In(class) {
			return nil, true
		}
	}
	switch {
	case dropped[n.DataAtom]:
		return nil, true
	case n.Data == "svg":
		// the drawings of one chart, for columns of several widths, are described alike
		alt := attribute(n, "aria-label")
		if alt == "" || markup.Narrow.In(class) || markup.Middle.In(class) {
			return nil, true
		}
		return []*html.Node{element(atom.P, alt)}, true
	case n.DataAtom == atom.Data, n.DataAtom == atom.A && cell.MatchString(attribute(n, "href")): // a fact is a link to its cell
		return []*html.Node{text(textOf(n))}, true
	case n.DataAtom == atom.Q:
		return append(append([]*html.Node{text("“")}, children(n)...), text("”")), true
	case n.DataAtom == atom.Figcaption && n.FirstChild != nil:
		for c := range n.ChildNodes() {
			if markup.Title.In(attribute(c, "class")) {
				c.Data, c.DataAtom = "h3", atom.H3
			}
		}
	case n.DataAtom == atom.Dt:
		strong := element(atom.Strong, textOf(n))
		p := element(atom.P, "")
		p.AppendChild(strong)
		return []*html.Node{p}, true
	case n.DataAtom == atom.Dd:
		n.Data, n.DataAtom = "div", atom.Div
	}
	return nil, false
}

// cell is the address of one on the page of an aggregate: numbers/by_state/index.html#amount_usd-ca
var cell = regexp.MustCompile(`^[./]*numbers/[a-z0-9_]+/(index\.html)?#`)

func children(n *html.Node) (list []*html.Node) {
	for c := range n.ChildNodes() {
		list = append(list, c)
	}
	return list
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func element(tag atom.Atom, inside string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag.String(), DataAtom: tag}
	if inside != "" {
		n.AppendChild(text(inside))
	}
	return n
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}
