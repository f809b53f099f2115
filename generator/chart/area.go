package chart

import (
	"maps"
	"slices"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// area draws a measure over time as an area from zero. With a stack, areas are
// on each other, in the order of the aggregate from below: they must be parts of a
// whole. A time without a value is a gap. So is one at which some part has no value: nobody
// knows where the parts above it are, and what they come to.
var area = kind{
	colored:  byChannel("stack"),
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
	claims := c.overTime(series)
	if stacked := stackedParts(series); len(stacked) > 1 {
		incomplete := c.incomplete(stacked)
		if len(incomplete) == len(pointsAt(stacked)) && len(incomplete) > 0 {
			problems.add(diag.Problem{
				Message: "at no time is the value of all parts known, so that nothing can be stacked", Found: stacked[0].text + " and " + stacked[1].text,
				Hint: "write 0 where a part is nothing, take periods at which all are known, or draw lines",
			}, "stack")
			return
		}
		if len(incomplete) > 0 {
			claims = append(claims, claim.Claim{Says: claim.Incomplete, Names: c.period(c.column("x")).Spans(c.unit(c.column("x")), incomplete)})
		}
	}
	c.legend = nil
	if len(series) > 1 && !(c.column("by") < 0 && len(series) <= maxNamed) {
		c.legend = c.groupLegend(c.column("stack"), "square")
	}
	c.claim(claims, claim.Words("Area chart of "), claim.Groups("area"))
}

func areaOption(c *plot, width int) (*option, int) {
	list := c.series()
	for _, v := range c.incomplete(stackedParts(list)) {
		place, _ := c.times(c.column("x")).at(v)
		for _, s := range list {
			delete(s.points, place)
		}
	}
	named := c.column("by") < 0 && len(list) <= maxNamed && len(list) > 1
	o := c.lineSeries(list, lineWidth)
	var ends []lineEnd
	room := 0
	if named {
		ends, room = c.lineEnds(list, width, false)
	}
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
	}
	height := c.timeGrid(o, low, high, room, width)
	c.nameEnds(o, ends, height, true)
	return o, height
}

// stackedParts are the stacked areas: those that a panel has.
func stackedParts(list []lineSeries) []lineSeries {
	return slices.DeleteFunc(slices.Clone(list), func(s lineSeries) bool { return len(s.points) == 0 })
}

// pointsAt are the places in time at which some part has a row.
func pointsAt(parts []lineSeries) []int {
	places := map[int]bool{}
	for _, s := range parts {
		for place := range s.points {
			places[place] = true
		}
	}
	return slices.Sorted(maps.Keys(places))
}

// incomplete are the times at which there are several parts, and some of them have no value.
func (c *plot) incomplete(parts []lineSeries) (list []quantity.Value) {
	if len(parts) < 2 {
		return nil
	}
	x, y := c.column("x"), c.column("y")
	for _, place := range pointsAt(parts) {
		var at quantity.Value
		unknown := false
		for _, s := range parts {
			l, there := s.points[place]
			if unknown = unknown || !there || l.Values[y].IsMissing(); there {
				at = l.Values[x]
			}
		}
		if unknown {
			list = append(list, at)
		}
	}
	return list
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
