package chart

import (
	"slices"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// treemap draws a tile for each line, as large as its value, named where the name
// fits. With a parent, tiles lie within what they are parts of.
var treemap = kind{
	channels: []channel{{name: "parent", optional: true, as: AsGroup}, {name: "label", as: AsName}, {name: "value", as: AsValue}},
	panel:    Narrow,
	prepare:  prepareTreemap,
	option:   treemapOption,
}

// smallestTile is the share of all that takes about 13 pixels by 13 in a narrow column.
const smallestTile = 0.002

func prepareTreemap(c *Chart, problems *diag.List) {
	names, value, parent := c.column("label"), c.column("value"), c.column("parent")
	if !c.unit(value).Numeric() || c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a treemap needs names as label and a measure as value"}, "kind")
		return
	}
	if parent >= 0 {
		c.oncePerPlace(names, parent, problems)
		c.Legend = c.groupLegend(parent, "square")
	} else {
		c.oncePerName(names, problems)
	}
	sum := 0.0
	for _, l := range c.lines {
		if v := l.Values[value]; !v.IsMissing() {
			sum += v.Float()
		}
	}
	for _, l := range c.lines {
		v := l.Values[value]
		if v.Sign() > 0 && v.Float() < sum*smallestTile && !c.Of.Tainted {
			c.spec.fail(problems, diag.Problem{Message: "a tile too small to be seen: " + diag.Quote(c.write(l, names, quantity.Prose)) + ", " + c.write(l, value, quantity.Prose), Hint: "put the smallest together in the aggregate"}, "value")
			return
		}
		if !v.IsMissing() && v.Sign() <= 0 && !c.Of.Tainted {
			c.spec.fail(problems, diag.Problem{Message: "a tile without a size: " + diag.Quote(c.write(l, names, quantity.Prose)) + ", " + c.write(l, value, quantity.Prose), Hint: "draw bars, or leave it out in the aggregate"}, "value")
			return
		}
	}
	c.claim(c.extremes(names, value), claim.Words("Treemap of "), claim.Rows("tile"))
}

func treemapOption(c *Chart, width int) (map[string]any, int) {
	names, value, parent := c.column("label"), c.column("value"), c.column("parent")
	parents := []string{""}
	if parent >= 0 {
		parents, _ = c.names(parent)
	}
	var tree []map[string]any
	for i, p := range parents {
		var tiles []map[string]any
		for _, l := range c.lines {
			if l.Values[value].IsMissing() || parent >= 0 && c.known(l, parent) != p {
				continue
			}
			color := seriesColor(i)
			if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
				color = "--chart-6"
			}
			tiles = append(tiles, map[string]any{
				"name": c.known(l, names), "value": number(l.Values[value]), "itemStyle": map[string]any{"color": "var(" + color + ")"},
				"label": map[string]any{"formatter": literal(c.write(l, names, quantity.Prose) + "\n" + c.write(l, value, quantity.Short))},
			})
		}
		switch {
		case parent < 0:
			tree = tiles
		case len(tiles) > 0:
			tree = append(tree, map[string]any{"name": p, "children": tiles, "itemStyle": map[string]any{"color": "var(" + seriesColor(i) + ")"}})
		}
	}
	chart := charts.NewTreeMap()
	chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "treemap", Data: tree})
	option := base(&chart.BaseConfiguration)
	series := option["series"].([]any)[0].(map[string]any)
	for key, v := range map[string]any{
		"left": 0, "right": 0, "top": 0, "bottom": 0, "roam": false, "nodeClick": false, "breadcrumb": map[string]any{"show": false}, "sort": "desc", "visibleMin": 0, "childrenVisibleMin": 0,
		"itemStyle": map[string]any{"borderColor": "var(--paper)", "borderWidth": 1, "gapWidth": 1},
		"label":     map[string]any{"show": true, "position": "insideTopLeft", "color": "var(--paper)", "fontSize": fontSize, "lineHeight": lineHeight + 1, "padding": 4, "overflow": "break"},
		"levels":    []any{map[string]any{"itemStyle": map[string]any{"borderWidth": 0, "gapWidth": 4}}, map[string]any{"itemStyle": map[string]any{"borderColor": "var(--paper)", "borderWidth": 0, "gapWidth": 1}}},
	} {
		series[key] = v
	}
	if parent < 0 {
		series["levels"] = []any{map[string]any{"itemStyle": map[string]any{"borderWidth": 0, "gapWidth": 1, "borderColor": "var(--paper)"}}}
	}
	return option, max(260, min(420, width*3/5)) + 10*max(0, slices.Max([]int{len(c.lines) - 40, 0})/10)
}
