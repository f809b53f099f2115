package check

import (
	"bytes"
	"slices"
	"strings"

	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"

	"golang.org/x/net/html"
)

// chartFigure is a chart of a finished page.
type chartFigure struct {
	id       string
	drawings []drawing
	table    *table
	download string // as the link says it
	claims   string // what its alt text claims, as data
}

// drawing is an <svg> with marks.
type drawing struct {
	name  string // "the wide drawing"
	alt   string
	marks []mark
	lines []line // paths of lines through points
	texts []label
	spans []span
}

// line is a path through points.
type line struct {
	panel string
	path  string
}

// label is a text of a drawing.
type label struct {
	panel string
	place string // its transform
	text  string

	// of a label of an axis
	names, values string // "x" or "y"
	tick          string // the raw name or value that it stands for

	at string // of words at a point of a line: its series and index
}

// mark is a shape that stands for a value; see package chart/svg.
type mark struct {
	series, index string
	at            key // with the role of its value, if it has only one
	value, stack  string
	from          string
	others        map[string]string // further values: "low", "high", "across"
	valued        bool
	path          string
	transform     string
	look          string // its form and colours
	fill          string
}

// key is where a value is drawn: at a name, or where a name meets a group, in a panel
// of small multiples. The value itself has no role.
type key struct{ name, group, panel, role string }

// roles are what a value can be beside the value itself.
var (
	roles  = []string{"low", "high", "across"}
	roleAt = map[string]markup.Data{"low": markup.DataLow, "high": markup.DataHigh, "across": markup.DataAcross}
)

// table is the data of a chart as a reader sees it.
type table struct {
	columns []column
	rows    [][]cell
}

type column struct {
	as    string // "name", "group", "panel", "value", "low", "high", "across", "binned", "label", "total", "when"
	name  string // in the download
	label string
	unit  quantity.Unit
	every quantity.Period // of times
	log   bool            // on a logarithmic scale
}

type cell struct {
	text string
	raw  string
}

// column is the place of the column that is drawn as a name, a value, …; -1 if none.
func (t *table) column(as string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return c.as == as })
}

// raw is what a cell of a row stands for; a row may be too short.
func (t *table) raw(row []cell, as string) string {
	if i := t.column(as); i >= 0 && i < len(row) {
		return row[i].raw
	}
	return ""
}

func (t *table) key(row []cell) key {
	return key{name: same(t.raw(row, "name")), group: same(t.raw(row, "group")), panel: same(t.raw(row, "panel"))}
}

// measure is what the column of values is called: those of a histogram are binned,
// and an interval may have none of its own.
func (t *table) measure() string {
	for _, as := range []string{"value", "binned", "high"} {
		if t.column(as) >= 0 {
			return as
		}
	}
	return ""
}

// unit is the unit of the values.
func (t *table) unit() quantity.Unit { return t.columns[t.column(t.measure())].unit }

// same makes equal what means the same: N/A in a drawing is an empty cell elsewhere.
func same(name string) string {
	if quantity.SaysMissing(name) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(name, "\r", "\n"))
}

// chartFigures reads the charts of a page.
func chartFigures(text []byte) []*chartFigure {
	start := bytes.Index(text, []byte("<figure"))
	if start < 0 {
		return nil
	}
	var list []*chartFigure
	var f *chartFigure // the one that is open
	var r *figureReader
	depth := 0 // of figures
	z := html.NewTokenizer(bytes.NewReader(text[start:]))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return list
		}
		if f == nil && kind == html.StartTagToken {
			if name, more := z.TagName(); string(name) == "figure" {
				if a := attributes(z, more); markup.Chart.In(a["class"]) {
					id, _ := markup.ChartID(a["id"])
					f = &chartFigure{id: id, claims: a.data(markup.DataClaims)}
					r, depth = &figureReader{f: f}, 1
					list = append(list, f)
				}
			}
			continue
		}
		if f == nil {
			continue
		}
		switch kind {
		case html.TextToken:
			r.text(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			if tag == "figure" {
				depth++
			}
			if a := attributes(z, more); kind == html.StartTagToken || tag != "g" {
				r.start(tag, a)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
			if string(name) == "figure" {
				if depth--; depth == 0 {
					f = nil
				}
			}
		}
	}
}

// attributeMap is the attributes of a tag.
type attributeMap map[string]string

func (a attributeMap) data(name markup.Data) string { return a[string(name)] }

func attributes(z *html.Tokenizer, more bool) attributeMap {
	a := attributeMap{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		a[string(key)] = string(value)
	}
	return a
}

// figureReader goes through the tags of a figure.
type figureReader struct {
	f       *chartFigure
	drawing *drawing // that is open
	table   *table   // that is open
	column  *column  // that is open
	cell    *cell    // that is open
	said    bool     // the cell has a <data>
	panels  []string // of the groups of shapes that are open
}

