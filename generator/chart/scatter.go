package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// scatter draws a point for each line where its two measures meet. Label names the
// points; those that are singled out have their name beside them. A series gives
// points a colour and a form.
var scatter = kind{
	channels: []channel{
		{name: "label", as: AsName}, {name: "series", optional: true, as: AsLabel}, {name: "x", as: AsAcross}, {name: "y", as: AsValue},
	},
	panel:   smallPanel,
	prepare: prepareScatter,
	option:  scatterOption,
}

func prepareScatter(c *Chart, problems *diag.List) {
	x, y, names, by := c.column("x"), c.column("y"), c.column("label"), c.column("series")
	if !c.unit(x).Numeric() || !c.unit(y).Numeric() || c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a scatter needs measures on x and y, and names as label"}, "kind")
		return
	}
	c.oncePerName(names, problems)
	if by >= 0 {
		c.Legend = c.groupLegend(by, dotForms()...)
	}
	c.claim(c.extremes(names, y), claim.Words("Scatter plot of "), claim.Points("point"), claim.Words(": "), claim.Label(string(AsValue)), claim.Words(", and across "), claim.Label(string(AsAcross)))
}

func scatterOption(c *Chart, width int) (map[string]any, int) {
	x, y, names, by := c.column("x"), c.column("y"), c.column("label"), c.column("series")
	groups := []string{""}
	if by >= 0 {
		groups, _ = c.names(by)
	}
	chart := charts.NewScatter()
	for _, group := range groups {
		var data []map[string]any
		for _, l := range c.lines {
			if l.Values[x].IsMissing() || l.Values[y].IsMissing() || by >= 0 && c.known(l, by) != group {
				continue
			}
			item := map[string]any{"name": c.known(l, names), "value": []any{number(l.Values[x]), number(l.Values[y])}}
			switch {
			case c.highlighted(l):
				position := "right"
				if low, high := c.extent(x); l.Values[x].Float() > low+(high-low)*0.6 {
					position = "left"
				}
				item["label"] = map[string]any{"show": true, "formatter": literal(broken(c.write(l, names, quantity.Prose), width/3)), "position": position,
					"color": ink, "fontSize": fontSize, "lineHeight": lineHeight}
			case len(c.spec.Highlight) > 0:
				item["itemStyle"] = map[string]any{"color": "var(--chart-quiet)", "borderColor": "var(--chart-quiet)"}
			}
			data = append(data, item)
		}
		chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "scatter", Name: group, Data: data})
	}
	option := base(&chart.BaseConfiguration)
	for i := range groups {
		series := option["series"].([]any)[i].(map[string]any)
		styleSymbol(series, i)
		series["symbolSize"] = 9
		series["itemStyle"].(map[string]any)["opacity"] = 0.75
		series["labelLayout"] = map[string]any{"moveOverlap": "shiftY"}
	}
	lowX, highX := c.extent(x)
	lowY, highY := c.extent(y)
	across, widestX := c.looseAxis("xAxis", x, lowX, highX, max(2, width/120))
	up, widest := c.looseAxis("yAxis", y, lowY, highY, max(3, width/120))
	// What is measured stands at the ends of the axes, in plain words.
	name := map[string]any{"color": quietInk, "fontSize": fontSize, "fontWeight": "normal"}
	height, top, bottom := 360, 28, 44
	if c.column("by") >= 0 {
		height, top, bottom = 170, 10, 26
	} else {
		across["name"], across["nameLocation"], across["nameGap"], across["nameTextStyle"] = literal(c.Of.Columns[x].Label), "middle", 28, name
		left := map[string]any{"align": "left", "padding": []int{0, 0, 0, -widest - 8}}
		merge(left, name)
		up["name"], up["nameLocation"], up["nameGap"], up["nameTextStyle"] = literal(c.Of.Columns[y].Label), "end", 12, left
	}
	across["axisLine"] = map[string]any{"show": true, "onZero": false, "lineStyle": map[string]any{"color": ruleColor}}
	up["axisLine"] = map[string]any{"show": false, "onZero": false} // its name stands there
	option["xAxis"], option["yAxis"] = across, up
	option["grid"] = map[string]any{"left": widest + 12, "right": widestX/2 + 6, "top": top, "bottom": bottom, "outerBoundsMode": "none"}
	return option, height
}
