package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
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

func prepareHeatmap(c *Chart, problems *diag.List) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	if !c.unit(value).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a heatmap needs a measure as value", Hint: "for kinds of things there is matrix"}, "value")
		return
	}
	c.oncePerPlace(y, x, problems)
	c.Legend = c.stepLegend(value)
	c.claim(c.extremes(y, value), claim.Words("Heat map of "), claim.Names("row"), claim.Words(" and "), claim.Groups("column"))
}

func heatmapOption(c *Chart, width int) (map[string]any, int) {
	x, y, value := c.column("x"), c.column("y"), c.column("value")
	columns, columnTexts := c.names(x)
	rows, rowTexts := c.names(y)
	left, lines := labelColumn(rowTexts, width*2/5)
	cell := (width - left - 16) / max(1, len(columns))
	longest := 0
	for _, l := range c.whole {
		longest = max(longest, textWidth(c.write(l, value, quantity.Short)))
	}
	steps, _ := c.steps(value)
	var data []map[string]any
	for _, l := range c.lines {
		v := l.Values[value]
		item := map[string]any{"value": []any{c.known(l, x), c.known(l, y), number(v)}, "color": "var(" + c.stepOf(v, steps) + ")"}
		if longest+4 <= cell {
			item["text"], item["textColor"] = literal(c.write(l, value, quantity.Short)), "var("+c.stepOf(v, steps)+"-ink)"
		}
		data = append(data, item)
	}
	chart := charts.NewCustom()
	chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "custom", Data: data})
	option := base(&chart.BaseConfiguration)
	series := option["series"].([]any)[0].(map[string]any)
	series["renderItem"], series["form"] = "cell", "cell"
	series["dimensions"], series["encode"] = []string{"x", "y", "value"}, map[string]any{"x": 0, "y": 1}

	room, headLines := labelColumn(columnTexts, cell*4/5)
	some := c.inOrder(x) || cell < 20 // say enough
	if some {
		headLines = 1
	}
	style := labelStyle(room, headLines, 6)
	if some {
		delete(style, "interval")
		style["hideOverlap"] = true
	}
	xAxis := nameAxis(columns, columnTexts, style)
	xAxis["position"], xAxis["axisLine"] = "top", map[string]any{"show": false}
	yAxis := nameAxis(rows, rowTexts, labelStyle(left, lines, 8))
	yAxis["inverse"], yAxis["axisLine"] = true, map[string]any{"show": false}
	option["xAxis"], option["yAxis"] = xAxis, yAxis
	top := headLines*lineHeight + 10
	option["grid"] = map[string]any{"left": left + 10, "right": 6, "top": top, "bottom": 4, "outerBoundsMode": "none"}
	return option, top + 4 + len(rows)*max(26, lines*lineHeight+6)
}