// panel is that which is open.
func (r *figureReader) panel() string {
	for _, p := range slices.Backward(r.panels) {
		if p != "" {
			return p
		}
	}
	return ""
}

func (r *figureReader) start(tag string, a attributeMap) {
	switch {
	case tag == "svg":
		name := "the drawing"
		for _, class := range []markup.Class{markup.Wide, markup.Middle, markup.Narrow} {
			if class.In(a["class"]) {
				name = "the " + string(class) + " drawing"
			}
		}
		r.f.drawings = append(r.f.drawings, drawing{name: name, alt: strings.TrimPrefix(a["aria-label"], a.data(markup.DataSaid)+" ")})
		r.drawing = &r.f.drawings[len(r.f.drawings)-1]
	case r.drawing != nil:
		r.shape(tag, a)
	case tag == "table" && r.f.table == nil:
		r.f.table = &table{}
		r.table = r.f.table
	case tag == "a":
		if _, ok := a["download"]; ok && r.f.download == "" && strings.HasSuffix(a["href"], ".csv") {
			r.f.download = a["href"]
		}
	case r.table == nil:
	case tag == "tr":
		r.table.rows = append(r.table.rows, nil)
	case tag == "th" && a["scope"] == "col":
		c := column{log: a.data(markup.DataScale) == "log", as: a.data(markup.DataAs), name: a.data(markup.DataColumn), unit: quantity.Parse(a.data(markup.DataUnit))}
		if c.every = c.unit.Period(); a.data(markup.DataEvery) != "" {
			c.every, _ = quantity.ParsePeriod(a.data(markup.DataEvery))
		}
		r.table.columns = append(r.table.columns, c)
		r.column = &r.table.columns[len(r.table.columns)-1]
	case (tag == "th" || tag == "td") && len(r.table.rows) > 0:
		row := &r.table.rows[len(r.table.rows)-1]
		*row = append(*row, cell{})
		r.cell, r.said = &(*row)[len(*row)-1], false
	case tag == "data" && r.cell != nil:
		r.cell.raw, r.said = a["value"], true
	case tag == "span":
		r.column = nil // the unit of the heading
	}
}

// shape reads a shape of the drawing that is open.
func (r *figureReader) shape(tag string, a attributeMap) {
	_, named := a[string(markup.DataName)]
	_, valued := a[string(markup.DataValue)]
	switch {
	case tag == "g":
		r.panels = append(r.panels, same(a.data(markup.DataPanel)))
	case named || valued:
		m := mark{
			series: a.data(markup.DataSeries), index: a.data(markup.DataIndex), at: key{name: same(a.data(markup.DataName)), group: same(a.data(markup.DataGroup)), panel: r.panel()},
			value: same(a.data(markup.DataValue)), stack: a.data(markup.DataStack), from: a.data(markup.DataFrom), path: a["d"], transform: a["transform"],
			look: a["d"] + " " + a["fill"] + " " + a["stroke"], fill: a["fill"], valued: valued, others: map[string]string{},
		}
		for _, role := range roles {
			if value, ok := a[string(roleAt[role])]; ok {
				m.others[role] = value
			}
		}
		r.drawing.marks = append(r.drawing.marks, m)
	case tag == "path" && a.data(markup.DataValues) != "":
		r.drawing.spans = append(r.drawing.spans, span{r.panel(), a.data(markup.DataTick), a.data(markup.DataValues), a["d"]})
	case tag == "path" && a["stroke-linejoin"] == "bevel":
		r.drawing.lines = append(r.drawing.lines, line{r.panel(), a["d"]})
	case tag == "text":
		r.drawing.texts = append(r.drawing.texts, label{panel: r.panel(), place: a["transform"], names: a.data(markup.DataNames), values: a.data(markup.DataValues), tick: a.data(markup.DataTick), at: pointOf(a.data(markup.DataSeries), a.data(markup.DataIndex))})
	}
}

func (r *figureReader) text(text []byte) {
	switch {
	case r.drawing != nil:
		if n := len(r.drawing.texts); n > 0 {
			r.drawing.texts[n-1].text += strings.TrimSpace(string(text))
		}
	case r.cell != nil:
		r.cell.text += string(text)
	case r.column != nil:
		r.column.label += string(text)
	}
}

func (r *figureReader) end(tag string) {
	switch tag {
	case "svg":
		r.drawing, r.panels = nil, nil
	case "g":
		if len(r.panels) > 0 {
			r.panels = r.panels[:len(r.panels)-1]
		}
	case "th", "td":
		if r.cell != nil && !r.said {
			r.cell.raw = r.cell.text
			if same(r.cell.text) == "" {
				r.cell.raw = ""
			}
		}
		r.cell, r.column = nil, nil
	case "table":
		if r.table != nil { // the heading's row has no cells
			r.table.rows = slices.DeleteFunc(r.table.rows, func(row []cell) bool { return len(row) == 0 })
		}
		r.table = nil
	}
}
