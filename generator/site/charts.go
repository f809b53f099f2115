package site

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"sync"

	"broadsheet/generator/card"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/markup"
	"broadsheet/generator/record"
)

// charts are drawn while Hugo is at work on pages.
type charts struct {
	set       chart.Set
	sources   *sources
	downloads *downloads
	pages     *rowPages
	drawings  *drawings
	pictures  *pictures
	painter   *card.Painter
	views     map[string]func() (*ChartView, error) // by id, each made once
}

func newCharts(ctx context.Context, s *Site) (*charts, error) {
	pictures, err := newPictures(s)
	if err != nil {
		return nil, err
	}
	own, err := s.ownFaces()
	if err != nil {
		return nil, err
	}
	c := &charts{set: s.Charts, sources: s.sources, downloads: s.tables.downloads, pages: s.tables.pages, pictures: pictures, painter: card.New(pictures.tokens, own, s.Faces, s.Memo), views: map[string]func() (*ChartView, error){}}
	c.drawings = draw(ctx, s.Charts, s.Drawer)
	for id, one := range s.Charts {
		if one != nil {
			c.views[id] = sync.OnceValues(func() (*ChartView, error) { return c.view(one) })
		}
	}
	return c, nil
}

// Chart is a chart with its drawings and its sources, made once for all pages that
// show it.
func (r *charts) Chart(id string) (*ChartView, error) {
	view := r.views[id]
	if view == nil {
		return nil, fmt.Errorf("unknown chart %q", id)
	}
	return view()
}

// ChartOf is the chart that a shortcode names.
func (r *charts) ChartOf(parameters any) (*ChartView, error) {
	id, options := "", map[string]string{}
	switch p := parameters.(type) {
	case []any:
		if len(p) > 0 {
			id = fmt.Sprint(p[0])
		}
	case map[string]any:
		for name, value := range p {
			options[name] = fmt.Sprint(value)
		}
	}
	c, wrong := r.set.Pick(id, options)
	if c == nil {
		return nil, asError(wrong)
	}
	return r.Chart(c.ID)
}

func (r *charts) view(c *chart.Chart) (*ChartView, error) {
	sources, err := r.sources.behind(c.Of, c.Measures(), c.Of.Rows...)
	if err != nil {
		return nil, err
	}
	v := &ChartView{Chart: c, Sources: sources, Numbers: "/numbers/" + c.Of.Name + "/", Page: "/charts/" + c.ID + "/", pictures: r.pictures, credit: r.credited(sources)}
	if v.Narrow, err = r.drawings.wait(c, chart.Narrow); err != nil {
		return nil, err
	}
	if v.Middle, err = r.drawings.wait(c, chart.Middle); err != nil {
		return nil, err
	}
	if v.Wide, err = r.drawings.wait(c, chart.Wide); err != nil {
		return nil, err
	}
	if v.Download, err = r.downloads.get(dataOf(c)); err != nil {
		return nil, err
	}
	v.Picture = r.picture(c, v.Wide, sources)
	if v.links = r.pages.marksOf(c); v.links != nil {
		for _, d := range []*svg.Drawing{&v.Narrow, &v.Middle, &v.Wide} {
			d.Shapes = v.links.draw(d.Shapes)
		}
	}
	return v, nil
}

// ChartView is a chart as a page shows it.
type ChartView struct {
	*chart.Chart
	Narrow, Middle, Wide svg.Drawing

	Sources  []record.Source // those of most rows first
	Numbers  string          // address of the aggregate's page
	Page     string          // address of its own page
	Download Download        // the aggregate
	Picture  *Picture

	pictures *pictures
	links    *markLinks // nil where marks lead nowhere
	credit   string     // the line of sources
}

// Role is what the drawing is to a screen reader: a picture, or a group of links.
func (v *ChartView) Role() string {
	if v.links != nil {
		return "group"
	}
	return "img"
}

// Charts lists the charts, by id.
func (r *charts) Charts() []*chart.Chart {
	var list []*chart.Chart
	for _, id := range r.set.IDs() {
		list = append(list, r.set[id])
	}
	return list
}

// ListedCharts are those of the list of charts: all but those that pages of rows show.
func (r *charts) ListedCharts() []*chart.Chart {
	return slices.DeleteFunc(r.Charts(), func(c *chart.Chart) bool { return c.Part != nil })
}

// ChartOfFile is a chart that a file of data/charts makes.
func (r *charts) ChartOfFile(id string) (*chart.Chart, error) {
	if c := r.set.OfFile(id); c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("unknown chart %q", id)
}

// Locator is the map of a locator shortcode.
func (r *Report) Locator(parameters any) (*chart.Locator, error) {
	named, _ := parameters.(map[string]any)
	said := map[string]string{}
	for name, value := range named {
		said[name] = fmt.Sprint(value)
	}
	l, wrong := chart.Locate(said)
	if wrong != nil {
		return nil, errors.New(wrong.String())
	}
	return l, nil
}

// Twofold reports whether half a sheet of paper has room for the rows of the chart's table, and they are many.
func (v *ChartView) Twofold() bool {
	const many, half = 12, 48 // rows; letters
	t := v.Table
	return len(t.Rows) > many && lettersOf(len(t.Rows), len(t.Columns), func(row, column int) string { return t.Rows[row][column].Text }) <= half
}

// Lines writes the rows of the chart's table, in Go as those of a grid are.
func (v *ChartView) Lines() template.HTML {
	w := &markup.Writer{}
	for at, row := range v.Table.Rows {
		w.Raw("\n<tr>")
		for i, cell := range row {
			switch {
			case i == 0:
				w.Raw(`<th scope="row">`)
			case v.Table.Columns[i].Unit.Numeric() && cell.Missing:
				w.Raw("<td").Class(markup.Numeric, markup.Missing).Raw(">")
			case v.Table.Columns[i].Unit.Numeric():
				w.Raw("<td").Class(markup.Numeric).Raw(">")
			case v.Table.Columns[i].Unit.IsDate():
				w.Raw("<td").Class(markup.Day).Raw(">")
			default:
				w.Raw("<td>")
			}
			link := ""
			if i == 0 && v.links != nil {
				link = v.links.rows[at]
			}
			if link != "" {
				w.Raw("<a").Attr("href", link).Raw(">")
			}
			if cell.Raw == cell.Text {
				w.Text(cell.Text)
			} else {
				w.Raw("<data").Attr("value", cell.Raw).Raw(">").Text(cell.Text).Raw("</data>")
			}
			if link != "" {
				w.Raw("</a>")
			}
			if i == 0 {
				w.Raw("</th>")
			} else {
				w.Raw("</td>")
			}
		}
		w.Raw("</tr>")
	}
	return w.HTML()
}
