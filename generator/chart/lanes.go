package chart

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// lanes draws a horizontal line for each case, from its first to its last event, with a symbol at each event in the
// color and the shape of its value. An event without a value, such as a filing, is a short line across; a case
// with nothing else has the name of the last of them beside it, such as "Filed, no ruling".
var lanes = kind{
	channels: []channel{{name: "y", as: AsGroup}, {name: "label", as: AsName}, {name: "x", as: AsWhen}, {name: "value", as: AsValue}},
	panel:    Narrow,
	overTime: true,
	colored:  byChannel("value"),
	symbols:  true,
	prepare:  prepareLanes,
	option:   lanesOption,
	draw:     drawLanes,
}

func prepareLanes(c *plot, problems *faults) {
	cases, names, when, value := c.column("y"), c.column("label"), c.column("x"), c.column("value")
	switch {
	case !c.unit(when).IsTime() || c.unit(when).Period().IsZero():
		problems.add(diag.Problem{Message: "events without a time on x", Found: "unit: " + c.unit(when).String(), Expected: "a column of days, months, quarters or years"}, "x")
		return
	case c.unit(cases).Numeric() || c.unit(names).Numeric() || c.unit(value).Numeric():
		problems.add(diag.Problem{Message: "lanes need names on y, a name of each event as label, and a group as value"}, "kind")
		return
	}
	for _, l := range c.lines {
		if l.Values[when].IsMissing() {
			problems.add(diag.Problem{Message: "an event without a time", Found: diag.Quote(c.id(l, cases) + ": " + c.id(l, names)), Hint: "leave it out: WHERE " + c.of.Columns[when].Name + " IS NOT NULL"}, "of")
			return
		}
	}
	c.requireUniquePlaces(names, cases, problems)
	ids, texts := c.kindsOfEvents()
	if len(ids) > maxShapes {
		problems.add(diag.Problem{Message: "events of too many kinds: " + strings.Join(texts, ", "), Expected: "4 or fewer, and none for other events"}, "value")
		return
	}
	c.legend = nil
	paints := c.paintsOf(ids)
	for i, id := range ids {
		c.legend = append(c.legend, LegendItem{Label: texts[i], Color: paints[id].color, Symbol: paints[id].legend})
	}
	order, _ := c.names(cases)
	c.lines = slices.Clone(c.lines)
	slices.SortStableFunc(c.lines, func(a, b aggregate.Row) int { // as they are drawn
		return cmp.Or(slices.Index(order, c.id(a, cases))-slices.Index(order, c.id(b, cases)), a.Values[when].Compare(b.Values[when]))
	})
	c.claim(c.counts(value, ids, texts), claim.Words("Lanes of "), claim.Groups("case"), claim.Words(" with "), claim.Rows("event"))
}

// kindsOfEvents are the values of events that have one.
func (c *plot) kindsOfEvents() (ids, texts []string) {
	value := c.column("value")
	all, said := c.names(value)
	missing := ""
	for _, l := range c.whole {
		if l.Values[value].IsMissing() {
			missing = c.id(l, value)
		}
	}
	for i, id := range all {
		if id != missing {
			ids, texts = append(ids, id), append(texts, said[i])
		}
	}
	return ids, texts
}

// laneGrid is how lanes are laid out at a width.
type laneGrid struct {
	beside      bool // labels are beside the lanes, and not above
	left, right float64
	label       int      // how wide a label is
	lane        float64  // how high a lane is, without a label above
	labels      []string // in lines
	tops        []float64
	height      float64
}

const (
	laneAxis   = 26 // above the lanes
	laneHeight = 24
	laneDot    = 6.0
)

