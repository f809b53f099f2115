package check

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"

	"golang.org/x/net/html"
)

// page is what matters of a file of the site.
type page struct {
	name   string
	site   Site
	faults []fault

	untraced bool // it has a fact that cannot be followed

	reading
}

// reading is what a file says, apart from what is wrong with it.
type reading struct {
	IDs       map[string]bool
	Links     []link
	Citations []citation
	Seen      []seen
	Spoken    []spoken
	Downloads []string // the files of its charts' data; one chart without such a file has ""
}

// fault is a problem without its place.
type fault struct {
	diag.Problem
	marks []string // how it may be written in the file of the report, the likeliest first
}

func (p *page) fail(problem diag.Problem, marks ...string) {
	p.faults = append(p.faults, fault{problem, marks})
}

const policyHint = "write {{ site.Params.report.Policy }} below <meta charset=\"utf-8\">, before anything is loaded"

// readHTML goes through a page as a browser builds it. One with <noscript> it builds in two ways.
func (p *page) readHTML(text []byte) {
	if !utf8.Valid(text) {
		p.fail(diag.Problem{Message: "the page is not in UTF-8"})
		return
	}
	w := walk{page: p}
	w.build(text, false)
	if w.withoutScripts {
		with := walk{page: &page{name: p.name, site: p.site, reading: reading{IDs: map[string]bool{}}}}
		with.build(text, true)
		p.Links, p.faults = append(p.Links, with.page.Links...), append(p.faults, with.page.faults...)
		p.Citations = append(p.Citations, with.page.Citations...)
	}
	if inner := linkInLink(text); inner != "" {
		p.fail(diag.Problem{Message: "a link inside a link: " + inner, Hint: "a fact is a link itself: take it out of the [ ]( ) around it"}, inner)
	}
	if !w.lang {
		p.fail(diag.Problem{Message: "the page does not say its language", Hint: "write <html lang=\"en\">"})
	}
	if !w.titled {
		p.fail(diag.Problem{Message: "the page has no title"})
	}
	if !w.encoded {
		p.fail(diag.Problem{Message: "the page does not say its encoding", Hint: "write <meta charset=\"utf-8\"> first in <head>"})
	}
	if p.site.Policy != "" && (!w.policed || w.early) {
		p.fail(diag.Problem{Message: "the page does not say at once what it may load", Hint: policyHint}, "<head>", "<head")
	}
}

// walk is a page while it is gone through.
type walk struct {
	*page
	lang, titled, encoded bool
	policed               bool // the policy was seen
	early                 bool // something was loaded before it
	withoutScripts        bool // there is a <noscript>, which is text to a browser that runs scripts
}

func (w *walk) build(text []byte, scripting bool) {
	root, err := html.ParseWithOptions(bytes.NewReader(text), html.ParseOptionEnableScripting(scripting))
	if err != nil {
		w.fail(diag.Problem{Message: "the page cannot be read: " + strings.TrimPrefix(err.Error(), "html: ")})
		return
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			w.element(n)
		}
	}
	if w.site.Literals != nil && !scripting && !w.site.Listings[w.name] {
		w.hear(root)
	}
}

func (w *walk) element(n *html.Node) {
	if !w.attributes(n.Namespace, n.Data, n.Attr) {
		return
	}
	if n.Namespace != "" {
		switch n.Data {
		case "style":
			w.readCSS(content(n), "the style sheet")
		case "svg":
			w.markDrawing(n)
		}
		return
	}
	w.mark(n)
	switch n.Data {
	case "html":
		w.lang = w.lang || attribute(n, "lang") != ""
	case "title":
		w.titled = w.titled || strings.TrimSpace(content(n)) != ""
	case "meta":
		w.meta(n)
	case "style":
		w.readCSS(content(n), "the style sheet")
	case "script":
		w.script(n)
	case "noscript":
		w.withoutScripts = true
	case "img":
		if _, ok := lookUp(n.Attr, "alt"); !ok {
			w.fail(diag.Problem{Message: "a picture has no alt text: " + attribute(n, "src"), Hint: "describe it, or write alt=\"\" where it only decorates"}, attribute(n, "src"))
		}
	case "table":
		w.computed(n)
	case "a":
		w.cited(n)
	case "figure":
		if markup.Chart.In(attribute(n, "class")) {
			w.charted(n)
		}
	case "data":
		w.traced(n)
	case "td", "th":
		w.anchored(n)
	}
	switch n.Data {
	case "link", "style", "script", "img", "iframe", "video", "audio":
		w.early = w.early || !w.policed
	}
}

