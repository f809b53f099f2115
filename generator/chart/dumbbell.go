package chart

import (
	"math"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
)

// dumbbell draws for each name an arrow from one value to another, such as of two years, with both values beside it. The
// first group of the series, or the earlier one, is where it starts.
var dumbbell = kind{
	channels: []channel{{name: "series", as: AsGroup}, {name: "y", as: AsName}, {name: "x", as: AsValue}},
	panel:    Narrow,
	named:    true,
	colored:  byChannel("series"),
	symbols:  true,
	prepare:  prepareDumbbell,
	option:   dumbbellOption,
	draw:     drawDumbbell,

	logarithmic: true,
}

func prepareDumbbell(c *plot, problems *faults) {
	names, measure, by := c.column("y"), c.column("x"), c.column("series")
	if !c.unit(measure).Numeric() || c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a dumbbell needs a measure on x and names on y"}, "kind")
		return
	}
	ids, texts := c.names(by)
	if len(ids) != 2 {
		problems.add(diag.Problem{Message: "a dumbbell goes from one value to another", Found: groupsSaid(texts), Expected: "two values in " + c.of.Columns[by].Name, Hint: "choose two in the aggregate, or draw dots: kind: dot"}, "series")
		return
	}
	c.requireUniquePlaces(names, by, problems)
	c.legend = nil
	for i, s := range c.fromTo() {
		c.legend = append(c.legend, LegendItem{Label: texts[i], Color: s.color, Symbol: s.legend})
	}
	c.claim(append(c.logClaims(), c.extremes(names, measure)...), claim.Words("Dumbbell chart of "), claim.Names("row"))
}

func groupsSaid(texts []string) string {
	var quoted []string
	for _, t := range texts {
		quoted = append(quoted, diag.Quote(t))
	}
	return few(quoted)
}

// fromTo are the symbols of both ends: a gray ring and a point, if nothing says otherwise.
func (c *plot) fromTo() [2]symbol {
	ends := [2]symbol{{"emptyCircle", "ring", "--chart-6", ""}, symbols[0]}
	ids, _ := c.names(c.column("series"))
	for i, id := range ids[:min(2, len(ids))] {
		if s, given := c.given(id); given {
			ends[i] = s
		}
	}
	return ends
}

// rowGrid is how rows with names beside them are laid out on a paper of ours.
type rowGrid struct {
	ids    []string
	labels []string // in lines
	label  int      // how wide they are
	row    float64  // how high a row is
	left   float64  // where the axis may begin
}

func (c *plot) rowGrid(names, width int) rowGrid {
	ids, texts := c.names(names)
	g := rowGrid{ids: ids}
	var lines int
	g.label, lines = labelColumn(texts, width*2/5)
	for _, text := range texts {
		g.labels = append(g.labels, broken(text, g.label))
	}
	g.row = float64(max(26, lines*lineHeight+6))
	g.left = float64(g.label) + 10
	return g
}

// top is where a row begins.
func (g rowGrid) middle(i int) float64 { return axisRoom + (float64(i)+0.5)*g.row }

// name writes the name of a row.
func (g rowGrid) name(p *paper, i int) {
	lines := strings.Split(g.labels[i], "\n")
	p.text(float64(g.label), g.middle(i)-float64((len(lines)-1)*lineHeight)/2, lines, textStyleOf{anchor: "end", color: ink, tick: tickOf(markup.DataNames, "y", g.ids[i])})
}

func dumbbellOption(c *plot, width int) (*option, int) {
	g := c.rowGrid(c.column("y"), width)
	return newOption(), int(math.Ceil(axisRoom + float64(len(g.ids))*g.row + 4))
}

func drawDumbbell(c *plot, width, height int) svg.Drawing {
	names, measure, by := c.column("y"), c.column("x"), c.column("series")
	g, ends := c.rowGrid(names, width), c.fromTo()
	groups, _ := c.names(by)
	texts := c.beside(measure)
	longest := 0.0
	for _, text := range texts {
		longest = max(longest, textWide(text))
	}
	room := longest + 12 // for the values at both ends
	axis := c.measureAxis(measure, g.left+room, float64(width)-room, max(2, int(float64(width)-g.left-2*room)/90))
	p := &paper{}
	axis.draw(p, float64(height), float64(width))
	const radius = 5.5
	for i, id := range g.ids {
		g.name(p, i)
		y := g.middle(i)
		var pair [2]*aggregate.Row
		for j := range c.lines {
			if l := &c.lines[j]; c.id(*l, names) == id && !l.Values[measure].IsMissing() {
				if at := slices.Index(groups, c.id(*l, by)); at >= 0 && at < 2 {
					pair[at] = l
				}
			}
		}
		x := func(l *aggregate.Row) float64 { return axis.at(l.Values[measure].Float()) }
		faded := false
		if len(c.spec.Highlight) > 0 {
			faded = !slices.ContainsFunc(pair[:], func(l *aggregate.Row) bool { return l != nil && c.highlighted(*l) })
		}
		color := colored(ends[1].color)
		if faded {
			color = colored(quietColor)
		}
		if pair[0] != nil && pair[1] != nil {
			arrow(p, x(pair[0]), x(pair[1]), y, radius, color)
		}
		for j, l := range pair {
			if l == nil {
				continue
			}
			form := ends[j]
			if faded {
				form.color = quietColor
			}
			p.symbol(form, x(l), y, radius, c.said(*l, names, by, measure))
			// the value is beyond the end: on the side where the other is not
			other := pair[1-j]
			after := other == nil || x(l) > x(other) || x(l) == x(other) && j == 1
			if other != nil && x(l) == x(other) && j == 0 {
				continue // one text for both
			}
			style := textStyleOf{anchor: "end", color: quietInk, halo: true}
			at := x(l) - radius - 5
			if after {
				style.anchor, at = "start", x(l)+radius+5
			}
			if j == 1 {
				style.color = ink
			}
			p.text(at, y, []string{texts[l.Values[measure].Raw()]}, style)
		}
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}

// arrow draws a line to just before a symbol, with a head where there is room for one.
func arrow(p *paper, from, to, y, radius float64, color string) {
	way := 1.0
	if to < from {
		way = -1
	}
	tip := to - way*(radius+1.5)
	if math.Abs(to-from) < 3.2*radius {
		p.line(from, y, to, y, color, 2)
		return
	}
	p.line(from, y, tip, y, color, 2)
	p.line(tip-way*5, y-4, tip, y, color, 2)
	p.line(tip-way*5, y+4, tip, y, color, 2)
}
