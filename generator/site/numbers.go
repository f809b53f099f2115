package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/markup"
	"broadsheet/generator/passage"
)

// Numbers stands for the list of all aggregates, those first that the front page cites.
func (r *Report) Numbers() template.HTML { return placeholder("numbers", "") }

// writeNumbers lists the aggregates by what pages cite: those of the front page in its order, those of other pages, and those
// that only other aggregates read, by their titles.
func (r *Report) writeNumbers(w *markup.Writer, said []passage.Page, front string) {
	listed := map[string]bool{}
	add := func(list []*aggregate.Aggregate, names []string) []*aggregate.Aggregate {
		for _, name := range names {
			if a := r.tables.aggregates[name]; a != nil && !listed[name] {
				listed[name] = true
				list = append(list, a)
			}
		}
		return list
	}
	var first, others []*aggregate.Aggregate
	for _, page := range said {
		if page.Path == front {
			first = add(first, r.citedOn(page))
		}
	}
	for _, page := range said {
		others = add(others, r.citedOn(page))
	}
	steps := add(nil, r.tables.aggregates.Names())
	r.writeGroup(w, "numbers_front", first)
	r.writeGroup(w, "numbers_pages", byTitle(others))
	r.writeGroup(w, "numbers_steps", byTitle(steps))
}

func byTitle(list []*aggregate.Aggregate) []*aggregate.Aggregate {
	slices.SortStableFunc(list, func(a, b *aggregate.Aggregate) int {
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	})
	return list
}

func (r *Report) writeGroup(w *markup.Writer, title string, list []*aggregate.Aggregate) {
	if len(list) == 0 {
		return
	}
	w.Raw("<h2>").Text(r.tables.voice().Say(title)).Raw("</h2>\n<ul").Class(markup.Cards).Raw(">\n")
	for _, a := range list {
		w.Raw("<li><h3><a").Attr("href", "/numbers/"+a.Name+"/").Raw(">").Text(a.Title).Raw("</a></h3>")
		if a.About != "" {
			w.Raw("<p>").Text(a.About).Raw("</p>")
		}
		w.Raw("</li>\n")
	}
	w.Raw("</ul>\n")
}

// citedOn names the aggregates that a page cites: in sentences and charts, and then in tables.
func (r *Report) citedOn(page passage.Page) (names []string) {
	for _, p := range page.Passages {
		for _, f := range p.Facts {
			names = append(names, f.Address.Name)
		}
	}
	for _, id := range page.Charts {
		if c := r.charts.set[id]; c != nil {
			names = append(names, c.Of.Name)
		}
	}
	for _, c := range slices.Concat(page.Cells, page.Texts) {
		names = append(names, c.Address.Name)
	}
	for _, address := range page.Rests {
		names = append(names, address.Name)
	}
	return names
}

// TitleOf is the title of a table or an aggregate.
func (r *tables) TitleOf(name string) (string, error) {
	if t := r.data.Table(name); t != nil {
		return titleOf(t), nil
	}
	if a := r.aggregates[name]; a != nil {
		return a.Title, nil
	}
	return "", fmt.Errorf("unknown table or aggregate %q", name)
}
