// Package onefile makes one HTML file of a finished site, for mail and archives: the front page and the pages of its
// menu, one after the other, with their styles, pictures and charts inside. The file asks nobody for anything, and has no
// script: it is the site as readers without scripts have it, on one page.
//
// Links among these pages lead to their place in the file. All others lead into the site, where its address is known, or
// else are plain text.
package onefile

import (
	"bytes"
	"encoding/base64"
	"errors"
	"mime"
	"net/url"
	"path"
	"regexp"
	"strings"

	"broadsheet/generator/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// policy lets the file load nothing. Styles are in attributes too.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"

// ErrNoFront is of a site whose front page is not as the theme makes it.
var ErrNoFront = errors.New("the front page has no <main>")

// Make makes the file of a finished site. The base is where the site will be, "" if that is not known.
func Make(site map[string][]byte, base string) ([]byte, error) {
	w := &work{site: site, base: base, sections: map[string]*section{}}
	front, err := w.add("index.html")
	if err != nil {
		return nil, err
	}
	if front == nil {
		return nil, ErrNoFront
	}
	for n := range front.page.Descendants() {
		if n.DataAtom == atom.Nav && !isIn(n, front.main) {
			for link := range n.Descendants() {
				if target, _, ok := front.inSite(attribute(link, "href")); ok && link.DataAtom == atom.A && w.sections[target] == nil {
					if _, err := w.add(target); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	w.readStyles(front)
	for _, s := range w.order {
		w.rewrite(s)
	}
	w.join(front)
	var out bytes.Buffer
	err = html.Render(&out, front.page)
	return append(bytes.ReplaceAll(out.Bytes(), []byte("></path>"), []byte("/>")), '\n'), err
}

// work is a file while it is made.
type work struct {
	site     map[string][]byte
	base     string
	sections map[string]*section // by the file of the page
	order    []*section
	styles   string
}

// section is a page in the file.
type section struct {
	name   string
	page   *html.Node // the document
	main   *html.Node
	prefix string // of its ids; "" for the front page, which is first
	ids    map[string]bool
}

// add reads a page. It returns nil where there is none, or none with a <main>.
func (w *work) add(name string) (*section, error) {
	text, ok := w.site[name]
	if !ok || path.Ext(name) != ".html" {
		return nil, nil
	}
	page, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	s := &section{name: name, page: page, ids: map[string]bool{}}
	if name != "index.html" {
		s.prefix = strings.TrimSuffix(strings.ReplaceAll(strings.TrimSuffix(name, "index.html"), "/", "-"), "-") + "--"
	}
	for n := range page.Descendants() {
		if n.DataAtom == atom.Main && s.main == nil {
			s.main = n
		}
		if id := attribute(n, "id"); id != "" {
			s.ids[id] = true
		}
	}
	if s.main == nil {
		return nil, nil
	}
	w.sections[name], w.order = s, append(w.order, s)
	return s, nil
}

// start is the id at which a page begins.
func (s *section) start() string {
	if s.prefix == "" {
		return "main"
	}
	return "page-" + strings.TrimSuffix(s.prefix, "--")
}

// inSite is the file of the site to which a link of the page leads.
func (s *section) inSite(link string) (target, fragment string, ok bool) {
	u, err := url.Parse(link)
	if err != nil || link == "" || u.Scheme != "" || u.Host != "" {
		return "", "", false
	}
	if u.Path == "" {
		return s.name, u.Fragment, true
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(s.name), u.Path), "/"), u.Fragment, true
}

// link is where a link leads in the file; "" if nowhere.
func (w *work) link(s *section, href string) string {
	target, fragment, ok := s.inSite(href)
	if !ok {
		return href
	}
	if to := w.sections[target]; to != nil {
		if fragment == "" || !to.ids[fragment] {
			return "#" + to.start()
		}
		return (&url.URL{Fragment: to.prefix + fragment}).String()
	}
	if w.base == "" {
		return ""
	}
	u := url.URL{Path: strings.TrimSuffix(target, "index.html"), Fragment: fragment}
	return strings.TrimSuffix(w.base, "/") + "/" + strings.TrimPrefix(u.String(), "./")
}

// loaders are elements that cannot do what they are for in a file that loads nothing.
var loaders = map[atom.Atom]bool{
	atom.Script: true, atom.Iframe: true, atom.Video: true, atom.Audio: true, atom.Source: true, atom.Track: true, atom.Object: true, atom.Embed: true,
	atom.Link: true, atom.Base: true,
}

// rewrite makes a page part of the file.
func (w *work) rewrite(s *section) {
	var gone, unlinked []*html.Node
	isUnlinked := map[*html.Node]bool{}
	for n := range s.page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if loaders[n.DataAtom] {
			gone = append(gone, n)
			continue
		}
		var kept []html.Attribute
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				a.Val = s.prefix + a.Val
			case a.Key == "href" && n.DataAtom == atom.A:
				if a.Val = w.link(s, a.Val); a.Val == "" {
					unlinked = append(unlinked, n)
					isUnlinked[n] = true
				}
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"): // <use>
				a.Val = "#" + s.prefix + a.Val[1:]
			case a.Key == "src" && n.DataAtom == atom.Img:
				a.Val = w.embed(path.Dir(s.name), a.Val)
			case a.Key == "for" || a.Key == "headers" || a.Key == "aria-labelledby" || a.Key == "aria-describedby" || a.Key == "aria-controls":
				a.Val = s.prefix + strings.Join(strings.Fields(a.Val), " "+s.prefix)
			case a.Key == "style" || strings.HasPrefix(a.Val, "url("): // a clip, a gradient
				a.Val = w.css(path.Dir(s.name), s.prefix, a.Val)
			case strings.HasPrefix(a.Key, "data-") && !strings.Contains(w.styles, a.Key), a.Key == string(markup.DataFacets), a.Key == "srcset", a.Key == "download", a.Key == "aria-current", strings.HasPrefix(a.Key, "on"):
				continue // what only scripts read, or a file does not have
			}
			kept = append(kept, a)
		}
		n.Attr = kept
	}
	for _, n := range unlinked {
		if n.DataAtom, n.Data, n.Attr = atom.Span, "span", nil; n.Namespace == "svg" {
			unwrap(n)
		}
	}
	for _, n := range gone {
		n.Parent.RemoveChild(n)
	}
	for _, n := range unlinked { // a line of nothing but links that lead nowhere
		if p := n.Parent; p != nil && p.Parent != nil && p.DataAtom == atom.P && saysNothing(p, isUnlinked) {
			around := p.Parent
			around.RemoveChild(p)
			if around.DataAtom == atom.Details && around.Parent != nil && isEmptied(around) {
				around.Parent.RemoveChild(around)
			}
		}
	}
}

// unwrap puts what an element holds in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// isEmptied reports whether there is nothing to open any more.
func isEmptied(details *html.Node) bool {
	for n := range details.ChildNodes() {
		if n.Type == html.ElementNode && n.DataAtom != atom.Summary {
			return false
		}
	}
	return true
}

func saysNothing(p *html.Node, links map[*html.Node]bool) bool {
	for n := range p.ChildNodes() {
		if !links[n] && (n.Type != html.TextNode || strings.TrimSpace(n.Data) != "") {
			return false
		}
	}
	return true
}

var address = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)`) // url(#clip), url("../faces/a.woff2")

// css puts into styles what they load.
func (w *work) css(directory, prefix, text string) string {
	return address.ReplaceAllStringFunc(text, func(found string) string {
		to := address.FindStringSubmatch(found)[1]
		if id, ok := strings.CutPrefix(to, "#"); ok {
			return "url(#" + prefix + id + ")"
		}
		return `url("` + w.embed(directory, to) + `")`
	})
}

// embed is a file of the site as an address that holds it.
func (w *work) embed(directory, link string) string {
	if strings.HasPrefix(link, "data:") {
		return link
	}
	u, err := url.Parse(link)
	if err != nil {
		return "data:,"
	}
	name := strings.TrimPrefix(path.Join("/", directory, u.Path), "/")
	data, ok := w.site[name]
	if !ok {
		return "data:,"
	}
	kind := map[string]string{".svg": "image/svg+xml", ".woff2": "font/woff2", ".woff": "font/woff", ".webp": "image/webp", ".avif": "image/avif"}[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// readStyles reads the style sheets of the front page, which are those of all.
func (w *work) readStyles(front *section) {
	var all strings.Builder
	for n := range front.page.Descendants() {
		if n.DataAtom == atom.Style && n.FirstChild != nil {
			all.WriteString(w.css("", "", n.FirstChild.Data) + "\n")
		}
		if target, _, ok := front.inSite(attribute(n, "href")); ok && n.DataAtom == atom.Link && attribute(n, "rel") == "stylesheet" {
			all.WriteString(w.css(path.Dir(target), "", string(w.site[target])) + "\n")
		}
	}
	w.styles = withoutFaces(strings.TrimSpace(all.String()), w.letters())
	// its typefaces are in the file, and so are there at once, but not for a browser that gives them no time
	w.styles = strings.NewReplacer("font-display:optional", "font-display:swap", "font-display: optional", "font-display: swap").Replace(w.styles)
}

// join moves the pages into the first one, and makes its head anew.
func (w *work) join(front *section) {
	for _, s := range w.order {
		if s == front {
			continue
		}
		part := element(atom.Section, "id", s.start())
		for n := s.main.FirstChild; n != nil; n = s.main.FirstChild {
			s.main.RemoveChild(n)
			part.AppendChild(n)
		}
		front.main.AppendChild(part)
	}
	var head *html.Node
	for n := range front.page.Descendants() {
		if n.DataAtom == atom.Head {
			head = n
		}
	}
	var title, description *html.Node
	for n := range head.ChildNodes() {
		switch {
		case n.DataAtom == atom.Title:
			title = n
		case n.DataAtom == atom.Meta && attribute(n, "name") == "description":
			description = n
		}
	}
	for n := head.FirstChild; n != nil; n = head.FirstChild {
		head.RemoveChild(n)
	}
	style := element(atom.Style)
	style.AppendChild(&html.Node{Type: html.TextNode, Data: w.styles})
	for _, n := range []*html.Node{
		element(atom.Meta, "charset", "utf-8"), element(atom.Meta, "http-equiv", "Content-Security-Policy", "content", policy),
		element(atom.Meta, "name", "viewport", "content", "width=device-width, initial-scale=1"), title, description,
		element(atom.Link, "rel", "icon", "href", "data:,"), style,
	} {
		if n != nil {
			head.AppendChild(n)
			head.AppendChild(&html.Node{Type: html.TextNode, Data: "\n"})
		}
	}
}

func element(a atom.Atom, attributes ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
	for i := 0; i < len(attributes); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attributes[i], Val: attributes[i+1]})
	}
	return n
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func isIn(n, ancestor *html.Node) bool {
	for a := range n.Ancestors() {
		if a == ancestor {
			return true
		}
	}
	return false
}
