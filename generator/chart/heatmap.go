package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// heatmap colours the cell where a name on y meets a name on x by a measure, in the
// steps of a map, and writes the value into the cell where it fits.
var heatmap = kind{
	channels: []channel{{name: "y", as: AsName}, {name: "x", as: AsGroup}, {name: "value", as: AsValue}},
	panel:    Narrow,
	named:    true,
	steps:    true,
	prepare:  prepareHeatmap,
	option:   heatmapOption,
}

func prepareHeatmap(c *plot, problems *faults) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	if !c.unit(value).Numeric() {
		problems.add(diag.Problem{Message: "a heatmap needs a measure as value", Hint: "for kinds of things there is matrix"}, "value")
		return
	}
	c.requireUniquePlaces(y, x, problems)
	c.legend = c.classLegend(value)
	c.claim(c.extremes(y, value), claim.Words("Heat map of "), claim.Names("row"), claim.Words(" and "), claim.Groups("column"))
}

func heatmapOption(c *plot, width int) (*option, int) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	columns, columnTexts := c.axisNames(x)
	rows, rowTexts := c.names(y)
	longest, texts := 0, c.besideOf(c.whole, value)
	for _, text := range texts {
		longest = max(longest, textWidth(text))
	}
	left, lines, cell := 0, 0, 0
	for _, part := range []int{40, 30, 24, 40} { // names take less room where values need it, and it is enough for them
		left, lines = labelColumn(rowTexts, width*part/100)
		if cell = (width - left - 16) / max(1, len(columns)); longest+4 <= cell {
			break
		}
	}
	classes := c.classes(value)
	s := &series{SingleSeries: charts.SingleSeries{Type: "custom", RenderItem: "cell"}, Form: "cell", Dimensions: []string{"x", "y", "value"}}
	s.Encode = &opts.Encode{X: 0, Y: 1}
	for _, l := range c.lines {
		v := l.Values[value]
		cellOf := item{Value: []any{c.id(l, x), c.id(l, y), number(v)}, Color: colored(classes.color(v))}
		if longest+4 <= cell {
			cellOf.Text, cellOf.TextColor = literal(texts[v.Raw()]), colored(classes.color(v)+"-ink")
		}
		s.Data = append(s.Data, cellOf)
	}
	room, headLines := labelColumn(columnTexts, cell*4/5)
	style := labelStyle(room, headLines, 6)
	if c.inOrder(x) || cell < 20 {
		headLines, style = 1, someLabels(6)
	}
	o := newOption(s)
	o.XAxis, o.YAxis = nameAxis(columns, columnTexts, style), nameAxis(rows, rowTexts, labelStyle(left, lines, 8))
	if c.inOrder(x) {
		c.thin(o.XAxis, x, width-left-16)
	}
	o.XAxis.Position, o.XAxis.AxisLine = "top", unruled()
	o.YAxis.Inverse, o.YAxis.AxisLine = opts.Bool(true), unruled()
	top := headLines*lineHeight + 10
	o.Grid = margins(left+10, 6, top, 4)
	return o, top + 4 + len(rows)*max(26, lines*lineHeight+6)
}
