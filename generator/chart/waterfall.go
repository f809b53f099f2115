package chart

import (
	"encoding/json"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// waterfall draws steps from one total to the next, in the order of the aggregate:
// each starts where the one before ended. Where the column total says yes, the line
// is what all up to it come to, and stands on zero. Names on y make steps that lie.
var waterfall = kind{
	channels: []channel{{name: "x"}, {name: "y"}, {name: "total", optional: true, as: AsTotal}},
	panel:    Narrow,
	named:    true,
	fromZero: true,
	prepare:  prepareWaterfall,
	option:   waterfallOption,
}

func prepareWaterfall(c *Chart, problems *diag.List) {
	names, measure, lying := c.axes()
	if !c.unit(measure).Numeric() || lying && c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a waterfall needs a name on one axis and a measure on the other"}, "kind")
		return
	}
	total := c.column("total")
	if total >= 0 && !c.unit(total).IsFlag() {
		c.spec.fail(problems, diag.Problem{Message: "the total of a waterfall is a flag", Found: "unit " + string(c.unit(total))}, "total")
		return
	}
	c.oncePerName(names, problems)
	sum := quantity.Value{}
	for _, l := range c.lines {
		v := l.Values[measure]
		name := diag.Quote(c.write(l, names, quantity.Prose))
		switch {
		case c.Of.Tainted:
		case v.IsMissing():
			c.spec.fail(problems, diag.Problem{Message: "a step without a value: " + name, Hint: "what follows it would stand in the wrong place: leave it out, and say so"}, "of")
		case total >= 0 && l.Values[total].True() && !sum.IsMissing() && sum.Compare(v) != 0:
			c.spec.fail(problems, diag.Problem{Message: "the total " + name + " is not what the steps before it come to", Found: c.unit(measure).Format(v, quantity.Exact), Expected: c.unit(measure).Format(sum, quantity.Exact)}, "total")
			return
		case total >= 0 && l.Values[total].True():
			sum = v
		default:
			sum = sum.Plus(v)
		}
	}
	c.claim(c.extremes(names, measure), claim.Words("Waterfall chart of "), claim.Rows("step"))
}

// step is a line with the sums before and after it.
type step struct {
	line     lineOf
	from, to quantity.Value
	total    bool
}

func (c *Chart) stepsOf(lines []lineOf) []step {
	_, measure, _ := c.axes()
	total := c.column("total")
	zero, _ := quantity.NewValue(int64(0))
	at := zero
	var list []step
	for _, l := range lines {
		v := l.Values[measure]
		s := step{line: l, from: at, to: at.Plus(v), total: total >= 0 && l.Values[total].True()}
		if s.total {
			s.from, s.to = zero, v
		}
		at = s.to
		list = append(list, s)
	}
	return list
}

func waterfallOption(c *Chart, width int) (map[string]any, int) {
	names, measure, lying := c.axes()
	known, labels := c.names(names)
	slot := (width - 20) / max(1, len(known))
	low, high, longest := 0.0, 0.0, 0
	for _, p := range c.byPanel() {
		for _, s := range c.stepsOf(p) {
			low, high = min(low, s.to.Float()), max(high, s.to.Float())
			longest = max(longest, textWidth(c.write(s.line, measure, quantity.Short)))
		}
	}
	if low == high {
		high = 1
	}
	if max(longestWord(labels), longest) > slot-4 {
		lying = true
	}
	var data []map[string]any
	for _, s := range c.stepsOf(c.lines) {
		v := s.line.Values[measure]
		color, position := "var(--chart-1)", "top"
		switch {
		case s.total:
			color = "var(--chart-6)"
		case v.Sign() < 0:
			color = "var(--chart-2)"
		}
		if lying {
			position = "right"
		}
		if s.to.Compare(s.from) < 0 && !lying {
			position = "bottom"
		}
		data = append(data, map[string]any{
			"value": []any{c.known(s.line, names), number(s.from), number(s.to), json.Number(v.Raw())},
			"color": color, "text": literal(c.write(s.line, measure, quantity.Short)), "textColor": ink, "position": position,
		})
	}
	chart := charts.NewCustom()
	chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "custom", Data: data})
	option := base(&chart.BaseConfiguration)
	series := option["series"].([]any)[0].(map[string]any)
	encode := map[string]any{"x": 0, "y": []int{1, 2}}
	if lying {
		encode = map[string]any{"y": 0, "x": []int{1, 2}}
	}
	series["renderItem"], series["form"], series["lying"], series["thick"] = "span", "step", lying, 0.7
	series["dimensions"], series["encode"] = []string{"name", "low", "high", "value"}, encode
	value := c.hiddenAxis(valueAxis(lying), low, high)
	axisLine := map[string]any{"show": true, "lineStyle": map[string]any{"color": ruleColor}}
	if lying {
		left, rows := labelColumn(labels, width*2/5)
		category := nameAxis(known, labels, labelStyle(left, rows, 8))
		axisLine["onZero"] = false
		category["inverse"], category["axisLine"] = true, axisLine
		option["xAxis"], option["yAxis"] = value, category
		option["grid"] = map[string]any{"left": left + 10, "right": longest + 12, "top": 4, "bottom": 4, "outerBoundsMode": "none"}
		return option, 8 + len(labels)*max(28, rows*lineHeight+6)
	}
	room, rows := labelColumn(labels, slot-8)
	category := nameAxis(known, labels, labelStyle(room, rows, 8))
	axisLine["onZero"] = false
	category["axisLine"] = axisLine
	below := 0
	if low < 0 {
		below = lineHeight + 4
		category["offset"] = below
	}
	option["xAxis"], option["yAxis"] = category, value
	bottom := rows*lineHeight + 14 + below
	option["grid"] = map[string]any{"left": 10, "right": 10, "top": 24, "bottom": bottom, "outerBoundsMode": "none"}
	return option, 240 + bottom
}
