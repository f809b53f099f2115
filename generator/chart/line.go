package chart

import (
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
)

// line draws a measure over time, a line for each series, with its name and last value at its end. A
// time without a value is a gap: nothing is interpolated.
var line = kind{
	channels: []channel{{name: "series", optional: true, as: AsGroup}, {name: "x", as: AsName}, {name: "y", as: AsValue}},
	panel:    smallPanel,
	overTime: true,
	trend:    true,
	groups:   "lines",
	faint:    true,
	colored:  byChannel("series"),
	prepare:  prepareLine,
	option:   lineOption,

	logarithmic: true,

	unlabelled: func(_ *plot, s *rendering) *diag.Problem {
		if len(s.option.Series) > maxNamed {
			return nil
		}
		return unnamed(s)
	},
}

// maxSeries is how many lines a reader can tell apart.
const maxSeries = 7

// maxNamed is how many lines are named at their end in a panel, or areas at
// theirs; more have a legend.
const maxNamed = 3

func prepareLine(c *plot, problems *faults) {
	x, y := c.column("x"), c.column("y")
	if c.unit(x).Period().IsZero() || !c.unit(y).Numeric() {
		problems.add(diag.Problem{Message: c.spec.a() + " needs years, quarters, months or days on x and a measure on y"}, "kind")
		return
	}
	series := c.series()
	c.oncePerTime(series, problems)
	if !c.endNamed() && len(series) > 1 {
		by, _ := c.grouping()
		c.legend = c.groupLegend(by, "line")
	}
	c.claim(append(c.logClaims(), c.overTime(series)...), claim.Words("Line chart of "), claim.Groups("line"))
}

// endNamed reports whether each line has its name at its end.
func (c *plot) endNamed() bool { return c.column("by") < 0 }

func lineOption(c *plot, width int) (*option, int) {
	y := c.column("y")
	list := c.series()
	named := c.endNamed() || len(list) == 1 && c.column("by") < 0
	size := float64(mostSymbol)
	if c.column("by") >= 0 {
		size = 4
	}
	o := c.lineSeries(list, size)
	var ends []lineEnd
	room := 0
	if named {
		ends, room = c.lineEnds(list, width, true)
	}
	low, high := c.extent(y)
	height := c.timeGrid(o, low, high, room, width)
	c.nameEnds(o, ends, height, false)
	return o, height
}
