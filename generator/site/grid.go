package site

import (
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"unicode/utf8"

	"broadsheet/generator/chart"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// Grids are written in Go, and not by a template: they are most of the bytes of a
// site, and a template takes twenty times as long for a cell.

// Grid is a table as a page shows it.
type Grid struct {
	Columns []GridColumn
	Rows    []GridRow
	Total   int           // rows that there are, shown or not
	Partly  bool          // nobody can download those that are not shown
	Rounded bool          // shares come to a whole, and what is written of them does not
	Rest    template.HTML // written behind the rows
	voice   voice
	More    string // the file of those that are not among the first; "" where there are none, or too many

	Groups []GridGroup // headings between rows, in their order
	Totals []GridCell  // what columns come to; nil where it is not said

	head   int                       // the column that names the rows
	dotted []string                  // values with dots
	beyond func() ([]GridRow, error) // those
}

// GridColumn is the head of a column.
type GridColumn struct {
	Name    string
	Label   string
	Measure string // the unit in words, "" where the label says it
	Bare    bool   // numbers do not say the unit
	Numeric bool   // lines up on the right

	form     string   // what its cells look like
	sequence []string // the texts in their order, where that is not one by letters
}

// heading is written beside a cell that is not below the head of its column: a
// rate needs its unit, dollars have theirs.
func (c *GridColumn) heading() string {
	if c.Bare && c.Measure != "" {
		return c.Label + ", " + c.Measure
	}
	return c.Label
}

// GridRow is a row.
type GridRow struct {
	Anchor string
	Number int // in a spreadsheet; 0 for a line of an aggregate
	Cells  []GridCell
}

// GridCell is a value.
type GridCell struct {
	Text    string
	Said    template.HTML // in place of the text, where that holds facts
	Raw     string
	Link    string
	Cell    string // the address of a text that no link leads to, for the lock
	Anchor  string
	Numeric bool
	Day     bool // is not broken
	Long    bool // needs room
	Missing bool
	Note    string // below the text
	tie     string // of a rank that others have too: what the = says
	look    *look
	Spark   *chart.Spark // in place of all the rest but Cell
	room    int          // for the letters of what it begins with, in all rows
}

// manyRows is from how many rows on a table can be filtered.
const manyRows = 15

// A table of so many columns, and not of too many rows, is row below row on a phone,
// each cell with its heading.
const stackedColumns, stackedRows = 5, 40

// One of fewStacked columns is laid out by its letters, of which a line on a phone has room for phoneLetters.
const fewStacked, phoneLetters = 3, 42

// sparkRoom is as wide as a line in a table, with what it says at both ends.
const sparkRoom = "143,200 __________ 136,900"

// tooWide is how many columns no sheet of paper has room for: they are below each other there, and on a phone.
const tooWide = 13

// longText is from how many bytes on a text wants a wide column.
const longText = 60

// longHead is from how many bytes on the head of a column wants room, for it would be high and nearly empty.
const longHead = 50

// Style says how a grid is written.
type Style struct {
	Label    string // names the table for those who do not see it
	Caption  string
	Numbered bool // with the row numbers of a spreadsheet
	Links    bool // numbers lead to their trace, and sources to theirs
	Stacks   bool // is part of a story, and is laid out for a phone where it has no room
	Traced   bool // its first cells lead to what the rows rest on
}

// Style makes a Style of the arguments of a partial: label, caption, numbered,
// links, stacks, traced.
func (r *Report) Style(arguments map[string]any) Style {
	text := func(key string) string { s, _ := arguments[key].(string); return s }
	is := func(key string) bool { b, _ := arguments[key].(bool); return b }
	return Style{Label: text("label"), Caption: text("caption"), Numbered: is("numbered"), Links: is("links"), Stacks: is("stacks"), Traced: is("traced")}
}

// HTML writes the grid as a table that scrolls sideways where it is too wide.
func (g Grid) HTML(s Style) template.HTML {
	w := &markup.Writer{}
	if len(g.Rows) > manyRows {
		w.Raw("<div").Class(markup.Filter).Raw("></div>\n")
	}
	inStory := s.Stacks
	s.Stacks = len(g.Columns) >= tooWide && g.Total <= len(g.Rows)
	tail := false
	if inStory {
		tail = g.tailed()
		s.Stacks = s.Stacks || len(g.Rows) <= stackedRows && (len(g.Columns) >= stackedColumns || len(g.Columns) >= fewStacked && !tail && g.letters(len(g.Columns)) > 2*phoneLetters)
	}
	w.Raw("<section")
	switch {
	case s.Stacks:
		w.Class(markup.Scroll, markup.Stacked)
	case tail:
		w.Class(markup.Scroll, markup.Tail)
	default:
		w.Class(markup.Scroll)
	}
	w.Attr("aria-label", s.Label).Raw(` tabindex="0">` + "\n<table")
	if g.More != "" {
		w.Data(markup.DataRows, g.More)
	}
	w.Raw(">\n")
	if s.Caption != "" {
		w.Raw("<caption><span>").Text(s.Caption).Raw("</span></caption>\n")
	}
	w.Raw("<thead>\n<tr>")
	if s.Numbered {
		w.Raw(`<th scope="col"`).Class(markup.Numeric).Data(markup.DataColumn, "row").Raw(">").Text(g.voice.Say("row")).Raw("</th>")
	}
	for _, c := range g.Columns {
		w.Raw(`<th scope="col"`)
		var classes []markup.Class
		if c.Numeric {
			classes = append(classes, markup.Numeric)
		}
		if len(c.Label) > longHead {
			classes = append(classes, markup.Long)
		}
		if len(classes) > 0 {
			w.Class(classes...)
		}
		w.Data(markup.DataColumn, c.Name)
		if c.form != "" {
			w.Data(markup.DataShow, c.form)
		}
		if c.sequence != nil {
			w.Data(markup.DataSequence, sequenceJSON(c.sequence))
		}
		w.Raw(">").Text(c.Label)
		if c.Measure != "" {
			w.Raw(" <span").Class(markup.Unit).Raw(">").Text(c.Measure).Raw("</span>")
		}
		w.Raw("</th>")
	}
	w.Raw("</tr>\n</thead>\n<tbody>\n")
	for i := range g.Rows {
		if at := slices.IndexFunc(g.Groups, func(of GridGroup) bool { return of.From == i }); at >= 0 {
			if i > 0 {
				w.Raw("</tbody>\n<tbody>\n")
			}
			g.writeGroup(w, &g.Groups[at], s)
		}
		g.writeRow(w, &g.Rows[i], s)
	}
	w.Raw(g.Rest).Raw("</tbody>\n")
	if g.Totals != nil {
		w.Raw("<tfoot").Data(markup.DataShow, "total").Raw(">\n<tr>")
		for i := range g.Totals {
			g.writeCell(w, &g.Totals[i], i, s)
		}
		w.Raw("</tr>\n</tfoot>\n")
	}
	return w.Raw("</table>\n</section>").HTML()
}

// tailed reports whether the last cells of rows, which are texts, want more room than a phone has beside the others, and
// these have room there: in columns each word of them would be a line.
func (g *Grid) tailed() bool {
	last := len(g.Columns) - 1
	if len(g.Columns) < fewStacked || g.Groups != nil || g.Totals != nil || g.head == last || g.Columns[last].Numeric {
		return false
	}
	return g.letters(len(g.Columns)) > phoneLetters && g.letters(last) <= phoneLetters*3/2
}

// letters are those of the longest texts of the first columns.
func (g *Grid) letters(columns int) int {
	return lettersOf(len(g.Rows), columns, func(row, column int) string {
		if cell := &g.Rows[row].Cells[column]; cell.Spark == nil {
			return cell.Text
		}
		return sparkRoom
	})
}

// lettersOf are those of a line that has the longest text of each column.
func lettersOf(rows, columns int, text func(row, column int) string) int {
	all := 0
	for column := range columns {
		most := 0
		for row := range rows {
			most = max(most, utf8.RuneCountInString(text(row, column)))
		}
		all += most
	}
	return all
}

// writeGroup writes the heading of a group, with what it comes to.
func (g *Grid) writeGroup(w *markup.Writer, group *GridGroup, s Style) {
	span := len(g.Columns)
	if group.Totals != nil {
		span = g.head + 1
	}
	w.Raw("<tr").Class(markup.Group).Raw(`><th scope="rowgroup"`)
	if span > 1 {
		w.Attr("colspan", strconv.Itoa(span))
	}
	if s.Links {
		w.Data(markup.DataCell, group.Cell.Cell)
	}
	w.Raw(">")
	if group.Cell.Said != "" {
		w.Raw(group.Cell.Said)
	} else {
		w.Text(group.Cell.Text)
	}
	w.Raw("</th>")
	for i := span; i < len(g.Columns); i++ {
		g.writeCell(w, &group.Totals[i], i, s)
	}
	w.Raw("</tr>\n")
}

// setSequence finds the order of the texts of a column.
func (g *Grid) setSequence(column int, l *quantity.Language) {
	var texts []string
	for i := range g.Rows {
		if c := &g.Rows[i].Cells[column]; !c.Missing {
			texts = append(texts, c.Text)
		}
	}
	g.Columns[column].sequence = l.Sequence(texts)
}

func sequenceJSON(texts []string) string {
	text, err := json.Marshal(texts)
	if err != nil {
		panic(err) // texts
	}
	return string(text)
}

// Single writes the one line of a grid as a table of names and values.
func (g Grid) Single(label string) template.HTML {
	w := &markup.Writer{}
	w.Raw("<section").Class(markup.Scroll).Attr("aria-label", label).Raw(` tabindex="0">` + "\n<table").Class(markup.Single).Raw(">\n<tbody>\n")
	for i, c := range g.Columns {
		cell := g.Rows[0].Cells[i]
		cell.Numeric, cell.Day = false, false // values of different units do not line up
		w.Raw(`<tr><th scope="row">`).Text(c.Label).Raw("</th>")
		writeCell(w, "td", &cell, "", false)
		w.Raw("</tr>\n")
	}
	return w.Raw("</tbody>\n</table>\n</section>").HTML()
}

func (g *Grid) writeRow(w *markup.Writer, row *GridRow, s Style) {
	w.Raw("<tr")
	if row.Anchor != "" {
		w.Attr("id", row.Anchor)
	}
	w.Raw(">")
	if s.Numbered {
		w.Raw(`<th scope="row"`).Class(markup.Numeric).Raw(">").Text(strconv.Itoa(row.Number)).Raw("</th>")
	}
	for i := range row.Cells {
		g.writeCell(w, &row.Cells[i], i, s)
	}
	w.Raw("</tr>\n")
}

// writeCell writes the cell of a column.
func (g *Grid) writeCell(w *markup.Writer, c *GridCell, column int, s Style) {
	tag := template.HTML("td")
	if column == g.head && !s.Numbered {
		tag = "th"
	}
	label := ""
	if s.Stacks {
		label = g.Columns[column].heading()
	}
	writeCell(w, tag, c, label, s.Links || s.Traced && column == 0)
}

func (c *GridCell) sortsByRaw() bool {
	return (c.Numeric || c.Day) && !c.Missing && (c.Raw != c.Text || c.tie != "" || c.look != nil && c.look.says)
}

// writeCell writes a cell, with a heading of its own if that is not "".
func writeCell(w *markup.Writer, tag template.HTML, c *GridCell, label string, links bool) {
	if c.Spark != nil {
		writeSpark(w, c, label)
		return
	}
	w.Raw("<").Raw(tag)
	if tag == "th" {
		w.Raw(` scope="row"`)
	}
	if c.Anchor != "" {
		w.Attr("id", c.Anchor)
	}
	if label != "" {
		w.Data(markup.DataLabel, label)
	}
	switch {
	case c.Numeric && c.Missing:
		w.Class(markup.Numeric, markup.Missing)
	case c.look != nil && c.look.class != "":
		w.Class(markup.Numeric, c.look.class).Attr("style", c.look.style)
	case c.Numeric:
		w.Class(markup.Numeric)
	case c.Missing:
		w.Class(markup.Missing)
	case c.Day:
		w.Class(markup.Day)
	case c.Long:
		w.Class(markup.Long)
	}
	if c.sortsByRaw() {
		w.Data(markup.DataRaw, c.Raw) // by which the column sorts
	}
	if links && c.Cell != "" {
		w.Data(markup.DataCell, c.Cell)
	}
	w.Raw(">")
	together := c.look != nil && c.look.beside || label != "" && (c.look != nil || c.Note != "" || c.tie != "")
	if together {
		w.Raw("<span>")
	}
	if c.look != nil {
		w.Raw(c.look.before)
	}
	if c.Said != "" {
		w.Raw(c.Said)
	} else if links && c.Link != "" && !c.Missing {
		w.Raw("<a").Attr("href", c.Link).Raw(">").Text(c.Text).Raw("</a>")
	} else {
		w.Text(c.Text)
	}
	if c.tie != "" {
		w.Raw(`<span role="img"`).Attr("aria-label", c.tie).Raw(">=</span>")
	}
	if c.Note != "" {
		w.Raw(" <span").Class(markup.Unit).Raw(">").Text(c.Note).Raw("</span>")
	}
	if together {
		w.Raw("</span>")
	}
	w.Raw("</").Raw(tag).Raw(">")
}

// maxOutlets is how many are named where a line has many.
const maxOutlets = 3

func writeOutlets(w *markup.Writer, list []Outlet, v voice) {
	for i, o := range list[:min(maxOutlets, len(list))] {
		if i > 0 {
			w.Raw(", ")
		}
		w.Raw("<a").Attr("href", sourceLink(o.ID)).Raw(">").Text(o.Name).Raw("</a>")
	}
	if more := len(list) - maxOutlets; more > 0 {
		w.Text(" " + v.Say("and_more", "N", v.whole(more)))
	}
}
