// Package site makes pages of content, layouts, assets and computed data.
//
// A page is made by Hugo, in memory; nothing else in Broadsheet imports it. This
// is a Hugo site like any other, with one addition: templates reach what was
// computed as site.Params.report, a *Report, whose methods are documented in
// report.go. A life of a page:
//
//   - content.go looks up what each shortcode of the prose names before Hugo does, so
//     that all unknown facts, charts and sources are found in one run.
//   - config.go and template.go hold hugo.toml and the templates of the report to what
//     a report may do (refused.go), and have the guard end what would not (guard.go).
//   - hugo.go lays the report over the built-in theme in memory and renders.
//   - later.go fills in what pages say of each other: the passages.
//   - links.go makes each link of each page relative to the page.
//   - downloads.go adds the files that no template makes: tables as CSV, charts as
//     SVG (picture.go), the data package.
//
// The built-in theme has pages of its own in content/ beside this file: the
// tables, the numbers, the sources. A report that has a file of the same name
// replaces it.
package site

import (
	"context"
	"embed"
	"errors"
	"io/fs"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/passage"
)

// Pages is a finished site: each file by its path from the site's root.
type Pages map[string][]byte

//go:embed all:content
var themeContent embed.FS

// Site is what pages are made of.
type Site struct {
	Source  fs.FS          // the report folder
	Content *content.Files // what stands in its content/
	Theme   fs.FS          // layouts/ and assets/ of the built-in theme
	Report  *Report
	Drawer  *svg.Drawer
	BaseURL string // e.g. "https://example.org/letters/"; "" where it is not known
	Limits  limit.Limits
	// Archivable says that the report is small enough for an archive of its source.
	Archivable bool

	Sources map[string]string // of each page that was rendered, the file of the report of which it is made

	config    map[string]any           // hugo.toml
	opened    *openedFiles             // of the report, by Hugo
	templates map[string]*templateFile // of the report, by file
	addresses *takenAddresses          // by the files of content/
}

// Judge reads the prose and adds a problem for each thing in it that does not
// exist or is not true.
func (s *Site) Judge(ctx context.Context, problems *diag.List) error {
	if err := s.checkConfig(problems); err != nil {
		return err
	}
	if err := s.checkTemplates(problems); err != nil {
		return err
	}
	if err := s.judgeSources(problems); err != nil {
		return err
	}
	return s.judgeContent(problems)
}

// Render makes all files of the site, and reads what the pages say. It is only
// called where Judge found nothing.
//
// Charts are drawn while Hugo is at work on pages, and only now: an editor who has
// made a slip does not wait for drawings that nobody will see.
func (s *Site) Render(ctx context.Context, problems *diag.List) (pages Pages, said []passage.Page, marks map[string][]passage.Mark, err error) {
	if err := s.Report.pictures.prepare(s); err != nil {
		return nil, nil, nil, err
	}
	s.Report.base = s.BaseURL
	s.Report.drawings = draw(ctx, s.Report.charts, s.Drawer)
	defer func() { err = errors.Join(err, s.Report.drawings.finish()) }()
	pages, err = s.runHugo(ctx, problems)
	if err != nil || pages == nil {
		return nil, nil, nil, err
	}
	if said, marks, err = passage.Read(ctx, pages); err != nil {
		return nil, nil, nil, err
	}
	if err := s.Report.writeLater(ctx, pages, said); err != nil {
		return nil, nil, nil, err
	}
	relateLinks(pages, s.BaseURL)
	if err := s.addFiles(ctx, pages, problems); err != nil {
		return nil, nil, nil, err
	}
	checkNames(pages, s.sourceOf, problems)
	checkSize(pages, s.sourceOf, s.Limits, problems)
	checkHosts(pages, s.sourceOf, s.Limits, problems)
	return pages, said, marks, nil
}
