package comparison

import (
	"bytes"
	"html/template"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// site is what of a build is compared.
type site struct {
	charts map[string]*chart
	pages  map[string]*page // by path: "/", "/money/"
}

type chart struct {
	html  template.HTML // the figure, without what can be taken along
	table grid
}

type page struct {
	title  string
	texts  []string // paragraphs, headings and items of lists
	tables []grid
}

// grid is a table in words.
type grid struct {
	caption string
	head    []string
	rows    [][]string
}

func (g grid) equals(other grid) bool {
	return g.caption == other.caption && slices.Equal(g.head, other.head) && slices.EqualFunc(g.rows, other.rows, slices.Equal)
}

// key is what a row is called: its first cell, and its place among those of that name.
func (g grid) keys() []string {
	seen := map[string]int{}
	var list []string
	for _, row := range g.rows {
		name := ""
		if len(row) > 0 {
			name = row[0]
		}
		seen[name]++
		list = append(list, name+strings.Repeat("\x00", seen[name]))
	}
	return list
}

// names are the keys of both tables, those of the second in their order.
func (g grid) names(other grid) []string {
	list := other.keys()
	for _, key := range g.keys() {
		if !slices.Contains(list, key) {
			list = append(list, key)
		}
	}
	return list
}

// row is that of a key; nil if there is none.
func (g grid) row(key string) []string {
	if i := slices.Index(g.keys(), key); i >= 0 {
		return g.rows[i]
	}
	return nil
}

// made are the directories of pages that the theme makes of what is on the others.
var made = []string{"numbers", "data", "sources", "method", "embed", "corrections", "editions"}

// read reads the pages of a build.
func read(pages map[string][]byte) (*site, error) {
	s := &site{charts: map[string]*chart{}, pages: map[string]*page{}}
	for name, text := range pages {
		parts := strings.Split(name, "/")
		if path.Base(name) != "index.html" || slices.ContainsFunc(parts[:min(2, len(parts))], func(part string) bool { return slices.Contains(made, part) }) {
			continue
		}
		document, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		main := find(document, func(n *html.Node) bool { return n.DataAtom == atom.Main })
		if main == nil {
			continue
		}
		if parts[0] == "charts" {
			if figure := find(main, isChart); figure != nil && len(parts) == 3 {
				if s.charts[parts[1]], err = readChart(figure); err != nil {
					return nil, err
				}
			}
			continue
		}
		p := &page{}
		if h1 := find(main, func(n *html.Node) bool { return n.DataAtom == atom.H1 }); h1 != nil {
			p.title = said(h1)
		}
		p.read(main)
		s.pages["/"+strings.TrimSuffix(name, "index.html")] = p
	}
	return s, nil
}

func find(in *html.Node, is func(*html.Node) bool) *html.Node {
	for n := range in.Descendants() {
		if is(n) {
			return n
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func isChart(n *html.Node) bool {
	return n.DataAtom == atom.Figure && markup.Chart.In(attribute(n, "class"))
}

func readChart(figure *html.Node) (*chart, error) {
	c := &chart{}
	if table := find(figure, func(n *html.Node) bool { return n.DataAtom == atom.Table }); table != nil {
		c.table = readTable(table)
	}
	if take := find(figure, func(n *html.Node) bool { return markup.Take.In(attribute(n, "class")) }); take != nil {
		take.Parent.RemoveChild(take)
	}
	figure.Attr = slices.DeleteFunc(figure.Attr, func(a html.Attribute) bool { return a.Key == "id" })
	var err error
	c.html, err = render(figure)
	return c, err
}

// blocks are what holds texts.
var blocks = []atom.Atom{atom.P, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.Dt, atom.Dd, atom.Summary, atom.Blockquote}

// read reads what is in an element, but for charts, which have pages of their own.
func (p *page) read(in *html.Node) {
	for n := range in.ChildNodes() {
		class := attribute(n, "class")
		switch {
		case n.Type != html.ElementNode, isChart(n), n.Data == "svg", n.DataAtom == atom.Nav, n.DataAtom == atom.Script, markup.Traces.In(class), markup.Find.In(class):
		case n.DataAtom == atom.Table:
			p.tables = append(p.tables, readTable(n))
		case slices.Contains(blocks, n.DataAtom) && find(n, func(n *html.Node) bool { return slices.Contains(blocks, n.DataAtom) || n.DataAtom == atom.Table }) == nil:
			if text := said(n); text != "" {
				p.texts = append(p.texts, text)
			}
		default:
			p.read(n)
		}
	}
}

func readTable(table *html.Node) grid {
	var g grid
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Caption:
			g.caption = said(n)
		case atom.Tr:
			var cells []string
			for cell := range n.ChildNodes() {
				if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
					cells = append(cells, said(cell))
				}
			}
			if n.Parent != nil && n.Parent.DataAtom == atom.Thead {
				g.head = cells
			} else {
				g.rows = append(g.rows, cells)
			}
		}
	}
	return g
}

// said is the text of an element.
func said(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
