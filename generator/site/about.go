package site

import (
	"cmp"
	"context"
	"html/template"
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/linkeddata"
	"broadsheet/generator/listing"
	"broadsheet/generator/passage"
	"broadsheet/generator/rowpage"

	"github.com/gohugoio/hugo/resources/page"
)

// About is what a page says of itself, to readers and to machines. Days are as 2018-01-24; what is not known is "".
type About struct {
	Title       string // of the browser's window, which no other page has
	Headline    string
	Description string
	Authors     []string
	Published   string
	Modified    string // where that is another day
	Data        string // the day of the data
	Address     string // the whole one
	Twin        string // the same as Markdown, from the root
	Feed        string // of the report, from the root
	Contact     string // where to report an error
	Citation    string
	Figure      string // the place of a figure of its page, as an example
	Block       any    // of package linkeddata, for machines; nil for none
}

// leadLength is how much of a description search engines show.
const leadLength = 200

// About tells of a page. One that has no description of its own is described by what it says first.
func (r *Report) About(ctx context.Context, p page.Page) (a About, err error) {
	headline, err := r.plain(p, p.Title())
	if err != nil {
		return a, err
	}
	if p.Kind() == "404" { // whose title Hugo writes in English
		headline = r.tables.voice().Say("page_not_found")
	}
	params := p.Site().Params()
	said := p.Description()
	if said == "" && !p.IsHome() && !isOfData(p) {
		if a.Description, err = lead(ctx, p); err != nil {
			return a, err
		}
	}
	if said == "" {
		said, _ = params["description"].(string)
	}
	description, err := r.plain(p, said)
	if err != nil {
		return a, err
	}
	description = cmp.Or(a.Description, description)
	report := p.Site().Title()
	a = About{Headline: headline, Description: description, Data: r.Package.Created, Twin: twinOf(p)}
	a.Headline = cmp.Or(a.Headline, report)
	a.Title = windowTitle(p, a.Headline)
	if r.sharedTitles(p.Site())[a.Title] {
		a.Title = strings.TrimSuffix(a.Title+" · "+strings.Trim(p.RelPermalink(), "/"), " · ")
	}
	if a.Title != report {
		a.Title += " · " + report
	}
	for _, of := range []map[string]any{p.Params(), params} {
		for _, key := range []string{"authors", "author"} {
			if names, ok := authors(of[key]); ok && len(a.Authors) == 0 {
				a.Authors = names
			}
		}
	}
	a.Published, a.Modified = dates(p)
	if r.hasFeed() {
		a.Feed = "/" + listing.FeedFile
	}
	if r.base != "" {
		a.Address = r.OnPaper(p.RelPermalink())
	}
	if contact, ok := params["contact"].(string); ok {
		a.Contact, _ = contactLink(contact, a.Headline)
	}
	a.Citation = r.citation(a, report, p.RelPermalink())
	a.Figure = r.figure(p)
	a.Block = r.block(a, p, report)
	return a, nil
}

func lead(ctx context.Context, p page.Page) (string, error) {
	content, err := p.Content(ctx)
	if err != nil {
		return "", err
	}
	text, _ := content.(template.HTML)
	return passage.Lead([]byte(text), leadLength), nil
}

// windowTitle tells a table, a query and a chart from a story with the same headline.
func windowTitle(p page.Page, headline string) string {
	if s := p.CurrentSection(); s != nil && s != p && isOfData(p) {
		headline += " · " + s.LinkTitle()
	}
	return headline
}

// sharedTitles are those that several pages of a site have. All pages exist once the first is rendered.
func (r *Report) sharedTitles(of page.Site) map[string]bool {
	r.titles.mu.Lock()
	defer r.titles.mu.Unlock()
	language := of.Language().Lang
	if shared, known := r.titles.shared[language]; known {
		return shared
	}
	seen, shared := map[string]bool{}, map[string]bool{}
	for _, p := range of.Pages() {
		headline, err := r.plain(p, p.Title())
		if title := windowTitle(p, headline); err == nil && p.Type() != "computed-embed" {
			shared[title] = shared[title] || seen[title]
			seen[title] = true
		}
	}
	if r.titles.shared == nil {
		r.titles.shared = map[string]map[string]bool{}
	}
	r.titles.shared[language] = shared
	return shared
}

