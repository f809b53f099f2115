package chart

import (
	"slices"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// treemap draws a tile for each line, as large as its value, named where the name
// fits. With a parent, tiles are within what they are parts of.
var treemap = kind{
	colored:  byChannel("parent"),
	channels: []channel{{name: "parent", optional: true, as: AsGroup}, {name: "label", as: AsName}, {name: "value", as: AsValue}},
	panel:    Narrow,
	sums:     true,
	prepare:  prepareTreemap,
	option:   treemapOption,
}

// smallestTile is the share of all that takes about 13 pixels by 13 in a narrow column.
const smallestTile = 0.002

func prepareTreemap(c *plot, problems *faults) {
	names, value, parent := c.column("label"), c.column("value"), c.column("parent")
	if !c.unit(value).Numeric() || c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a treemap needs names as label and a measure as value"}, "kind")
		return
	}
	if parent >= 0 {
		c.requireUniquePlaces(names, parent, problems)
		c.legend = c.groupLegend(parent, "square")
	} else {
		c.requireUniqueNames(names, problems)
	}
	sum := 0.0
	for _, l := range c.lines {
		if v := l.Values[value]; !v.IsMissing() {
			sum += v.Float()
		}
	}
	for _, l := range c.lines {
		v := l.Values[value]
		if v.Sign() > 0 && v.Float() < sum*smallestTile {
			problems.add(diag.Problem{Message: "a tile too small to be seen: " + diag.Quote(c.write(l, names, quantity.Prose)) + ", " + c.write(l, value, quantity.Prose), Hint: "put the smallest together in the aggregate"}, "value")
			return
		}
		if !v.IsMissing() && v.Sign() <= 0 {
			problems.add(diag.Problem{Message: "a tile without a size: " + diag.Quote(c.write(l, names, quantity.Prose)) + ", " + c.write(l, value, quantity.Prose), Hint: "draw bars, or leave it out in the aggregate"}, "value")
			return
		}
	}
	c.claim(c.extremes(names, value), claim.Words("Treemap of "), claim.Rows("tile"))
}

func treemapOption(c *plot, width int) (*option, int) {
	names, value, parent := c.column("label"), c.column("value"), c.column("parent")
	parents, paints := []string{""}, map[string]symbol{"": symbols[0]}
	if parent >= 0 {
		parents, _ = c.names(parent)
		paints = c.paints(parent)
	}
	said := c.beside(value)
	var tree []item
	for _, p := range parents {
		var tiles []item
		for _, l := range c.lines {
			if l.Values[value].IsMissing() || parent >= 0 && c.id(l, parent) != p {
				continue
			}
			color := paints[p].color
			if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
				color = "--chart-6"
			}
			text := literal(c.write(l, names, quantity.Prose) + "\n" + said[l.Values[value].Raw()])
			tiles = append(tiles, item{Name: c.id(l, names), Value: number(l.Values[value]), ItemStyle: filled(colored(color)), Label: &label{Label: opts.Label{Formatter: text}}})
		}
		switch {
		case parent < 0:
			tree = tiles
		case len(tiles) > 0:
			tree = append(tree, item{Name: p, Children: tiles, ItemStyle: filled(colored(paints[p].color))})
		}
	}
	gap := func(border, gap float64, color string) *itemStyle {
		return &itemStyle{ItemStyle: opts.ItemStyle{BorderColor: color, GapWidth: float32(gap)}, BorderWidth: num(border)}
	}
	const paper = "var(--paper)"
	s := &series{
		SingleSeries: charts.SingleSeries{Type: "treemap", Roam: opts.Bool(false), Sort: "desc"}, Data: tree,
		Left: num(0), Right: num(0), Top: num(0), Bottom: num(0), NodeClick: opts.Bool(false), Breadcrumb: &breadcrumb{}, VisibleMin: num(0), ChildrenMin: num(0),
		ItemStyle: gap(1, 1, paper),
		Label: &label{
			Label:   opts.Label{Show: opts.Bool(true), Position: "insideTopLeft", Color: paper, FontSize: fontSize, LineHeight: lineHeight + 1},
			Padding: 4, Overflow: "break",
		},
		Levels: []level{{gap(0, 4, "")}, {gap(0, 1, paper)}},
	}
	if parent < 0 {
		s.Levels = []level{{gap(0, 1, paper)}}
	}
	return newOption(s), max(260, min(420, width*3/5)) + 10*max(0, slices.Max([]int{len(c.lines) - 40, 0})/10)
}
