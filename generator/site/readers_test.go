package site_test

import (
	"encoding/json"
	"encoding/xml"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator"

	"golang.org/x/net/html"
)

const signed = `
baseURL = "https://libraries.example.org/"
title = "Small </script> report"
locale = "en-US"
[params]
places = ["places"]
authors = ["Ada Lovelace", "Charles <b>Babbage"]
contact = "desk@example.org"
`

// signedSite is the small report with authors, dates, a correction and an address, built once.
func signedSite(t *testing.T) map[string][]byte {
	t.Helper()
	signedOnce.Do(func() { signedPages = build(t, signedReport(t)) })
	if signedPages == nil {
		t.Fatal("the report could not be built")
	}
	return signedPages
}

var (
	signedOnce  sync.Once
	signedPages map[string][]byte
)

func signedReport(t *testing.T) fstest.MapFS {
	t.Helper()
	return with(t, map[string]string{
		"hugo.toml": signed,
		"content/story.md": "---\ntitle: \"{{< fact `total.visits` >}} </script> visits\"\ndescription: What \"libraries\" <counted>\nauthor: Grace Hopper\ndate: 2021-03-02\nlastmod: 2021-04-05\n---\n" +
			"Ada had {{< fact \"by_place.visits[ada]\" >}} visits & *more*.\n\n{{< chart \"bars\" >}}\n",
		"data/corrections.csv": "date,fact,old,new,text,pages\n2021-03-20,by_place.visits[ada],\"2,951\",\"2,950\",A day was counted twice.,/story/\n",
	})
}

func build(t *testing.T, report fstest.MapFS) map[string][]byte {
	t.Helper()
	result, err := generator.Build(t.Context(), report, generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	return result.Pages
}

// document is what a test reads of a page.
type document struct{ root *html.Node }

func parse(t *testing.T, page []byte) document {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	return document{root}
}

// text is that of the first element with an attribute of that value; "" for an element without one.
func (d document) text(tag, key, value string) string {
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag && (key == "" || attribute(n, key) == value) {
			var b strings.Builder
			for c := range n.Descendants() {
				if c.Type == html.TextNode {
					b.WriteString(c.Data)
				}
			}
			return strings.Join(strings.Fields(b.String()), " ")
		}
	}
	return ""
}

// content is an attribute of the first element whose key has the value.
func (d document) content(tag, key, value, of string) string {
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag && attribute(n, key) == value {
			return attribute(n, of)
		}
	}
	return ""
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestAPageSaysWhatItIs compares what a page tells machines with what it tells readers.
func TestAPageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	site := signedSite(t)
	page := parse(t, site["story/index.html"])
	headline, description := page.text("h1", "", ""), page.text("p", "class", "standfirst")
	if headline != "224,437 </script> visits" {
		t.Errorf("the page is headed %q", headline)
	}
	const address = "https://libraries.example.org/story/"
	for what, got := range map[string][2]string{
		"title":       {page.text("title", "", ""), headline + " · Small </script> report"},
		"description": {page.content("meta", "name", "description", "content"), description},
		"og:title":    {page.content("meta", "property", "og:title", "content"), headline},
		"twitter":     {page.content("meta", "name", "twitter:title", "content"), headline},
		"og:url":      {page.content("meta", "property", "og:url", "content"), address},
		"canonical":   {page.content("link", "rel", "canonical", "href"), address},
		"author":      {page.content("meta", "name", "author", "content"), "Grace Hopper"},
		"byline":      {page.text("p", "class", "byline"), "By Grace Hopper · Published March 2, 2021 · Updated April 5, 2021 · Data as of March 1, 2021"},
		"twin":        {page.content("link", "type", "text/markdown", "href"), "../story/index.md"},
		"feed":        {page.content("link", "type", "application/atom+xml", "href"), "../atom.xml"},
		"icon":        {page.content("link", "rel", "icon", "href"), "../icon.svg"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: got %q, want %q", what, got[0], got[1])
		}
	}
	if !strings.Contains(string(site["story/index.html"]), `href="mailto:desk@example.org?subject=224%2C437%20%3C%2Fscript%3E%20visits"`) {
		t.Error("no error can be reported")
	}
	if !strings.Contains(string(site["story/index.html"]), "Grace Hopper. “224,437 &lt;/script&gt; visits.” Small &lt;/script&gt; report, April 5, 2021. "+address) {
		t.Error("the page cannot be cited")
	}
	var article struct {
		Context     string `json:"@context"`
		Type        string `json:"@type"`
		Headline    string
		Description string
		URL         string
		Published   string `json:"datePublished"`
		Modified    string `json:"dateModified"`
		Author      []struct{ Name string }
	}
	block(t, page, &article)
	if article.Context != "https://schema.org" || article.Type != "NewsArticle" || article.Headline != headline || article.Description != description ||
		article.URL != address || article.Published != "2021-03-02" || article.Modified != "2021-04-05" || len(article.Author) != 1 || article.Author[0].Name != "Grace Hopper" {
		t.Errorf("the article is %+v", article)
	}
	if by := parse(t, site["all-charts/index.html"]).text("p", "class", "byline"); by != "By Ada Lovelace and Charles <b>Babbage · Data as of March 1, 2021" {
		t.Errorf("a page without an author has the byline %q", by)
	}
}

