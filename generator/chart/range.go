package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// interval draws a line from low to high for each name, such as an estimate's
// uncertainty, and a point at the estimate itself where value names its column.
// Names on y make horizontal intervals, names on x vertical ones.
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

func prepareInterval(c *plot, problems *faults) {
	if (c.column("x") < 0) == (c.column("y") < 0) {
		problems.add(diag.Problem{Message: "a range needs names on one axis", Expected: "x or y, and low and high for the other"}, "kind")
		return
	}
	names, _ := c.nameColumn()
	value, low, high := c.column("value"), c.column("low"), c.column("high")
	for _, i := range []int{value, low, high} {
		if i >= 0 && !c.unit(i).Numeric() {
			problems.add(diag.Problem{Message: "a range needs measures as low, high and value"}, "kind")
			return
		}
	}
	c.requireUniqueNames(names, problems)
	for _, l := range c.lines {
		wrong := l.Values[low].Compare(l.Values[high]) > 0
		if value >= 0 && !l.Values[value].IsMissing() {
			wrong = wrong || l.Values[value].Compare(l.Values[low]) < 0 || l.Values[value].Compare(l.Values[high]) > 0
		}
		if wrong && !l.Values[low].IsMissing() && !l.Values[high].IsMissing() {
			problems.add(diag.Problem{Message: "the interval of " + diag.Quote(c.write(l, names, quantity.Prose)) + " is not in order", Expected: "low, value and high, from the smallest to the largest"}, "low")
		}
	}
	var said []claim.Claim
	if value >= 0 {
		said = c.extremes(names, value)
		c.legend = []LegendItem{
			{Label: c.of.Columns[value].Label, Color: "--chart-1", Symbol: "circle"},
			{Label: c.of.Columns[low].Label + " " + c.book().Say("to") + " " + quantity.Uncapitalize(c.of.Columns[high].Label), Color: "--chart-span", Symbol: "line"},
		}
	} else {
		said = c.ends(names, low, high)
	}
	c.claim(said, claim.Words("Range chart of "), claim.Rows("interval"))
}

func intervalOption(c *plot, width int) (*option, int) {
	names, horizontal := c.nameColumn()
	value, low, high := c.column("value"), c.column("low"), c.column("high")
	ids, labels := c.axisNames(names)
	spans := spanSeries("interval", horizontal, 8, "name", "low", "high")
	points := &series{SingleSeries: charts.SingleSeries{Type: "scatter", Symbol: "circle", SymbolSize: 8}}
	points.ItemStyle = &itemStyle{ItemStyle: opts.ItemStyle{Color: "var(--chart-1)", Opacity: opts.Float(1)}}
	for _, l := range c.lines {
		name := c.id(l, names)
		if !l.Values[low].IsMissing() && !l.Values[high].IsMissing() {
			spans.Data = append(spans.Data, item{Value: []any{name, number(l.Values[low]), number(l.Values[high])}, Color: "var(--chart-span)"})
		}
		if value >= 0 && !l.Values[value].IsMissing() {
			points.Data = append(points.Data, item{Value: pair(horizontal, name, number(l.Values[value]))})
		}
	}
	o := newOption(spans)
	if value >= 0 {
		o.Series = append(o.Series, points)
	}
	from, to := c.extent(low)
	upTo, most := c.extent(high)
	from, to = min(from, upTo), max(to, most)
	axis, widest := c.looseAxis(valueAxis(horizontal), low, from, to, max(2, width/150))
	return o, c.nameGrid(o, ids, labels, axis, widest, horizontal, width)
}

// spanSeries are bars from a low value to a high one, in a form of forms.ts.
func spanSeries(form string, horizontal bool, thick float64, dimensions ...string) *series {
	s := &series{SingleSeries: charts.SingleSeries{Type: "custom", RenderItem: "span"}, Form: form, Horizontal: horizontal, Thick: thick, Dimensions: dimensions}
	s.Encode = &opts.Encode{X: 0, Y: []int{1, 2}}
	if horizontal {
		s.Encode = &opts.Encode{X: []int{1, 2}, Y: 0}
	}
	return s
}
