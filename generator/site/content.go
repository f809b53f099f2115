package site

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/chart"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/rowpage"
)

// checkContent holds each file of content/ to what a report may have there, and
// looks up what its prose names.
func (s *Site) checkContent(problems *diag.List) error {
	shortcodes, err := s.shortcodes()
	if err != nil {
		return err
	}
	if len(s.Content.Names) == 0 {
		problems.Add(diag.Problem{File: "content/_index.md", Message: "the file is missing", Expected: "the home page of the report"})
	}
	for _, name := range s.Content.Names {
		if strings.HasPrefix(name, "content/index.") && path.Ext(name) == ".md" {
			problems.Add(diag.Problem{File: name, Message: "the front page has another name", Expected: strings.Replace(name, "index", "_index", 1), Hint: "rename the file"})
		}
	}
	files := &contentFiles{languages: s.languages(), bundles: map[string]bool{}, most: s.Limits}
	s.themePages(&files.addresses)
	files.findBundles(s.Content.Names)
	s.addresses = &files.addresses
	quotations, err := newQuotations(s.Tables)
	if err != nil {
		return err
	}
	ofRows := map[string]*rowpage.Problems{} // by the file of their text
	for _, name := range s.Content.Names {
		files.add(name, s.written(name), problems)
		page := s.Content.Pages[name]
		if page == nil {
			continue
		}
		row, isMade := s.Content.Rows[name]
		if !isMade {
			(&prose{site: s, page: page, shortcodes: shortcodes, problems: problems, charts: map[string]bool{}, quotations: quotations}).check()
			continue
		}
		var own diag.List
		(&prose{site: s, page: page, shortcodes: shortcodes, problems: &own, charts: map[string]bool{}, quotations: quotations}).check()
		if ofRows[page.File] == nil {
			ofRows[page.File] = &rowpage.Problems{}
		}
		ofRows[page.File].Add(row.String(), &own)
	}
	for _, found := range ofRows {
		problems.Add(found.Merged()...)
	}
	return nil
}

// hugoShortcodes come with Hugo, and otherHostShortcodes too: these show something of another host.
var (
	hugoShortcodes      = []string{"comment", "details", "figure", "highlight", "param", "qr", "ref", "relref"}
	otherHostShortcodes = []string{"gist", "instagram", "instagram_simple", "twitter", "twitter_simple", "vimeo", "vimeo_simple", "x", "x_simple", "youtube"}
)

