package site

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"

	"github.com/gohugoio/hugo/common/hmaps"
	"github.com/gohugoio/hugo/common/paths"
	"github.com/gohugoio/hugo/resources/page"
	"github.com/spf13/afero"
	"github.com/spf13/cast"
)

// Each page, and each file of the site, has an address of its own. Hugo lets the
// last one win, and is right to do so where a report replaces a file of the theme;
// everything else is a loss that nobody sees. So who takes an address is written down
// three times: when a content file is read or an adapter adds a page (address of the
// content), when all pages are there (address of the page), and when a file is
// written (path of the file).

// taker is what takes an address.
type taker struct {
	place string // "content/about.md:1:1", or a file alone
	title string // of a page that an adapter adds
	name  string // what tells that page from others with its title
}

func (t taker) String() string {
	if t.title == "" {
		file, _, _ := splitPlace(t.place)
		return file
	}
	if t.name != "" {
		return diag.Quote(t.title) + ", " + t.name + " of " + t.place
	}
	return diag.Quote(t.title) + " of " + t.place
}

// ofData reports whether the built-in theme makes the page: then the other is renamed.
func (t taker) ofData() bool { return strings.HasPrefix(t.place, "data/") }

// takenAddresses is who takes which. The zero value is ready.
type takenAddresses struct {
	mu    sync.Mutex
	taken map[string]taker
	added map[string]int // pages by the place that adds them
}

// number counts the pages that one place of an adapter adds, from 1.
func (a *takenAddresses) number(language, place string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.added == nil {
		a.added = map[string]int{}
	}
	key := language + ":" + place
	a.added[key]++
	return a.added[key]
}

// clone is a copy, for one run of Hugo.
func (a *takenAddresses) clone() map[string]taker { return maps.Clone(a.taken) }

// take writes down who takes an address, unless somebody has it: then it returns
// the problem.
func (a *takenAddresses) take(language, address string, by taker) *diag.Problem {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.taken == nil {
		a.taken = map[string]taker{}
	}
	address = strings.TrimSuffix(address, "/") + "/"
	key := language + ":" + fold(address)
	first, taken := a.taken[key]
	if !taken {
		a.taken[key] = by
		return nil
	}
	return takenTwice(address, first, by)
}

func takenTwice(address string, first, second taker) *diag.Problem {
	if second.ofData() || first.place > second.place && !first.ofData() {
		first, second = second, first
	}
	if first.title != second.title || first.place != second.place {
		first.name, second.name = "", "" // the titles tell them apart
	}
	p := &diag.Problem{Message: fmt.Sprintf("two pages have the address %s: %s, and %s", diag.Quote(address), first, second), Hint: "rename one of them"}
	if second.title != "" {
		p.Hint = "give each page a path that no other has, such as the key of its row"
	}
	p.File, p.Line, p.Column = splitPlace(second.place)
	return p
}

// contentAddress is what Hugo makes of the path of a content file or of a page of an
// adapter, below content/: small letters, and hyphens for spaces.
func contentAddress(name string) string {
	return paths.NormalizePathStringBasic("/" + strings.Trim(name, "/"))
}

