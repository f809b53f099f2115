package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// dot draws a point for each value beside its name. With a series there are
// several beside a name, of different form, and a line between them shows how far
// they are apart. As it is their place that is read, the axis need not start at
// zero.
var dot = kind{
	channels: []channel{{name: "series", optional: true, as: AsGroup}, {name: "y", as: AsName}, {name: "x", as: AsValue}},
	panel:    Narrow,
	named:    true,
	prepare:  prepareDot,
	option:   dotOption,
}

func prepareDot(c *Chart, problems *diag.List) {
	names, measure, by := c.column("y"), c.column("x"), c.column("series")
	if !c.unit(measure).Numeric() || c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a dot plot needs a measure on x and names on y"}, "kind")
		return
	}
	if by < 0 {
		c.oncePerName(names, problems)
	} else {
		c.oncePerPlace(names, by, problems)
		c.Legend = c.groupLegend(by, dotForms()...)
	}
	c.claim(c.extremes(names, measure), claim.Words("Dot plot of "), claim.Names("row"))
}

// dotForms are what a legend calls the symbols.
func dotForms() []string {
	var list []string
	for _, s := range symbols {
		list = append(list, s.legend)
	}
	return list
}

func dotOption(c *Chart, width int) (map[string]any, int) {
	names, measure, by := c.column("y"), c.column("x"), c.column("series")
	known, labels := c.names(names)
	groups := []string{""}
	if by >= 0 {
		groups, _ = c.names(by)
	}
	chart := charts.NewScatter()
	ends := map[string][2]lineOf{} // of the line between the points of a name
	for _, group := range groups {
		var data []map[string]any
		for _, l := range c.lines {
			v := l.Values[measure]
			if v.IsMissing() || by >= 0 && c.known(l, by) != group {
				continue
			}
			name, item := c.known(l, names), map[string]any{"value": []any{number(v), c.known(l, names)}}
			if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
				item["itemStyle"] = map[string]any{"color": "var(--chart-quiet)", "borderColor": "var(--chart-quiet)"}
			}
			data = append(data, item)
			pair, ok := ends[name]
			if !ok {
				pair = [2]lineOf{l, l}
			}
			if v.Compare(pair[0].Values[measure]) < 0 {
				pair[0] = l
			}
			if v.Compare(pair[1].Values[measure]) > 0 {
				pair[1] = l
			}
			ends[name] = pair
		}
		chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "scatter", Name: group, Data: data})
	}
	option := base(&chart.BaseConfiguration)
	var between []any
	for _, name := range known {
		if pair, ok := ends[name]; ok && len(groups) > 1 {
			from, to := pair[0].Values[measure], pair[1].Values[measure]
			if from.Compare(to) < 0 {
				between = append(between, []any{map[string]any{"coord": []any{number(from), name}}, map[string]any{"coord": []any{number(to), name}}})
			}
		}
	}
	for i := range groups {
		series := option["series"].([]any)[i].(map[string]any)
		styleSymbol(series, i)
		if i == 0 && len(between) > 0 {
			series["markLine"] = map[string]any{"symbol": "none", "silent": true, "z": 1, "label": map[string]any{"show": false}, "data": between,
				"lineStyle": map[string]any{"color": ruleColor, "type": "solid", "width": 2}}
		}
	}
	low, high := c.extent(measure)
	axis, widest := c.looseAxis("xAxis", measure, low, high, max(2, width/150))
	height := c.nameGrid(option, known, labels, axis, widest, true, width)
	option["yAxis"].(map[string]any)["splitLine"] = map[string]any{"show": true, "lineStyle": map[string]any{"color": faintRule, "type": "dotted"}}
	return option, height
}

// styleSymbol gives the series at a place a colour and a form of its own.
func styleSymbol(series map[string]any, i int) {
	s := symbols[i%len(symbols)]
	color := "var(" + seriesColor(i) + ")"
	series["symbol"], series["symbolSize"] = s.name, 11
	series["itemStyle"] = map[string]any{"color": color, "opacity": 1}
	if s.name == "emptyCircle" {
		series["itemStyle"] = map[string]any{"color": color, "borderColor": color, "borderWidth": 2.5, "opacity": 1}
		series["symbolSize"] = 9
	}
}
