package chart

import (
	"encoding/json"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// waterfall draws steps from one total to the next, in the order of the aggregate:
// each starts where the one before ended. Where the column total says yes, the line
// is what all up to it come to, and starts at zero. Names on y make horizontal steps.
var waterfall = kind{
	channels: []channel{{name: "x"}, {name: "y"}, {name: "total", optional: true, as: AsTotal}},
	panel:    Narrow,
	named:    true,
	fromZero: true,
	sums:     true,
	prepare:  prepareWaterfall,
	option:   waterfallOption,
}

func prepareWaterfall(c *plot, problems *faults) {
	names, measure, horizontal := c.axes()
	if !c.unit(measure).Numeric() || horizontal && c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a waterfall needs a name on one axis and a measure on the other"}, "kind")
		return
	}
	total := c.column("total")
	if total >= 0 && !c.unit(total).IsFlag() {
		problems.add(diag.Problem{Message: "the total of a waterfall is a flag", Found: "unit " + c.unit(total).String()}, "total")
		return
	}
	c.requireUniqueNames(names, problems)
	sum := quantity.Value{}
	for _, l := range c.lines {
		v := l.Values[measure]
		name := diag.Quote(c.write(l, names, quantity.Prose))
		switch {
		case v.IsMissing():
			problems.add(diag.Problem{Message: "a step without a value: " + name, Hint: "what follows it would be drawn in the wrong place: leave it out, and say so"}, "of")
		case total >= 0 && l.Values[total].True() && !sum.IsMissing() && sum.Compare(v) != 0:
			problems.add(diag.Problem{Message: "the total " + name + " is not what the steps before it come to", Found: c.unit(measure).Format(v, quantity.Exact), Expected: c.unit(measure).Format(sum, quantity.Exact)}, "total")
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
	line     aggregate.Row
	from, to quantity.Value
	total    bool
}

func (c *plot) stepsOf(lines []aggregate.Row) []step {
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

func waterfallOption(c *plot, width int) (*option, int) {
	names, measure, horizontal := c.axes()
	ids, labels := c.names(names)
	slot := (width - 20) / max(1, len(ids))
	texts := c.besideOf(c.whole, measure)
	low, high, longest := 0.0, 0.0, 0
	for _, p := range c.byPanel() {
		for _, s := range c.stepsOf(p) {
			low, high = min(low, s.to.Float()), max(high, s.to.Float())
			longest = max(longest, textWidth(texts[s.line.Values[measure].Raw()]))
		}
	}
	if low == high {
		high = 1
	}
	if max(longestWord(labels), longest) > slot-4 {
		horizontal = true
	}
	steps := spanSeries("step", horizontal, 0.7, "name", "low", "high", "value")
	for _, s := range c.stepsOf(c.lines) {
		v := s.line.Values[measure]
		color, position := "var(--chart-1)", "top"
		switch {
		case s.total:
			color = "var(--chart-6)"
		case v.Sign() < 0:
			color = "var(--chart-2)"
		}
		if horizontal {
			position = "right"
		}
		const plotted = 206.0                                         // pixels between the margins
		isLow := low == 0 && s.to.Float()/high*plotted < lineHeight+4 // its label would be on the axis
		if s.to.Compare(s.from) < 0 && !horizontal && !isLow {
			position = "bottom"
		}
		steps.Data = append(steps.Data, item{
			Value: []any{c.id(s.line, names), number(s.from), number(s.to), json.Number(v.Raw())},
			Color: color, Text: literal(texts[v.Raw()]), TextColor: ink, Position: position,
		})
	}
	o := newOption(steps)
	value := c.hiddenAxis(valueAxis(horizontal), low, high)
	if horizontal {
		left, rows := labelColumn(labels, width*2/5)
		category := nameAxis(ids, labels, labelStyle(left, rows, 8))
		category.Inverse, category.AxisLine = opts.Bool(true), ruled(true)
		o.XAxis, o.YAxis = value, category
		o.Grid = margins(left+10, longest+12, 4, 4)
		return o, 8 + len(labels)*max(28, rows*lineHeight+6)
	}
	room, rows := labelColumn(labels, slot-8)
	category := nameAxis(ids, labels, labelStyle(room, rows, 8))
	category.AxisLine = ruled(true)
	below := 0
	if low < 0 {
		below = lineHeight + 4
		category.Offset = float64(below)
	}
	o.XAxis, o.YAxis = category, value
	bottom := rows*lineHeight + 14 + below
	o.Grid = margins(10, 10, 24, bottom)
	return o, 240 + bottom
}
