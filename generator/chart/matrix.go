package chart

import (
	"fmt"
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// matrix puts a symbol where a name on y meets a name on x. Its colour and its
// shape say which of at most four values stands there.
var matrix = kind{
	channels: []channel{{name: "y", as: AsName}, {name: "x", as: AsGroup}, {name: "value", as: AsValue}},
	panel:    Narrow,
	named:    true,
	prepare:  prepareMatrix,
	option:   matrixOption,
}

// symbols differ in shape as well as in colour.
var symbols = []struct{ name, legend, color string }{
	{"circle", "circle", "--chart-1"},
	{"emptyCircle", "ring", "--chart-2"},
	{"diamond", "diamond", "--chart-3"},
	{"rect", "square", "--chart-4"},
}

func prepareMatrix(c *Chart, problems *diag.List) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	seen := map[[2]string]bool{}
	counts := map[string]int{}
	for _, l := range c.lines {
		cell := [2]string{c.write(l, x, quantity.Prose), c.write(l, y, quantity.Prose)}
		if seen[cell] && !c.Of.Tainted {
			c.drawnTwice(problems, fmt.Sprintf("two lines meet at %q and %q", cell[0], cell[1]), "keep one line for each place in the aggregate")
		}
		seen[cell] = true
		counts[c.known(l, value)]++
	}
	values, texts := c.names(value)
	if len(values) > len(symbols) {
		c.spec.fail(problems, diag.Problem{Message: fmt.Sprintf("a matrix of %d different values", len(values)), Expected: fmt.Sprintf("%d or less", len(symbols))}, "value")
		return
	}
	var said []claim.Claim
	c.Legend = nil // each panel comes here
	for i, v := range values {
		c.Legend = append(c.Legend, LegendItem{Label: texts[i], Color: symbols[i].color, Symbol: symbols[i].legend})
		said = append(said, claim.Claim{Says: claim.Count, Names: texts[i : i+1], N: counts[v]})
	}
	c.claim(said, claim.Words("Matrix of "), claim.Names("row"), claim.Words(" and "), claim.Groups("column"))
}

// names lists the different values of a column, as the drawing knows them and as a
// reader sees them: in the order of the lines, but years and days by time.
func (c *Chart) names(column int) (known, texts []string) {
	lines := c.whole
	if c.inOrder(column) {
		lines = slices.SortedStableFunc(slices.Values(lines), func(a, b aggregate.Row) int { return a.Values[column].Compare(b.Values[column]) })
	}
	seen := map[string]bool{}
	for _, l := range lines {
		if name := c.known(l, column); !seen[name] {
			seen[name] = true
			known, texts = append(known, name), append(texts, c.write(l, column, quantity.Prose))
		}
	}
	return known, texts
}

func matrixOption(c *Chart, width int) (map[string]any, int) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	columns, columnTexts := c.names(x)
	rows, rowTexts := c.names(y)
	s := charts.NewScatter()
	s.SetXAxis(columns)
	values, _ := c.names(value)
	for _, v := range values {
		var data []opts.ScatterData
		for _, l := range c.lines {
			if c.known(l, value) == v {
				data = append(data, opts.ScatterData{Value: []string{c.known(l, x), c.known(l, y)}})
			}
		}
		s.AddSeries(v, data)
	}
	option := base(&s.BaseConfiguration)
	for i := range values {
		series := option["series"].([]any)[i].(map[string]any)
		color := "var(" + symbols[i].color + ")"
		series["symbol"], series["symbolSize"] = symbols[i].name, 12
		series["itemStyle"] = map[string]any{"color": color, "opacity": 1}
		if symbols[i].name == "emptyCircle" {
			series["itemStyle"] = map[string]any{"color": color, "borderColor": color, "borderWidth": 2.5, "opacity": 1}
			series["symbolSize"] = 10
		}
	}
	left, lines := labelColumn(rowTexts, width*2/5)
	room, headLines := labelColumn(columnTexts, (width-left-20)/max(1, len(columns))-4)
	split := map[string]any{"show": true, "lineStyle": map[string]any{"color": faintRule}}
	xAxis := nameAxis(columns, columnTexts, labelStyle(room, headLines, 8))
	xAxis["position"], xAxis["axisLine"] = "top", map[string]any{"show": false}
	yAxis := nameAxis(rows, rowTexts, labelStyle(left, lines, 8))
	yAxis["inverse"], yAxis["splitLine"], yAxis["axisLine"] = true, split, map[string]any{"show": false}
	option["xAxis"], option["yAxis"] = xAxis, yAxis
	top := headLines*lineHeight + 12
	option["grid"] = map[string]any{"left": left + 10, "right": 6, "top": top, "bottom": 6, "outerBoundsMode": "none"}
	return option, top + 6 + len(rows)*max(24, lines*lineHeight+6)
}
