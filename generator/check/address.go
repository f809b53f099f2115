package check

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// link leads to a file of the site.
type link struct {
	Written  string // as the page has it
	Target   string // the file
	Fragment string
}

// scheme is the scheme of a URL, in lower case; "" if it has none.
func scheme(address string) string {
	for i, r := range address {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		case i > 0 && (r >= '0' && r <= '9' || r == '+' || r == '.' || r == '-'):
		case i > 0 && r == ':':
			return strings.ToLower(address[:i])
		default:
			return ""
		}
	}
	return ""
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

const keepHint = "keep the file in assets/ or static/ of the report"

// address holds an address to its use. Browsers take white space off its ends, take out line ends and tabs, and read a
// backslash as a slash: such addresses are refused, so that this need not be done as each browser does it.
func (p *page) address(as use, where, written string) {
	text := strings.TrimFunc(written, func(r rune) bool { return r <= ' ' })
	fail := func(problem diag.Problem) { p.fail(problem, p.marks(written)...) }
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		fail(diag.Problem{Message: "an address with a line end, a tab or a backslash in it: " + diag.Quote(text)})
		return
	}
	named := scheme(text)
	isElsewhere := named == "http" || named == "https" || strings.HasPrefix(text, "//")
	switch {
	case as == mentions && (isElsewhere || named == ""):
	case isElsewhere && as != follows:
		fail(diag.Problem{Message: where + " is requested from another host: " + text, Hint: keepHint})
	case strings.HasPrefix(text, "//"):
		fail(diag.Problem{Message: "a link without https: " + text, Hint: "write https:" + text})
	case isElsewhere:
		if u, err := url.Parse(text); err != nil || u.Host == "" {
			fail(diag.Problem{Message: "a link that is not a URL: " + diag.Quote(text)})
		}
	case as == follows && (named == "mailto" || named == "tel"):
	case as == pictures && (strings.HasPrefix(strings.ToLower(text), "data:image/") || text == "data:,"):
	case named != "" && as == follows:
		fail(diag.Problem{Message: "a link with the scheme " + diag.Quote(named), Expected: "https, http, mailto or tel"})
	case named != "":
		fail(diag.Problem{Message: where + " is loaded by the scheme " + diag.Quote(named), Hint: keepHint})
	case strings.HasPrefix(text, "/") && !(p.isLost() && strings.HasPrefix(text, p.site.root())):
		fail(diag.Problem{Message: "a link from the root of the server: " + text, Hint: "write it with double quotes around the address, so that it is made relative"})
	default:
		u, err := url.Parse(text)
		if err != nil {
			fail(diag.Problem{Message: "a link that is not a URL: " + diag.Quote(text)})
			return
		}
		l := link{Written: written, Target: p.name, Fragment: u.Fragment}
		switch {
		case u.Path != "" && p.isLost():
			l.Target = strings.TrimPrefix(path.Join("/", strings.TrimPrefix(u.Path, p.site.root())), "/")
		case u.Path != "":
			l.Target = path.Join(path.Dir(p.name), u.Path)
		}
		p.Links = append(p.Links, l)
	}
}

// isLost reports whether the page is that for addresses that lead nowhere: it is shown
// at any depth, and its links are from the root.
func (p *page) isLost() bool { return path.Base(p.name) == "404.html" }

// root is the path of the site.
func (s Site) root() string { return cmp.Or(s.Root, "/") }

// marks are the ways in which a link may be written in the file of which the page was made, the likeliest first: from
// the root of the site, if it was made relative, or as it is.
func (p *page) marks(written string) (marks []string) {
	target, rest := written, ""
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		target, rest = target[:i], target[i:]
	}
	rooted := ""
	switch {
	case p.isLost() && strings.HasPrefix(target, p.site.root()):
		rooted = "/" + strings.TrimPrefix(target, p.site.root())
	case p.isLost() && scheme(target) == "" && !strings.HasPrefix(target, "."): // in DataHref
		rooted = "/" + target
	case (strings.HasPrefix(target, "./") || strings.HasPrefix(target, "../")) && !strings.HasSuffix(target, "/"): // else nobody made it relative
		rooted = path.Join("/", path.Dir(p.name), target)
	}
	if rooted != "" {
		rooted = strings.TrimSuffix(rooted, "index.html")
		marks = append(marks, rooted+rest)
		if short := strings.Trim(rooted, "/"); short != "" {
			marks = append(marks, "/"+short+rest, short+"/"+rest, short+rest)
		}
	}
	marks = append(marks, written)
	if len(rest) > 1 {
		marks = append(marks, rest)
	}
	return marks
}

// follower follows links inside the site.
type follower struct {
	site  Site
	pages map[string]*page
	names []string // of all pages, once they are needed
	said  int      // links that lead nowhere
}

// maxNear is for how many links the nearest page is looked for.
const maxNear = 20

func (f *follower) follow(p *page, l link) {
	if _, ok := f.site.Pages[l.Target]; !ok {
		marks := p.marks(l.Written)
		problem := diag.Problem{Message: "a link leads nowhere: " + marks[0]}
		if f.said++; f.said <= maxNear {
			if f.names == nil {
				for _, name := range slices.Sorted(maps.Keys(f.pages)) {
					if kindOf(name) == html5 {
						f.names = append(f.names, pagePath(name))
					}
				}
			}
			problem.Hint = diag.Nearest(pagePath(l.Target), f.names)
		}
		p.fail(problem, marks...)
		return
	}
	if target := f.pages[l.Target]; target != nil && kindOf(l.Target) == html5 && l.Fragment != "" && l.Fragment != "top" && !target.IDs[l.Fragment] {
		p.fail(diag.Problem{Message: fmt.Sprintf("a link leads to a place that is not there: %s has no id %q", pagePath(l.Target), l.Fragment)}, p.marks(l.Written)...)
	}
}

// pagePath is a page as links in prose name it.
func pagePath(name string) string { return "/" + strings.TrimSuffix(name, "index.html") }
