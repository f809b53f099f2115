package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// scatter draws a point for each line where its two measures meet. Label names the
// points; those that are singled out have their name beside them. A series gives
// points a colour and a form.
var scatter = kind{
	channels: []channel{
		{name: "label", as: AsName}, {name: "series", optional: true, as: AsLabel}, {name: "x", as: AsAcross}, {name: "y", as: AsValue},
	},
	panel:   smallPanel,
	colored: byChannel("series"),
	symbols: true,
	prepare: prepareScatter,
	option:  scatterOption,

	logarithmic: true,
}

func prepareScatter(c *plot, problems *faults) {
	x, y, names, by := c.column("x"), c.column("y"), c.column("label"), c.column("series")
	if !c.unit(x).Numeric() || !c.unit(y).Numeric() || c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a scatter needs measures on x and y, and names as label"}, "kind")
		return
	}
	c.requireUniqueNames(names, problems)
	if by >= 0 {
		c.legend = c.groupLegend(by, "")
	}
	c.claim(append(c.logClaims(), c.extremes(names, y)...), claim.Words("Scatter plot of "), claim.Points("point"), claim.Words(": "), claim.Label(string(AsValue)), claim.Words(", and across "), claim.Label(string(AsAcross)))
}

func scatterOption(c *plot, width int) (*option, int) {
	x, y, names, by := c.column("x"), c.column("y"), c.column("label"), c.column("series")
	groups := []string{""}
	if by >= 0 {
		groups, _ = c.names(by)
	}
	o := newOption()
	for _, group := range groups {
		s := symbolSeries(c.formOf(by, group), group)
		s.SymbolSize, s.ItemStyle.Opacity = 9, opts.Float(0.75)
		s.LabelLayout = &opts.LabelLayout{MoveOverlap: "shiftY"}
		for _, l := range c.lines {
			if l.Values[x].IsMissing() || l.Values[y].IsMissing() || by >= 0 && c.id(l, by) != group {
				continue
			}
			mark := item{Name: c.id(l, names), Value: []any{number(l.Values[x]), number(l.Values[y])}}
			switch {
			case c.highlighted(l):
				position := "right"
				if low, high := c.extent(x); l.Values[x].Float() > low+(high-low)*0.6 {
					position = "left"
				}
				text := literal(broken(c.write(l, names, quantity.Prose), width/3))
				mark.Label = &label{Label: opts.Label{Show: opts.Bool(true), Formatter: text, Position: position, Color: ink, FontSize: fontSize, LineHeight: lineHeight}}
			case len(c.spec.Highlight) > 0:
				mark.ItemStyle = faint()
			}
			s.Data = append(s.Data, mark)
		}
		o.Series = append(o.Series, s)
	}
	lowX, highX := c.extent(x)
	lowY, highY := c.extent(y)
	across, widestX := c.looseAxis("xAxis", x, lowX, highX, max(2, width/120))
	up, widest := c.looseAxis("yAxis", y, lowY, highY, max(3, width/120))
	height, top, bottom := 360, 28, 44
	if c.column("by") >= 0 {
		height, top, bottom = 170, 10, 26
	} else { // what is measured is written at the ends of the axes, in plain words
		across.Name, across.NameLocation, across.NameGap, across.NameTextStyle = literal(c.of.Columns[x].Label), "middle", num(28), axisName()
		up.Name, up.NameLocation, up.NameGap, up.NameTextStyle = literal(c.of.Columns[y].Label), "end", num(12), axisName()
		up.NameTextStyle.Align, up.NameTextStyle.Padding = "left", []int{0, 0, 0, -widest - 8}
	}
	across.AxisLine = ruled(true)
	up.AxisLine = &opts.AxisLine{Show: opts.Bool(false), OnZero: opts.Bool(false)} // its name is there
	o.XAxis, o.YAxis = across, up
	o.Grid = margins(widest+12, widestX/2+6, top, bottom)
	return o, height
}

func axisName() *textStyle {
	return &textStyle{TextStyle: opts.TextStyle{Color: quietInk}, FontSize: fontSize, FontWeight: "normal"}
}
