package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// funnel draws what is left after each step as a horizontal bar, in the order of the aggregate, with the part of the first step
// that this is, and how much less than before.
var funnel = kind{
	channels: []channel{{name: "y", as: AsName}, {name: "x", as: AsValue}},
	panel:    Narrow,
	named:    true,
	fromZero: true,
	prepare:  prepareFunnel,
	option:   funnelOption,
	draw:     drawFunnel,
}

func prepareFunnel(c *plot, problems *faults) {
	names, measure := c.column("y"), c.column("x")
	if !c.unit(measure).Numeric() || c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a funnel needs names on y and a measure on x"}, "kind")
		return
	}
	c.requireUniqueNames(names, problems)
	for i, l := range c.lines {
		v, name := l.Values[measure], diag.Quote(c.write(l, names, quantity.Prose))
		switch {
		case v.IsMissing():
			problems.add(diag.Problem{Message: "a step without a value: " + name, Hint: "leave it out, and say so"}, "of")
		case v.Sign() < 0:
			problems.add(diag.Problem{Message: "a step below zero: " + name, Found: c.write(l, measure, quantity.Exact)}, "of")
		case i > 0 && v.Compare(c.lines[i-1].Values[measure]) > 0:
			problems.add(diag.Problem{
				Message: "the step " + name + " is larger than the one before", Found: c.write(l, measure, quantity.Exact) + " after " + c.write(c.lines[i-1], measure, quantity.Exact),
				Expected: "a part of it", Hint: "order the rows from the whole to its last part; of things that are not parts draw bars",
			}, "of")
		}
	}
	c.claim(c.extremes(names, measure), claim.Words("Funnel chart of "), claim.Rows("step"))
}

// funnelStep is how a step is written at a width.
type funnelStep struct {
	name, rest []string
	value      string
	top        float64
}

const funnelBar = 20.0

// funnelSteps lays the steps out one below the other.
func (c *plot) funnelSteps(width int) (steps []funnelStep, room, height float64) {
	names, measure := c.column("y"), c.column("x")
	texts := c.beside(measure)
	share, _ := quantity.Units{}.In(c.unit(measure).Language()).Find("share")
	for i, l := range c.lines {
		v := l.Values[measure]
		s := funnelStep{name: wrap(c.write(l, names, quantity.Prose), width), value: texts[v.Raw()], top: height}
		room = max(room, textWide(s.value)+8)
		if first := c.lines[0].Values[measure]; i > 0 && first.Sign() > 0 {
			part, _ := quantity.NewValue(v.Float() / first.Float()) // finite
			said := c.book().Say("funnel_part", "Share", share.Format(part, quantity.Short))
			if loss := c.lines[i-1].Values[measure].Minus(v); loss.Sign() > 0 {
				said = c.book().Say("funnel_rest", "Share", share.Format(part, quantity.Short), "Loss", c.unit(measure).Format(loss, quantity.Short))
			}
			s.rest = wrap(said, width)
		}
		height += float64((len(s.name)+len(s.rest))*lineHeight) + funnelBar + 18
		steps = append(steps, s)
	}
	return steps, room, height
}

func funnelOption(c *plot, width int) (*option, int) {
	_, _, height := c.funnelSteps(width)
	return newOption(), max(1, int(math.Ceil(height)))
}

func drawFunnel(c *plot, width, height int) svg.Drawing {
	names, measure := c.column("y"), c.column("x")
	steps, room, _ := c.funnelSteps(width)
	_, high := c.extent(measure)
	p := &paper{}
	for i, l := range c.lines {
		s := steps[i]
		p.text(0, s.top+lineHeight/2, s.name, textStyleOf{anchor: "start", color: ink, bold: slices.Contains(c.spec.Highlight, c.id(l, names))})
		color, y := symbols[0].color, s.top+float64(len(s.name)*lineHeight)+2
		if len(c.spec.Highlight) > 0 && !c.highlighted(l) {
			color = quietColor
		}
		wide := 0.0
		if high > 0 {
			wide = (float64(width) - room) * l.Values[measure].Float() / high
		}
		p.bar(0, y, wide, funnelBar, color, c.said(l, names, -1, measure))
		p.text(wide+6, y+funnelBar/2, []string{s.value}, textStyleOf{anchor: "start", color: ink})
		p.text(0, y+funnelBar+lineHeight/2+3, s.rest, textStyleOf{anchor: "start", color: quietInk, tick: tickOf(markup.DataValues, markup.Part, c.id(l, names))})
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}

// bar draws a rectangle from its left upper corner.
func (p *paper) bar(x, y, wide, high float64, color, said string) {
	fmt.Fprintf(p, `<path d="M%s %sl%s 0l0 %sl-%[3]s 0Z" fill="%[5]s"%[6]s/>`+"\n", tenth(x), tenth(y), strings.TrimPrefix(hundredth(wide), "-"), tenth(high), colored(color), said)
}
