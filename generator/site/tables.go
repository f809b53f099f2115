package site

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/figure"
	"broadsheet/generator/record"
)

// Grids are written in Go, and not by a template: they are most of the bytes of a
// site, and a template takes twenty times as long for a cell.

// mostRows is how many lines of an aggregate a page shows; the download has all.
const mostRows = dataset.Shown

// Grid is a table as a page shows it.
type Grid struct {
	Columns []GridColumn
	Rows    []GridRow
	Total   int // rows that there are, shown or not
}

// GridColumn is the head of a column.
type GridColumn struct {
	Name    string
	Label   string
	Measure string // the unit in words, "" where the label says it
	Numeric bool   // lines up on the right
}

// GridRow is a row.
type GridRow struct {
	Anchor string
	Number int // in a spreadsheet; 0 for a line of an aggregate
	Cells  []GridCell
	Behind []Behind // rows of tables that a line of an aggregate rests on
}

// GridCell is a value.
type GridCell struct {
	Text    string
	Raw     string
	Link    string
	Anchor  string
	Numeric bool
	Day     bool // is not broken
	Long    bool // needs room
	Missing bool
}

// Behind is the rows of one table behind a line.
type Behind struct {
	Table string
	Rows  []RowLink // at most mostBehind
	Total int
}

// RowLink is a row to follow.
type RowLink struct {
	Number int64
	Link   string
}

const mostBehind = 50

// longText is from how many bytes on a text wants a wide column.
const longText = 60

// TableView is a table of data/ as its page shows it.
type TableView struct {
	*dataset.Table
	Grid     Grid
	Download string
}

// Tables lists the tables, in the order of the data package.
func (r *Report) Tables() []*dataset.Table { return r.data.Tables }

// Table is a table with its rows.
func (r *Report) Table(name string) (*TableView, error) {
	t := r.data.Table(name)
	if t == nil {
		return nil, fmt.Errorf("unknown table %q", name)
	}
	rows, err := t.Head()
	if err != nil {
		return nil, err
	}
	v := &TableView{Table: t, Download: "/data/" + t.Name + ".csv", Grid: Grid{Total: t.Rows}}
	toSource := map[string]bool{}
	for _, key := range t.Schema.ForeignKeys {
		if key.Reference.Resource == "sources" {
			toSource[key.Fields[0]] = true
		}
	}
	for _, f := range t.Fields {
		v.Grid.Columns = append(v.Grid.Columns, GridColumn{Name: f.Name, Label: f.Label(), Measure: f.Unit.Measure(), Numeric: f.Unit.Numeric()})
	}
	for _, row := range rows {
		out := GridRow{Anchor: fmt.Sprintf("row-%d", row.Number), Number: row.Number}
		for i, f := range t.Fields {
			value := row.Values[i]
			cell := GridCell{Text: f.Unit.Format(value, figure.InTable), Raw: value.Raw(), Numeric: f.Unit.Numeric(), Day: f.Unit == figure.Day, Missing: value.IsMissing()}
			if f.Type == "list" {
				cell.Text = strings.ReplaceAll(cell.Text, ";", "; ") // so that it can break
			}
			cell.Long = len(cell.Text) > longText
			if toSource[f.Name] && !cell.Missing {
				cell.Link = sourceLink(cell.Raw)
			}
			if f.Name == "id" && t.Name == "sources" {
				cell.Link = sourceLink(cell.Raw)
			}
			out.Cells = append(out.Cells, cell)
		}
		v.Grid.Rows = append(v.Grid.Rows, out)
	}
	return v, nil
}

// AggregateView is an aggregate as its page shows it.
type AggregateView struct {
	*aggregate.Aggregate
	Grid     Grid
	Sources  []record.Source
	Download string
}

// Aggregates lists the aggregates, by name.
func (r *Report) Aggregates() []*aggregate.Aggregate {
	var list []*aggregate.Aggregate
	for _, name := range r.aggregates.Names() {
		list = append(list, r.aggregates[name])
	}
	return list
}

// IsTable reports whether a name is that of a table, and not of an aggregate.
func (r *Report) IsTable(name string) bool { return r.data.Table(name) != nil }

// Lines are the lines of an aggregate for a content adapter, which makes a page of
// each: the texts and the raw values of a line by column.
func (r *Report) Lines(name string) ([]map[string]string, error) {
	a := r.aggregates[name]
	if a == nil {
		return nil, fmt.Errorf("unknown aggregate %q", name)
	}
	lines := make([]map[string]string, 0, len(a.Lines))
	for _, line := range a.Lines {
		values := map[string]string{}
		for i, c := range a.Columns {
			values[c.Name] = line.Values[i].Raw()
		}
		lines = append(lines, values)
	}
	return lines, nil
}

