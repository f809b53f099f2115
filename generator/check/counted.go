package check

import (
	"maps"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/passage"

	"golang.org/x/net/html"
)

// What a reader can take for a fact, a finding, a chart or a correction was counted by package passage, and so is in the
// lock; and what was counted is there to be read. Here the tree of the finished page is read, and there the tokens of the
// page as templates made it, so that neither hides from both.

// seen is something that a reader sees, and how it is written.
type seen struct {
	passage.Mark
	Inside  string // "corrections", "nothing" where it is not in <main>, or ""
	Written string
}

// lockedClass is a class that passage counts, with its element and the file of the theme that writes it.
type lockedClass struct {
	class                             markup.Class
	element, noun, expected, template string
}

func (c lockedClass) hint() string { return "write it as " + c.template + " of Broadsheet does" }

var lockedClasses = []lockedClass{
	{markup.Chart, "figure", "chart", "<figure " + markup.Chart.Attr() + ` id="chart-ID"> around its drawings`, "layouts/_partials/chart.html"},
	{markup.Fact, "data", "fact", "<data " + markup.Fact.Attr() + ` value="…"> around a link`, "layouts/_shortcodes/fact.html"},
	{markup.Finding, "span", "finding", "<span " + markup.Finding.Attr() + " " + markup.DataFinding.Attr("ADDRESS") + ">", "layouts/_shortcodes/finding.html"},
	{markup.Corrected, "aside", "list of corrections", "<aside " + markup.Corrected.Attr() + ">", "layouts/_partials/corrected.html"},
}

// mark notes what an element shows.
func (w *walk) mark(n *html.Node) {
	class := attribute(n, "class")
	if class == "" {
		return
	}
	for _, c := range lockedClasses {
		if !c.class.In(class) {
			continue
		}
		name := ""
		switch c.class {
		case markup.Chart:
			name, _ = markup.ChartID(attribute(n, "id"))
		case markup.Finding:
			name = attribute(n, string(markup.DataFinding))
		case markup.Fact:
			address, ok := w.onlyCell(n)
			if name = address.String(); !ok {
				if n.Data == c.element {
					continue // which traced says
				}
				name = strings.Join(strings.Fields(content(n)), " ")
			}
		}
		w.see(n, passage.Mark{Class: c.class, Name: name}, `class="`+class+`"`)
	}
}

// markDrawing notes a drawing of values that is not in a chart.
func (w *walk) markDrawing(n *html.Node) {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Namespace != "" || markup.Chart.In(attribute(up, "class")) {
			return
		}
	}
	for d := range n.Descendants() {
		if _, ok := lookUp(d.Attr, string(markup.DataSeries)); ok {
			w.see(n, passage.Mark{Class: markup.Chart}, "<svg")
			return
		}
	}
}

func (w *walk) see(n *html.Node, m passage.Mark, written string) {
	s := seen{Mark: m, Inside: "nothing", Written: written}
	for up := n.Parent; up != nil; up = up.Parent {
		switch {
		case up.Data == "aside" && markup.Corrected.In(attribute(up, "class")):
			s.Inside = "corrections"
			w.Seen = append(w.Seen, s)
			return
		case up.Data == "main":
			s.Inside = ""
		}
	}
	w.Seen = append(w.Seen, s)
}

// compareCounted holds what readers see against what was counted. A template mostly does the same wrong on many pages, so
// there is one problem for each class, on the page that is nearest to the front.
func compareCounted(site Site, pages map[string]*page) {
	if site.Counted == nil {
		return
	}
	told := map[markup.Class]bool{}
	for _, name := range fromTheFront(maps.Keys(pages)) {
		p := pages[name]
		if kindOf(name) != html5 {
			continue
		}
		for _, c := range lockedClasses {
			if c.class == markup.Fact && p.untraced || told[c.class] {
				continue // of the first, traced says it
			}
			told[c.class] = p.compare(c, site.Counted[name], site.source(name))
		}
	}
}

// compare reports whether there is a difference, after adding the problem.
func (p *page) compare(c lockedClass, list []passage.Mark, source string) bool {
	left := map[string]int{} // counted, and not yet seen
	for _, m := range list {
		if m.Class == c.class {
			left[m.Name]++
		}
	}
	for _, s := range p.Seen {
		if s.Class != c.class {
			continue
		}
		if left[s.Name]--; left[s.Name] < 0 {
			p.uncounted(c, s, source)
			return true
		}
	}
	for _, m := range list {
		if m.Class == c.class && left[m.Name] > 0 {
			p.fail(diag.Problem{Message: "the lock counts " + named(c.noun, m.Name) + " of " + source + ", which the finished page does not have", Hint: c.hint()}, c.class.Attr())
			return true
		}
	}
	return false
}

func (p *page) uncounted(c lockedClass, s seen, source string) {
	problem := diag.Problem{Message: named(c.noun, s.Name) + " of " + source + " is not counted for the lock", Expected: c.expected, Hint: c.hint()}
	marks := []string{s.Written}
	switch s.Inside {
	case "nothing":
		problem.Expected = "<main> around all that the page says"
		problem.Hint = "write <main> as layouts/baseof.html of Broadsheet does, and facts nowhere else"
		marks = append(marks, `block "main"`)
	case "corrections":
		problem.Expected = "among corrections only what was once published"
		problem.Hint = "write it outside of <aside " + markup.Corrected.Attr() + ">"
		marks = append(marks, markup.Corrected.Attr())
	}
	p.fail(problem, marks...)
}

func named(noun, name string) string {
	if name == "" {
		return "a " + noun
	}
	return "the " + noun + " " + diag.Quote(name)
}
