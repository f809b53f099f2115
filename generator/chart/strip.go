package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// strip draws a dot for each line along a measure, beside each other where they would overlap, so that each can be
// seen among all. Those that are singled out have their name at them. With names on y there is a row for each.
var strip = kind{
	channels: []channel{{name: "y", optional: true, as: AsGroup}, {name: "label", as: AsName}, {name: "x", as: AsValue}},
	panel:    Narrow,
	named:    true,
	colored:  byChannel("y"),
	prepare:  prepareStrip,
	option:   stripOption,
	draw:     drawStrip,

	logarithmic: true,
}

func prepareStrip(c *plot, problems *faults) {
	names, measure, by := c.column("label"), c.column("x"), c.column("y")
	if !c.unit(measure).Numeric() || c.unit(names).Numeric() || by >= 0 && c.unit(by).Numeric() {
		problems.add(diag.Problem{Message: "a strip needs a measure on x, and names as label"}, "kind")
		return
	}
	if by < 0 {
		c.requireUniqueNames(names, problems)
	} else {
		c.requireUniquePlaces(names, by, problems)
	}
	c.claim(append(c.logClaims(), c.extremes(names, measure)...), claim.Words("Strip plot of "), claim.Values("dot"))
}

// measureAxis is an axis of a drawing of ours, from left to right.
type measureAxis struct {
	c           *plot
	column      int
	left, right float64
	low, high   float64
	texts       map[string]string
}

// measureAxis is one that need not start at zero, with so many pixels beside it.
func (c *plot) measureAxis(column int, left, right float64, about int) measureAxis {
	low, high := c.extent(column)
	a, _ := c.looseAxis("xAxis", column, low, high, about)
	from, _ := a.Min.(float64)
	to, _ := a.Max.(float64)
	return measureAxis{c, column, left, right, from, to, a.AxisLabel.Texts}
}

func (a measureAxis) at(v float64) float64 {
	return a.left + (a.right-a.left)*a.c.along(a.column, v, a.low, a.high)
}

// draw writes the labels above the chart, and lines down through it.
func (a measureAxis) draw(p *paper, height, width float64) {
	ticks := slices.Sorted(func(yield func(float64) bool) {
		for text := range a.texts {
			if v, err := strconv.ParseFloat(text, 64); err == nil && !yield(v) {
				return
			}
		}
	})
	free := -2.0 // from there on
	for _, tick := range ticks {
		raw := strconv.FormatFloat(tick, 'f', -1, 64)
		x, half := a.at(tick), textWide(a.texts[raw])/2
		color := faintRule
		if tick == 0 {
			color = ruleColor
		}
		p.line(x, axisRoom-6, x, height, color, 1)
		if x-half >= free && x+half <= width+2 {
			free = x + half + 6
			p.text(x, axisRoom/2-2, []string{a.texts[raw]}, textStyleOf{anchor: "middle", color: quietInk, tick: tickOf(markup.DataValues, "x", raw)})
		}
	}
}

// axisRoom is above what a measureAxis measures.
const axisRoom = 26.0

// dot is a line of a strip, where it is drawn.
type stripDot struct {
	aggregate.Row
	x, off float64 // off is how far from the middle of its row
}

// swarm puts dots along the axis, each as near to the middle as those before leave room.
func (c *plot) swarm(lines []aggregate.Row, axis measureAxis, radius float64) (dots []stripDot, most float64) {
	for _, l := range lines {
		if v := l.Values[axis.column]; !v.IsMissing() {
			dots = append(dots, stripDot{Row: l, x: axis.at(v.Float())})
		}
	}
	slices.SortStableFunc(dots, func(a, b stripDot) int { return cmp.Compare(a.x, b.x) })
	apart := 2*radius + 0.6
	first := 0
	for i := range dots {
		for dots[i].x-dots[first].x >= apart {
			first++
		}
		free := func(off float64) bool {
			for _, other := range dots[first:i] {
				if math.Hypot(dots[i].x-other.x, off-other.off) < apart-0.01 {
					return false
				}
			}
			return true
		}
		places := []float64{0}
		for _, other := range dots[first:i] {
			d := math.Sqrt(max(0, apart*apart-(dots[i].x-other.x)*(dots[i].x-other.x)))
			places = append(places, other.off+d, other.off-d)
		}
		slices.SortStableFunc(places, func(a, b float64) int { return cmp.Or(cmp.Compare(math.Abs(a), math.Abs(b)), cmp.Compare(b, a)) })
		dots[i].off = places[slices.IndexFunc(places, free)]
		most = max(most, math.Abs(dots[i].off))
	}
	return dots, most
}

// stripRow is a row of a strip.
type stripRow struct {
	id, label string
	dots      []stripDot
	top, half float64
}

const nameRoom = 20.0 // above a row, for names of dots