// Aggregate is an aggregate with its lines and the rows behind them.
func (r *Report) Aggregate(name string) (*AggregateView, error) {
	a := r.aggregates[name]
	if a == nil {
		return nil, fmt.Errorf("unknown aggregate %q", name)
	}
	sources, err := r.behind(a)
	if err != nil {
		return nil, err
	}
	v := &AggregateView{Aggregate: a, Sources: sources, Download: "/numbers/" + a.Name + ".csv"}
	var all []int
	for i := range a.Columns {
		all = append(all, i)
	}
	v.Grid = grid(a, all, func(*aggregate.Line) bool { return true })
	for i := range v.Grid.Rows {
		line := &a.Lines[i]
		for j := range v.Grid.Rows[i].Cells {
			cell := &v.Grid.Rows[i].Cells[j]
			cell.Anchor, cell.Link = anchor(line, a.Columns[j].Name), ""
		}
		for j, table := range a.Lineage {
			behind := Behind{Table: table, Total: len(line.Rows[j])}
			for _, row := range line.Rows[j][:min(mostBehind, behind.Total)] {
				behind.Rows = append(behind.Rows, RowLink{row, rowLink(table, row)})
			}
			if behind.Total > 0 {
				v.Grid.Rows[i].Behind = append(v.Grid.Rows[i].Behind, behind)
			}
		}
	}
	return v, nil
}

