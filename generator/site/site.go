// Package site makes pages of content, layouts, assets and computed data.
//
// A page is made by Hugo, in memory; nothing else in Broadsheet imports it. This
// is a Hugo site like any other, with one addition: templates reach what was
// computed as site.Params.report, a *Report (report.go), whose parts are in facts.go,
// sources.go, tables.go, charts.go and corrections.go. A page is made thus:
//
//   - content.go looks up what each shortcode of the prose names before Hugo does, so
//     that all unknown facts, charts and sources are found in one run.
//   - config.go and template.go hold hugo.toml and the templates of the report to what
//     a report may do (refused.go), and have the guard end what would not (guard.go).
//   - hugo.go lays the report over the built-in theme in memory and renders.
//   - headings.go names headings that hold shortcodes.
//   - cards.go draws the cards that other sites show of pages.
//   - placeholders.go fills in what pages say of each other: the passages.
//   - links.go makes each link of each page relative to the page.
//   - about.go gathers what a page says of itself, to readers and to machines; listed.go adds the files that list the pages.
//   - downloads.go adds the files that no template makes: tables as CSV, charts as
//     SVG (picture.go), the data package.
//
// Tables and SQL are written as HTML in Go (grid.go, sql.go), all else by templates: a template takes twenty
// times as long for a cell of a table, and Chroma took 150 ms for 26 queries.
//
// The built-in theme has pages of its own in content/ beside this file: the
// tables, the numbers, the sources. A report that has a file of the same name
// replaces it.
package site

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/extract"
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
	"broadsheet/generator/passage"
	"broadsheet/generator/record"
	"broadsheet/generator/rowpage"

	"github.com/sourcegraph/conc/pool"
)

// Pages is a finished site: each file by its path from the site's root.
type Pages map[string][]byte

// eachPage rewrites each HTML file. The largest come first, so that none is alone at the end.
func (p Pages) eachPage(rewrite func(name string, text []byte) ([]byte, error)) error {
	var names []string
	for name := range p {
		if path.Ext(name) == ".html" {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(p[b]), len(p[a])), cmp.Compare(a, b)) })
	texts := make([][]byte, len(names))
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() (err error) {
			texts[i], err = rewrite(name, p[name])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, name := range names {
		p[name] = texts[i]
	}
	return nil
}

//go:embed all:content
var themeContent embed.FS

// Inputs are what pages are made of.
type Inputs struct {
	Source  fs.FS          // the report directory
	Content *rowpage.Pages // its content/, with a page for each row
	Theme   fs.FS          // layouts/ and assets/ of the built-in theme
	Faces   fs.FS          // the typefaces of the cards
	Memo    *memo.Memo
	BaseURL string // e.g. "https://example.org/letters/"; "" where it is not known
	Limits  limit.Limits
	Drawer  *svg.Drawer

	Archivable bool // the report is small enough for an archive of its source

	Tables      *dataset.Dataset
	Extracts    extract.Set
	Aggregates  aggregate.Set
	Charts      chart.Set
	Palette     chart.Palette
	Records     []record.Source
	Corrections []record.Correction // oldest first
	Revised     []record.Revised    // oldest first
	Fetched     []record.Fetched    // the last of each table
	Signoffs    []record.Signoff    // in the order of the file

	Others map[string]Translation // by the names of languages in hugo.toml, all but the report's own
}

// Site is a site before it is rendered.
type Site struct {
	Inputs

	facts   *facts
	sources *sources
	tables  *tables

	language string             // in whose name pages are made, where it is not the report's own
	reports  map[string]*Report // of the other languages

	config    map[string]any // hugo.toml
	look      Look
	opened    *openedFiles             // of the report, by Hugo
	templates map[string]*templateFile // of the report, by file
	addresses *takenAddresses          // by the files of content/
	listed    []listedPage             // those that readers can look for
	parts     furtherPages             // further pages of aggregates
	origins   map[string]string        // of each page that was rendered, the file of the report of which it is made
	dotted    []string                 // values with dots in tables of the prose
	listings  map[string]bool          // of those, the ones that list data as they are
}

// Rendered is a site whose pages were made. It is empty where a problem keeps them from being made.
type Rendered struct {
	Pages    Pages
	Passages []passage.Page            // what the pages say of facts
	Marks    map[string][]passage.Mark // what was counted on each page
	Sources  map[string]string         // of each page, the file of the report of which it is made
	Listings map[string]bool           // the pages of the theme that list what tables, aggregates and sources hold

	report *Report
}