// stripRows lays out the rows at a width.
func (c *plot) stripRows(width int) (rows []stripRow, axis measureAxis, radius, height float64) {
	measure, by := c.column("x"), c.column("y")
	radius = 6
	for _, of := range []struct {
		lines  int
		radius float64
	}{{60, 5}, {150, 4}, {400, 3}} {
		if len(c.whole) > of.lines {
			radius = of.radius
		}
	}
	ids, texts := []string{""}, []string{""}
	left, label := radius+8, 0
	if by >= 0 {
		ids, texts = c.names(by)
		if label = width; width > Narrow {
			label, _ = labelColumn(texts, width*3/10)
			left = float64(label) + 22
		}
	}
	axis = c.measureAxis(measure, left, float64(width)-radius-10, max(2, int(float64(width)-left)/110))
	height = axisRoom
	for i, id := range ids {
		lines := slices.DeleteFunc(slices.Clone(c.lines), func(l aggregate.Row) bool { return by >= 0 && c.id(l, by) != id })
		if i > 0 && by >= 0 && width <= Narrow {
			height += 8 // a name is nearer to its own row
		}
		r := stripRow{id: id, top: height}
		var most float64
		r.dots, most = c.swarm(lines, axis, radius)
		if by >= 0 {
			r.label = broken(texts[i], label)
		}
		above := 0.0
		if by >= 0 && width <= Narrow {
			above = float64(linesOf(r.label)*lineHeight) + 2
		}
		if len(c.spec.Highlight) > 0 {
			above += nameRoom
		}
		if c.isBox() {
			above += boxRoom
		}
		r.half = max(most+radius+4, 14, float64(linesOf(r.label)*lineHeight)/2)
		r.top = height + above
		height = r.top + 2*r.half + 4
		rows = append(rows, r)
	}
	return rows, axis, radius, height
}

func stripOption(c *plot, width int) (*option, int) {
	_, _, _, height := c.stripRows(width)
	return newOption(), int(math.Ceil(height))
}

func drawStrip(c *plot, width, height int) svg.Drawing {
	names, measure, by := c.column("label"), c.column("x"), c.column("y")
	rows, axis, radius, _ := c.stripRows(width)
	p := &paper{}
	axis.draw(p, float64(height), float64(width))
	var paints map[string]symbol
	if by >= 0 {
		paints = c.paints(by)
	}
	for _, r := range rows {
		middle := r.top + r.half
		lines := strings.Split(r.label, "\n")
		switch {
		case by >= 0 && width > Narrow:
			p.text(axis.left-radius-14, middle-float64((len(lines)-1)*lineHeight)/2, lines, textStyleOf{anchor: "end", color: ink, tick: tickOf(markup.DataNames, "y", r.id)})
		case by >= 0:
			above := float64(len(lines)*lineHeight) + 2
			if len(c.spec.Highlight) > 0 {
				above += nameRoom
			}
			if c.isBox() {
				above += boxRoom
			}
			p.text(0, r.top-above+lineHeight/2, lines, textStyleOf{anchor: "start", color: ink, bold: true, halo: true})
		}
		form := symbols[0]
		if s, given := c.given(r.id); given && paints != nil {
			form = s
		}
		form.name = "circle"
		drawn := slices.Clone(r.dots)
		slices.SortStableFunc(drawn, func(a, b stripDot) int { // the named ones over the others
			return cmp.Compare(map[bool]int{true: 1}[c.highlighted(a.Row)], map[bool]int{true: 1}[c.highlighted(b.Row)])
		})
		taken := &room{bounds: rectangle{0, r.top - nameRoom - 2, float64(width), r.top + 2*r.half + 4}}
		above := r.top - nameRoom/2 // where names are
		if c.isBox() {
			taken.bounds.top -= boxRoom
			above -= boxRoom
			c.drawBox(p, r, axis, middle, taken)
		}
		for _, d := range drawn {
			mark := form
			if len(c.spec.Highlight) > 0 && !c.highlighted(d.Row) {
				mark.color = quietColor
			}
			p.symbol(mark, d.x, middle+d.off, radius, c.said(d.Row, names, by, measure))
			taken.take(rectangle{d.x - radius, middle + d.off - radius, d.x + radius, middle + d.off + radius})
		}
		for _, d := range drawn {
			if c.highlighted(d.Row) && len(c.spec.Highlight) > 0 {
				c.nameDot(p, taken, d, middle, radius, above, c.write(d.Row, names, quantity.Prose))
			}
		}
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}

// nameDot writes the name of a dot beside it where that is free, or else above the row, with a line to it.
func (c *plot) nameDot(p *paper, taken *room, d stripDot, middle, radius, above float64, name string) {
	if most := int(taken.bounds.right * 0.55); textWidth(name) > most { // all of it is in the table
		name = wrap(name, most)[0] + "…"
	}
	wide := textWide(name) * 1.05 // in bold
	y := middle + d.off
	for _, at := range []struct {
		anchor string
		x      float64
	}{{"start", d.x + radius + 4}, {"end", d.x - radius - 4}} {
		box := rectangle{at.x, y - 7, at.x + wide, y + 7}
		if at.anchor == "end" {
			box.left, box.right = at.x-wide, at.x
		}
		if taken.free(box) {
			taken.take(box)
			p.text(at.x, y, []string{name}, textStyleOf{anchor: at.anchor, color: ink, bold: true, halo: true})
			return
		}
	}
	x := min(max(d.x, wide/2), taken.bounds.right-wide/2)
	for _, x := range []float64{x, d.x - wide/2 + 4, d.x + wide/2 - 4} {
		if box := (rectangle{x - wide/2, above - 8, x + wide/2, above + 7}); taken.free(box) {
			taken.take(box)
			p.line(d.x, above+8, d.x, y-radius, quietInk, 1)
			p.text(x, above, []string{name}, textStyleOf{anchor: "middle", color: ink, bold: true, halo: true})
			return
		}
	}
}