// grid shows some columns of some lines.
func grid(a *aggregate.Aggregate, columns []int, keep func(*aggregate.Line) bool) Grid {
	var g Grid
	for _, i := range columns {
		c := a.Columns[i]
		g.Columns = append(g.Columns, GridColumn{Name: c.Name, Label: c.Label, Measure: c.Unit.Measure(), Numeric: c.Unit.Numeric()})
	}
	for i := range a.Lines {
		line := &a.Lines[i]
		if !keep(line) {
			continue
		}
		if g.Total++; g.Total > mostRows {
			continue
		}
		var row GridRow
		for _, j := range columns {
			c, value := a.Columns[j], line.Values[j]
			cell := GridCell{Text: c.Unit.Format(value, figure.InTable), Raw: value.Raw(), Numeric: c.Unit.Numeric(), Day: c.Unit == figure.Day, Missing: value.IsMissing()}
			cell.Long = len(cell.Text) > longText
			if cell.Numeric {
				cell.Link = cellLink(a, line, c.Name)
			}
			row.Cells = append(row.Cells, cell)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// Pick is a part of an aggregate, for a table inside a page: some columns, and
// the lines that have a value in a column.
func (r *Report) Pick(name string, options map[string]any) (*Grid, error) {
	named := map[string]string{}
	for k, v := range options {
		named[k] = fmt.Sprint(v)
	}
	g, wrong := r.pick(name, named)
	if g == nil {
		return nil, asError(wrong)
	}
	return g, nil
}

// pick takes the options columns ("a, b"), where and is, and caption.
func (r *Report) pick(name string, options map[string]string) (*Grid, *diag.Problem) {
	if name == "" {
		name = options["of"]
	}
	a, known := r.aggregates[name]
	if !known {
		return nil, &diag.Problem{Message: "unknown aggregate " + diag.Quote(name), Hint: diag.Nearest(name, r.aggregates.Names())}
	}
	if a == nil {
		return nil, nil
	}
	for key := range options {
		if accepted := []string{"caption", "columns", "is", "of", "where"}; !slices.Contains(accepted, key) {
			return nil, &diag.Problem{Message: "unknown option " + diag.Quote(key), Expected: "one of " + strings.Join(accepted, ", "), Hint: diag.Nearest(key, accepted)}
		}
	}
	var columns []int
	for i := range a.Columns {
		columns = append(columns, i)
	}
	column := func(name string) (int, *diag.Problem) {
		name = strings.TrimSpace(name)
		if i := a.Column(name); i >= 0 {
			return i, nil
		}
		return -1, &diag.Problem{Message: "unknown column " + diag.Quote(name) + " of " + a.Name, Expected: "one of " + strings.Join(a.ColumnNames(), ", "), Hint: diag.Nearest(name, a.ColumnNames())}
	}
	if list := options["columns"]; list != "" {
		columns = nil
		for name := range strings.SplitSeq(list, ",") {
			i, wrong := column(name)
			if wrong != nil {
				return nil, wrong
			}
			columns = append(columns, i)
		}
	}
	keep := func(*aggregate.Line) bool { return true }
	if where := options["where"]; where != "" {
		i, wrong := column(where)
		if wrong != nil {
			return nil, wrong
		}
		keep = func(line *aggregate.Line) bool { return line.Values[i].Raw() == options["is"] }
	}
	g := grid(a, columns, keep)
	return &g, nil
}

// Style says how a grid is written.
type Style struct {
	Label    string // names the table for those who do not see it
	Caption  string
	Numbered bool // with the row numbers of a spreadsheet
	Links    bool // numbers lead to their trace, and sources to theirs
	Behind   bool // with the rows behind each line
}

// Style makes a Style of the arguments of a partial: label, caption, numbered,
// links, behind.
func (r *Report) Style(arguments map[string]any) Style {
	text := func(key string) string { s, _ := arguments[key].(string); return s }
	is := func(key string) bool { b, _ := arguments[key].(bool); return b }
	return Style{Label: text("label"), Caption: text("caption"), Numbered: is("numbered"), Links: is("links"), Behind: is("behind")}
}

// HTML writes the grid as a table that scrolls sideways where it is too wide.
func (g Grid) HTML(s Style) template.HTML {
	w := &writer{}
	w.raw(`<section class="scroll" aria-label="`).text(s.Label).raw(`" tabindex="0">` + "\n<table>\n")
	if s.Caption != "" {
		w.raw("<caption>").text(s.Caption).raw("</caption>\n")
	}
	w.raw("<thead>\n<tr>")
	if s.Numbered {
		w.raw(`<th scope="col" class="n">Row</th>`)
	}
	for _, c := range g.Columns {
		w.raw(`<th scope="col"`)
		if c.Numeric {
			w.raw(` class="n"`)
		}
		w.raw(">").text(c.Label)
		if c.Measure != "" {
			w.raw(` <span class="unit">`).text(c.Measure).raw("</span>")
		}
		w.raw("</th>")
	}
	if s.Behind {
		w.raw(`<th scope="col">Rows behind it</th>`)
	}
	w.raw("</tr>\n</thead>\n<tbody>\n")
	for i := range g.Rows {
		w.row(&g.Rows[i], s)
	}
	w.raw("</tbody>\n</table>\n</section>")
	return template.HTML(w.String())
}

// Single writes the one line of a grid as a table of names and values.
func (g Grid) Single(label string) template.HTML {
	w := &writer{}
	w.raw(`<section class="scroll" aria-label="`).text(label).raw(`" tabindex="0">` + "\n<table class=\"single\">\n<tbody>\n")
	for i, c := range g.Columns {
		cell := g.Rows[0].Cells[i]
		cell.Numeric = false // values of different units do not line up
		w.raw(`<tr><th scope="row">`).text(c.Label).raw("</th>").cell("td", &cell, false).raw("</tr>\n")
	}
	w.raw("</tbody>\n</table>\n</section>")
	return template.HTML(w.String())
}

// Behind writes the rows behind the one line of a grid.
func (g Grid) Behind() template.HTML {
	w := &writer{}
	w.behind(g.Rows[0].Behind)
	return template.HTML(w.String())
}

// writer builds HTML; text is escaped.
type writer struct{ strings.Builder }

func (w *writer) raw(s string) *writer { w.WriteString(s); return w }

func (w *writer) text(s string) *writer { w.WriteString(html.EscapeString(s)); return w }

func (w *writer) row(row *GridRow, s Style) {
	w.raw("<tr")
	if row.Anchor != "" {
		w.raw(` id="`).text(row.Anchor).raw(`"`)
	}
	w.raw(">")
	if s.Numbered {
		w.raw(`<th scope="row" class="n">` + strconv.Itoa(row.Number) + "</th>")
	}
	for i := range row.Cells {
		tag := "td"
		if i == 0 && !s.Numbered {
			tag = "th"
		}
		w.cell(tag, &row.Cells[i], s.Links)
	}
	if s.Behind {
		w.raw("<td>").behind(row.Behind).raw("</td>")
	}
	w.raw("</tr>\n")
}

func (w *writer) cell(tag string, c *GridCell, links bool) *writer {
	w.raw("<" + tag)
	if tag == "th" {
		w.raw(` scope="row"`)
	}
	if c.Anchor != "" {
		w.raw(` id="`).text(c.Anchor).raw(`"`)
	}
	switch {
	case c.Numeric && c.Missing:
		w.raw(` class="n missing"`)
	case c.Numeric:
		w.raw(` class="n"`)
	case c.Missing:
		w.raw(` class="missing"`)
	case c.Day:
		w.raw(` class="d"`)
	case c.Long:
		w.raw(` class="long"`)
	}
	w.raw(">")
	if links && c.Link != "" && !c.Missing {
		w.raw(`<a href="`).text(c.Link).raw(`">`).text(c.Text).raw("</a>")
	} else {
		w.text(c.Text)
	}
	return w.raw("</" + tag + ">")
}

func (w *writer) behind(list []Behind) *writer {
	for i, b := range list {
		if i > 0 {
			w.raw("<br>")
		}
		w.raw(`<a href="/data/`).text(b.Table).raw(`/">`).text(b.Table).raw("</a>")
		for j, row := range b.Rows {
			if j > 0 {
				w.raw(",")
			}
			w.raw(` <a href="`).text(row.Link).raw(`">` + strconv.FormatInt(row.Number, 10) + "</a>")
		}
		if more := b.Total - len(b.Rows); more > 0 {
			w.raw(" and " + strconv.Itoa(more) + " more")
		}
	}
	return w
}
