package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// area draws a measure over years as an area from zero. With a stack, areas stand
// on each other, in the order of the aggregate from below: they must be parts of a
// whole. A year without a value is a gap.
var area = kind{
	channels: []channel{{name: "stack", optional: true, as: AsGroup}, {name: "x", as: AsName}, {name: "y", as: AsValue}},
	panel:    smallPanel,
	years:    true,
	trend:    true,
	fromZero: true,
	prepare:  prepareArea,
	option:   areaOption,

	unlabelled: func(_ *Chart, s *sketch) *diag.Problem {
		if n := len(s.series()); n < 2 || n > mostNamed {
			return nil
		}
		return unnamed(s)
	},
}

func prepareArea(c *Chart, problems *diag.List) {
	prepareLine(c, problems)
	if c.spec.failed {
		return
	}
	series := c.series()
	y := c.column("y")
	for _, l := range c.lines {
		if len(series) > 1 && l.Values[y].Sign() < 0 && !c.Of.Tainted {
			c.spec.fail(problems, diag.Problem{Message: "a value below zero in stacked areas: " + c.write(l, y, quantity.Prose), Hint: "draw lines, or bars"}, "y")
			return
		}
	}
	c.Legend = nil
	if len(series) > 1 && !(c.column("by") < 0 && len(series) <= mostNamed) {
		c.Legend = c.groupLegend(c.column("stack"), "square")
	}
	c.claim(c.overYears(series), claim.Words("Area chart of "), claim.Groups("area"))
}

func areaOption(c *Chart, width int) (map[string]any, int) {
	list := c.series()
	named := c.column("by") < 0 && len(list) <= mostNamed && len(list) > 1
	option, longest := c.lineSeries(list, named, width)
	low, high := c.extent(c.column("y"))
	low, high = min(low, 0), max(high, 0)
	if len(list) > 1 {
		low, high = 0, c.highestSum()
	}
	for i := range list {
		series := option["series"].([]any)[i].(map[string]any)
		if len(list) > 1 {
			series["stack"] = "all"
		}
		series["areaStyle"] = map[string]any{"color": series["lineStyle"].(map[string]any)["color"], "opacity": 0.35}
		series["symbolSize"] = 5
	}
	height := c.yearGrid(option, low, high, longest, width)
	if named {
		c.nameEnds(option, list, longest, height, true)
	}
	return option, height
}

// highestSum is the largest sum of a year in a panel.
func (c *Chart) highestSum() float64 {
	x, y, by := c.column("x"), c.column("y"), c.column("by")
	sums := map[[2]string]float64{}
	highest := 0.0
	for _, l := range c.whole {
		if l.Values[y].IsMissing() {
			continue
		}
		place := [2]string{c.known(l, x)}
		if by >= 0 {
			place[1] = c.known(l, by)
		}
		sums[place] += l.Values[y].Float()
		highest = max(highest, sums[place])
	}
	return highest
}
