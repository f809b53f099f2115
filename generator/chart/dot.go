package chart

import (
	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// dot draws a point for each value beside its name. With a series there are
// several beside a name, of different form, and a line between them shows how far
// they are apart. As it is their place that is read, the axis need not start at
// zero.
var dot = kind{
	channels: []channel{{name: "series", optional: true, as: AsGroup}, {name: "y", as: AsName}, {name: "x", as: AsValue}},
	panel:    Narrow,
	named:    true,
	colored:  byChannel("series"),
	symbols:  true,
	prepare:  prepareDot,
	option:   dotOption,

	logarithmic: true,
}

func prepareDot(c *plot, problems *faults) {
	names, measure, by := c.column("y"), c.column("x"), c.column("series")
	if !c.unit(measure).Numeric() || c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a dot plot needs a measure on x and names on y"}, "kind")
		return
	}
	if by < 0 {
		c.requireUniqueNames(names, problems)
	} else {
		c.requireUniquePlaces(names, by, problems)
		c.legend = c.groupLegend(by, "")
	}
	c.claim(append(c.logClaims(), c.extremes(names, measure)...), claim.Words("Dot plot of "), claim.Names("row"))
}

func dotOption(c *plot, width int) (*option, int) {
	names, measure, by := c.column("y"), c.column("x"), c.column("series")
	ids, labels := c.names(names)
	groups := []string{""}
	if by >= 0 {
		groups, _ = c.names(by)
	}
	o := newOption()
	ends := map[string][2]aggregate.Row{} // of the line between the points of a name
	for _, group := range groups {
		s := symbolSeries(c.formOf(by, group), group)
		for _, l := range c.lines {
			v := l.Values[measure]
			if v.IsMissing() || by >= 0 && c.id(l, by) != group {
				continue
			}
			name, mark := c.id(l, names), item{Value: []any{number(v), c.id(l, names)}}
			if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
				mark.ItemStyle = faint()
			}
			s.Data = append(s.Data, mark)
			pair, ok := ends[name]
			if !ok {
				pair = [2]aggregate.Row{l, l}
			}
			if v.Compare(pair[0].Values[measure]) < 0 {
				pair[0] = l
			}
			if v.Compare(pair[1].Values[measure]) > 0 {
				pair[1] = l
			}
			ends[name] = pair
		}
		o.Series = append(o.Series, s)
	}
	var between []any
	for _, name := range ids {
		if pair, ok := ends[name]; ok && len(groups) > 1 {
			from, to := pair[0].Values[measure], pair[1].Values[measure]
			if from.Compare(to) < 0 {
				between = append(between, []point{{Coord: []any{number(from), name}}, {Coord: []any{number(to), name}}})
			}
		}
	}
	if len(between) > 0 {
		o.Series[0].MarkLine = &markLine{Symbol: "none", Silent: true, Z: 1, Label: hidden(), Data: between, LineStyle: &opts.LineStyle{Color: ruleColor, Type: "solid", Width: 2}}
	}
	low, high := c.extent(measure)
	axis, widest := c.looseAxis("xAxis", measure, low, high, max(2, width/150))
	height := c.nameGrid(o, ids, labels, axis, widest, true, width)
	o.YAxis.SplitLine = &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: faintRule, Type: "dotted"}}
	return o, height
}
