package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gohugoio/hugo/hugolib"
	"github.com/gohugoio/hugo/resources/page"
)

// findOrigins says of which file of the report each page is made, for messages: of its prose, or of the table, the
// aggregate or the chart that it shows, or of what else its template reads; and which pages list data as they are.
func (s *Site) findOrigins(sites *hugolib.HugoSites) (origins map[string]string, listings map[string]bool) {
	origins, listings = map[string]string{"404.html": "layouts/404.html"}, map[string]bool{}
	for _, p := range sites.Pages() {
		from := s.origin(p)
		for _, format := range p.OutputFormats() {
			origins[fileAt(format.RelPermalink())] = from
			listings[fileAt(format.RelPermalink())] = slices.Contains([]string{"numbers", "data", "sources"}, p.Section())
		}
		for _, alias := range p.Aliases() {
			if !strings.HasPrefix(alias, "/") {
				alias = path.Join(path.Dir(strings.TrimSuffix(p.RelPermalink(), "/")), alias)
			}
			origins[fileAt(alias)] = from
			origins[fileAt(alias+"/")] = from
		}
	}
	return origins, listings
}

// readBy are what templates of the built-in theme read.
var readBy = map[string]string{
	"sources": "data/sources.csv", "corrections": "data/corrections.csv", "data": "data/datapackage.json", "numbers": "data/aggregates", "charts": "data/charts",
}

// written is the file that an editor wrote for a file of content/.
func (s *Site) written(name string) string {
	if row, ok := s.Content.Rows[name]; ok {
		return row.File
	}
	return name
}

func (s *Site) origin(p page.Page) string {
	if f := p.File(); f != nil {
		if name, ok := strings.CutPrefix(f.Filename(), reportRoot+"/"); ok {
			return s.written(name)
		}
	}
	named := func(key string) string { name, _ := p.Params()[key].(string); return name }
	if a := s.Aggregates[named("aggregate")]; a != nil {
		return a.File
	}
	if t := s.Tables.Table(named("table")); t != nil {
		return t.File()
	}
	if c := s.Charts[named("chart")]; c != nil {
		return c.File
	}
	if name, ok := readBy[p.Section()]; ok {
		return name
	}
	if kind := p.Kind(); kind == "taxonomy" || kind == "term" {
		return "hugo.toml"
	}
	return path.Join("content", p.Section())
}

// fileAt is the file of a page of the site.
func fileAt(link string) string {
	name, err := url.PathUnescape(strings.TrimPrefix(link, "/"))
	if err != nil {
		name = link
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name
}
