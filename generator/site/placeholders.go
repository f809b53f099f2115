package site

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/passage"
	"broadsheet/generator/quantity"
)

// What a page says of other pages is written when all are made: a template leaves
// a placeholder, which text from data cannot forge, as < is escaped there.

func placeholder(what, name string) template.HTML {
	return template.HTML(placeholderStart + what + " " + name + "-->")
}

const placeholderStart = "<!--placeholder "

var placeholderRest = regexp.MustCompile(`^([a-z]+) ([a-z0-9_]*)-->`) // "lines at_risk-->"

// Passages stands for the list of all sentences with facts, each with its facts'
// values, aggregates, rows and sources.
func (r *Report) Passages() template.HTML { return placeholder("passages", "") }

// Traces stands for the addresses of the traces of a page's numbers, for paper.
func (r *Report) Traces() template.HTML { return placeholder("traces", "") }

// fillPlaceholders puts in their place what they stand for.
func (s *Site) fillPlaceholders(ctx context.Context, own *Report, pages Pages, said []passage.Page) error {
	byPath := map[string]*passage.Page{}
	for i := range said {
		byPath[said[i].Path] = &said[i]
	}
	cited := citedOf(said)
	s.parts = newParts(s.Aggregates, cited)
	s.parts.prune(pages, s.Aggregates)
	return pages.eachPage(func(name string, text []byte) ([]byte, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := s.reportOf(name, own)
		return fillEach(text, func(w *markup.Writer, what, of string) (err error) {
			switch what {
			case "passages":
				err = r.writePassages(w, said, s.sourceOf)
			case "traces":
				r.writeTraces(w, byPath["/"+strings.TrimSuffix(name, "index.html")], s.LinkOf)
			case "card":
				r.writeCard(w, name)
			case "lines":
				a := r.tables.aggregates[of]
				r.writeLines(w, a, s.parts.lines(name, a, cited[of]))
			case "numbers":
				r.writeNumbers(w, said, "/"+strings.TrimSuffix(name, "numbers/index.html"))
			case "behind":
				a := r.tables.aggregates[of]
				err = r.writeBehindLines(w, a, s.parts.lines(name, a, cited[of]))
			case "parts":
				r.writeParts(w, of, s.parts[of])
			}
			return err
		})
	})
}

// fillEach fills in the placeholders of a page.
func fillEach(text []byte, write func(w *markup.Writer, what, of string) error) ([]byte, error) {
	var filled []byte
	for {
		i := bytes.Index(text, []byte(placeholderStart))
		if i < 0 && filled == nil {
			return text, nil
		}
		if i < 0 {
			return append(filled, text...), nil
		}
		start := i + len(placeholderStart)
		m := placeholderRest.FindSubmatch(text[start:])
		if m == nil {
			filled, text = append(filled, text[:start]...), text[start:]
			continue
		}
		w := &markup.Writer{}
		if err := write(w, string(m[1]), string(m[2])); err != nil {
			return nil, err
		}
		filled = append(append(filled, text[:i]...), w.HTML()...)
		text = text[start+len(m[0]):]
	}
}

// writeLines writes the lines of an aggregate that are cited, but are not among
// the first, which its page shows.
func (r *Report) writeLines(w *markup.Writer, a *aggregate.Aggregate, places []int) {
	all := make([]int, len(a.Columns))
	for i := range all {
		all[i] = i
	}
	for _, i := range places {
		row := r.tables.gridRow(a, all, quantity.InTable, &a.Rows[i])
		traced(&row, a, &a.Rows[i])
		(&Grid{}).writeRow(w, &row, Style{Traced: true})
	}
}

// writeBehindLines writes what those lines rest on.
func (r *Report) writeBehindLines(w *markup.Writer, a *aggregate.Aggregate, places []int) error {
	var lines []aggregate.Row
	for _, i := range places {
		lines = append(lines, a.Rows[i])
	}
	all, err := r.tables.lineage.find(a, lines)
	if err != nil {
		return err
	}
	for i := range lines {
		if err := r.tables.writeBehind(w, a, &lines[i], all, i); err != nil {
			return err
		}
	}
	return nil
}

