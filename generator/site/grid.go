package site

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"broadsheet/generator/chart"
	"broadsheet/generator/quantity"
)

// Grids are written in Go, and not by a template: they are most of the bytes of a
// site, and a template takes twenty times as long for a cell.

// Grid is a table as a page shows it.
type Grid struct {
	Columns []GridColumn
	Rows    []GridRow
	Total   int           // rows that there are, shown or not
	Rest    template.HTML // written behind the rows
}

// GridColumn is the head of a column.
type GridColumn struct {
	Name    string
	Label   string
	Measure string // the unit in words, "" where the label says it
	Bare    bool   // numbers do not say the unit
	Numeric bool   // lines up on the right
}

// heading is what stands beside a cell that is not below the head of its column: a
// rate needs its unit, dollars have theirs.
func (c *GridColumn) heading() string {
	if c.Bare && c.Measure != "" {
		return c.Label + ", " + c.Measure
	}
	return c.Label
}

// GridRow is a row.
type GridRow struct {
	Anchor  string
	Number  int // in a spreadsheet; 0 for a line of an aggregate
	Cells   []GridCell
	Behind  []Behind // rows of tables that a line of an aggregate rests on
	Sources []Outlet // of those
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
	Spark   *chart.Spark // in place of all the rest
}

// Behind is the rows of one table behind a line.
type Behind struct {
	Table string
	Rows  []RowLink // at most fact.MostBehind
	Total int
	All   Download // of all
}

// RowLink is a row to follow. One that its table's page does not show has no link.
type RowLink struct {
	Number int64
	Link   string
}

// manyRows is from how many rows on a table can be filtered.
const manyRows = 15

// A table of so many columns, and not of too many rows, stands on a phone row below
// row, each cell with its heading.
const stackedColumns, stackedRows = 5, 40

// longText is from how many bytes on a text wants a wide column.
const longText = 60

// Style says how a grid is written.
type Style struct {
	Label    string // names the table for those who do not see it
	Caption  string
	Numbered bool // with the row numbers of a spreadsheet
	Links    bool // numbers lead to their trace, and sources to theirs
	Stacks   bool // is part of a story, and may stand row below row on a phone
	Behind   bool // with the rows behind each line
}

// Style makes a Style of the arguments of a partial: label, caption, numbered,
// links, stacks, behind.
func (r *Report) Style(arguments map[string]any) Style {
	text := func(key string) string { s, _ := arguments[key].(string); return s }
	is := func(key string) bool { b, _ := arguments[key].(bool); return b }
	return Style{Label: text("label"), Caption: text("caption"), Numbered: is("numbered"), Links: is("links"), Stacks: is("stacks"), Behind: is("behind")}
}

// HTML writes the grid as a table that scrolls sideways where it is too wide.
func (g Grid) HTML(s Style) template.HTML {
	w := &writer{}
	if len(g.Rows) > manyRows {
		w.raw(`<div class="filter"></div>` + "\n")
	}
	s.Stacks = s.Stacks && len(g.Columns) >= stackedColumns && len(g.Rows) <= stackedRows
	class := "scroll"
	if s.Stacks {
		class = "scroll stacked"
	}
	w.raw(`<section class="` + class + `" aria-label="`).text(s.Label).raw(`" tabindex="0">` + "\n<table>\n")
	if s.Caption != "" {
		w.raw("<caption><span>").text(s.Caption).raw("</span></caption>\n")
	}
	w.raw("<thead>\n<tr>")
	if s.Numbered {
		w.raw(`<th scope="col" class="n" data-column="row">Row</th>`)
	}
	for _, c := range g.Columns {
		w.raw(`<th scope="col"`)
		if c.Numeric {
			w.raw(` class="n"`)
		}
		w.raw(` data-column="`).text(c.Name).raw(`">`).text(c.Label)
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
		w.row(&g.Rows[i], g.Columns, s)
	}
	w.raw(string(g.Rest) + "</tbody>\n</table>\n</section>")
	return template.HTML(w.String())
}