func block(t *testing.T, page document, into any) {
	t.Helper()
	for n := range page.root.Descendants() {
		if n.Data == "script" && attribute(n, "type") == "application/ld+json" {
			if err := json.Unmarshal([]byte(n.FirstChild.Data), into); err != nil {
				t.Error(err)
			}
			return
		}
	}
	t.Error("the page has no linked data")
}

// TestDataAreDescribed: a catalogue finds each table with its file, its licence and what it covers.
func TestDataAreDescribed(t *testing.T) {
	t.Parallel()
	report := with(t, nil)
	text := string(report["data/datapackage.json"].Data)
	report["data/datapackage.json"].Data = []byte(strings.Replace(text, `"created"`, `"temporal": "2016/2020", "spatial": "Nowhere", "created"`, 1))
	site := build(t, report)
	for name, want := range map[string][]string{"data/index.html": {"data/events.csv", "data/loans.csv", "data/places.csv", "data/years.csv"}, "data/years/index.html": {"data/years.csv"}} {
		var set struct {
			Type         string `json:"@type"`
			License      string
			Temporal     string                `json:"temporalCoverage"`
			Spatial      struct{ Name string } `json:"spatialCoverage"`
			Distribution []struct {
				Format string `json:"encodingFormat"`
				URL    string `json:"contentUrl"`
			}
		}
		block(t, parse(t, site[name]), &set)
		if set.Type != "Dataset" || set.Temporal != "2016/2020" || set.Spatial.Name != "Nowhere" || set.License != "https://creativecommons.org/publicdomain/zero/1.0/" {
			t.Errorf("%s: %+v", name, set)
		}
		var files []string
		for _, d := range set.Distribution {
			file := path.Join(path.Dir(name), d.URL)
			if site[file] == nil || d.Format != "text/csv" {
				t.Errorf("%s: there is no %s", name, d.URL)
			}
			if file != "data/sources.csv" {
				files = append(files, file)
			}
		}
		slices.Sort(files)
		if !slices.Equal(files, want) {
			t.Errorf("%s: the files are %v", name, files)
		}
	}
}

// TestAbsoluteAddressesNeedABase: without one, nothing is written that would need it, and nothing is shown that nobody gave.
func TestAbsoluteAddressesNeedABase(t *testing.T) {
	t.Parallel()
	site := pages(t)
	for _, name := range []string{"sitemap.xml", "robots.txt", "CNAME"} {
		if _, ok := site[name]; ok {
			t.Errorf("there is a %s", name)
		}
	}
	page := parse(t, site["index.html"])
	if got := page.content("link", "rel", "canonical", "href") + page.content("meta", "property", "og:url", "content") + page.content("meta", "name", "author", "content"); got != "" {
		t.Errorf("the page says %q", got)
	}
	if by := page.text("p", "class", "byline"); by != "Data as of March 1, 2021" {
		t.Errorf("the byline is %q", by)
	}
	if strings.Contains(string(site["index.html"]), "Report an error") {
		t.Error("an error can be reported to nobody")
	}
	if strings.Contains(string(site["atom.xml"]), `rel="self"`) {
		t.Error("the feed says where it is")
	}
}