// titles are those that several pages have, by language.
type titles struct {
	mu     sync.Mutex
	shared map[string]map[string]bool
}

// CellOf is the address of the cell that holds a title or another text of a page, where it is a table's and no words of
// an editor; "" for other texts. On a page that a content adapter makes all texts are of tables.
func (r *Report) CellOf(p page.Page, text string) string {
	if p.File() != nil && p.File().IsContentAdapter() {
		column := "note"
		if text == p.Title() {
			column = "title"
		}
		return fact.Address{Name: "pages", Column: column, Key: []string{p.RelPermalink()}}.String()
	}
	return rowpage.CellOf(p.Params(), text)
}

// plain is a title or a description of a page as a reader sees it.
func (r *Report) plain(p page.Page, text string) (string, error) {
	if r.CellOf(p, text) != "" {
		return text, nil
	}
	prose, err := r.Read(text)
	return prose.String(), err
}

// computedTypes are the pages of data, which are not stories.
var computedTypes = []string{"computed-aggregate", "computed-chart", "computed-embed", "computed-table"}

func isOfData(p page.Page) bool { return slices.Contains(computedTypes, p.Type()) }

// twinOf is where the text of a page of prose is; "" for other pages.
func twinOf(p page.Page) string {
	if isOfData(p) || !slices.Contains([]string{"home", "page", "section"}, p.Kind()) || slices.Contains([]string{"data", "numbers", "charts", "embed"}, p.Section()) && !p.IsPage() {
		return ""
	}
	return strings.TrimSuffix("/"+fileAt(p.RelPermalink()), path.Ext(fileAt(p.RelPermalink()))) + ".md"
}

// dates are those that the front matter of a page gives. Hugo gives a section those of its pages, which are not meant.
func dates(p page.Page) (published, modified string) {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	if published = day(p.Date()); !p.IsPage() {
		at, _ := p.Params()["date"].(time.Time)
		published = day(at)
	}
	if modified = day(p.Lastmod()); !p.IsPage() {
		at, _ := p.Params()["lastmod"].(time.Time)
		modified = day(at)
	}
	if modified <= published {
		modified = ""
	}
	return published, modified
}

const authorsExpected = `a name, or a list of names: ["Ada Lovelace", "Charles Babbage"]`

// authors are the names that a parameter holds: one, or a list.
func authors(value any) (names []string, ok bool) {
	switch value := value.(type) {
	case string:
		if value = strings.TrimSpace(value); value != "" {
			names = []string{value}
		}
		return names, true
	case []string:
		return value, true
	case []any:
		for _, v := range value {
			name, isText := v.(string)
			if !isText {
				return nil, false
			}
			names = append(names, name)
		}
		return names, true
	}
	return nil, value == nil
}

// contactLink is the link to a mail address, or to a page where errors are reported.
func contactLink(contact, subject string) (link string, ok bool) {
	if address, err := mail.ParseAddress(contact); err == nil {
		link := "mailto:" + address.Address
		if subject != "" {
			link += "?subject=" + url.PathEscape(subject)
		}
		return link, true
	}
	u, err := url.Parse(contact)
	return contact, err == nil && u.Scheme == "https" && u.Host != ""
}

// figure is the place of the first value of an aggregate on its page.
func (r *Report) figure(p page.Page) string {
	name, _ := p.Params()["aggregate"].(string)
	a := r.tables.aggregates[name]
	if a == nil || len(a.Rows) == 0 {
		return ""
	}
	for _, c := range a.Columns {
		if !slices.Contains(a.Key, c.Name) {
			_, place, _ := strings.Cut(fact.Address{Name: name, Column: c.Name, Key: a.Rows[0].Key}.Link(), "#")
			return place
		}
	}
	return ""
}

