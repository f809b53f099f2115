package chart

import (
	"fmt"

	"broadsheet/generator/diag"
	"broadsheet/generator/figure"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// matrix puts a symbol where a name on y meets a name on x. Its colour and its
// shape say which of at most four values stands there.
var matrix = kind{
	channels: []channel{{name: "y"}, {name: "x"}, {name: "value"}},
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
		cell := [2]string{c.write(l, x, figure.Prose), c.write(l, y, figure.Prose)}
		if seen[cell] && !c.Of.Tainted {
			c.spec.fail(problems, diag.Problem{Message: fmt.Sprintf("two lines meet at %q and %q", cell[0], cell[1])}, "of")
		}
		seen[cell] = true
		counts[c.write(l, value, figure.Prose)]++
	}
	values := c.names(value)
	if len(values) > len(symbols) {
		c.spec.fail(problems, diag.Problem{Message: fmt.Sprintf("a matrix of %d different values", len(values)), Expected: fmt.Sprintf("%d or less", len(symbols))}, "value")
		return
	}
	said := ""
	for i, v := range values {
		c.Legend = append(c.Legend, LegendItem{Label: v, Color: symbols[i].color, Symbol: symbols[i].legend})
		said += fmt.Sprintf(" %s: %d.", v, counts[v])
	}
	c.Alt = fmt.Sprintf("Matrix of %s and %s.%s", count(len(c.names(y)), "row"), count(len(c.names(x)), "column"), said)
}

// names lists the different texts of a column, in the order of the lines; for
// dates, years and numbers in their own.
func (c *Chart) names(column int) []string {
	var list []string
	seen := map[string]bool{}
	for _, l := range c.lines {
		if name := c.write(l, column, figure.Prose); !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	return list
}

func matrixOption(c *Chart, width int) (map[string]any, int) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	columns, rows := c.names(x), c.names(y)
	s := charts.NewScatter()
	s.SetXAxis(columns)
	values := c.names(value)
	for _, v := range values {
		var data []opts.ScatterData
		for _, l := range c.lines {
			if c.write(l, value, figure.Prose) == v {
				data = append(data, opts.ScatterData{Value: []string{c.write(l, x, figure.Prose), c.write(l, y, figure.Prose)}})
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
	left, lines := labelColumn(rows, width*2/5)
	_, headLines := labelColumn(columns, (width-left-20)/max(1, len(columns))-4)
	split := map[string]any{"show": true, "lineStyle": map[string]any{"color": faintRule}}
	option["xAxis"] = map[string]any{
		"type": "category", "data": columns, "position": "top",
		"axisLine": map[string]any{"show": false}, "axisTick": map[string]any{"show": false},
		"axisLabel": map[string]any{"color": ink, "fontSize": fontSize, "interval": 0, "width": (width - left - 20) / max(1, len(columns)), "overflow": "break", "lineHeight": lineHeight},
	}
	option["yAxis"] = map[string]any{
		"type": "category", "data": rows, "inverse": true, "splitLine": split,
		"axisLine": map[string]any{"show": false}, "axisTick": map[string]any{"show": false},
		"axisLabel": labelStyle(left, lines, 8),
	}
	top := headLines*lineHeight + 12
	option["grid"] = map[string]any{"left": left + 10, "right": 6, "top": top, "bottom": 6, "outerBoundsMode": "none"}
	return option, top + 6 + len(rows)*max(24, lines*lineHeight+6)
}
