package check

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"

	"golang.org/x/net/html"
)

// What a table computes of its rows, and draws beside its numbers, is made again of the values of its cells: totals, ranks and bars.

const gridHint = "write tables with the shortcode table, or in a template with (site.Params.report.Pick …).HTML"

var barAt = regexp.MustCompile(`--from: (-?[\d.e+-]+)%; --to: ([\d.e+-]+)%`)

// gridColumn is a column of a table.
type gridColumn struct {
	name, show string
	cells      []*html.Node // of rows
}

// computed checks a table that says what its columns look like or come to.
func (w *walk) computed(n *html.Node) {
	var columns []gridColumn
	computes := false
	for part := range n.ChildNodes() {
		computes = computes || part.Data == "tfoot"
		if part.Data != "thead" {
			continue
		}
		for c := range part.Descendants() {
			if c.Data == "th" {
				columns = append(columns, gridColumn{name: attribute(c, string(markup.DataColumn)), show: attribute(c, string(markup.DataShow))})
				computes = computes || columns[len(columns)-1].show != "" || strings.HasPrefix(columns[len(columns)-1].name, markup.RankBy)
			}
		}
	}
	if !computes {
		return
	}
	parts := map[*html.Node][]*html.Node{} // rows by the body that holds them
	var heads, feet []*html.Node
	for c := range n.Descendants() {
		switch {
		case c.Data != "tr":
		case c.Parent.Data == "tfoot" && attribute(c.Parent, string(markup.DataShow)) != "":
			feet = append(feet, c)
		case markup.Group.In(attribute(c, "class")):
			heads = append(heads, c)
		case c.Parent.Data == "tbody":
			parts[c.Parent] = append(parts[c.Parent], c)
			parts[nil] = append(parts[nil], c)
			for i, cell := range cellsOf(c) {
				if i < len(columns) {
					columns[i].cells = append(columns[i].cells, cell)
				}
			}
		}
	}
	fail := func(what string, cell *html.Node, expected string) {
		w.fail(diag.Problem{Message: what + " in a table", Found: diag.Quote(strings.TrimSpace(content(cell))), Expected: expected, Hint: gridHint}, content(cell))
	}
	for _, foot := range feet {
		checkSums(foot, parts[nil], fail)
	}
	for _, head := range heads {
		checkSums(head, parts[head.Parent], fail)
	}
	for _, c := range columns {
		if c.show == "bar" {
			checkCellBars(c, fail)
		}
		of, ranked := strings.CutPrefix(c.name, markup.RankBy)
		for _, other := range columns {
			if ranked && other.name == of {
				checkRanks(c, other, fail)
			}
		}
	}
}

// cellsOf are the cells of a row; a heading that spans columns stands for each of them.
func cellsOf(row *html.Node) (list []*html.Node) {
	for c := range row.ChildNodes() {
		if c.Data != "td" && c.Data != "th" {
			continue
		}
		span, err := strconv.Atoi(attribute(c, "colspan"))
		if err != nil {
			span = 1
		}
		for range span {
			list = append(list, c)
		}
	}
	return list
}

// number is that of a cell; false where it has none.
func number(cell *html.Node) (*big.Rat, bool) {
	if cell.Data == "th" { // the name of a row
		return nil, false
	}
	return valueOf(cell)
}

// valueOf is what a cell holds, also one that names its row.
func valueOf(cell *html.Node) (*big.Rat, bool) {
	if markup.Missing.In(attribute(cell, "class")) {
		return nil, false
	}
	raw, given := lookUp(cell.Attr, string(markup.DataRaw))
	if !given {
		raw = strings.TrimSpace(content(cell))
	}
	return new(big.Rat).SetString(raw)
}

func checkSums(total *html.Node, rows []*html.Node, fail func(string, *html.Node, string)) {
	for i, cell := range cellsOf(total) {
		said, is := number(cell)
		if !is {
			continue
		}
		sum := new(big.Rat)
		for _, row := range rows {
			cells := cellsOf(row)
			if i >= len(cells) {
				continue
			}
			v, known := number(cells[i])
			if !known {
				fail("a total", cell, "none, as a value is missing")
				return
			}
			sum.Add(sum, v)
		}
		if sum.Cmp(said) != 0 {
			fail("a total", cell, sum.FloatString(2)+", which the rows come to")
		}
	}
}

func checkRanks(ranks, of gridColumn, fail func(string, *html.Node, string)) {
	for i, cell := range ranks.cells {
		rank, ranked := valueOf(cell)
		v, known := valueOf(of.cells[i])
		if !known {
			if ranked {
				fail("a rank", cell, "none, as the value is missing")
			}
			continue
		}
		above, below := int64(1), int64(1)
		for _, other := range of.cells {
			if o, known := valueOf(other); known {
				switch o.Cmp(v) {
				case 1:
					above++
				case -1:
					below++
				}
			}
		}
		if !ranked || rank.Cmp(big.NewRat(above, 1)) != 0 && rank.Cmp(big.NewRat(below, 1)) != 0 {
			fail("a rank", cell, strconv.FormatInt(above, 10)+", or "+strconv.FormatInt(below, 10)+" from the lowest")
			return
		}
	}
}

// checkCellBars holds bars to one scale from zero. What is not nothing has a bar of one percent at least.
func checkCellBars(c gridColumn, fail func(string, *html.Node, string)) {
	low, high := 0.0, 0.0
	var values []float64
	for _, cell := range c.cells {
		v := math.NaN()
		if r, known := number(cell); known {
			v, _ = r.Float64()
			low, high = math.Min(low, v), math.Max(high, v)
		}
		values = append(values, v)
	}
	for i, cell := range c.cells {
		style := ""
		for b := range cell.Descendants() {
			if b.Type == html.ElementNode && markup.Bar.In(attribute(b, "class")) {
				style = attribute(b, "style")
			}
		}
		ends, drawn := numbers(barAt, style)
		if math.IsNaN(values[i]) || high == low {
			continue
		}
		from, to := -low/(high-low)*100, (values[i]-low)/(high-low)*100
		if !drawn || math.Abs(ends[0]-math.Min(from, to)) > 1.01 || math.Abs(ends[1]-math.Max(from, to)) > 1.01 {
			fail("a bar", cell, "one as long as its number")
			return
		}
	}
}