// citation is the page as others cite it, by the day of the data, as a build knows no other.
func (r *Report) citation(a About, report, link string) string {
	var parts []string
	if by := r.Names(a.Authors); by != "" {
		parts = append(parts, by+".")
	}
	if a.Headline != report {
		parts = append(parts, r.tables.voice().Say("quoted", "Title", a.Headline))
	}
	of := report
	if day := cmp.Or(a.Modified, a.Published, a.Data); day != "" {
		of += ", " + strings.TrimSuffix(r.Day(day), ".")
	}
	parts = append(parts, of+".")
	if r.base != "" {
		parts = append(parts, r.OnPaper(link))
	}
	return strings.Join(parts, " ")
}

// Names writes a list of names: "A, B and C".
func (r *Report) Names(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + r.tables.voice().Say("and") + " " + names[last]
}

// block is the linked data of a page of prose, of a table, and of the page of all tables.
func (r *Report) block(a About, p page.Page, report string) any {
	publisher := linkeddata.Organization{Name: report}
	name, _ := p.Params()["table"].(string)
	t := r.tables.data.Table(name)
	licenses := r.Package.Licenses
	if t != nil && len(t.Licenses) > 0 {
		licenses = t.Licenses
	}
	license := ""
	for _, l := range licenses {
		license = cmp.Or(license, l.Path, l.Name)
	}
	var people []linkeddata.Person
	for _, name := range a.Authors {
		people = append(people, linkeddata.Person{Name: name})
	}
	isData := p.RelPermalink() == "/data/"
	if t != nil || isData {
		d := linkeddata.Dataset{
			Name: a.Headline, Description: a.Description, URL: a.Address, Modified: a.Data, Creators: people, Publisher: publisher, License: license,
			Keywords: r.Package.Keywords, Temporal: string(r.Package.Temporal), BasedOn: r.origins(t),
		}
		if r.Package.Spatial != "" {
			d.Spatial = &linkeddata.Place{Name: string(r.Package.Spatial)}
		}
		if isData {
			d.Name, d.Description = cmp.Or(r.Package.Title, report), cmp.Or(r.Package.Description, r.Package.Title, a.Description)
		}
		d.Description = cmp.Or(d.Description, d.Name)
		up := strings.Repeat("../", strings.Count(fileAt(p.RelPermalink()), "/"))
		for _, one := range r.Tables() {
			if link := one.DownloadPath(); link != "" && (isData || one == t) {
				format := "text/csv"
				if one.Download == dataset.DownloadGzip {
					format = "application/gzip"
				}
				if r.base == "" {
					link = relative(up, link)
				} else {
					link = r.OnPaper(link)
				}
				d.Distributions = append(d.Distributions, linkeddata.Download{Name: cmp.Or(one.Title, one.Name), Format: format, URL: link})
			}
			if one == t {
				for _, f := range one.Fields {
					d.Variables = append(d.Variables, f.Label())
				}
			}
		}
		return d
	}
	if a.Twin == "" {
		return nil
	}
	return linkeddata.Article{
		Headline: a.Headline, Description: a.Description, URL: a.Address, Published: a.Published, Modified: cmp.Or(a.Modified, a.Data), Authors: people,
		Publisher: publisher, Language: p.Site().Language().Locale(), License: license,
	}
}

// origins are the addresses from which a table comes, or all tables.
func (r *Report) origins(t *dataset.Table) (list []string) {
	for _, one := range r.Tables() {
		if t != nil && one != t {
			continue
		}
		for _, s := range one.Sources {
			if s.Path != "" && !slices.Contains(list, s.Path) {
				list = append(list, s.Path)
			}
		}
	}
	return list
}
