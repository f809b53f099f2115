package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// area draws a measure over time as an area from zero. With a stack, areas stand
// on each other, in the order of the aggregate from below: they must be parts of a
// whole. A time without a value is a gap.
var area = kind{
	channels: []channel{{name: "stack", optional: true, as: AsGroup}, {name: "x", as: AsName}, {name: "y", as: AsValue}},
	panel:    smallPanel,
	overTime: true,
	trend:    true,
	fromZero: true,
	prepare:  prepareArea,
	option:   areaOption,

	unlabelled: func(_ *plot, s *rendering) *diag.Problem {
		if n := len(s.option.Series); n < 2 || n > maxNamed {
			return nil
		}
		return unnamed(s)
	},
}

func prepareArea(c *plot, problems *faults) {
	prepareLine(c, problems)
	if problems.failed {
		return
	}
	series := c.series()
	y := c.column("y")
	for _, l := range c.lines {
		if len(series) > 1 && l.Values[y].Sign() < 0 {
			problems.add(diag.Problem{Message: "a value below zero in stacked areas: " + c.write(l, y, quantity.Prose), Hint: "draw lines, or bars"}, "y")
			return
		}
	}
	c.legend = nil
	if len(series) > 1 && !(c.column("by") < 0 && len(series) <= maxNamed) {
		c.legend = c.groupLegend(c.column("stack"), "square")
	}
	c.claim(c.overTime(series), claim.Words("Area chart of "), claim.Groups("area"))
}

func areaOption(c *plot, width int) (*option, int) {
	list := c.series()
	named := c.column("by") < 0 && len(list) <= maxNamed && len(list) > 1
	o, longest := c.lineSeries(list, named, width)
	low, high := c.extent(c.column("y"))
	low, high = min(low, 0), max(high, 0)
	if len(list) > 1 {
		low, high = 0, c.highestSum()
	}
	for _, s := range o.Series {
		if len(list) > 1 {
			s.Stack = "all"
		}
		s.AreaStyle = &opts.AreaStyle{Color: s.LineStyle.Color, Opacity: opts.Float(0.35)}
		s.SymbolSize = 5
	}
	height := c.timeGrid(o, low, high, longest, width)
	if named {
		c.nameEnds(o, list, longest, height, true)
	}
	return o, height
}

// highestSum is the largest sum of a year in a panel.
func (c *plot) highestSum() float64 {
	x, y, by := c.column("x"), c.column("y"), c.column("by")
	sums := map[[2]string]float64{}
	highest := 0.0
	for _, l := range c.whole {
		if l.Values[y].IsMissing() {
			continue
		}
		place := [2]string{c.id(l, x)}
		if by >= 0 {
			place[1] = c.id(l, by)
		}
		sums[place] += l.Values[y].Float()
		highest = max(highest, sums[place])
	}
	return highest
}
