package chart

import (
	"cmp"
	"fmt"
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

// bump draws a line for each group through its ranks over time, the first on top. Those that share a rank are below each other, on
// the ranks that are left out after it, and each says the shared one.
var bump = kind{
	channels: []channel{{name: "series", as: AsGroup}, {name: "x", as: AsName}, {name: "y", as: AsValue}},
	panel:    Narrow,
	named:    true,
	overTime: true,
	trend:    true,
	faint:    true,
	groups:   "lines",
	colored:  byChannel("series"),
	prepare:  prepareBump,
	option:   bumpOption,
	draw:     drawBump,
}

func prepareBump(c *plot, problems *faults) {
	x, y := c.column("x"), c.column("y")
	switch {
	case c.unit(x).Period().IsZero():
		problems.add(diag.Problem{Message: "a bump needs years, quarters, months or days on x"}, "x")
		return
	case !c.unit(y).IsRank():
		problems.add(diag.Problem{
			Message: "a bump needs ranks on y", Found: "unit: " + c.unit(y).String(), Expected: "unit: rank",
			Hint: "rank them in the aggregate: rank() OVER (PARTITION BY " + c.of.Columns[x].Name + " ORDER BY … DESC)",
		}, "y")
		return
	}
	series := c.series()
	if c.oncePerTime(series, problems); problems.failed {
		return
	}
	for _, at := range c.ranked() {
		free := 1
		for i, l := range at {
			rank := l.Values[y].Float()
			if tied := i > 0 && l.Values[y].Compare(at[i-1].Values[y]) == 0; !tied && rank < float64(free) {
				problems.add(diag.Problem{
					Message: "a rank that comes too soon after a shared one", Found: c.write(l, y, quantity.Exact) + " " + c.unit(x).When(l.Values[x]), Expected: fmt.Sprintf("%d or more", free),
					Hint: "rank() leaves out as many ranks as are shared, and dense_rank() does not",
				}, "y")
				return
			}
			free = max(free, int(math.Ceil(rank))) + 1
		}
	}
	c.claim(c.overTime(series), claim.Words("Bump chart of "), claim.Groups("line"))
}

// ranked are the lines of each time by their rank, those that share one in the order of the time before.
func (c *plot) ranked() map[int][]aggregate.Row {
	x, y, by := c.column("x"), c.column("y"), c.column("series")
	t, at := c.times(x), map[int][]aggregate.Row{}
	for _, l := range c.lines {
		if place, ok := t.at(l.Values[x]); ok && !l.Values[y].IsMissing() {
			at[place] = append(at[place], l)
		}
	}
	before := map[string]int{}
	for place := range t.ids {
		slices.SortStableFunc(at[place], func(a, b aggregate.Row) int {
			return cmp.Or(a.Values[y].Compare(b.Values[y]), before[c.id(a, by)]-before[c.id(b, by)])
		})
		for i, l := range at[place] {
			before[c.id(l, by)] = i
		}
	}
	return at
}

// bumpGrid is how ranks are laid out at a width.
type bumpGrid struct {
	left, right float64
	room        int // for names
	row, radius float64
	first       int // the highest rank that is drawn
	rows        int
}

const bumpTop = 30.0

func (c *plot) bumpGrid(width int) bumpGrid {
	y, by := c.column("y"), c.column("series")
	low, high := c.extent(y)
	g := bumpGrid{first: int(low), row: 28}
	_, names := c.names(by)
	if c.column("by") >= 0 { // of all panels
		high = max(high, low)
	}
	for _, at := range c.ranked() { // those that share the last rank are below it
		for i := range at {
			high = max(high, float64(g.first+i))
			if i > 0 && at[i].Values[y].Compare(at[i-1].Values[y]) == 0 {
				shared := i - slices.IndexFunc(at, func(l aggregate.Row) bool { return l.Values[y].Compare(at[i].Values[y]) == 0 })
				high = max(high, at[i].Values[y].Float()+float64(shared))
			}
		}
	}
	g.rows = int(high) - g.first + 1
	switch {
	case g.rows > 40:
		g.row = 14
	case g.rows > 20:
		g.row = 20
	}
	g.room, _ = labelColumn(names, width*2/5)
	for _, name := range names {
		g.row = max(g.row, float64(linesOf(broken(name, g.room))*lineHeight)+2)
	}
	g.radius = min(11, g.row/2-2)
	g.left, g.right = g.radius+2, float64(width-g.room)-g.radius-8
	return g
}

func bumpOption(c *plot, width int) (*option, int) {
	g := c.bumpGrid(width)
	return newOption(), int(math.Ceil(bumpTop + float64(g.rows)*g.row))
}

func drawBump(c *plot, width, height int) svg.Drawing {
	x, y, by := c.column("x"), c.column("y"), c.column("series")
	g, t, p := c.bumpGrid(width), c.times(x), &paper{}
	across := func(place int) float64 { return g.left + (g.right-g.left)*float64(place)/float64(max(1, len(t.ids)-1)) }
	labelled, labels := t.some(int(g.right - g.left))
	for i, place := range labelled {
		half := textWide(labels[i]) / 2
		p.line(across(place), bumpTop-8, across(place), float64(height), faintRule, 1)
		p.text(min(max(across(place), half), float64(width)-half), 10, labels[i:i+1], textStyleOf{anchor: "middle", color: quietInk, tick: " " + markup.DataTick.Attr(t.ids[place])})
	}
	type point struct {
		line  aggregate.Row
		place int
		x, y  float64
		tied  bool
	}
	of := map[string][]point{}
	for place, at := range c.ranked() {
		for i, l := range at {
			same := func(l aggregate.Row) bool { return l.Values[y].Compare(at[i].Values[y]) == 0 }
			slot := int(l.Values[y].Float()) + i - slices.IndexFunc(at, same) - g.first
			tied := i > 0 && same(at[i-1]) || i+1 < len(at) && same(at[i+1])
			of[c.id(l, by)] = append(of[c.id(l, by)], point{l, place, across(place), bumpTop + (float64(slot)+0.5)*g.row, tied})
		}
	}
	groups, names := c.names(by)
	paints := c.paints(by)
	strong := func(group string) bool {
		return len(c.spec.Highlight) == 0 || slices.ContainsFunc(of[group], func(at point) bool { return c.highlighted(at.line) })
	}
	order := slices.Clone(groups)
	slices.SortStableFunc(order, func(a, b string) int { // over the others
		return cmp.Compare(map[bool]int{true: 1}[strong(a)], map[bool]int{true: 1}[strong(b)])
	})
	for _, group := range order {
		points := of[group]
		slices.SortFunc(points, func(a, b point) int { return a.place - b.place })
		color := paints[group].color
		switch {
		case !strong(group):
			color = quietColor
		case len(c.spec.Highlight) > 0:
			color = c.accent(group)
		}
		path := ""
		for i, at := range points {
			command := "L"
			if i == 0 || points[i-1].place+1 < at.place {
				command = "M"
			}
			path += command + tenth(at.x) + " " + tenth(at.y)
		}
		fmt.Fprintf(p, `<path d="%s" fill="none" stroke="%s" stroke-width="3" stroke-linejoin="bevel"/>`+"\n", path, colored(color))
		for _, at := range points {
			said := " " + markup.DataIndex.Attr(strconv.Itoa(at.place)) + c.said(at.line, x, by, y)
			p.symbol(symbol{name: "circle", color: color}, at.x, at.y, g.radius, said)
			rank := at.line.Values[y].Raw()
			if at.tied && textWide(rank+"=") < 2*g.radius-2 {
				rank += "="
			}
			inside := "var(--paper)"
			if color == quietColor {
				inside = ink
			}
			if textWide(rank) < 2*g.radius && g.radius >= 7 {
				p.text(at.x, at.y, []string{rank}, textStyleOf{anchor: "middle", color: inside})
			}
		}
		if len(points) > 0 {
			last := points[len(points)-1]
			lines := strings.Split(broken(names[slices.Index(groups, group)], g.room), "\n")
			style := textStyleOf{anchor: "start", color: ink, bold: strong(group) && len(c.spec.Highlight) > 0, halo: last.place < len(t.ids)-1}
			if !strong(group) {
				style.color = quietInk
			}
			p.text(last.x+g.radius+6, last.y-float64((len(lines)-1)*lineHeight)/2, lines, style)
		}
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}