// shortcodes lists the names that a page may use.
func (s *Site) shortcodes() ([]string, error) {
	names := slices.Clone(hugoShortcodes)
	for _, from := range []fs.FS{s.Source, s.Theme} {
		for _, folder := range []string{"layouts/_shortcodes", "layouts/shortcodes"} {
			err := fs.WalkDir(from, folder, func(file string, entry fs.DirEntry, err error) error {
				if errors.Is(err, fs.ErrNotExist) && file == folder {
					return nil
				}
				if err != nil || entry.IsDir() {
					return err
				}
				// "sub/name.en.html" is {{< sub/name >}}
				directory, base := path.Split(strings.TrimPrefix(file, folder+"/"))
				base, _, _ = strings.Cut(base, ".")
				names = append(names, directory+base)
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// prose is a Markdown file while it is checked.
type prose struct {
	site       *Site
	page       *content.Page
	shortcodes []string
	problems   *diag.List
	charts     map[string]bool // that calls before have shown
	quotations *quotations     // of the data
}

// add adds a problem at a byte offset of the file.
func (p *prose) add(offset int, problem diag.Problem) {
	p.problems.Add(*p.page.At(offset, problem))
}

// addAt adds a problem at a key of the front matter.
func (p *prose) addAt(key string, problem diag.Problem) {
	problem.File = p.page.File
	problem.Line, problem.Column = p.page.Front.Position(key)
	p.problems.Add(problem)
}

func (p *prose) check() {
	if p.page.Fault != nil {
		p.problems.Add(*p.page.Fault)
	}
	p.checkFrontMatter()
	if p.page.End < len(p.page.Text) {
		return // what is open there may have an end behind it
	}
	for i := range p.page.Calls {
		p.checkCall(&p.page.Calls[i])
	}
}

// checkFrontMatter checks the addresses and the facts in titles and descriptions.
func (p *prose) checkFrontMatter() {
	front := p.page.Front
	for key, problem := range frontMatterAddresses(front.Values) {
		p.addAt(key, problem)
	}
	if markup := front.Text("markup"); !slices.Contains([]string{"", "goldmark", "markdown", "md"}, strings.ToLower(markup)) {
		p.addAt("markup", diag.Problem{Message: "content that is not Markdown", Found: diag.Quote(markup), Expected: "goldmark, or nothing"})
	}
	for _, key := range []string{"author", "authors"} {
		if _, ok := authors(front.Values[key]); !ok {
			p.addAt(key, diag.Problem{Message: key + " holds no names", Expected: authorsExpected})
		}
	}
	for _, key := range []string{"title", "description", "linktitle"} {
		if rowpage.CellOf(front.Values, front.Text(key)) != "" {
			continue
		}
		_, wrong := fact.ParseProse(p.site.Aggregates, front.Text(key))
		for _, problem := range wrong {
			p.addAt(key, problem)
		}
	}
}

// inner is the text between a shortcode and its end.
func (p *prose) inner(c *content.Call) string {
	if c.Inner == nil {
		return ""
	}
	return string(p.page.Text[c.Inner.Start:c.Inner.End])
}

// checkCall checks what a shortcode of ours names.
func (p *prose) checkCall(c *content.Call) {
	known, ours := shortcodes[c.Name]
	switch {
	case ours:
		if wrong := c.CheckForm(known.paired); wrong != nil {
			p.add(c.NameAt, *wrong)
			return
		}
		known.check(p, c)
	case slices.Contains(p.shortcodes, c.Name): // of Hugo, or of the report
	case slices.Contains(otherHostShortcodes, c.Name):
		p.add(c.NameAt, diag.Problem{Message: "the shortcode " + diag.Quote(c.Name) + " of Hugo shows something of another host", Expected: "pages that load nothing from elsewhere", Hint: "link to it: [text](https://…)"})
	case slices.Contains(conditional, c.Name) && p.page.IsDerived(): // a problem already
	case slices.Contains(conditional, c.Name):
		p.add(c.NameAt, diag.Problem{Message: "{{< " + c.Name + " >}} in a page that is for no rows", Expected: "a file named _row.md whose front matter names an aggregate", Hint: "to choose words, write {{< choose >}}"})
	default:
		p.add(c.NameAt, diag.Problem{Message: "unknown shortcode " + diag.Quote(c.Name), Hint: diag.Nearest(c.Name, p.shortcodes)})
	}
}

// conditional are the shortcodes that are gone once pages are made of rows.
var conditional = []string{"if", "elseif", "else"}

// shortcode is one of the built-in theme: whether it has a closing tag, and what adds
// the problems of a call of it.
type shortcode struct {
	paired bool
	check  func(*prose, *content.Call)
}

var shortcodes = map[string]shortcode{
	"fact": {false, (*prose).checkFact}, "number": {true, (*prose).checkFact},
	"chart": {false, func(p *prose, c *content.Call) {
		shown, wrong := p.site.Charts.Pick(c.First(), c.Named())
		p.addCall(c, wrong)
		if shown == nil {
			return
		}
		if p.charts[shown.ID] {
			p.add(c.NameAt, diag.Problem{Message: "the chart " + diag.Quote(shown.ID) + " is on the page already", Hint: "lead to it: [see the chart](#chart-" + shown.ID + ")"})
		}
		p.charts[shown.ID] = true
	}},
	"chart-file": {false, (*prose).checkChartFile},
	"source":     {false, func(p *prose, c *content.Call) { p.checkSource(c, c.First()) }},
	"quote":      {true, (*prose).checkQuote},
	"cell": {false, func(p *prose, c *content.Call) {
		_, wrong := fact.Find(p.site.Aggregates, c.First())
		p.addCall(c, wrong)
	}},
	"condition": {false, func(p *prose, c *content.Call) {
		for _, address := range c.Positional() {
			_, wrong := fact.Find(p.site.Aggregates, address)
			p.addCall(c, wrong)
		}
	}},
	"choose": {false, func(p *prose, c *content.Call) {
		_, _, wrong := fact.Choose(p.site.Aggregates, c.Named())
		p.addCall(c, wrong)
	}},
	"plural": {false, func(p *prose, c *content.Call) {
		_, _, wrong := fact.Plural(p.site.Aggregates, c.Named())
		p.addCall(c, wrong)
	}},
	"finding": {true, func(p *prose, c *content.Call) {
		p.addCall(c, fact.CheckFinding(p.site.Aggregates, c.First(), p.inner(c)))
	}},
	"statements": {false, func(p *prose, c *content.Call) {
		_, wrong := p.site.tables.statements(c.Named())
		p.addCall(c, wrong)
	}},
	"timeline": {false, func(p *prose, c *content.Call) {
		_, _, wrong := p.site.tables.timelineOf(c.First(), c.Named())
		p.addCall(c, wrong)
	}},
	"locator": {false, func(p *prose, c *content.Call) {
		_, wrong := chart.Locate(c.Named())
		p.addCall(c, wrong)
	}},
	"table": {false, func(p *prose, c *content.Call) {
		g, wrong := p.site.tables.pickGrid(c.First(), c.Named())
		if g != nil {
			p.site.dotted = append(p.site.dotted, g.dotted...)
		}
		p.addCall(c, wrong)
	}},
}

// addCall adds the problem of a call, if there is one.
func (p *prose) addCall(c *content.Call, wrong *diag.Problem) {
	if wrong != nil {
		p.add(c.NameAt, *wrong)
	}
}

func (p *prose) checkFact(c *content.Call) {
	_, _, wrong := fact.ParseCitation(p.site.Aggregates, c.Positional())
	p.addCall(c, wrong)
}

func (p *prose) checkChartFile(c *content.Call) {
	if id := c.First(); p.site.Charts.OfFile(id) == nil {
		if _, failed := p.site.Charts[id]; !failed {
			_, wrong := p.site.Charts.Pick(id, nil)
			p.addCall(c, wrong)
		}
	}
}

func (p *prose) checkSource(c *content.Call, id string) {
	if p.site.sources.Source(id) == nil {
		p.add(c.NameAt, diag.Problem{Message: "unknown source " + diag.Quote(id), Hint: diag.Nearest(id, slices.Collect(maps.Keys(p.site.sources.byID)))})
	}
}

// checkQuote checks that somebody's words name their source, and hold nothing but
// words: they are not searched for hand-typed numbers.
func (p *prose) checkQuote(c *content.Call) {
	named := c.Named()
	if id, ok := named["source"]; ok {
		p.checkSource(c, id)
	} else {
		p.add(c.NameAt, diag.Problem{Message: "a quote without its source", Expected: `{{< quote source="…" >}}`})
	}
	known := []string{"date", "source", "speaker"}
	for name := range named {
		if !slices.Contains(known, name) {
			p.add(c.NameAt, diag.Problem{Message: "a quote has no " + diag.Quote(name), Expected: strings.Join(known, ", "), Hint: diag.Nearest(name, known)})
		}
	}
	switch words := p.inner(c); {
	case strings.TrimSpace(words) == "":
		p.add(c.NameAt, diag.Problem{Message: "a quote without words", Expected: `{{< quote source="…" >}}words{{< /quote >}}`})
	case strings.Contains(words, "{{<") || strings.Contains(words, "{{%"):
		p.add(c.NameAt, diag.Problem{Message: "a shortcode in a quote", Expected: "somebody's words, as they were said or written"})
	default:
		p.checkWords(c, words)
	}
}
