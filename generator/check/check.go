// Package check checks finished pages, as a reader's browser would meet them: each link and each anchor leads
// somewhere inside the site, nothing is requested from another host, nothing runs but scripts in files of the site
// (allowed.go, page.go, xml.go, css.go), what screen readers rely on is there, a fact says what its cell holds
// (cited.go), and a chart says the same values in its drawings, its table, its alt text and its download (charts.go,
// figure.go, claims.go, axes.go, bars.go, shapes.go).
//
// It sees bytes and knows nothing of how they were made, so it also finds what a report's own templates do wrong.
package check

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/literal"
	"broadsheet/generator/memo"
	"broadsheet/generator/passage"
	"broadsheet/generator/progress"

	"github.com/sourcegraph/conc/pool"
)

// Site is what is checked.
type Site struct {
	Pages    map[string][]byte         // all files, by their path
	Report   fs.FS                     // where the places of faults are looked for; nil for nowhere
	Sources  map[string]string         // the file of the report of which a page is made
	Root     string                    // the path of the site, such as "/letters/"; "" if unknown
	Policy   string                    // the Content-Security-Policy that each page has; "" for any
	Reads    Reads                     // nil where facts are not checked
	Counted  map[string][]passage.Mark // what passage counted on each page; nil where that is not checked
	Literals *literal.Settings         // nil where numbers are not checked
	Listings map[string]bool           // pages that list what tables hold, as it is there
	Memo     *memo.Memo                // what was read of the same pages before
}

// Reads says whether a text can stand for a cell of an aggregate, and what that holds and usually reads as; known is
// false where there is no such cell.
type Reads func(cell fact.Address, text string) (raw, usual string, reads, known bool)

// found is what one file has.
type found struct {
	page   page
	charts []diag.Problem
}

// Pages adds a problem for each fault of the site.
func Pages(ctx context.Context, site Site, problems *diag.List) error {
	names := slices.Collect(func(yield func(string) bool) {
		for name := range site.Pages {
			if kindOf(name) != other && !yield(name) {
				return
			}
		}
	})
	slices.Sort(names)
	all := make([]found, len(names))
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	read := progress.Count(ctx, len(names), "page")
	for i, name := range names {
		group.Go(func() error {
			defer read()
			if err := all[i].read(site, name); err != nil {
				return err
			}
			all[i].page.hold(site.Reads)
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	places := &places{report: site.Report}
	pages, charts := map[string]*page{}, map[string][]diag.Problem{}
	for i, name := range names {
		pages[name], charts[name] = &all[i].page, all[i].charts
		for j := range charts[name] {
			p := &charts[name][j]
			id := strings.TrimSuffix(path.Base(p.File), ".yaml")
			if source, ok := site.Sources["charts/"+id+"/index.html"]; ok { // a file may make several charts
				p.File = source
			}
			if p.File == "" { // of a figure that no chart's file made
				p.File = site.source(name)
			}
		}
	}
	addOnce(charts, problems)
	compareCounted(site, pages)
	if site.Literals != nil && len(names) > 0 {
		checkSpoken(site, names, pages)
		site.Literals.CheckUsed(problems)
	}
	links := follower{site: site, pages: pages}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := pages[name]
		for _, l := range p.Links {
			links.follow(p, l)
		}
		for _, f := range p.faults {
			problems.Add(places.of(site.source(name), f))
		}
	}
	return nil
}

// The kinds of files that browsers read for what to load and to run.
type kind int

const (
	other kind = iota
	html5
	xml1
	css3
)

func kindOf(name string) kind {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return html5
	case ".svg", ".xml", ".xhtml", ".xht":
		return xml1
	case ".css":
		return css3
	}
	return other
}

// errFaulty keeps what has a fault out of the memo: it has to be read again anyway.
var errFaulty = errors.New("the file has faults")

// read reads a file, or takes from the memo what it said the last time.
func (f *found) read(site Site, name string) error {
	text := site.Pages[name]
	key, err := memo.KeyOf(name, site.Root, site.Policy, site.Literals.Key(), strconv.FormatBool(site.Listings[name]), text)
	if err != nil {
		return err
	}
	f.page = page{name: name, site: site, reading: reading{IDs: map[string]bool{}}}
	f.page.reading, err = memo.Do(site.Memo, "page", key, func() (reading, error) {
		f.page.read(text)
		if len(f.page.faults) > 0 {
			return f.page.reading, errFaulty
		}
		return f.page.reading, nil
	})
	if err != nil && !errors.Is(err, errFaulty) || len(f.page.Downloads) == 0 {
		return ignore(err, errFaulty)
	}
	inputs := []any{key}
	for _, download := range f.page.Downloads {
		inputs = append(inputs, site.Pages[download])
	}
	if key, err = memo.KeyOf(inputs...); err != nil {
		return err
	}
	_, err = memo.Do(site.Memo, "charts", key, func() (bool, error) {
		if f.charts = checkCharts(site.Pages, name); len(f.charts) > 0 {
			return false, errFaulty
		}
		return true, nil
	})
	return ignore(err, errFaulty)
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

func (p *page) read(text []byte) {
	switch kindOf(p.name) {
	case html5:
		p.readHTML(text)
	case xml1:
		p.readXML(text)
	case css3:
		p.readCSS(string(text), "the style sheet")
	}
}

// source is the file of the report that an editor or a developer wrote. That of a resource may have a name without
// what Hugo adds: css/main.css for css/main.min.0123.css.
func (s Site) source(name string) string {
	if source, ok := s.Sources[name]; ok || s.Report == nil {
		return cmp.Or(source, name)
	}
	base, _, _ := strings.Cut(path.Base(name), ".")
	for _, folder := range []string{"static", "assets", "content"} {
		for _, base := range []string{path.Base(name), base + path.Ext(name)} {
			source := path.Join(folder, path.Dir(name), base)
			if info, err := fs.Stat(s.Report, source); err == nil && !info.IsDir() {
				return source
			}
		}
	}
	return name
}
