package site

import (
	"html/template"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
	"broadsheet/generator/rowpage"
)

// rowPages leads to the pages that were made of rows, from prose and from tables.
type rowPages struct {
	of []*pagesOf // by the name of the aggregate
}

// pagesOf are the pages of one aggregate.
type pagesOf struct {
	*aggregate.Aggregate
	links map[string]string // by the key: "/states/ca/"
}

func newRowPages(pages *rowpage.Pages) *rowPages {
	r := &rowPages{}
	if pages == nil {
		return r
	}
	all := maps.Clone(pages.Rows)
	maps.Copy(all, pages.ByHand)
	for name, row := range all {
		link := strings.TrimSuffix(strings.TrimPrefix(name, "content"), ".md")
		if strings.Contains(link, ".") {
			continue // of another language
		}
		i := slices.IndexFunc(r.of, func(p *pagesOf) bool { return p.Name == row.Aggregate.Name })
		if i < 0 {
			i, r.of = len(r.of), append(r.of, &pagesOf{row.Aggregate, map[string]string{}})
		}
		r.of[i].links[joined(row.Row.Key)] = link + "/"
	}
	slices.SortFunc(r.of, func(a, b *pagesOf) int { return strings.Compare(a.Name, b.Name) })
	return r
}

func joined(key []string) string { return strings.Join(key, "\x00") }

// link is the page of a row; "" if it has none.
func (r *rowPages) link(address fact.Address) string {
	for _, p := range r.of {
		if p.Name == address.Name {
			return p.links[joined(address.Key)]
		}
	}
	return ""
}

// forRowsOf are the pages to which the rows of an aggregate lead: its own, or those of an aggregate whose key it has
// in its columns, first in its key.
func (r *rowPages) forRowsOf(a *aggregate.Aggregate) *pagesOf {
	var best *pagesOf
	least := 0
	for _, p := range r.of {
		if p.Name == a.Name {
			return p
		}
		at := 0
		for _, column := range p.Key {
			switch i := slices.Index(a.Key, column); {
			case i >= 0:
				at = max(at, i)
			case a.Column(column) >= 0:
				at = max(at, len(a.Key))
			default:
				at = len(a.Key) + 1
			}
		}
		if at <= len(a.Key) && (best == nil || at < least) {
			best, least = p, at
		}
	}
	return best
}

// addLinks makes the texts of a column lead to the pages of the rows.
//
//	{{< table of="letters" columns="name, sent" link="name" >}}
func (r *tables) addLinks(g *Grid, a *part, columns []int, name string) *diag.Problem {
	column, wrong := a.column(name)
	if wrong != nil {
		return wrong
	}
	at := slices.Index(columns, column)
	pages := r.pages.forRowsOf(a.Aggregate)
	switch {
	case at < 0 || !a.Columns[column].Unit.IsText():
		return &diag.Problem{Message: "no links of " + diag.Quote(name) + " to pages", Expected: "a column of text that the table shows"}
	case pages == nil:
		return &diag.Problem{Message: "no pages were made of the rows of " + a.Name, Expected: "a _row.md for them, or for an aggregate whose key is among the columns of " + a.Name}
	}
	link := func(rows []GridRow, lines []*aggregate.Row) {
		for i := range rows {
			var key []string
			for _, name := range pages.Key {
				key = append(key, lines[i].Values[a.Column(name)].Raw())
			}
			rows[i].Cells[at].Link = pages.links[joined(key)]
		}
	}
	link(g.Rows, a.lines)
	beyond, shown := g.beyond, len(g.Rows)
	g.beyond = func() ([]GridRow, error) {
		rows, err := beyond()
		link(rows, a.lines[shown:])
		return rows, err
	}
	return nil
}

// Cell is the text of a cell, by its address, that leads to the page of its row. It is not a link where the row has no page,
// and on that page itself, which is at.
func (r *tables) Cell(address, at string) (template.HTML, error) {
	f, wrong := fact.Find(r.aggregates, address)
	if f == nil {
		return "", asError(wrong)
	}
	text := (&markup.Writer{}).Text(f.Text(quantity.Prose)).HTML()
	if written := f.Row.Written[f.Column.Name]; written != "" {
		text = r.facts.said(written, asIs)
	}
	w, tag := &markup.Writer{}, template.HTML("span")
	link := r.pages.link(f.Address)
	if link == at || strings.Contains(string(text), "<a ") {
		link = ""
	}
	if link != "" {
		tag = "a"
	}
	w.Raw("<").Raw(tag)
	if link != "" {
		w.Attr("href", link)
	}
	return w.Data(markup.DataCell, f.Address.String()).Raw(">").Raw(text).Raw("</").Raw(tag).Raw(">").HTML(), nil
}
