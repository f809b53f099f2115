package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// slope draws a line for each group from its value at one time, or place, to that at another. Names and values are at the ends,
// so that it needs no axis.
var slope = kind{
	channels: []channel{{name: "series", as: AsGroup}, {name: "x", as: AsName}, {name: "y", as: AsValue}},
	panel:    Narrow,
	named:    true,
	faint:    true,
	groups:   "lines",
	colored:  byChannel("series"),
	prepare:  prepareSlope,
	option:   slopeOption,
	draw:     drawSlope,

	logarithmic: true,
}

func prepareSlope(c *plot, problems *faults) {
	x, y, by := c.column("x"), c.column("y"), c.column("series")
	if !c.unit(y).Numeric() || c.unit(x).Numeric() && !c.unit(x).IsTime() || c.unit(by).Numeric() {
		problems.add(diag.Problem{Message: "a slope needs two times or names on x, a measure on y and names as series"}, "kind")
		return
	}
	if _, texts := c.names(x); len(texts) != 2 {
		problems.add(diag.Problem{Message: "a slope goes from one time to another", Found: groupsSaid(texts), Expected: "two values in " + c.of.Columns[x].Name, Hint: "choose the first and the last in the aggregate, or draw lines: kind: line"}, "x")
		return
	}
	c.requireUniquePlaces(x, by, problems)
	c.claim(append(c.logClaims(), c.extremes(x, y)...), claim.Words("Slope chart of "), claim.Groups("line"))
}

// slopeEnd is a text at an end of a line.
type slopeEnd struct {
	text   string
	y, at  float64 // where it is written, and where the line ends
	lines  int
	group  string
	strong bool
}

// slopeGrid is how a slope is laid out at a width.
type slopeGrid struct {
	left, right float64
	room        int // for texts on the right
	low, high   float64
	height      float64
}

const slopeTop = 34.0

func (c *plot) slopeGrid(width int) slopeGrid {
	y, by := c.column("y"), c.column("series")
	texts := c.beside(y)
	values, names := 0.0, 0.0
	for _, l := range c.lines {
		value := texts[l.Values[y].Raw()]
		values = max(values, textWide(value))
		names = max(names, textWide(c.id(l, by)+"  "+value))
	}
	g := slopeGrid{left: values*1.05 + 14}
	g.room = int(min(names, float64(width)*0.45))
	g.right = float64(width) - float64(g.room) - 12
	g.low, g.high = c.extent(y)
	last, lines := c.lastPlace(), 0
	for _, l := range c.lines {
		if c.id(l, c.column("x")) == last {
			lines += linesOf(broken(texts[l.Values[y].Raw()]+"  "+c.write(l, by, quantity.Prose), g.room))
		}
	}
	g.height = slopeTop + max(220, float64(lines)*(lineHeight+1)+20) + 12
	return g
}

// lastPlace is the second of both times.
func (c *plot) lastPlace() string {
	ids, _ := c.names(c.column("x"))
	if len(ids) == 0 {
		return ""
	}
	return ids[len(ids)-1]
}

func slopeOption(c *plot, width int) (*option, int) {
	return newOption(), int(math.Ceil(c.slopeGrid(width).height))
}

