// Package comparison shows what differs between two builds of a report, on one page that needs no other file: the facts
// that moved and what moved them, then each chart, table and text that changed, before and after side by side, for an
// editor's eye or a pull request.
//
// It goes by the finished pages, as readers have them, and not by how they were made. Pages of data, of numbers and of the
// method, which the theme makes of what is on the others, are left out.
package comparison

import (
	"bytes"
	"html/template"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/onefile"

	"golang.org/x/net/html"
)

// Side is one of the two builds.
type Side struct {
	Name  string            // "abc1234 of Jan. 24, 2018"
	Pages map[string][]byte // by file; nil where it could not be built
}

// Moved is a fact that moved, in words.
type Moved struct {
	Fact, Before, After string
	Why                 []string // where it is shown, and the rows that moved it
}

// Story is what is said of facts.
type Story struct {
	Tally  string   // "44 facts changed"
	Causes []string // "1 row of data/grants.csv changed: 44 facts on 9 pages move"
	Facts  []Moved
}

// Found is how much differs.
type Found struct{ Charts, Tables, Texts, Pages int }

// String is that in words: "2 charts, 1 table and 3 texts differ".
func (f Found) String() string {
	var parts []string
	for _, of := range []struct {
		n    int
		what string
	}{{f.Charts, "chart"}, {f.Tables, "table"}, {f.Texts, "text"}, {f.Pages, "page"}} {
		if of.n > 0 {
			parts = append(parts, diag.Count(of.n, of.what))
		}
	}
	switch {
	case len(parts) == 0:
		return "no chart, table or text differs"
	case len(parts) == 1 && strings.HasPrefix(parts[0], "1 "):
		return parts[0] + " differs"
	case len(parts) == 1:
		return parts[0] + " differ"
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1] + " differ"
}

// most is how many charts, tables and pages of each kind are shown.
const most = 200

// Page writes the page.
func Page(before, after Side, s Story) ([]byte, Found, error) {
	old, err := read(before.Pages)
	if err != nil {
		return nil, Found{}, err
	}
	now, err := read(after.Pages)
	if err != nil {
		return nil, Found{}, err
	}
	w := &markup.Writer{}
	w.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>").Text("What changed since " + before.Name).Raw("</title>\n")
	site := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(after.Pages)) {
		if ending := path.Ext(name); ending != ".html" && ending != ".csv" {
			site[name] = after.Pages[name]
		}
		if match, _ := path.Match("css/main*.css", name); match {
			w.Raw(`<link rel="stylesheet"`).Attr("href", name).Raw(">\n")
		}
	}
	w.Raw("<style>" + style + "</style>\n</head>\n<body>\n<main id=\"main\" class=\"compared\">\n<h1>What changed</h1>\n<p class=\"quiet\">").
		Text("Before: " + before.Name + ". After: " + after.Name + ".").Raw("</p>\n")
	writeFacts(w, s)
	var found Found
	if before.Pages == nil {
		w.Raw("<p>").Text("The report of before cannot be built by this program, so it is not shown.").Raw("</p>\n")
	} else {
		found.Charts = writeCharts(w, old, now)
		found.Tables = writeTables(w, old, now)
		found.Texts, found.Pages = writeTexts(w, old, now)
		if found == (Found{}) {
			w.Raw("<p>").Text("No chart, table or text differs: readers see the same.").Raw("</p>\n")
		}
	}
	w.Raw("</main>\n</body>\n</html>\n")
	site["index.html"] = []byte(w.HTML())
	file, err := onefile.Make(site, "")
	return file, found, err
}

const style = `.compared { max-width: 84rem; padding-block: 2rem 4rem; }
.compared h2 { padding-top: 1rem; border-top: .15rem solid var(--ink); }
.compared > table td { max-width: 34rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: .5rem 2.5rem; margin-bottom: 1.5rem; align-items: start; }
.pair > * { min-width: 0; margin: 0; overflow-x: auto; }
.pair .chart { margin: 0; }
.side { color: var(--ink-quiet); font: 600 .875rem/1.5 var(--sans); }
.compared mark { padding: 0 .1em; background: color-mix(in srgb, var(--accent) 24%, var(--paper)); color: inherit; }
`

func writeFacts(w *markup.Writer, s Story) {
	w.Raw("<h2>Facts</h2>\n<p>").Text(s.Tally).Raw("</p>\n")
	if len(s.Causes) > 0 {
		w.Raw("<ul>\n")
		for _, cause := range s.Causes {
			w.Raw("<li>").Text(cause).Raw("</li>\n")
		}
		w.Raw("</ul>\n")
	}
	if len(s.Facts) == 0 {
		return
	}
	w.Raw("<table>\n<thead><tr><th scope=\"col\">fact</th><th scope=\"col\">before</th><th scope=\"col\">after</th><th scope=\"col\">where, and why</th></tr></thead>\n<tbody>\n")
	for _, f := range s.Facts {
		w.Raw("<tr><th scope=\"row\"><code>").Text(f.Fact).Raw("</code></th><td>").Text(f.Before).Raw("</td><td><mark>").Text(f.After).Raw("</mark></td><td>")
		for i, line := range f.Why {
			if i > 0 {
				w.Raw("<br>")
			}
			w.Text(line)
		}
		w.Raw("</td></tr>\n")
	}
	w.Raw("</tbody>\n</table>\n")
}

