// Package check judges finished pages, as a reader's browser would meet them: each link and each anchor leads
// somewhere inside the site, nothing is requested from another host, what screen
// readers rely on is there, and a chart says the same values in its drawings, its
// table, its alt text and its download (charts.go, figure.go, alt.go, shapes.go).
// It sees bytes and knows nothing of how they were made, so it also finds what a
// report's own templates do wrong.
package check

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"
)

// page is what matters of a page.
type page struct {
	ids   map[string]bool
	links []link
}

type link struct {
	tag, target string
}

// Pages adds a problem for each fault of the site.
func Pages(ctx context.Context, site map[string][]byte, limits limit.Limits, problems *diag.List) error {
	var names []string
	for name := range site {
		if path.Ext(name) == ".html" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	found := make([]page, len(names))
	faults := make([][]diag.Problem, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			found[i] = read(name, site[name], problems)
			faults[i] = judgeCharts(site, name)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	byName, ofCharts := map[string]*page{}, map[string][]diag.Problem{}
	for i, name := range names {
		byName[name], ofCharts[name] = &found[i], faults[i]
	}
	addOnce(ofCharts, problems)
	for _, name := range names {
		for _, l := range byName[name].links {
			follow(site, byName, name, l, problems)
		}
	}
	return nil
}

// judged are the attributes that matter; most bytes of a chart are others.
var judged = map[string]bool{"id": true, "lang": true, "alt": true, "href": true, "src": true, "action": true, "poster": true, "data-places": true, "rel": true}

// read goes through a page once.
func read(name string, text []byte, problems *diag.List) page {
	p := page{ids: map[string]bool{}}
	fail := func(message, hint string) {
		problems.Add(diag.Problem{File: "public/" + name, Message: message, Hint: hint})
	}
	lang, title, inTitle, inLink := false, false, false, false
	attributes := map[string]string{} // those that are judged, of one tag
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind == html.TextToken && inTitle {
			title = title || len(bytes.TrimSpace(z.Text())) > 0
		}
		if kind == html.EndTagToken {
			inTitle = false
			if name, _ := z.TagName(); string(name) == "a" {
				inLink = false
			}
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		tagName, more := z.TagName()
		tag := string(tagName)
		inTitle = tag == "title"
		clear(attributes)
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			if judged[string(key)] {
				attributes[string(key)] = string(value)
			}
		}
		if id, ok := attributes["id"]; ok {
			if p.ids[id] {
				fail("two elements have the id "+diag.Quote(id), "")
			}
			p.ids[id] = true
		}
		switch tag {
		case "a":
			if inLink {
				fail("a link inside a link: "+attributes["href"], "a fact is a link itself: take it out of the [ ]( ) around it")
			}
			inLink = true
		case "html":
			lang = attributes["lang"] != ""
		case "img":
			if _, ok := attributes["alt"]; !ok {
				fail("a picture has no alt text: "+attributes["src"], "describe it, or write alt=\"\" where it only decorates")
			}
		}
		for _, key := range []string{"href", "src", "action", "poster", "data-places"} {
			if target, ok := attributes[key]; ok && (tag != "link" || requested(attributes["rel"])) {
				p.links = append(p.links, link{tag, target})
			}
		}
	}
	if !lang {
		fail("the page does not say its language", "write <html lang=\"en\">")
	}
	if !title {
		fail("the page has no title", "")
	}
	return p
}

// requested reports whether a <link> is fetched or followed: a canonical address
// is neither.
func requested(rel string) bool {
	return !slices.Contains([]string{"canonical", "alternate", "license", "author", "me"}, rel)
}

// follow judges one link.
func follow(site map[string][]byte, pages map[string]*page, from string, l link, problems *diag.List) {
	fail := func(message, hint string) {
		problems.Add(diag.Problem{File: "public/" + from, Message: message, Hint: hint})
	}
	u, err := url.Parse(l.target)
	if err != nil {
		fail("a link that is no address: "+diag.Quote(l.target), "")
		return
	}
	switch {
	case u.Scheme == "mailto" || u.Scheme == "data" && l.tag != "a":
		return
	case u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https":
		fail("a link with the scheme "+diag.Quote(u.Scheme), "")
		return
	case u.Host != "":
		if l.tag != "a" {
			fail(fmt.Sprintf("<%s> is requested from another host: %s", l.tag, l.target), "keep the file in assets/ or static/ of the report")
		}
		return
	case strings.HasPrefix(u.Path, "/"):
		fail("a link from the root of the server: "+l.target, "write it with double quotes around the address, so that it is made relative")
		return
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
	}
	if _, ok := site[target]; !ok {
		var names []string
		for name := range pages {
			names = append(names, name)
		}
		fail("a link leads nowhere: "+l.target, diag.Nearest(target, names))
		return
	}
	if p := pages[target]; p != nil && u.Fragment != "" && !p.ids[u.Fragment] {
		fail(fmt.Sprintf("a link leads to a place that is not there: %s has no id %q", target, u.Fragment), "")
	}
}
