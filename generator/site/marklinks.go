package site

import (
	"html"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
)

// With `link: states`, the marks of a chart and the names beside them lead to the pages of the rows of content/states/_row.md.

// in are the pages below a directory of content/; nil if there are none.
func (r *rowPages) in(directory string) *pagesOf {
	i := slices.IndexFunc(r.of, func(p *pagesOf) bool { return p.directory() == directory })
	if i < 0 {
		return nil
	}
	return r.of[i]
}

// directory is where the text of the pages is, below content/.
func (p *pagesOf) directory() string {
	for _, link := range p.links {
		link = strings.TrimSuffix(link, "/")
		return strings.TrimPrefix(link[:strings.LastIndexByte(link, '/')], "/")
	}
	return ""
}

// linkOf is the page of the row that a line of an aggregate is of; "" if there is none.
func (p *pagesOf) linkOf(a *aggregate.Aggregate, line *aggregate.Row) string {
	var key []string
	for _, name := range p.Key {
		key = append(key, line.Values[a.Column(name)].Raw())
	}
	return p.links[joined(key)]
}

// checkLinks adds a problem for each chart whose marks cannot lead where its file says.
func (s *Site) checkLinks(problems *diag.List) {
	for _, id := range s.Charts.IDs() {
		c := s.Charts[id]
		if c == nil || c.Link() == "" {
			continue
		}
		pages := s.tables.pages.in(c.Link())
		if pages == nil {
			var known []string
			for _, p := range s.tables.pages.of {
				known = append(known, p.directory())
			}
			p := diag.Problem{Message: "no pages of rows in " + diag.Quote(c.Link()), Expected: "a directory of content/ with a _row.md", Hint: diag.Nearest(c.Link(), known)}
			if len(known) > 0 {
				p.Expected = "one of " + strings.Join(known, ", ")
			}
			problems.Add(c.Fault(p, "link"))
			continue
		}
		if i := slices.IndexFunc(pages.Key, func(column string) bool { return c.Of.Column(column) < 0 }); i >= 0 {
			problems.Add(c.Fault(diag.Problem{
				Message: c.Of.Name + " does not say which page of " + c.Link() + " a row belongs to", Expected: "a column " + diag.Quote(pages.Key[i]) + ", as " + pages.Name + " has it",
			}, "link"))
			continue
		}
		marks := c.Marks()
		if !c.Of.Tainted && len(marks) > 0 && !slices.ContainsFunc(marks, func(m chart.Mark) bool { return pages.linkOf(c.Of, m.Line) != "" }) {
			problems.Add(c.Fault(diag.Problem{Message: "no mark leads to a page of " + c.Link(), Expected: "the keys of " + pages.Name + " in the columns " + strings.Join(pages.Key, ", ")}, "link"))
		}
	}
}

// markLinks are the addresses to which a chart leads.
type markLinks struct {
	grouped bool                 // marks have a group
	marks   map[[3]string]string // by name, group and panel
	names   map[string]string    // by the names and groups along the axes, and by texts beside lines; "" where one has several
	called  map[string]string    // by address, what readers call it
	rows    []string             // of the lines, in their order
}

// marksOf finds where the marks of a chart lead; nil where they lead nowhere.
func (r *rowPages) marksOf(c *chart.Chart) *markLinks {
	if c.Link() == "" {
		return nil
	}
	pages := r.in(c.Link())
	if pages == nil {
		return nil
	}
	l := &markLinks{marks: map[[3]string]string{}, names: map[string]string{}, called: map[string]string{}}
	called := map[string][][]string{} // of each address, the texts of its lines
	note := func(of map[string]string, name, link string) {
		if other, known := of[name]; known && other != link {
			link = ""
		}
		of[name] = link
	}
	groups := map[string]string{}
	for _, m := range c.Marks() {
		link := pages.linkOf(c.Of, m.Line)
		l.rows = append(l.rows, link)
		l.marks[[3]string{m.Name, m.Group, m.Panel}] = link
		l.grouped = l.grouped || m.Group != ""
		note(l.names, m.Name, link)
		note(groups, m.Group, link)
		texts := c.Called(m.Line)
		for _, text := range texts {
			note(groups, text, link)
		}
		if link != "" {
			called[link] = append(called[link], texts)
		}
	}
	for name, link := range groups {
		if known, there := l.names[name]; !there || known == "" {
			l.names[name] = link
		}
	}
	for link, lines := range called { // what all of its lines are called
		for _, text := range lines[0] {
			if l.called[link] == "" && !slices.ContainsFunc(lines, func(texts []string) bool { return !slices.Contains(texts, text) }) {
				l.called[link] = text
			}
		}
	}
	return l
}

