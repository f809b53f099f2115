package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// interval draws a line from low to high for each name, such as an estimate's
// uncertainty, and a point at the estimate itself where value names its column.
// Names on y make intervals that lie, names on x such that stand.
var interval = kind{
	channels: []channel{
		{name: "x", optional: true, as: AsName}, {name: "y", optional: true, as: AsName},
		{name: "value", optional: true, as: AsValue}, {name: "low", as: AsLow}, {name: "high", as: AsHigh},
	},
	panel:   Narrow,
	named:   true,
	prepare: prepareInterval,
	option:  intervalOption,
}

// nameColumn is the column on that of two axes which has names.
func (c *Chart) nameColumn() (column int, lying bool) {
	if y := c.column("y"); y >= 0 {
		return y, true
	}
	return c.column("x"), false
}

func prepareInterval(c *Chart, problems *diag.List) {
	if (c.column("x") < 0) == (c.column("y") < 0) {
		c.spec.fail(problems, diag.Problem{Message: "a range needs names on one axis", Expected: "x or y, and low and high for the other"}, "kind")
		return
	}
	names, _ := c.nameColumn()
	value, low, high := c.column("value"), c.column("low"), c.column("high")
	for _, i := range []int{value, low, high} {
		if i >= 0 && !c.unit(i).Numeric() {
			c.spec.fail(problems, diag.Problem{Message: "a range needs measures as low, high and value"}, "kind")
			return
		}
	}
	c.oncePerName(names, problems)
	for _, l := range c.lines {
		wrong := l.Values[low].Compare(l.Values[high]) > 0
		if value >= 0 && !l.Values[value].IsMissing() {
			wrong = wrong || l.Values[value].Compare(l.Values[low]) < 0 || l.Values[value].Compare(l.Values[high]) > 0
		}
		if wrong && !l.Values[low].IsMissing() && !l.Values[high].IsMissing() && !c.Of.Tainted {
			c.spec.fail(problems, diag.Problem{Message: "the interval of " + diag.Quote(c.write(l, names, quantity.Prose)) + " is not in order", Expected: "low, value and high, from the smallest to the largest"}, "low")
		}
	}
	var said []claim.Claim
	if value >= 0 {
		said = c.extremes(names, value)
		c.Legend = []LegendItem{
			{Label: c.Of.Columns[value].Label, Color: "--chart-1", Symbol: "circle"},
			{Label: c.Of.Columns[low].Label + " to " + quantity.Uncapitalize(c.Of.Columns[high].Label), Color: "--chart-span", Symbol: "line"},
		}
	} else {
		said = c.ends(names, low, high)
	}
	c.claim(said, claim.Words("Range chart of "), claim.Rows("interval"))
}

func intervalOption(c *Chart, width int) (map[string]any, int) {
	names, lying := c.nameColumn()
	value, low, high := c.column("value"), c.column("low"), c.column("high")
	known, labels := c.names(names)
	var spans, points []map[string]any
	for _, l := range c.lines {
		name := c.known(l, names)
		if !l.Values[low].IsMissing() && !l.Values[high].IsMissing() {
			spans = append(spans, map[string]any{"value": []any{name, number(l.Values[low]), number(l.Values[high])}, "color": "var(--chart-span)"})
		}
		if value >= 0 && !l.Values[value].IsMissing() {
			points = append(points, map[string]any{"value": pair(lying, name, number(l.Values[value]))})
		}
	}
	from, to := c.extent(low)
	upTo, most := c.extent(high)
	from, to = min(from, upTo), max(to, most)
	encode := map[string]any{"x": 0, "y": []int{1, 2}}
	if lying {
		encode = map[string]any{"y": 0, "x": []int{1, 2}}
	}
	chart := charts.NewCustom()
	chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "custom", Data: spans})
	if value >= 0 {
		chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "scatter", Data: points})
	}
	option := base(&chart.BaseConfiguration)
	series := option["series"].([]any)
	custom := series[0].(map[string]any)
	custom["renderItem"], custom["form"], custom["lying"], custom["thick"] = "span", "interval", lying, 8
	custom["dimensions"], custom["encode"] = []string{"name", "low", "high"}, encode
	if value >= 0 {
		scatter := series[1].(map[string]any)
		scatter["symbol"], scatter["symbolSize"] = "circle", 8
		scatter["itemStyle"] = map[string]any{"color": "var(--chart-1)", "opacity": 1}
	}
	axis, widest := c.looseAxis(valueAxis(lying), low, from, to, max(2, width/150))
	return option, c.nameGrid(option, known, labels, axis, widest, lying, width)
}

// pair is a point with a name on one axis.
func pair(lying bool, name string, value any) []any {
	if lying {
		return []any{value, name}
	}
	return []any{name, value}
}

// nameGrid lays out names on one axis and values on the other, and returns the
// height that it takes.
func (c *Chart) nameGrid(option map[string]any, known, labels []string, value map[string]any, widest int, lying bool, width int) int {
	quiet := map[string]any{"show": false}
	if lying {
		left, rows := labelColumn(labels, width*2/5)
		category := nameAxis(known, labels, labelStyle(left, rows, 8))
		category["inverse"], category["axisLine"] = true, quiet
		category["splitLine"] = map[string]any{"show": false}
		value["position"] = "top"
		option["xAxis"], option["yAxis"] = value, category
		option["grid"] = map[string]any{"left": left + 14, "right": widest/2 + 6, "top": 24, "bottom": 4, "outerBoundsMode": "none"}
		return 28 + len(labels)*max(26, rows*lineHeight+6)
	}
	slot := (width - widest - 24) / max(1, len(known))
	room, rows := labelColumn(labels, slot-8)
	style := labelStyle(room, rows, 8)
	if names, _ := c.nameColumn(); c.inOrder(names) {
		rows = 1
		style = map[string]any{"color": ink, "fontSize": fontSize, "margin": 8, "hideOverlap": true}
	}
	category := nameAxis(known, labels, style)
	category["axisLine"] = map[string]any{"show": true, "onZero": false, "lineStyle": map[string]any{"color": ruleColor}}
	option["xAxis"], option["yAxis"] = category, value
	bottom := rows*lineHeight + 14
	option["grid"] = map[string]any{"left": widest + 12, "right": 12, "top": 12, "bottom": bottom, "outerBoundsMode": "none"}
	return 240 + bottom
}
