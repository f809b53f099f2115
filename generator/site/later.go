package site

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/fact"
	"broadsheet/generator/figure"
	"broadsheet/generator/passage"
)

// What a page says of other pages is written when all are made: a template leaves
// a mark, which text from data cannot forge, as < is escaped there.

func later(what, of string) template.HTML {
	return template.HTML("<!--later " + what + " " + of + "-->")
}

var laterMark = regexp.MustCompile(`<!--later ([a-z]+) ([a-z0-9_]*)-->`)

// Passages stands for the list of all sentences with facts, each with its facts'
// values, aggregates, rows and sources.
func (r *Report) Passages() template.HTML { return later("passages", "") }

// Traces stands for the addresses of the traces of a page's numbers, for paper.
func (r *Report) Traces() template.HTML { return later("traces", "") }

// writeLater puts in the place of each mark what it stands for.
func (r *Report) writeLater(pages Pages, said []passage.Page) error {
	for name, text := range pages {
		if path.Ext(name) != ".html" || !bytes.Contains(text, []byte("<!--later ")) {
			continue
		}
		var failed error
		pages[name] = laterMark.ReplaceAllFunc(text, func(mark []byte) []byte {
			m := laterMark.FindSubmatch(mark)
			w := &writer{}
			var err error
			switch string(m[1]) {
			case "passages":
				err = r.writePassages(w, said)
			case "traces":
				r.writeTraces(w, "/"+strings.TrimSuffix(name, "index.html"), said)
			case "lines":
				err = r.writeLines(w, string(m[2]), said)
			}
			failed = cmp.Or(failed, err)
			return []byte(w.String())
		})
		if failed != nil {
			return failed
		}
	}
	return nil
}

// writeLines writes the lines of an aggregate that are cited, but are not among
// the first, which its page shows.
func (r *Report) writeLines(w *writer, name string, said []passage.Page) error {
	a := r.aggregates[name]
	if len(a.Lines) <= mostRows {
		return nil
	}
	var places []int
	for _, address := range cited(said) {
		if i := a.Place(address.Key...); address.Name == name && i >= mostRows {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	all := make([]int, len(a.Columns))
	for i := range all {
		all[i] = i
	}
	for _, i := range slices.Compact(places) {
		row := r.gridRow(a, all, figure.InTable, &a.Lines[i])
		if err := r.traced(&row, a, &a.Lines[i]); err != nil {
			return err
		}
		w.row(&row, nil, Style{Behind: true})
	}
	return nil
}

// cited lists every fact to which pages lead.
func cited(said []passage.Page) []fact.Address {
	var list []fact.Address
	for _, page := range said {
		list = append(list, page.Cells...)
		for _, p := range page.Passages {
			for _, f := range p.Facts {
				list = append(list, f.Address)
			}
		}
	}
	return list
}

// writePassages writes each sentence, and under it what it rests on.
func (r *Report) writePassages(w *writer, said []passage.Page) error {
	for _, page := range said {
		if len(page.Passages) == 0 {
			continue
		}
		title := cmp.Or(page.Title, page.Path)
		w.raw("<details class=\"passages\">\n<summary>").text(title + ": " + plural(len(page.Passages), "sentence")).raw("</summary>\n")
		w.raw(`<p><a href="`).text(page.Path).raw(`">`).text("Read " + title).raw("</a></p>\n<ol>\n")
		for _, p := range page.Passages {
			w.raw("<li><p>").text(p.Text).raw("</p>\n<ul>\n")
			for _, c := range p.Facts {
				if err := r.writeCited(w, c); err != nil {
					return err
				}
			}
			w.raw("</ul></li>\n")
		}
		w.raw("</ol>\n</details>\n")
	}
	return nil
}

// writeTraces lists the numbers in the sentences of a page, each with the address of
// its trace, in their order: on paper each number has its place in the list.
func (r *Report) writeTraces(w *writer, path string, said []passage.Page) {
	i := slices.IndexFunc(said, func(p passage.Page) bool { return p.Path == path })
	if i < 0 {
		return
	}
	var lines, tables []string
	for _, p := range said[i].Passages {
		for _, c := range p.Facts {
			if c.Text != "" { // and is no finding
				lines = append(lines, c.Text+": "+r.OnPaper(c.Address.Link()))
			}
		}
	}
	for _, address := range said[i].Cells {
		if link := r.OnPaper("/numbers/" + address.Name + "/"); !slices.Contains(tables, link) {
			tables = append(tables, link)
		}
	}
	if len(lines)+len(tables) == 0 {
		return
	}
	w.raw(`<section class="traces">` + "\n<h2>Where the numbers come from</h2>\n")
	if len(lines) > 0 {
		w.raw("<ol>\n")
		for _, line := range lines {
			w.raw("<li>").text(line).raw("</li>\n")
		}
		w.raw("</ol>\n")
	}
	if len(tables) > 0 {
		w.raw("<ul>\n")
		for _, table := range tables {
			w.raw("<li>Tables: ").text(table).raw("</li>\n")
		}
		w.raw("</ul>\n")
	}
	w.raw("</section>\n")
}

// writeCited says of one fact of a sentence: value, aggregate, rows, sources.
func (r *Report) writeCited(w *writer, c passage.Cited) error {
	f := fact.Get(r.aggregates, c.Address)
	if f == nil {
		return fmt.Errorf("a page cites %s, which is not there", c.Address)
	}
	a := f.Aggregate
	w.raw("<li>")
	if c.Text == "" {
		w.raw("rests on ")
	}
	w.raw(`<a href="`).text(f.Address.Link()).raw(`">`).text(cmp.Or(c.Text, f.LineName(), f.Column.Label)).raw("</a>: ")
	if c.Text != "" {
		w.text(f.Label()).raw(", ")
	}
	w.raw(`from <a href="/numbers/`).text(a.Name).raw(`/">`).text(a.Title).raw("</a>")
	for i, table := range a.Lineage {
		if n := len(f.Line.Rows[i]); n > 0 {
			w.raw("; " + plural(n, "row") + " of ").text(table)
		}
	}
	sources, err := r.behind(a, *f.Line)
	if err != nil {
		return err
	}
	if len(sources) > 0 {
		w.raw("; ").outlets(r.Outlets(sources))
	}
	w.raw("</li>\n")
	return nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return whole(n) + " " + noun + "s"
}