func drawSlope(c *plot, width, height int) svg.Drawing {
	x, y, by := c.column("x"), c.column("y"), c.column("series")
	g, texts, p := c.slopeGrid(width), c.beside(y), &paper{}
	places, labels := c.names(x)
	groups, names := c.names(by)
	paints := c.paints(by)
	bottom := float64(height) - 12
	at := func(l aggregate.Row) (float64, float64) {
		across := g.left
		if slices.Index(places, c.id(l, x)) == 1 {
			across = g.right
		}
		return across, bottom - (bottom-slopeTop)*c.along(y, l.Values[y].Float(), g.low, g.high)
	}
	for i, label := range labels {
		across, anchor := g.left, "middle"
		if i == 1 {
			across = g.right
		}
		p.line(across, slopeTop-8, across, bottom+8, faintRule, 1)
		p.text(min(max(across, textWide(label)/2), float64(width)-textWide(label)/2), 10, []string{label}, textStyleOf{anchor: anchor, color: quietInk})
	}
	order := slices.Clone(groups)
	strong := func(group string) bool {
		return len(c.spec.Highlight) == 0 || slices.ContainsFunc(c.lines, func(l aggregate.Row) bool { return c.id(l, by) == group && c.highlighted(l) })
	}
	slices.SortStableFunc(order, func(a, b string) int { // over the others
		return cmp.Compare(map[bool]int{true: 1}[strong(a)], map[bool]int{true: 1}[strong(b)])
	})
	var ends [2][]slopeEnd
	for _, group := range order {
		color := paints[group].color
		switch {
		case !strong(group):
			color = quietColor
		case len(c.spec.Highlight) > 0 || len(groups) > maxShapes:
			color = c.accent(group)
		}
		var pair []aggregate.Row
		for _, l := range c.lines {
			if c.id(l, by) == group && !l.Values[y].IsMissing() {
				pair = append(pair, l)
			}
		}
		slices.SortStableFunc(pair, func(a, b aggregate.Row) int {
			return slices.Index(places, c.id(a, x)) - slices.Index(places, c.id(b, x))
		})
		if len(pair) == 2 {
			x1, y1 := at(pair[0])
			x2, y2 := at(pair[1])
			fmt.Fprintf(p, `<path d="M%s %sL%s %s" fill="none" stroke="%s" stroke-width="2.5" stroke-linejoin="bevel"/>`+"\n", tenth(x1), tenth(y1), tenth(x2), tenth(y2), colored(color))
		}
		name := names[slices.Index(groups, group)]
		for i, l := range pair {
			across, up := at(l)
			p.symbol(symbol{name: "circle", color: color}, across, up, 5, c.said(l, x, by, y))
			text := texts[l.Values[y].Raw()]
			side := slices.Index(places, c.id(l, x))
			if side == 1 || i == 0 && len(pair) == 1 {
				text += "  " + name
			}
			lines := 1
			if side == 1 {
				text = broken(text, g.room)
				lines = linesOf(text)
			} else if len(pair) == 1 {
				text = texts[l.Values[y].Raw()] // its name is in the table
			}
			ends[side] = append(ends[side], slopeEnd{text: text, y: up, at: up, lines: lines, group: group, strong: strong(group)})
		}
	}
	for side := range ends {
		spread(ends[side], slopeTop-lineHeight/2, bottom+lineHeight/2)
		for _, e := range ends[side] {
			style := textStyleOf{anchor: "end", color: ink, bold: e.strong && len(c.spec.Highlight) > 0}
			across := g.left - 10
			if side == 1 {
				style.anchor, across = "start", g.right+10
			}
			if !e.strong {
				style.color = quietInk
			}
			p.text(across, e.y-float64((e.lines-1)*lineHeight)/2, strings.Split(e.text, "\n"), style)
		}
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}

// spread moves texts apart that would overlap, down, and then up from the ground.
func spread(ends []slopeEnd, top, bottom float64) {
	slices.SortStableFunc(ends, func(a, b slopeEnd) int { return cmp.Compare(a.at, b.at) })
	half := func(e slopeEnd) float64 { return float64(e.lines*lineHeight)/2 + 0.5 }
	for i := range ends {
		ends[i].y = max(ends[i].y, top+half(ends[i]))
		if i > 0 {
			ends[i].y = max(ends[i].y, ends[i-1].y+half(ends[i-1])+half(ends[i]))
		}
	}
	for i := len(ends) - 1; i >= 0; i-- {
		ground := bottom - half(ends[i])
		if i+1 < len(ends) {
			ground = ends[i+1].y - half(ends[i+1]) - half(ends[i])
		}
		ends[i].y = min(ends[i].y, ground)
	}
}