// outside says why a path leads outside the directory of its file; "" where it does not.
func outside(name string) string {
	if strings.HasPrefix(name, "/") {
		return "a path that starts at the root"
	}
	for _, part := range strings.Split(strings.ReplaceAll(name, `\`, "/"), "/") {
		if part == ".." || part == "." {
			return "a path that leaves its directory"
		}
	}
	return ""
}

// claim takes the address of a page that an adapter adds. It fails after adding the
// problem.
func (g *templateGuard) claim(place string, adapter, added any) bool {
	values, err := hmaps.ToStringMapE(added)
	if err != nil {
		return true // Hugo says so
	}
	fail := func(p diag.Problem) bool {
		p.File, p.Line, p.Column = splitPlace(place)
		g.problems.Add(p)
		return false
	}
	name := cast.ToString(values["path"])
	if strings.TrimSpace(name) == "" {
		return fail(diag.Problem{Message: "a page without a path", Expected: `"path" with a name that no other page has`})
	}
	if why := outside(name); why != "" {
		return fail(diag.Problem{Message: why, Found: diag.Quote(name), Expected: "a path below that of the adapter"})
	}
	for _, p := range frontMatterAddresses(values) {
		return fail(p)
	}
	content, err := hmaps.ToStringMapE(values["content"])
	if format := cast.ToString(content["mediaType"]); err == nil && format != "" && format != "text/markdown" {
		return fail(diag.Problem{Message: "content that is not Markdown", Found: diag.Quote(format), Expected: `"text/markdown"`})
	}
	file, _, _ := splitPlace(place)
	address := contentAddress(path.Join(strings.TrimPrefix(path.Dir(file), "content"), name))
	language := ""
	if of, ok := adapter.(interface{ Site() page.Site }); ok {
		language = of.Site().Language().Lang
	}
	by := taker{place, cmp.Or(cast.ToString(values["title"]), name), fmt.Sprintf("page %d", g.addresses.number(language, place))}
	if p := g.addresses.take(language, address, by); p != nil {
		g.problems.Add(*p)
		return false
	}
	return true
}

// frontMatterAddresses checks the addresses that a page gives itself, by their keys.
func frontMatterAddresses(values map[string]any) map[string]diag.Problem {
	wrong := map[string]diag.Problem{}
	for _, key := range []string{"url", "slug", "aliases"} {
		said, err := cast.ToStringSliceE(values[key])
		if one, isOne := values[key].(string); isOne {
			said, err = []string{one}, nil
		}
		if err != nil {
			continue // Hugo says so
		}
		for _, address := range said {
			switch why := outside(strings.TrimPrefix(address, "/")); {
			case why != "":
				wrong[key] = diag.Problem{Message: key + " is " + why, Found: diag.Quote(address), Expected: "an address of the site"}
			case key != "slug" && !isPageAddress(address):
				wrong[key] = diag.Problem{Message: key + " is the address of a file, and not of a page", Found: diag.Quote(address), Expected: "an address that ends in / or .html, without a part that starts with a dot"}
			}
		}
	}
	return wrong
}

// isPageAddress reports whether a page may have the address: style sheets, scripts and
// what .git, .nojekyll and their like hold are not pages. 404.html is the theme's.
func isPageAddress(address string) bool {
	for part := range strings.SplitSeq(address, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	last := strings.ToLower(path.Base(address))
	extension := path.Ext(last)
	return strings.HasSuffix(address, "/") || last != "404.html" && (extension == ".html" || extension == ".htm" || extension == "")
}

// takePages adds a problem for each address that two finished pages have.
func takePages(pages page.Pages, by func(page.Page) taker) []diag.Problem {
	var all takenAddresses
	var list []diag.Problem
	for _, p := range pages {
		for _, output := range p.OutputFormats() {
			if address := output.RelPermalink(); address != "" {
				if problem := all.take("", address, by(p)); problem != nil {
					list = append(list, *problem)
				}
			}
		}
		for _, alias := range p.Aliases() {
			if problem := all.take("", "/"+strings.TrimSuffix(strings.Trim(alias, "/"), "index.html"), by(p)); problem != nil {
				list = append(list, *problem)
			}
		}
	}
	return list
}

// takerOf says where a finished page comes from.
func (s *Site) takerOf(p page.Page) taker {
	from := taker{s.origin(p), p.Title(), ""}
	if strings.HasSuffix(from.place, ".md") {
		from.title = "" // the file says it
	}
	return from
}

// destination is where Hugo writes. It notes which files are written twice.
type destination struct {
	afero.Fs
	guard *templateGuard

	mu    sync.Mutex
	files int
	first map[string][]byte // of each file that is written again, what it was
}

func (d *destination) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	if flag&(os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_RDWR) != 0 {
		if err := d.note(name); err != nil {
			return nil, err
		}
	}
	return d.Fs.OpenFile(name, flag, perm)
}

func (d *destination) Create(name string) (afero.File, error) {
	if err := d.note(name); err != nil {
		return nil, err
	}
	return d.Fs.Create(name)
}

func (d *destination) note(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if before, err := afero.ReadFile(d.Fs, name); err == nil {
		if d.first[name] == nil {
			d.first[name] = bytes.Clone(before)
		}
		return nil
	}
	d.files++
	if most := d.guard.limits.Get(limit.Pages); d.files > most {
		return d.guard.exceeded("hugo.toml", limit.Pages, "more than "+diag.Count(most, "file")+", pages among them")
	}
	return nil
}

// overwritten lists the files that were written twice, and differ.
func (d *destination) overwritten(pages Pages) []string {
	var list []string
	for name, before := range d.first {
		name = inSite(name)
		if now, ok := pages[name]; ok && len(before) > 0 && !bytes.Equal(before, now) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// inSite is the path of a file that Hugo wrote, from the root of the site.
func inSite(name string) string {
	return strings.TrimPrefix(filepath.ToSlash(name), output+"/")
}
