package chart

import (
	"fmt"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// matrix puts a symbol where a name on y meets a name on x. Its colour and its
// shape say which of at most four values is there.
var matrix = kind{
	channels: []channel{{name: "y", as: AsName}, {name: "x", as: AsGroup}, {name: "value", as: AsValue}},
	panel:    Narrow,
	named:    true,
	colored:  byChannel("value"),
	symbols:  true,
	prepare:  prepareMatrix,
	option:   matrixOption,
}

// maxShapes is how many shapes a reader can tell apart.
const maxShapes = 4

func prepareMatrix(c *plot, problems *faults) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	c.requireUniquePlaces(y, x, problems)
	counts := map[string]int{}
	for _, l := range c.lines {
		counts[c.id(l, value)]++
	}
	values, texts := c.names(value)
	if len(values) > maxShapes {
		problems.add(diag.Problem{Message: fmt.Sprintf("a matrix of %d different values", len(values)), Expected: fmt.Sprintf("%d or fewer", maxShapes)}, "value")
		return
	}
	var said []claim.Claim
	c.legend = c.groupLegend(value, "")
	for i, v := range values {
		said = append(said, claim.Claim{Says: claim.Count, Names: texts[i : i+1], N: counts[v]})
	}
	c.claim(said, claim.Words("Matrix of "), claim.Names("row"), claim.Words(" and "), claim.Groups("column"))
}

func matrixOption(c *plot, width int) (*option, int) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	columns, columnTexts := c.axisNames(x)
	rows, rowTexts := c.names(y)
	o := newOption()
	values, _ := c.names(value)
	paints := c.paints(value)
	for _, v := range values {
		s := symbolSeries(paints[v], v)
		s.SymbolSize = 12
		if paints[v].hollow() {
			s.SymbolSize = 10
		}
		for _, l := range c.lines {
			if c.id(l, value) == v {
				s.Data = append(s.Data, item{Value: []string{c.id(l, x), c.id(l, y)}})
			}
		}
		o.Series = append(o.Series, s)
	}
	left, lines := labelColumn(rowTexts, width*2/5)
	room, headLines := labelColumn(columnTexts, (width-left-20)/max(1, len(columns))-4)
	o.XAxis, o.YAxis = nameAxis(columns, columnTexts, labelStyle(room, headLines, 8)), nameAxis(rows, rowTexts, labelStyle(left, lines, 8))
	o.XAxis.Position, o.XAxis.AxisLine = "top", unruled()
	o.YAxis.Inverse, o.YAxis.AxisLine = opts.Bool(true), unruled()
	o.YAxis.SplitLine = &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: faintRule}}
	top := headLines*lineHeight + 12
	o.Grid = margins(left+10, 6, top, 6)
	return o, top + 6 + len(rows)*max(24, lines*lineHeight+6)
}
