package check

import (
	"bytes"
	"slices"
	"strings"

	"broadsheet/generator/figure"

	"golang.org/x/net/html"
)

// chartFigure is a <figure class="chart"> of a finished page.
type chartFigure struct {
	id       string
	drawings []drawing
	table    *table
	download string // as the link says it
}

// drawing is an <svg> with marks.
type drawing struct {
	name  string // "the wide drawing"
	alt   string
	marks []mark
	lines []string // paths of lines through points
	texts []label
}

// label is a text of a drawing.
type label struct {
	place string // its transform
	text  string
}

// mark is a shape that stands for a value; see package chart/svg.
type mark struct {
	series, index string
	at            key
	value, stack  string
	path          string
	transform     string
	look          string // its form and colours
}

// key is where a value stands: at a name, or where a name meets a group.
type key struct{ name, group string }

// table is the data of a chart as a reader sees it.
type table struct {
	columns []column
	rows    [][]cell
}

type column struct {
	as    string // "name", "group", "value", "label"
	name  string // in the download
	label string
	unit  figure.Unit
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

func (t *table) key(row []cell) key { return key{same(t.raw(row, "name")), same(t.raw(row, "group"))} }

// same makes equal what means the same: N/A in a drawing is an empty cell elsewhere.
func same(name string) string {
	if name == (figure.Words.Format(figure.Value{}, figure.Prose)) {
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
				if a := attributes(z, more); slices.Contains(strings.Fields(a["class"]), "chart") {
					f = &chartFigure{id: strings.TrimPrefix(a["id"], "chart-")}
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
			r.start(tag, attributes(z, more))
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

func attributes(z *html.Tokenizer, more bool) map[string]string {
	a := map[string]string{}
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
}

func (r *figureReader) start(tag string, a map[string]string) {
	switch {
	case tag == "svg":
		name := "the drawing"
		for _, class := range strings.Fields(a["class"]) {
			if class == "wide" || class == "narrow" {
				name = "the " + class + " drawing"
			}
		}
		r.f.drawings = append(r.f.drawings, drawing{name: name, alt: strings.TrimPrefix(a["aria-label"], a["data-said"]+" ")})
		r.drawing = &r.f.drawings[len(r.f.drawings)-1]
	case r.drawing != nil:
		_, named := a["data-name"]
		_, valued := a["data-value"]
		if named || valued {
			r.drawing.marks = append(r.drawing.marks, mark{
				series: a["data-series"], index: a["data-index"], at: key{same(a["data-name"]), same(a["data-group"])},
				value: same(a["data-value"]), stack: a["data-stack"], path: a["d"], transform: a["transform"],
				look: a["d"] + " " + a["fill"] + " " + a["stroke"],
			})
		} else if tag == "path" && a["stroke-linejoin"] == "bevel" {
			r.drawing.lines = append(r.drawing.lines, a["d"])
		} else if tag == "text" {
			r.drawing.texts = append(r.drawing.texts, label{place: a["transform"]})
		}
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
		r.table.columns = append(r.table.columns, column{as: a["data-as"], name: a["data-column"], unit: figure.Unit(a["data-unit"])})
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
		r.drawing = nil
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