// section begins a part of the page with its first item.
func section(w *markup.Writer, title string, n *int) bool {
	if *n++; *n == 1 {
		w.Raw("<h2>").Text(title).Raw("</h2>\n")
	}
	return *n <= most
}

func sides(w *markup.Writer, before, after func()) {
	w.Raw("<div class=\"pair\">\n<div><p class=\"side\">before</p>\n")
	before()
	w.Raw("</div>\n<div><p class=\"side\">after</p>\n")
	after()
	w.Raw("</div>\n</div>\n")
}

func writeCharts(w *markup.Writer, old, now *site) (n int) {
	for _, id := range union(old.charts, now.charts) {
		a, b := old.charts[id], now.charts[id]
		if a != nil && b != nil && a.html == b.html || !section(w, "Charts", &n) {
			continue
		}
		show := func(c *chart) func() {
			return func() {
				if c == nil {
					w.Raw("<p class=\"quiet\">there is none</p>\n")
					return
				}
				w.Raw(c.html)
			}
		}
		w.Raw("<h3>").Text("chart " + id).Raw("</h3>\n")
		sides(w, show(a), show(b))
		if a != nil && b != nil {
			writeRows(w, a.table, b.table)
		}
	}
	return n
}

func writeTables(w *markup.Writer, old, now *site) (n int) {
	for _, name := range union(old.pages, now.pages) {
		a, b := old.pages[name], now.pages[name]
		if a == nil || b == nil {
			continue
		}
		for i, later := range b.tables {
			var earlier grid
			if i < len(a.tables) {
				earlier = a.tables[i]
			}
			if earlier.equals(later) || !section(w, "Tables", &n) {
				continue
			}
			w.Raw("<h3>").Text(b.title).Raw(" <code>").Text(name).Raw("</code></h3>\n<p>").Text(later.caption).Raw("</p>\n")
			writeRows(w, earlier, later)
		}
	}
	return n
}

func writeTexts(w *markup.Writer, old, now *site) (n, pages int) {
	for _, name := range union(old.pages, now.pages) {
		a, b := old.pages[name], now.pages[name]
		if a == nil || b == nil {
			if n+pages == 0 {
				w.Raw("<h2>Texts</h2>\n")
			}
			if pages < most {
				said := " is new."
				if b == nil {
					said = " is gone."
				}
				w.Raw("<p>The page <code>").Text(name).Raw("</code>").Text(said).Raw("</p>\n")
			}
			pages++
			continue
		}
		isNamed := false
		for _, c := range changes(a.texts, b.texts) {
			if n+pages == 0 {
				w.Raw("<h2>Texts</h2>\n")
			}
			if n++; n > most {
				continue
			}
			if !isNamed {
				w.Raw("<h3>").Text(b.title).Raw(" <code>").Text(name).Raw("</code></h3>\n")
				isNamed = true
			}
			w.Raw("<div class=\"pair\">\n<p>")
			writeMarked(w, c[0], c[1], false)
			w.Raw("</p>\n<p>")
			writeMarked(w, c[0], c[1], true)
			w.Raw("</p>\n</div>\n")
		}
	}
	return n, pages
}

// union lists the names that either has, sorted.
func union[T any](a, b map[string]T) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// writeRows shows the rows of a table that differ.
func writeRows(w *markup.Writer, a, b grid) {
	var first, second [][]string
	for _, name := range a.names(b) {
		x, y := a.row(name), b.row(name)
		if !slices.Equal(x, y) || !slices.Equal(a.head, b.head) {
			first, second = append(first, x), append(second, y)
		}
	}
	if len(first) == 0 && slices.Equal(a.head, b.head) {
		if len(a.rows) > 0 && !a.equals(b) {
			w.Raw("<p>The rows are in another order.</p>\n")
		}
		return
	}
	show := func(head []string, rows, others [][]string) func() {
		return func() {
			w.Raw("<table>\n<thead><tr>")
			for _, cell := range head {
				w.Raw("<th scope=\"col\">").Text(cell).Raw("</th>")
			}
			w.Raw("</tr></thead>\n<tbody>\n")
			for i, row := range rows {
				w.Raw("<tr>")
				for j, cell := range row {
					if j < len(others[i]) && others[i][j] == cell {
						w.Raw("<td>").Text(cell).Raw("</td>")
					} else {
						w.Raw("<td><mark>").Text(cell).Raw("</mark></td>")
					}
				}
				if row == nil {
					w.Raw("<td").Attr("colspan", strconv.Itoa(max(1, len(head)))).Raw(">–</td>")
				}
				w.Raw("</tr>\n")
			}
			w.Raw("</tbody>\n</table>\n")
		}
	}
	sides(w, show(a.head, first, second), show(b.head, second, first))
}

// render writes a node of a page that was checked.
func render(n *html.Node) (template.HTML, error) {
	var out bytes.Buffer
	err := html.Render(&out, n)
	return template.HTML(out.String()), err //nolint:gosec // it was HTML
}