// TestTheSiteIsListed reads the sitemap, and compares it with the pages and their dates.
func TestTheSiteIsListed(t *testing.T) {
	t.Parallel()
	site := signedSite(t)
	if got := string(site["CNAME"]); got != "libraries.example.org\n" {
		t.Errorf("CNAME has %q", got)
	}
	if !strings.Contains(string(site["robots.txt"]), "Sitemap: https://libraries.example.org/sitemap.xml\n") {
		t.Errorf("robots.txt has %q", site["robots.txt"])
	}
	var sitemap struct {
		URLs []struct {
			Address  string `xml:"loc"`
			Modified string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(site["sitemap.xml"], &sitemap); err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for _, u := range sitemap.URLs {
		listed[strings.TrimPrefix(u.Address, "https://libraries.example.org/")+"index.html"] = u.Modified
	}
	for name := range site {
		if _, ok := listed[name]; path.Base(name) == "index.html" && ok == strings.HasPrefix(name, "embed/") {
			t.Errorf("%s is listed: %v", name, ok)
		}
	}
	if listed["story/index.html"] != "2021-04-05" || listed["all-charts/index.html"] != "2021-03-01" {
		t.Errorf("dates: %v", listed)
	}
}

// TestTitlesAreUnique: search engines and browsers tell pages apart by them.
func TestTitlesAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	site := pages(t)
	for _, name := range slices.Sorted(maps.Keys(site)) {
		if path.Ext(name) != ".html" || strings.HasPrefix(name, "embed/") {
			continue
		}
		title := parse(t, site[name]).text("title", "", "")
		if other := seen[title]; other != "" {
			t.Errorf("%s and %s have the title %q", other, name, title)
		}
		seen[title] = name
	}
}

// TestTheFeedIsAtom reads the feed, and looks for what RFC 4287 requires.
func TestTheFeedIsAtom(t *testing.T) {
	t.Parallel()
	for name, site := range map[string]map[string][]byte{"with an address": signedSite(t), "without": pages(t)} {
		var feed struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			ID      string   `xml:"id"`
			Title   string   `xml:"title"`
			Updated string   `xml:"updated"`
			Author  []string `xml:"author>name"`
			Links   []struct {
				Relation string `xml:"rel,attr"`
				Address  string `xml:"href,attr"`
			} `xml:"link"`
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Updated string `xml:"updated"`
				Summary string `xml:"summary"`
				Link    struct {
					Address string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(site["atom.xml"], &feed); err != nil {
			t.Fatal(name, err)
		}
		ids := map[string]bool{}
		check := func(id, title, updated string) {
			if u, err := url.Parse(id); err != nil || u.Scheme == "" || ids[id] {
				t.Errorf("%s: the id %q is not an IRI of its own", name, id)
			}
			ids[id] = true
			if _, err := time.Parse(time.RFC3339, updated); err != nil || title == "" {
				t.Errorf("%s: %q of %q", name, title, updated)
			}
		}
		check(feed.ID, feed.Title, feed.Updated)
		if len(feed.Author) == 0 || len(feed.Links) == 0 || len(feed.Entries) == 0 {
			t.Errorf("%s: %+v", name, feed)
		}
		for _, e := range feed.Entries {
			check(e.ID, e.Title, e.Updated)
			file := strings.TrimPrefix(e.Link.Address, "https://libraries.example.org/")
			if site[file] == nil && site[file+"index.html"] == nil {
				t.Errorf("%s: %q leads nowhere", name, e.Link.Address)
			}
		}
		if name == "without" {
			continue
		}
		if feed.Updated != "2021-04-05T00:00:00Z" || len(feed.Entries) != 3 {
			t.Errorf("the feed is %+v", feed)
		}
		if e := feed.Entries[1]; e.Title != "Correction, March 20, 2021" || !strings.Contains(e.Summary, "A day was counted twice. 2,950, not 2,951: ") || !strings.HasPrefix(e.ID, "tag:libraries.example.org,2021-03-20:/corrections/") {
			t.Errorf("the correction is %+v", e)
		}
	}
}

// TestFactsAreListed compares facts.json with the lock of the report.
func TestFactsAreListed(t *testing.T) {
	t.Parallel()
	site := pages(t)
	var list struct {
		Report string
		Facts  []struct {
			Address, Link, Text, Unit string
			Value                     any
			Pages, Sources            []string
		}
		Sources []struct{ ID string }
	}
	if err := json.Unmarshal(site["facts.json"], &list); err != nil {
		t.Fatal(err)
	}
	for _, f := range list.Facts {
		file, place, _ := strings.Cut(f.Link, "#")
		if !strings.Contains(string(site[file]), `id="`+place+`"`) {
			t.Errorf("%s leads to %s, where nothing is", f.Address, f.Link)
		}
		for _, page := range f.Pages {
			if site[page] == nil {
				t.Errorf("%s is on %q, which does not exist", f.Address, page)
			}
		}
	}
	i := slices.IndexFunc(list.Facts, func(f struct {
		Address, Link, Text, Unit string
		Value                     any
		Pages, Sources            []string
	}) bool {
		return f.Address == "by_place.visits[ada]"
	})
	if i < 0 || list.Facts[i].Value != 2950.0 || list.Facts[i].Text != "2,950" || list.Facts[i].Unit != "count" || !slices.Contains(list.Facts[i].Pages, "index.html") || len(list.Facts[i].Sources) == 0 {
		t.Errorf("the facts are %+v", list.Facts)
	}
}

// TestPagesOfProseHaveATwin: its facts are their text, and it is listed for language models.
func TestPagesOfProseHaveATwin(t *testing.T) {
	t.Parallel()
	site := signedSite(t)
	text := string(site["story/index.md"])
	for _, want := range []string{"# 224,437 &lt;/script&gt; visits\n", "\nAda had 2,950 visits & *more*.\n", "| Ada  ", "By Grace Hopper"} {
		if !strings.Contains(text, want) {
			t.Errorf("the twin does not have %q:\n%s", want, text)
		}
	}
	if found := regexp.MustCompile(`<svg|<data|numbers/[a-z_]+/index\.html#|<!--`).FindString(text); found != "" {
		t.Errorf("the twin has %s", found)
	}
	index := string(site["llms.txt"])
	for _, m := range regexp.MustCompile(`\]\(https://libraries\.example\.org/([^)]*)\)`).FindAllStringSubmatch(index, -1) {
		if site[m[1]] == nil {
			t.Errorf("llms.txt leads to %s, which does not exist", m[1])
		}
	}
	if !strings.HasPrefix(index, "# Small \\</script> report\n") || !strings.Contains(index, "/story/index.md): What \"libraries\" \\<counted>\n") {
		t.Errorf("llms.txt is\n%s", index)
	}
	if site["numbers/total/index.md"] != nil || site["embed/bars/index.md"] != nil {
		t.Error("a page of data has a twin")
	}
}

// TestOwnFilesStay: what the report has itself is not written over.
func TestOwnFilesStay(t *testing.T) {
	t.Parallel()
	own := map[string]string{"hugo.toml": signed}
	names := []string{"robots.txt", "CNAME", "atom.xml", "llms.txt", "sitemap.xml", "facts.json"}
	for _, name := range names {
		own["static/"+name] = "<own/>"
	}
	site := build(t, with(t, own))
	for _, name := range names {
		if string(site[name]) != "<own/>" {
			t.Errorf("%s has %q", name, site[name])
		}
	}
}

// TestTheFlagWins over baseURL of hugo.toml.
func TestTheFlagWins(t *testing.T) {
	t.Parallel()
	result, err := generator.Build(t.Context(), with(t, map[string]string{"hugo.toml": signed}), generator.Options{BaseURL: "https://example.net/x/"})
	if err != nil || !strings.Contains(string(result.Pages["sitemap.xml"]), "<loc>https://example.net/x/</loc>") || result.Pages["CNAME"] != nil {
		t.Error(err, string(result.Pages["sitemap.xml"]))
	}
	if !strings.Contains(string(result.Pages["404.html"]), `<a href="/x/index.html">`) {
		t.Error("the links of 404.html are not from the root of the site")
	}
}

// TestWhoIsBehindAReport writes wrong parameters, and wants their problems.
func TestWhoIsBehindAReport(t *testing.T) {
	t.Parallel()
	result, err := generator.Build(t.Context(), with(t, map[string]string{
		"hugo.toml":        "baseURL = \"example.org\"\ntitle = \"x\"\n[params]\nplaces = [\"places\"]\nauthors = [1]\ncontact = \"the desk\"\n",
		"content/story.md": "---\ntitle: Story\nauthor: {name: x}\n---\nText.\n",
	}), generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range result.Problems {
		got = append(got, strings.Split(p.String(), ",")[0])
	}
	want := []string{
		"content/story.md:3:1: author holds no names", "hugo.toml:1:1: baseURL is not a URL", "hugo.toml:5:1: params.authors holds no names", "hugo.toml:6:1: params.contact is not an address",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
