package site

import (
	"encoding/json"
	"html/template"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// A timeline is HTML, and no drawing: a list of events by day, which a phone and a
// printer break where they must. It is made of an aggregate with a column of days
// and a column of titles.
//
//	{{< timeline "events_timeline" >}}
//	{{< timeline of="conditions_timeline" title="status" kind="name" >}}
//	{{< timeline of="events_timeline" filter="kind, jurisdictions" >}}
//
// With filter, readers who have scripts choose among the values of those columns. A
// cell may hold several: "Chicago; Cook County".

// timelineColumns are the columns that a timeline shows, -1 for none.
type timelineColumns struct {
	date, title, kind, outcome, source int
	filter                             []int
}

// timelineOf checks the arguments of a timeline.
func (r *tables) timelineOf(name string, options map[string]string) (*part, timelineColumns, *diag.Problem) {
	var c timelineColumns
	rest, named := map[string]string{}, map[string]string{"date": "date", "title": "title", "kind": "kind", "outcome": "outcome", "source": "source_id"}
	for key, value := range options {
		if _, ours := named[key]; ours {
			named[key] = value
		} else {
			rest[key] = value
		}
	}
	a, wrong := r.part(name, rest, "filter")
	if a == nil {
		return nil, c, wrong
	}
	if c.filter, wrong = a.columns(options["filter"]); wrong != nil {
		return nil, c, wrong
	}
	places := map[string]*int{"date": &c.date, "title": &c.title, "kind": &c.kind, "outcome": &c.outcome, "source": &c.source}
	for _, key := range slices.Sorted(maps.Keys(places)) {
		at := places[key]
		*at = a.Column(named[key])
		if _, asked := options[key]; *at < 0 && (asked || key == "date" || key == "title") {
			return nil, c, &diag.Problem{Message: "a timeline needs " + key + ", and " + a.Name + " has no column " + diag.Quote(named[key]), Expected: key + "=\"…\", one of " + strings.Join(a.ColumnNames(), ", "), Hint: diag.Nearest(named[key], a.ColumnNames())}
		}
	}
	if !a.Columns[c.date].Unit.IsDate() {
		return nil, c, &diag.Problem{Message: "the date of a timeline", Found: "unit " + a.Columns[c.date].Unit.String(), Expected: "a column of days, unit date"}
	}
	return a, c, nil
}

// Timeline writes the events of an aggregate, by year, in their order.
func (r *tables) Timeline(name string, options map[string]any) (template.HTML, error) {
	a, c, wrong := r.timelineOf(name, stringArgs(options))
	if a == nil {
		return "", asError(wrong)
	}
	w := &markup.Writer{}
	if len(c.filter) > 0 {
		var facets [][2]string
		for _, i := range c.filter {
			facets = append(facets, [2]string{a.Columns[i].Name, a.Columns[i].Label})
		}
		w.Raw("<div").Class(markup.Filter).Data(markup.DataFacets, asJSON(facets)).Raw("></div>\n")
	}
	w.Raw("<div").Class(markup.Timeline).Raw(">\n")
	year := ""
	for _, line := range a.lines {
		day := line.Values[c.date]
		if day.IsMissing() {
			continue
		}
		if of := day.Raw()[:4]; of != year {
			if year != "" {
				w.Raw("</ol>\n")
			}
			year = of
			w.Raw("<p").Class(markup.Year).Raw(">").Text(year).Raw("</p>\n<ol>\n")
		}
		r.writeEvent(w, a.Aggregate, line, c)
	}
	if year != "" {
		w.Raw("</ol>\n")
	}
	return w.Raw("</div>").HTML(), nil
}

func (r *tables) writeEvent(w *markup.Writer, a *aggregate.Aggregate, line *aggregate.Row, c timelineColumns) {
	text := func(i int) string {
		if i < 0 || line.Values[i].IsMissing() {
			return ""
		}
		return a.Columns[i].Unit.Format(line.Values[i], quantity.Prose)
	}
	w.Raw("<li")
	if len(c.filter) > 0 {
		var values []string
		for _, i := range c.filter {
			values = append(values, line.Values[i].Raw())
		}
		w.Data(markup.DataFacets, asJSON(values))
	}
	write := func(w *markup.Writer, i int, spell func(string) string) {
		if written := line.Written[a.Columns[i].Name]; written != "" {
			w.Raw(r.facts.said(written, spell))
		} else {
			w.Text(spell(text(i)))
		}
	}
	cell := func(i int) string { return cellOf(a, line, a.Columns[i].Name).String() }
	w.Raw("><time").Attr("datetime", line.Values[c.date].Raw()).Data(markup.DataCell, cell(c.date)).Raw(">").Text(a.Columns[c.date].Unit.Format(line.Values[c.date], quantity.Yearly)).Raw("</time>\n<div>")
	w.Raw("<p").Class(markup.Event).Data(markup.DataCell, cell(c.title)).Raw(">")
	write(w, c.title, asIs)
	w.Raw("</p>")
	about, between := &markup.Writer{}, template.HTML("")
	for _, i := range []int{c.kind, c.outcome} {
		if text(i) != "" {
			about.Raw(between).Raw("<span").Data(markup.DataCell, cell(i)).Raw(">")
			write(about, i, quantity.Capitalize)
			about.Raw("</span>")
			between = ". "
		}
	}
	if source := r.sources.Source(text(c.source)); source != nil {
		about.Raw(between).Raw("<a").Attr("href", sourceLink(source.ID)).Data(markup.DataCell, cell(c.source)).Raw(">").Text(source.Publisher()).Raw("</a>")
	}
	if said := about.HTML(); said != "" {
		w.Raw("<p").Class(markup.About).Raw(">").Raw(said).Raw("</p>")
	}
	w.Raw("</div></li>\n")
}

// asJSON writes what a script reads from an attribute.
func asJSON(list any) string {
	data, err := json.Marshal(list)
	if err != nil {
		panic(err) // only strings go in
	}
	return string(data)
}