func (c *plot) laneGrid(width int) laneGrid {
	_, texts := c.names(c.column("y"))
	g := laneGrid{beside: width > Narrow, left: laneDot + 2, right: float64(width) - 20, height: laneAxis}
	g.label = width - 8
	most := 1
	if g.beside {
		g.label, most = labelColumn(texts, width*2/5)
		g.left = float64(g.label) + 18
	}
	g.lane = max(laneHeight, float64(most*lineHeight+6))
	for _, text := range texts {
		label := broken(text, g.label)
		g.labels = append(g.labels, label)
		g.tops = append(g.tops, g.height)
		if g.height += g.lane; !g.beside {
			g.height += float64(linesOf(label) * lineHeight)
		}
	}
	return g
}

func lanesOption(c *plot, width int) (*option, int) {
	return newOption(), int(c.laneGrid(width).height) + 4
}

func drawLanes(c *plot, width, height int) svg.Drawing {
	cases, names, when, value := c.column("y"), c.column("label"), c.column("x"), c.column("value")
	g, t := c.laneGrid(width), c.times(when)
	colored, _ := c.kindsOfEvents()
	paints := c.paintsOf(colored)
	x := func(l aggregate.Row) float64 {
		at, _ := t.at(l.Values[when])
		return g.left + (g.right-g.left)*float64(at)/float64(max(1, len(t.ids)-1))
	}
	p := &paper{}
	if len(t.ids) > 0 {
		at, labels := t.some(int(g.right - g.left))
		for i, place := range at {
			across := g.left + (g.right-g.left)*float64(place)/float64(max(1, len(t.ids)-1))
			p.line(across, laneAxis-6, across, g.height, faintRule, 1)
			half := textWide(labels[i]) / 2
			p.text(min(max(across, half), float64(width)-half), laneHeight/2-2, labels[i:i+1], textStyleOf{anchor: "middle", color: quietInk, tick: " " + markup.DataTick.Attr(t.ids[place])})
		}
	}
	ids, _ := c.names(cases)
	for i, id := range ids {
		of := slices.DeleteFunc(slices.Clone(c.lines), func(l aggregate.Row) bool { return c.id(l, cases) != id })
		lines := strings.Split(g.labels[i], "\n")
		rows := float64(len(lines) * lineHeight)
		middle := g.tops[i] + g.lane/2
		if g.beside {
			p.text(float64(g.label), middle-(rows-lineHeight)/2, lines, textStyleOf{anchor: "end", color: ink, tick: tickOf(markup.DataNames, "y", id)})
		} else {
			middle = g.tops[i] + rows + laneHeight/2 - 2
			p.text(0, g.tops[i]+lineHeight/2, lines, textStyleOf{anchor: "start", color: ink, halo: true})
		}
		if len(of) == 0 {
			continue
		}
		first, last := x(of[0]), x(of[len(of)-1])
		if first < last {
			p.line(first, middle, last, middle, ruleColor, 2)
		}
		slices.SortStableFunc(of, func(a, b aggregate.Row) int { // symbols over short lines
			return map[bool]int{true: 0, false: 1}[a.Values[value].IsMissing()] - map[bool]int{true: 0, false: 1}[b.Values[value].IsMissing()]
		})
		for _, l := range of {
			said := c.said(l, names, cases, value)
			if l.Values[value].IsMissing() {
				p.symbol(symbol{name: "tick", color: "--ink-quiet"}, x(l), middle, laneDot, said)
				continue
			}
			form := paints[c.id(l, value)]
			if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
				form.color = quietColor
			}
			p.symbol(form, x(l), middle, laneDot, said)
		}
		if !slices.ContainsFunc(of, func(l aggregate.Row) bool { return !l.Values[value].IsMissing() }) {
			words := []string{c.write(of[len(of)-1], names, quantity.Prose)}
			const gap = laneDot + 4
			switch wide := textWide(words[0]); {
			case last+gap+wide <= float64(width):
				p.text(last+gap, middle, words, textStyleOf{anchor: "start", color: quietInk, halo: true})
			case first-gap-wide >= g.left-laneDot:
				p.text(first-gap, middle, words, textStyleOf{anchor: "end", color: quietInk, halo: true})
			}
		}
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}
