package main

import (
	"bytes"
	"slices"
	"strings"

	"broadsheet/generator/fact"
	"broadsheet/generator/lock"
	"broadsheet/generator/markup"
	"broadsheet/generator/site"

	"golang.org/x/net/html"
)

// page is what readers see of a page: texts by the address of their cell, charts by their id, and all other blocks.
type page struct {
	cells, charts map[string]string
	blocks        map[string]int
	inTexts       map[string]string          // the distinct texts of cells within the texts of other cells, which come and go with those
	citing        map[string]map[string]bool // the cells in whose texts each of those is
	rests         []string                   // the addresses of cells on which words depend that are shown elsewhere
}

// listings are what is not a story.
var listings = []string{"data/", "numbers/", "sources/", "method/", "charts/", "embed/", "corrections/", "404.html"}

// stories are the pages before and after that tell one, in order.
func stories(before, after site.Pages) []string {
	found := map[string]bool{}
	for _, pages := range []site.Pages{before, after} {
		for name := range pages {
			if strings.HasSuffix(name, ".html") && !isListing(name) {
				found[name] = true
			}
		}
	}
	var list []string
	for name := range found {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// isListing reports whether a file is of a page that is not compared.
func isListing(name string) bool {
	return slices.ContainsFunc(listings, func(l string) bool { return strings.HasPrefix(name, l) })
}

func readPage(text []byte) (*page, error) {
	p := &page{cells: map[string]string{}, inTexts: map[string]string{}, charts: map[string]string{}, blocks: map[string]int{}, citing: map[string]map[string]bool{}}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	for n := range root.Descendants() {
		if n.Data == "main" {
			var block strings.Builder
			p.read(n, &block)
			p.end(&block)
		}
	}
	return p, nil
}

// sourceLine reports whether an element is the line of the sources of a chart.
func sourceLine(n *html.Node) bool {
	return n != nil && slices.Contains(strings.Fields(attribute(n, "class")), "source")
}

// circles are those of a map, where they are: what has no axis says a place by it.
func circles(chart *html.Node) string {
	var list []string
	for n := range chart.Descendants() {
		if attribute(n, string(markup.DataTick)) != "" {
			return ""
		}
		if d := attribute(n, "d"); strings.Contains(d, "a") && attribute(n, string(markup.DataName)) != "" {
			at, _, _ := strings.Cut(d, "a")
			list = append(list, attribute(n, string(markup.DataName))+at)
		}
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func (p *page) end(block *strings.Builder) {
	if text := strings.Join(strings.Fields(block.String()), " "); text != "" {
		p.blocks[text]++
	}
	block.Reset()
}

// inline elements do not end a block.
var inline = map[string]bool{"a": true, "abbr": true, "b": true, "cite": true, "code": true, "data": true, "em": true, "i": true, "q": true, "span": true, "strong": true, "sub": true, "sup": true, "time": true}

func (p *page) read(n *html.Node, block *strings.Builder) {
	switch {
	case n.Type == html.TextNode:
		block.WriteString(n.Data)
		return
	case n.Type != html.ElementNode:
		return
	}
	class := attribute(n, "class")
	switch {
	case n.Data == "script" || n.Data == "style" || n.Data == "template":
		return
	case markup.Traces.In(class) || markup.Corrected.In(class) || sourceLine(n):
		return
	case markup.Chart.In(class) && n.Data == "figure":
		id, _ := markup.ChartID(attribute(n, "id"))
		words := strings.Fields(visible(n)) // in whatever order: rows may be sorted by what no page shows
		slices.Sort(words)
		p.charts[id] += strings.Join(words, " ") + circles(n)
		p.cellsIn(n)
		return
	}
	if address := addressOf(n); address != "" && n.Data != "li" { // a statement, which is in the list of its side
		p.cells[address] += p.textOf(n) + "|"
		block.WriteString("⟨⟩")
		return
	}
	if address := attribute(n, string(markup.DataCondition)); address != "" {
		p.rests = append(p.rests, address)
		return
	}
	if !inline[n.Data] {
		p.end(block)
		defer p.end(block)
	}
	for c := range n.ChildNodes() {
		p.read(c, block)
	}
}

// textOf is the text of a cell, without those of other cells in it, which are noted by themselves.
func (p *page) textOf(cell *html.Node) string {
	if cell.Data == "a" {
		return visible(cell)
	}
	var b strings.Builder
	var read func(n *html.Node)
	read = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch address := addressOf(c); {
			case address != "" && !strings.HasPrefix(address, "sources."): // a source is the text of the cell
				if text := p.textOf(c) + "|"; !strings.Contains(p.inTexts[address], text) {
					p.inTexts[address] += text
				}
				if p.citing[address] == nil {
					p.citing[address] = map[string]bool{}
				}
				p.citing[address][addressOf(cell)] = true
				b.WriteString("⟨⟩")
			case attribute(c, string(markup.DataCondition)) != "":
				p.rests = append(p.rests, attribute(c, string(markup.DataCondition)))
			case c.Type == html.TextNode:
				b.WriteString(c.Data + " ")
			default:
				if label := attribute(c, "aria-label"); label != "" {
					b.WriteString(label + " ")
				}
				read(c)
			}
		}
	}
	read(cell)
	return strings.Join(strings.Fields(b.String()), " ")
}

// cellsIn notes the cells in a part that counts as a whole.
func (p *page) cellsIn(n *html.Node) {
	for d := range n.Descendants() {
		if address := addressOf(d); address != "" && !sourceLine(d.Parent) {
			p.cells[address] += visible(d) + "|"
		}
	}
}

// addressOf is the address of the cell whose text an element shows: a link to it, data-cell, or the name of a source.
func addressOf(n *html.Node) string {
	if address := attribute(n, string(markup.DataCell)); address != "" {
		return address
	}
	if n.Data != "a" {
		return ""
	}
	link := attribute(n, "href")
	for strings.HasPrefix(link, "../") || strings.HasPrefix(link, "./") {
		_, link, _ = strings.Cut(link, "/")
	}
	link = "/" + strings.Replace(link, "/index.html#", "/#", 1)
	if id, ok := strings.CutPrefix(link, "/sources/#"); ok {
		return "sources.outlet[" + id + "]"
	}
	if address, ok := fact.AddressOfLink(link); ok {
		return address.String()
	}
	return ""
}

// visible is the text of an element, and the texts of its pictures for those who do not see them.
func visible(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "style" && !sourceLine(d.Parent) && !sourceLine(d.Parent.Parent) {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
		if label := attribute(d, "aria-label"); label != "" {
			b.WriteString(label + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// differ are the keys under which two maps have different texts.
func differ(a, b map[string]string) map[string]bool {
	found := map[string]bool{}
	for key, text := range a {
		if b[key] != text {
			found[key] = true
		}
	}
	for key, text := range b {
		if a[key] != text {
			found[key] = true
		}
	}
	return found
}

// without lists the blocks of a page that another does not have, or not as often.
func (p *page) without(other *page) (list []string) {
	for text, n := range p.blocks {
		if n > other.blocks[text] {
			list = append(list, text)
		}
	}
	slices.Sort(list)
	return list
}

// renamed is the page with the addresses that cells have now.
func (p *page) renamed(changes []lock.Change) *page {
	cells := p.cells
	for _, c := range changes {
		if c.Kind != lock.Renamed {
			continue
		}
		now := map[string]string{}
		for address, text := range cells {
			now[c.NameNow(address)] += text
		}
		cells = now
	}
	return &page{cells: cells, charts: p.charts, blocks: p.blocks, inTexts: p.inTexts, citing: p.citing, rests: p.rests}
}