// citedBeyond are the places of the lines that are cited, but are not among the first, which the page of their aggregate shows.
func citedBeyond(a *aggregate.Aggregate, cited []fact.Address) (places []int) {
	if len(a.Rows) <= maxRows {
		return nil
	}
	for _, address := range cited {
		if i := a.Index(address.Key...); i >= maxRows {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// citedOf lists every fact to which pages lead, by the name of its aggregate.
func citedOf(said []passage.Page) map[string][]fact.Address {
	cited := map[string][]fact.Address{}
	for _, page := range said {
		for _, c := range page.Cells {
			cited[c.Address.Name] = append(cited[c.Address.Name], c.Address)
		}
		for _, p := range page.Passages {
			for _, f := range p.Facts {
				cited[f.Address.Name] = append(cited[f.Address.Name], f.Address)
			}
		}
	}
	return cited
}

// mostAlike is how many pages of a text for rows have their sentences listed: thousands of them say the same of other rows.
const mostAlike = 100

// writePassages writes each sentence, and under it what it rests on. What rests on many rows
// may be cited often, and is looked up once.
func (r *Report) writePassages(w *markup.Writer, said []passage.Page, sourceOf func(string) string) error {
	written, v := map[[2]string]template.HTML{}, r.tables.voice()
	section := func(page *passage.Page) string { // of a page that is made of a row
		if strings.HasPrefix(sourceOf(fileAt(page.Path)), "data/aggregates/") && !strings.Contains(page.Path, "/numbers/") {
			return path.Dir(strings.TrimSuffix(page.Path, "/")) + "/"
		}
		return ""
	}
	alike := map[string]int{}
	for i := range said {
		if len(said[i].Passages) > 0 {
			alike[section(&said[i])]++
		}
	}
	listed := map[string]int{}
	for i, page := range said {
		if len(page.Passages) == 0 {
			continue
		}
		if of := section(&said[i]); of != "" {
			if listed[of]++; listed[of] == mostAlike+1 {
				w.Raw("<p").Class(markup.Own).Raw(">").Text(v.count("passages_alike", alike[of]-mostAlike)+" ").Raw("<a").Attr("href", of).Raw(">").Text(of).Raw("</a></p>\n")
			}
			if listed[of] > mostAlike {
				continue
			}
		}
		title := cmp.Or(page.Title, page.Path)
		w.Raw("<details").Class(markup.Passages).Raw(">\n<summary>").Text(title + ": " + v.count("sentences", len(page.Passages))).Raw("</summary>\n")
		w.Raw("<p><a").Attr("href", page.Path).Raw(">").Text(v.Say("read_page", "Title", title)).Raw("</a></p>\n<ol>\n")
		for _, p := range page.Passages {
			w.Raw("<li><p>").Text(p.Text).Raw("</p>\n<ul>\n")
			for _, c := range p.Facts {
				key := [2]string{c.Address.String(), c.Text}
				if written[key] == "" {
					one := &markup.Writer{}
					if err := r.writeCited(one, c); err != nil {
						return err
					}
					written[key] = one.HTML()
				}
				w.Raw(written[key])
			}
			w.Raw("</ul></li>\n")
		}
		w.Raw("</ol>\n</details>\n")
	}
	return nil
}

// writeTraces lists the numbers in the sentences of a page, each with the address of
// its trace, in their order: on paper each number has its place in the list.
func (r *Report) writeTraces(w *markup.Writer, page *passage.Page, linkOf func(fact.Address) string) {
	if page == nil {
		return
	}
	var lines, tables []string
	for _, p := range page.Passages {
		for _, c := range p.Facts {
			if c.Text != "" { // and is not a finding
				lines = append(lines, c.Text+": "+r.OnPaper(linkOf(c.Address)))
			}
		}
	}
	listed := map[string]bool{}
	for _, c := range page.Cells {
		if name := c.Address.Name; !listed[name] {
			listed[name] = true
			tables = append(tables, r.OnPaper("/numbers/"+name+"/"))
		}
	}
	if len(lines)+len(tables) == 0 {
		return
	}
	w.Raw("<section").Class(markup.Traces).Raw(">\n<h2>").Text(r.tables.voice().Say("where_numbers")).Raw("</h2>\n")
	if len(lines) > 0 {
		w.Raw("<ol>\n")
		for _, line := range lines {
			w.Raw("<li>").Text(line).Raw("</li>\n")
		}
		w.Raw("</ol>\n")
	}
	if len(tables) > 0 {
		w.Raw("<ul>\n")
		for _, table := range tables {
			w.Raw("<li>").Text(r.tables.voice().Say("tables_of", "Link", table)).Raw("</li>\n")
		}
		w.Raw("</ul>\n")
	}
	w.Raw("</section>\n")
}

// writeCited says of one fact of a sentence: value, aggregate, rows, sources.
func (r *Report) writeCited(w *markup.Writer, c passage.Cited) error {
	f := fact.Lookup(r.tables.aggregates, c.Address)
	if f == nil {
		return fmt.Errorf("a page cites %s, which is not there", c.Address)
	}
	a, v := f.Aggregate, r.tables.voice()
	w.Raw("<li>")
	if c.Text == "" {
		w.Text(v.Say("rests_on") + " ")
	}
	w.Raw("<a").Attr("href", f.Address.Link()).Raw(">").Text(cmp.Or(c.Text, f.RowName(), f.Column.Label)).Raw("</a>: ")
	if c.Text != "" {
		w.Text(f.Label()).Raw(", ")
	}
	w.Text(v.Say("from_aggregate")+" ").Raw("<a").Attr("href", "/numbers/"+a.Name+"/").Raw(">").Text(a.Title).Raw("</a>")
	for i, table := range a.Lineage {
		if n := f.Row.Lineage[i].Len(); n > 0 {
			w.Text("; " + v.Say("rows_of", "Rows", v.count("rows", n), "Table", table))
		}
	}
	sources, err := r.sources.behind(a, []aggregate.Column{f.Column}, *f.Row)
	if err != nil {
		return err
	}
	if len(sources) > 0 {
		w.Raw("; ")
		writeOutlets(w, r.Outlets(sources), v)
	}
	if f.Finding != nil {
		w.Text(". " + v.Say("finding_disproof") + ": " + f.Finding.Disproof + ".")
	}
	w.Raw("</li>\n")
	return nil
}