// lookUp is the value of an attribute. Of two with one name the first counts.
func lookUp(list []html.Attribute, key string) (string, bool) {
	for _, a := range list {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

func attribute(n *html.Node, key string) string {
	value, _ := lookUp(n.Attr, key)
	return value
}

// attributes reads those of an element; it returns false where there is no such element.
func (p *page) attributes(namespace, tag string, list []html.Attribute) bool {
	known, ok := allowed()[namespace][tag]
	if !ok {
		p.fail(diag.Problem{Message: "a page with the element <" + tag + ">", Expected: "text, tables, pictures and drawings", Hint: "what it does can be done by a script in a file of assets/"}, "<"+tag)
		return false
	}
	for _, a := range list {
		if a.Key == "id" && a.Namespace == "" {
			if p.IDs[a.Val] {
				p.fail(diag.Problem{Message: "two elements have the id " + diag.Quote(a.Val)}, `id="`+a.Val+`"`, "{#"+a.Val+"}", a.Val)
			}
			p.IDs[a.Val] = true
		}
		use := usedAs(known, a.Namespace, a.Key)
		if namespace == "" && tag == "link" && a.Key == "href" {
			rel, _ := lookUp(list, "rel")
			use = usedByLink(rel)
		}
		switch use {
		case refused:
			p.refuse(tag, a.Key)
		case styles:
			if strings.ContainsAny(a.Val, `\("'@`) && !isColour(a.Val) { // else nothing is loaded
				p.readCSS(a.Val, "<"+tag+" "+a.Key+">")
			}
		case pictureSet:
			for _, address := range candidates(a.Val) {
				p.address(pictures, "<"+tag+">", address)
			}
		case follows, mentions, loads, pictures:
			p.address(use, "<"+tag+">", a.Val)
		}
	}
	return true
}

// isColour reports whether a style is one of the palette, as those of most shapes are: var(--c1).
func isColour(style string) bool {
	name, ok := strings.CutPrefix(style, "var(--")
	name, closed := strings.CutSuffix(name, ")")
	return ok && closed && !strings.ContainsAny(name, `\("'@`)
}

// candidates are the addresses of a set of pictures, "a.png 1x, b.png 2x", cut as the standard of HTML does it.
func candidates(set string) (list []string) {
	for {
		set = strings.TrimLeftFunc(set, func(r rune) bool { return isBlank(r) || r == ',' })
		if set == "" {
			return list
		}
		end := strings.IndexFunc(set, isBlank)
		if end < 0 {
			end = len(set)
		}
		address := strings.TrimRight(set[:end], ",")
		list = append(list, address)
		if len(address) == end { // descriptors follow
			_, set, _ = strings.Cut(set[end:], ",")
		} else {
			set = set[end:]
		}
	}
}

func (p *page) refuse(tag, attribute string) {
	problem := diag.Problem{Message: "<" + tag + "> with the attribute " + attribute, Expected: "an attribute that neither loads nor runs anything"}
	if strings.HasPrefix(attribute, "on") {
		problem.Hint = "put scripts in a file of assets/, and add event listeners there"
	}
	p.fail(problem, " "+attribute+"=", attribute)
}

// usedByLink is what a browser does with the address of a <link>.
func usedByLink(rel string) use {
	use := mentions
	for word := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch word {
		case "canonical", "alternate", "license", "author", "me", "help", "bookmark", "search", "privacy-policy", "terms-of-service":
		case "icon", "shortcut", "apple-touch-icon", "mask-icon":
			use = pictures
		default:
			return loads
		}
	}
	if rel == "" {
		return loads
	}
	return use
}

// leadsTo finds where <meta http-equiv="refresh"> leads to: "0; url=x", "0;x", "5" for the page itself.
var leadsTo = regexp.MustCompile(`(?is)^\s*[0-9.]*[\s;,]*(?:url\s*=\s*)?['"]?(.*?)['"]?\s*$`)

// meta reads what a page says of itself. Only in the head it holds.
func (w *walk) meta(n *html.Node) {
	charset, declared := lookUp(n.Attr, "charset")
	content, says := attribute(n, "content"), attribute(n, "http-equiv")
	switch strings.ToLower(says) {
	case "":
	case "content-security-policy":
		w.policed = w.policed || n.Parent.Data == "head" && content == w.site.Policy
	case "content-type":
		_, parameters, err := mime.ParseMediaType(content)
		charset, declared = parameters["charset"], err == nil
	case "refresh":
		if m := leadsTo.FindStringSubmatch(content); m[1] != "" {
			w.address(loads, "<meta>", m[1])
		}
	case "x-ua-compatible", "content-language", "default-style":
	default:
		w.fail(diag.Problem{Message: "<meta http-equiv=" + diag.Quote(says) + ">", Expected: "Content-Security-Policy, Content-Type or refresh"}, "http-equiv")
	}
	if !declared {
		return
	}
	if w.encoded = strings.EqualFold(strings.TrimSpace(charset), "utf-8"); !w.encoded {
		w.fail(diag.Problem{Message: "the page says that its encoding is " + diag.Quote(charset), Expected: "utf-8"}, charset)
		w.encoded = true
	}
}

// script reads a script in a page, which may hold data and no program.
func (w *walk) script(n *html.Node) {
	kind := strings.ToLower(strings.TrimSpace(attribute(n, "type")))
	if kind == "application/json" || kind == "application/ld+json" {
		if !json.Valid([]byte(content(n))) {
			w.fail(diag.Problem{Message: "a block of data that is no JSON", Found: diag.Quote(kind), Expected: "what {{ jsonify … | safeJS }} writes"}, kind)
		}
		return
	}
	_, isFile := lookUp(n.Attr, "src")
	if strings.TrimSpace(content(n)) != "" || !isFile || kind != "" && kind != "module" && kind != "text/javascript" && kind != "application/javascript" {
		w.fail(diag.Problem{Message: "a script in the page itself", Expected: "<script src=\"…\"> of a file of the site", Hint: "keep it in assets/, and load it as layouts/_partials/script.html does"}, "<script>", "<script")
	}
}

// content is the text inside an element.
func content(n *html.Node) string {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		return c.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// linkInLink is the address of the first link inside another. In the tree there is none: the outer one ends
// where the inner begins.
func linkInLink(text []byte) string {
	open := false
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+3 > len(text) {
			return ""
		}
		text = text[i+1:]
		switch {
		case isTag(text, "a"):
			if open {
				_, href, _ := bytes.Cut(text[:max(0, bytes.IndexByte(text, '>'))], []byte(`href="`))
				href, _, _ = bytes.Cut(href, []byte(`"`))
				return html.UnescapeString(string(href))
			}
			open = true
		case isTag(text, "/a"):
			open = false
		case bytes.HasPrefix(text, []byte("!--")):
			_, text, _ = bytes.Cut(text, []byte("-->"))
		case isTag(text, "script"):
			_, text, _ = bytes.Cut(text, []byte("</script"))
		case isTag(text, "style"):
			_, text, _ = bytes.Cut(text, []byte("</style"))
		}
	}
}

func isTag(text []byte, name string) bool {
	return len(text) > len(name) && bytes.EqualFold(text[:len(name)], []byte(name)) && (isBlank(rune(text[len(name)])) || text[len(name)] == '>')
}

// charted notes the file with the data of a chart.
func (w *walk) charted(figure *html.Node) {
	for n := range figure.Descendants() {
		if href := attribute(n, "href"); n.Data == "a" && strings.HasSuffix(href, ".csv") {
			if _, ok := lookUp(n.Attr, "download"); ok {
				if u, err := url.Parse(href); err == nil {
					w.Downloads = append(w.Downloads, path.Join(path.Dir(w.name), u.Path))
					return
				}
			}
		}
	}
	w.Downloads = append(w.Downloads, "")
}
