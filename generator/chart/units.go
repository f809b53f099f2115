package chart

import (
	"fmt"
	"slices"
	"strconv"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// units draws a square for each line, so that a reader can count them. They are grouped and colored by a
// value, in order of time within a group where x is a time, and how many there are is written beside each group.
var units = kind{
	channels: []channel{{name: "label", as: AsName}, {name: "x", optional: true, as: AsWhen}, {name: "value", as: AsValue}},
	panel:    Narrow,
	colored:  byChannel("value"),
	symbols:  true,
	prepare:  prepareUnits,
	option:   unitsOption,
	draw:     drawUnits,
}

// maxUnits is how many squares a reader looks at.
const maxUnits = 500

func prepareUnits(c *plot, problems *faults) {
	names, when, value := c.column("label"), c.column("x"), c.column("value")
	if c.unit(names).Numeric() || c.unit(value).Numeric() && !c.unit(value).IsTime() {
		problems.add(diag.Problem{Message: "units need names as label and a group, not a measure, as value", Hint: "of a measure draw bars"}, "kind")
		return
	}
	if when >= 0 && !c.unit(when).IsTime() {
		problems.add(diag.Problem{Message: "units are in order of time, and x is none", Found: "unit: " + c.unit(when).String(), Expected: "a column of dates or years"}, "x")
		return
	}
	if n := len(c.whole); n > maxUnits {
		problems.add(diag.Problem{
			Message: fmt.Sprintf("%d squares", n), Expected: fmt.Sprintf("%d or fewer", maxUnits),
			Hint: "count them in the aggregate and draw bars: kind: bar",
		}, "of")
		return
	}
	c.requireUniqueNames(names, problems)
	ids, texts := c.names(value)
	if len(ids) > maxSeries {
		problems.add(diag.Problem{Message: fmt.Sprintf("%d groups", len(ids)), Expected: fmt.Sprintf("%d or fewer", maxSeries), Hint: "put the smallest together in the aggregate"}, "value")
		return
	}
	c.lines = slices.Clone(c.lines)
	slices.SortStableFunc(c.lines, func(a, b aggregate.Row) int { // as they are drawn, so that keys go through them in order
		if d := slices.Index(ids, c.id(a, value)) - slices.Index(ids, c.id(b, value)); d != 0 || when < 0 {
			return d
		}
		return a.Values[when].Compare(b.Values[when])
	})
	c.claim(c.counts(value, ids, texts), claim.Words("Unit chart of "), claim.Rows("square"))
}

// counts say how many lines have each value.
func (c *plot) counts(value int, ids, texts []string) (list []claim.Claim) {
	for i, id := range ids {
		n := 0
		for _, l := range c.lines {
			if c.id(l, value) == id {
				n++
			}
		}
		if n > 0 {
			list = append(list, claim.Claim{Says: claim.Count, Names: texts[i : i+1], N: n})
		}
	}
	return list
}

// unitGrid is how squares are laid out at a width.
type unitGrid struct {
	step     int  // from a square to the next
	across   int  // squares in a row
	beside   bool // labels are beside the squares, and not above
	left     int  // of the first square
	counts   int  // room for the numbers
	label    int  // and for the labels
	lines    int  // of a label
	ids      []string
	texts    []string
	squares  map[string][]aggregate.Row
	heights  []int
	gap, top int
}

func (c *plot) unitGrid(width int) unitGrid {
	value := c.column("value")
	g := unitGrid{squares: map[string][]aggregate.Row{}, gap: 14, top: 4}
	g.ids, g.texts = c.names(value)
	for i := range g.texts {
		g.texts[i] = quantity.Title(g.texts[i])
	}
	for _, l := range c.lines {
		g.squares[c.id(l, value)] = append(g.squares[c.id(l, value)], l)
	}
	switch n := len(c.whole); {
	case n <= 60:
		g.step = 26
	case n <= 150:
		g.step = 20
	case n <= 300:
		g.step = 16
	default:
		g.step = 12
	}
	most := 1
	for _, of := range g.squares {
		most = max(most, len(of))
	}
	g.counts = textWidth(strconv.Itoa(most))*12/10 + 2
	g.beside = width > Narrow
	if g.beside {
		g.label, g.lines = labelColumn(g.texts, width*3/10)
		g.left = g.label + 10 + g.counts + 10
	} else {
		g.label, g.lines = labelColumn(g.texts, width-g.counts-8)
	}
	g.pack(width-g.left, most)
	for _, id := range g.ids {
		rows := (len(g.squares[id]) + g.across - 1) / g.across
		height := rows * g.step
		if g.beside {
			height = max(height, g.lines*lineHeight+4)
		} else {
			height += g.lines*lineHeight + 6
		}
		g.heights = append(g.heights, height)
	}
	return g
}

// pack sets how many squares are in a row: all of the largest group, if need be as smaller squares, else full rows of tens or fives, which can be
// counted, unless they leave a few squares alone in a last row.
func (g *unitGrid) pack(width, most int) {
	if smaller := width / most; smaller >= g.step*3/4 {
		g.step = min(g.step, smaller)
		g.across = width / g.step
		return
	}
	full := max(1, width/g.step)
	alone := func(across int) bool {
		for _, of := range g.squares {
			if last := len(of) % across; len(of) > across && last > 0 && last*3 < across {
				return true
			}
		}
		return false
	}
	rows := (most + full - 1) / full
	balanced := (most + rows - 1) / rows
	for _, across := range []int{full - full%10, full - full%5, balanced} {
		if g.across = across; across > 0 && !alone(across) {
			return
		}
	}
}

func unitsOption(c *plot, width int) (*option, int) {
	g := c.unitGrid(width)
	height := g.top
	for _, h := range g.heights {
		height += h + g.gap
	}
	return newOption(), max(1, height-g.gap+2)
}

func drawUnits(c *plot, width, height int) svg.Drawing {
	names, value := c.column("label"), c.column("value")
	g, paints := c.unitGrid(width), c.paints(value)
	radius := float64(g.step) / 2
	p := &paper{}
	top := float64(g.top)
	for i, id := range g.ids {
		number := []string{strconv.Itoa(len(g.squares[id]))}
		tick := tickOf(markup.DataValues, markup.Counted, id)
		label := wrap(g.texts[i], max(24, g.label))
		squares := top
		if g.beside {
			middle := top + float64(g.step)/2
			p.text(float64(g.label), middle, label, textStyleOf{anchor: "end", color: ink})
			p.text(float64(g.label+10+g.counts), middle, number, textStyleOf{anchor: "end", color: ink, bold: true, tick: tick})
		} else {
			p.text(float64(g.counts), top+lineHeight/2, number, textStyleOf{anchor: "end", color: ink, bold: true, tick: tick})
			p.text(float64(g.counts+8), top+lineHeight/2, label, textStyleOf{anchor: "start", color: ink})
			squares += float64(g.lines*lineHeight + 6)
		}
		form := paints[id]
		form.name = map[bool]string{false: "rect", true: "emptyRect"}[form.hollow()]
		for j, l := range g.squares[id] {
			mark := form
			if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
				mark.color = quietColor
			}
			x := float64(g.left+j%g.across*g.step) + radius
			y := squares + float64(j/g.across*g.step) + radius
			p.symbol(mark, x, y, radius, c.said(l, names, -1, value))
		}
		top += float64(g.heights[i] + g.gap)
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}
