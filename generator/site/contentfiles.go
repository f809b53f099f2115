package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// contentFiles is the files of content/ while they are read.
type contentFiles struct {
	languages []string        // the default one first
	bundles   map[string]bool // directories that are one page, with files of its own
	addresses takenAddresses
	most      limit.Limits
	pages     int
}

// otherFormats are those of content that Hugo knows and that no report may have:
// what an editor writes is checked as Markdown, and most of them need a program.
var otherFormats = []string{".ad", ".adoc", ".asciidoc", ".htm", ".html", ".markdown", ".mdown", ".mkd", ".mmark", ".org", ".pandoc", ".pdc", ".rst"}

// findBundles notes the directories that have an index file.
func (c *contentFiles) findBundles(names []string) {
	for _, name := range names {
		if c.stem(name) == "index" && path.Ext(name) == ".md" {
			c.bundles[path.Dir(name)] = true
		}
	}
}

// stem is the name of a file without its extension and its language: "about" of
// "content/about.de.md".
func (c *contentFiles) stem(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if language := strings.TrimPrefix(path.Ext(stem), "."); language != "" && slices.Contains(c.languages, strings.ToLower(language)) {
		stem = strings.TrimSuffix(stem, "."+language)
	}
	return stem
}

// language is what the name of a file says of its language.
func (c *contentFiles) language(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if said := strings.TrimPrefix(strings.TrimPrefix(stem, c.stem(name)), "."); said != "" {
		return strings.ToLower(said)
	}
	return c.languages[0]
}

// add checks what a file is, and that it takes no other's address. An editor wrote it as
// written, which is another file for a page that is made of a row.
func (c *contentFiles) add(name, written string, problems *diag.List) {
	extension := strings.ToLower(path.Ext(name))
	if slices.Contains(otherFormats, extension) {
		problems.Add(diag.Problem{File: name, Message: "content that is not Markdown", Found: diag.Quote(extension), Expected: "a file named .md"})
		return
	}
	if path.Ext(name) != ".md" {
		return
	}
	if c.pages++; c.pages == c.most.Get(limit.Pages)+1 {
		p := c.most.Exceeded(limit.Pages, "more than "+diag.Count(c.pages-1, "page"))
		p.File = written
		problems.Add(p)
	}
	directory, stem := path.Dir(name), c.stem(name)
	inBundle := false
	for at := directory; at != "."; at = path.Dir(at) {
		inBundle = inBundle || c.bundles[at]
	}
	if inBundle && (stem != "index" || !c.bundles[directory]) {
		return // a part of the bundle's page
	}
	below := strings.TrimPrefix(strings.TrimPrefix(directory, "content"), "/")
	if stem != "index" && stem != "_index" {
		below = path.Join(below, stem)
	}
	address := contentAddress(below)
	if p := c.addresses.take(c.language(name), address, taker{place: written}); p != nil {
		problems.Add(*p)
	}
}

// themePages takes the addresses of the pages that the built-in theme makes of data,
// unless the report makes them.
func (s *Site) themePages(to *takenAddresses) {
	take := func(section, name, file string) {
		if _, err := fs.Stat(s.Source, "content/"+section+"/_content.gotmpl"); err == nil {
			return
		}
		address := contentAddress(section + "/" + name)
		to.take(s.languages()[0], address, taker{place: file})
	}
	for _, t := range s.Tables.Tables {
		take("data", t.Name, "data/datapackage.json")
	}
	for _, name := range s.Aggregates.Names() {
		take("numbers", name, "data/aggregates/"+name+".sql")
	}
	for _, id := range s.Charts.IDs() {
		file := s.Charts.File(id)
		take("charts", id, file)
		take("embed", id, file)
	}
}