// Single writes the one line of a grid as a table of names and values.
func (g Grid) Single(label string) template.HTML {
	w := &writer{}
	w.raw(`<section class="scroll" aria-label="`).text(label).raw(`" tabindex="0">` + "\n<table class=\"single\">\n<tbody>\n")
	for i, c := range g.Columns {
		cell := g.Rows[0].Cells[i]
		cell.Numeric, cell.Day = false, false // values of different units do not line up
		w.raw(`<tr><th scope="row">`).text(c.Label).raw("</th>").cell("td", &cell, "", false).raw("</tr>\n")
	}
	w.raw("</tbody>\n</table>\n</section>")
	return template.HTML(w.String())
}

// Behind writes the rows behind the one line of a grid.
func (g Grid) Behind() template.HTML {
	w := &writer{}
	w.behind(&g.Rows[0])
	return template.HTML(w.String())
}

// writer builds HTML; text is escaped.
type writer struct{ strings.Builder }

func (w *writer) raw(s string) *writer { w.WriteString(s); return w }

func (w *writer) text(s string) *writer { w.WriteString(html.EscapeString(s)); return w }

func (w *writer) row(row *GridRow, columns []GridColumn, s Style) {
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
		label := ""
		if s.Stacks {
			label = columns[i].heading()
		}
		w.cell(tag, &row.Cells[i], label, s.Links)
	}
	if s.Behind {
		w.raw(`<td class="behind">`).behind(row).raw("</td>")
	}
	w.raw("</tr>\n")
}

// cell writes a cell, with a heading of its own if that is not "".
func (w *writer) cell(tag string, c *GridCell, label string, links bool) *writer {
	if c.Spark != nil {
		return w.spark(c.Spark)
	}
	w.raw("<" + tag)
	if tag == "th" {
		w.raw(` scope="row"`)
	}
	if c.Anchor != "" {
		w.raw(` id="`).text(c.Anchor).raw(`"`)
	}
	if label != "" {
		w.raw(` data-label="`).text(label).raw(`"`)
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
	if (c.Numeric || c.Day) && c.Raw != c.Text && !c.Missing {
		w.raw(` data-raw="`).text(c.Raw).raw(`"`) // by which the column sorts
	}
	w.raw(">")
	if links && c.Link != "" && !c.Missing {
		w.raw(`<a href="`).text(c.Link).raw(`">`).text(c.Text).raw("</a>")
	} else {
		w.text(c.Text)
	}
	return w.raw("</" + tag + ">")
}

func (w *writer) behind(row *GridRow) *writer {
	for i, b := range row.Behind {
		if i > 0 {
			w.raw("<br>")
		}
		w.raw(`<a href="/data/`).text(b.Table).raw(`/">`).text(b.Table).raw("</a>")
		for _, row := range b.Rows {
			if row.Link == "" {
				w.raw(" " + strconv.FormatInt(row.Number, 10))
			} else {
				w.raw(` <a href="`).text(row.Link).raw(`">` + strconv.FormatInt(row.Number, 10) + "</a>")
			}
		}
		if more := b.Total - len(b.Rows); more > 0 {
			w.raw(" and " + whole(more) + ` more: <a href="`).text(b.All.Link).raw(`" download>all ` + whole(b.Total) + " (CSV)</a>")
			if b.All.Sheet != nil {
				w.raw(`, <a href="`).text(b.All.Sheet.Link).raw(`" download>for spreadsheets</a>`)
			}
		}
	}
	if len(row.Sources) > 0 {
		w.raw(`<br><span class="from">from `).outlets(row.Sources).raw("</span>")
	}
	return w
}

// mostOutlets is how many are named where a line has many.
const mostOutlets = 3

func (w *writer) outlets(list []Outlet) *writer {
	for i, o := range list[:min(mostOutlets, len(list))] {
		if i > 0 {
			w.raw(", ")
		}
		w.raw(`<a href="`).text(sourceLink(o.ID)).raw(`">`).text(o.Name).raw("</a>")
	}
	if more := len(list) - mostOutlets; more > 0 {
		w.raw(" and " + strconv.Itoa(more) + " more")
	}
	return w
}

// whole writes a count for a reader.
func whole(n int) string {
	v, err := quantity.NewValue(int64(n))
	if err != nil {
		return strconv.Itoa(n)
	}
	return quantity.Count.Format(v, quantity.InTable)
}