// eachShape calls f with each shape and text of a drawing that package svg has written, and the beginning of each group.
// What f returns takes its place. Regular expressions would take longer here than all else that a chart needs from the memo.
func eachShape(shapes string, f func(shape string) string) string {
	var b strings.Builder
	b.Grow(len(shapes) + len(shapes)/8)
	for {
		start := strings.IndexByte(shapes, '<')
		if start < 0 {
			return b.String() + shapes
		}
		b.WriteString(shapes[:start])
		shapes = shapes[start:]
		end := strings.IndexByte(shapes, '>') + 1
		if end == 0 {
			return b.String() + shapes
		}
		name, _, _ := strings.Cut(shapes[1:end-1], " ")
		if name == "text" {
			end += max(0, strings.IndexByte(shapes[end:], '<'))
			if strings.HasPrefix(shapes[end:], "</text>") {
				end += len("</text>")
			}
		}
		shape := shapes[:end]
		shapes = shapes[end:]
		if name == "g" || name == "path" || name == "text" {
			shape = f(shape)
		}
		b.WriteString(shape)
	}
}

// attributeOf is a value in a tag that package svg has written; false if there is none.
func attributeOf(tag string, name markup.Data) (string, bool) {
	_, value, found := strings.Cut(tag, " "+string(name)+`="`)
	if !found {
		return "", false
	}
	value, _, _ = strings.Cut(value, `"`)
	return html.UnescapeString(value), true
}

// textOf is what a text of a drawing says.
func textOf(shape string) string {
	start, end := strings.IndexByte(shape, '>')+1, strings.LastIndexByte(shape, '<')
	return strings.TrimSpace(html.UnescapeString(shape[start:max(start, end)]))
}

// draw writes the links around the shapes of a drawing. A keyboard gets to each address once: at a name, if it is there, else at a mark.
func (l *markLinks) draw(shapes string) string {
	linkOf := func(shape string, panel string) string {
		if strings.HasPrefix(shape, "<text") {
			name, ticked := attributeOf(shape, markup.DataTick)
			if !ticked {
				name = textOf(shape)
			}
			return l.names[name]
		}
		name, named := attributeOf(shape, markup.DataName)
		if !named {
			return ""
		}
		group := ""
		if l.grouped {
			group, _ = attributeOf(shape, markup.DataGroup)
		}
		return l.marks[[3]string{name, group, panel}]
	}
	written := map[string]bool{} // addresses that have a name in the drawing
	eachShape(shapes, func(shape string) string {
		if strings.HasPrefix(shape, "<text") {
			written[linkOf(shape, "")] = true
		}
		return shape
	})
	panel, reached := "", map[string]bool{}
	return eachShape(shapes, func(shape string) string {
		if strings.HasPrefix(shape, "<g") {
			if name, is := attributeOf(shape, markup.DataPanel); is {
				panel = name
			}
			return shape
		}
		link := linkOf(shape, panel)
		if link == "" {
			return shape
		}
		isText := strings.HasPrefix(shape, "<text")
		tag := `<a href="` + html.EscapeString(link) + `"`
		if reached[link] || written[link] && !isText {
			tag += ` tabindex="-1" aria-hidden="true"`
		} else {
			reached[link] = true
			name := l.called[link]
			if text := textOf(shape); isText && !strings.Contains(name, text) { // who speaks to a browser says what is to be seen
				name = strings.TrimSuffix(text+", "+name, ", ")
			}
			if name != "" {
				tag += ` aria-label="` + html.EscapeString(name) + `"`
			}
		}
		return tag + ">" + shape + "</a>"
	})
}