// HasPage reports whether a page shows something, be it only what others show.
func (r *Rendered) HasPage(path string) bool {
	return len(r.Marks[strings.TrimPrefix(path, "/")+"index.html"]) > 0
}

// New makes what the prose is checked with. What pages read of tables ends with ctx.
func New(ctx context.Context, in Inputs) *Site {
	pick := func(t *dataset.Table, numbers []int64) ([]dataset.Row, error) { return t.Pick(ctx, numbers) }
	lineage := newLineage(in.Tables, in.Aggregates, pick)
	rows := newRowLinks(in.Tables, in.Aggregates, lineage)
	sources := newSources(in.Tables, in.Records, rows)
	facts := &facts{aggregates: in.Aggregates, sources: sources}
	return &Site{
		Inputs:  in,
		facts:   facts,
		sources: sources,
		tables: &tables{
			data: in.Tables, extracts: in.Extracts, fetched: in.Fetched, report: in.Source, aggregates: in.Aggregates, palette: in.Palette, facts: facts, sources: sources, rows: rows, lineage: lineage, pages: newRowPages(in.Content), pick: pick,
			all:       func(t *dataset.Table) ([]dataset.Row, error) { return t.All(ctx) },
			downloads: newDownloads(ctx, in.Tables, in.Aggregates, in.Charts, facts.plain),
			long:      &longTables{},
		},
	}
}

// Check reads configuration, templates and prose, and adds a problem for each thing in them that does not
// exist or is not true.
func (s *Site) Check(problems *diag.List) error {
	if err := s.checkConfig(problems); err != nil {
		return err
	}
	if err := s.checkTemplates(problems); err != nil {
		return err
	}
	if err := s.checkSources(problems); err != nil {
		return err
	}
	if err := s.checkContent(problems); err != nil {
		return err
	}
	s.checkLinks(problems)
	s.Palette.CheckUsed(s.Charts, s.dotted, problems)
	return nil
}

// Reads is what the finished pages' facts are checked by, once they are rendered.
func (s *Site) Reads(address fact.Address, text string) (raw, usual string, same, known bool) {
	raw, usual, same, known = s.facts.reads(address, text)
	for _, r := range s.reports {
		if !same && known { // in the words of another language
			_, _, same, _ = r.facts.reads(address, text)
		}
	}
	return raw, usual, same, known
}

// Render makes the pages of the site, and reads what they say. It is only
// called where Check found nothing.
//
// Charts are drawn while Hugo is at work on pages, and only now: an editor who has
// made a mistake does not wait for drawings that nobody will see.
func (s *Site) Render(ctx context.Context, problems *diag.List) (r *Rendered, err error) {
	report, err := s.newReport(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, report.drawings.finish()) }()
	s.reports = map[string]*Report{}
	for name := range s.Others {
		other, err := s.in(name).newReport(ctx)
		if err != nil {
			return nil, err
		}
		s.reports[name] = other
		defer func() { _ = other.drawings.finish() }() // whoever shows a drawing has its error
	}
	pages, err := s.runHugo(ctx, report, problems)
	if err != nil || pages == nil {
		return &Rendered{}, err
	}
	nameHeadings(pages)
	splitParagraphs(pages)
	said, marks, err := passage.Read(ctx, pages, s.Memo)
	if err != nil {
		return nil, err
	}
	if err := s.drawCards(ctx, report, pages); err != nil {
		return nil, err
	}
	if err := s.fillPlaceholders(ctx, report, pages, said); err != nil {
		return nil, err
	}
	if err := s.leadToParts(pages); err != nil {
		return nil, err
	}
	relativizeLinks(pages, s.BaseURL)
	if err := s.addFiles(ctx, report, pages, problems); err != nil {
		return nil, err
	}
	checkNames(pages, s.sourceOf, problems)
	return &Rendered{Pages: pages, Passages: said, Marks: marks, Sources: s.origins, Listings: s.listings, report: report}, nil
}

// Complete adds the files that are made of the finished pages, or list them.
func (s *Site) Complete(ctx context.Context, r *Rendered, problems *diag.List) error {
	if err := s.addTwins(ctx, r.Pages); err != nil {
		return err
	}
	if err := s.addListings(r.report, r.Pages); err != nil {
		return err
	}
	checkSize(r.Pages, s.sourceOf, s.Limits, problems)
	checkHosts(r.Pages, s.sourceOf, s.Limits, problems)
	return nil
}
