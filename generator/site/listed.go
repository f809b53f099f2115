package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/listing"
	"broadsheet/generator/memo"
	"broadsheet/generator/twin"

	"github.com/gohugoio/hugo/hugolib"
	"github.com/sourcegraph/conc/pool"
)

// listedPage is a page that readers can look for.
type listedPage struct {
	About
	link  string // from the root
	title string // of its site
	lang  string
	own   string // its own description
}

// listPages lists all pages but frames and that for addresses that lead nowhere, by their links.
func listPages(ctx context.Context, sites *hugolib.HugoSites, report *Report) (list []listedPage, err error) {
	for _, p := range sites.Pages() {
		if p.Type() == "computed-embed" || p.Kind() == "404" || len(p.OutputFormats()) == 0 || p.RelPermalink() == "" || !strings.HasSuffix(fileAt(p.RelPermalink()), ".html") {
			continue
		}
		about, err := report.About(ctx, p)
		if err != nil {
			return nil, err
		}
		one := listedPage{About: about, link: p.RelPermalink(), title: p.Site().Title(), lang: p.Site().Language().Locale()}
		if p.Description() != "" {
			one.own = about.Description
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b listedPage) int { return cmp.Compare(a.link, b.link) })
	return list, nil
}

// addTwins writes the pages of prose once more as Markdown.
func (s *Site) addTwins(ctx context.Context, pages Pages) error {
	s.listed = slices.DeleteFunc(s.listed, func(p listedPage) bool { return pages[fileAt(p.link)] == nil }) // parts that are not needed
	texts := make([][]byte, len(s.listed))
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, p := range s.listed {
		name := strings.TrimPrefix(p.Twin, "/")
		page, taken := pages[fileAt(p.link)], pages[name] != nil
		if name == "" || page == nil || taken {
			continue
		}
		group.Go(func() error {
			key, err := memo.KeyOf(page)
			if err != nil {
				return err
			}
			texts[i], err = memo.Do(s.Memo, "twin", key, func() ([]byte, error) { return twin.Of(page) })
			return cmp.Or(err, ctx.Err())
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, p := range s.listed {
		if texts[i] != nil {
			pages[strings.TrimPrefix(p.Twin, "/")] = texts[i]
		}
	}
	return nil
}

// addListings adds what tells machines of the site. A file that the report has itself stays.
func (s *Site) addListings(report *Report, pages Pages) error {
	l := s.listing(report)
	add := func(name string, data []byte) {
		if _, taken := pages[name]; !taken {
			pages[name] = data
		}
	}
	if s.BaseURL != "" {
		sitemap, err := l.Sitemap()
		if err != nil {
			return err
		}
		add(listing.SitemapFile, sitemap)
		add(listing.RobotsFile, l.Robots())
	}
	if name := domain(s.BaseURL); name != "" {
		add("CNAME", []byte(name+"\n"))
	}
	if report.hasFeed() {
		feed, err := l.Feed()
		if err != nil {
			return err
		}
		add(listing.FeedFile, feed)
	}
	add(listing.ModelsFile, l.Models())
	return nil
}

func (s *Site) listing(report *Report) *listing.Site {
	said := report.tables.voice()
	l := &listing.Site{Base: s.BaseURL, Name: cmp.Or(report.Package.Name, report.Package.Title)}
	l.Words = listing.Words{About: said.Say("llms_about"), Pages: said.Say("llms_pages"), Data: said.Say("page_data"), Figures: said.Say("llms_figures"), FiguresAbout: said.Say("llms_figures_about")}
	for _, p := range s.listed {
		modified := max(p.Published, p.Modified, p.Data)
		for _, c := range report.CorrectionsOf(p.link) {
			modified = max(modified, c.Date)
		}
		l.Pages = append(l.Pages, listing.Page{Link: p.link, Title: p.Headline, Description: p.own, Modified: modified, Text: p.Twin})
		if p.Published != "" && report.hasFeed() {
			l.Updates = append(l.Updates, listing.Update{ID: p.link[1:], Date: p.Published, Modified: cmp.Or(p.Modified, p.Published), Title: p.Headline, Text: p.own, Link: p.link})
		}
		if p.link == "/" {
			l.Title, l.Description, l.Language, l.Authors = p.title, p.Description, p.lang, p.Authors
		}
	}
	l.Updates = append(l.Updates, report.updates()...)
	slices.SortStableFunc(l.Updates, func(a, b listing.Update) int {
		return cmp.Or(cmp.Compare(b.Modified, a.Modified), cmp.Compare(a.ID, b.ID))
	})
	if report.Published() {
		l.Downloads = append(l.Downloads, listing.Download{Link: "/data/datapackage.json", Title: said.Say("llms_columns"), Description: said.Say("llms_columns_about")})
	}
	for _, t := range report.Tables() {
		if t.DownloadPath() == "" {
			continue
		}
		l.Downloads = append(l.Downloads, listing.Download{Link: "/" + t.DownloadPath(), Title: cmp.Or(t.Title, t.Name), Description: t.Description})
	}
	return l
}

// Title is that of the front page's site.
func (s *Site) Title() string {
	for _, p := range s.listed {
		if p.link == "/" {
			return p.title
		}
	}
	return ""
}

// hasFeed reports whether something has a date that a feed can tell.
func (r *Report) hasFeed() bool { return len(r.corrections.list) > 0 || r.Package.Created != "" }

// updates are the corrections, and the data as they are now.
func (r *Report) updates() (list []listing.Update) {
	for _, c := range r.Corrections() {
		sum := sha256.Sum256([]byte(c.Text))
		said := []string{c.Text}
		for _, f := range c.Figures {
			if f.New == "" {
				said = append(said, fmt.Sprintf("Withdrawn: %s: %s.", f.Old, f.Label))
				continue
			}
			said = append(said, fmt.Sprintf("%s, not %s: %s.", f.New, f.Old, f.Label))
		}
		list = append(list, listing.Update{
			ID: fmt.Sprintf("corrections/%x", sum[:6]), Date: c.Date, Modified: c.Date, Title: "Correction, " + r.Day(c.Date), Text: strings.Join(said, " "), Link: "/corrections/",
		})
	}
	if day := r.Package.Created; day != "" {
		list = append(list, listing.Update{ID: "data/", Date: day, Modified: day, Title: "Data as of " + r.Day(day), Text: r.Package.Description, Link: "/data/"})
	}
	return list
}
