package chart

import (
	"math"
	"slices"

	"broadsheet/generator/claim"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// box is a strip with the middle half of the values of each row as a box, in which the median is a line with its value. So each row
// of the aggregate is still to be seen. A row of the chart with few values has no box.
var box = kind{
	channels: strip.channels,
	panel:    Narrow,
	named:    true,
	colored:  byChannel("y"),
	prepare:  prepareBox,
	option:   stripOption,
	draw:     drawStrip,
}

// leastBoxed is from how many values on quartiles say something.
const leastBoxed = 5

func prepareBox(c *plot, problems *faults) {
	if prepareStrip(c, problems); problems.failed {
		return
	}
	boxed, few := c.boxes()
	if boxed {
		c.legend = append(c.legend, LegendItem{Label: c.book().Say("box_legend"), Color: "--chart-span", Symbol: "square"})
	}
	if few {
		c.legend = append(c.legend, LegendItem{Label: c.book().Say("box_few"), Color: symbols[0].color, Symbol: "circle"})
	}
	c.claim(c.extremes(c.column("label"), c.column("x")), claim.Words("Box plot of "), claim.Values("dot"))
}

// boxes reports whether rows of the chart have a box, and whether some have too few values for one.
func (c *plot) boxes() (boxed, few bool) {
	y, x, panel := c.column("y"), c.column("x"), c.column("by")
	counts := map[[2]string]int{}
	for _, l := range c.whole {
		row := [2]string{}
		if y >= 0 {
			row[0] = c.id(l, y)
		}
		if panel >= 0 {
			row[1] = c.id(l, panel)
		}
		if !l.Values[x].IsMissing() {
			counts[row]++
		}
	}
	for _, n := range counts {
		boxed, few = boxed || n >= leastBoxed, few || n < leastBoxed
	}
	return boxed, few
}

// isBox reports whether rows of a strip have boxes.
func (c *plot) isBox() bool { return c.spec.Kind == "box" }

// boxRoom is above a row, for the median.
const boxRoom = 18.0

// drawBox draws that of a row, and keeps the room of its number free.
func (c *plot) drawBox(p *paper, r stripRow, axis measureAxis, middle float64, taken *room) {
	values := make([]float64, len(r.dots))
	for i, d := range r.dots {
		values[i] = d.Values[axis.column].Float()
	}
	if len(values) < leastBoxed {
		return
	}
	slices.Sort(values)
	from, median, to := axis.at(quantile(values, 0.25)), quantile(values, 0.5), axis.at(quantile(values, 0.75))
	p.bar(from, middle-r.half+1, max(1, to-from), 2*r.half-2, "--chart-span", tickOf(markup.DataValues, markup.Box, r.id))
	at := axis.at(median)
	p.bar(at-1, middle-r.half-3, 2, 2*r.half+3, "--ink", tickOf(markup.DataValues, markup.Median, r.id))
	v, _ := quantity.NewValue(median) // between two values
	text := c.unit(axis.column).Format(v, quantity.Short)
	wide := textWide(text) / 2
	x := min(max(at, wide), taken.bounds.right-wide)
	taken.take(rectangle{x - wide, r.top - boxRoom, x + wide, r.top})
	p.text(x, r.top-boxRoom/2-2, []string{text}, textStyleOf{anchor: "middle", color: ink, halo: true, tick: tickOf(markup.DataValues, markup.Median, r.id)})
}

// quantile is that of sorted values, between two of them where it is so: as quantile_cont of the engine computes it.
func quantile(sorted []float64, part float64) float64 {
	at := part * float64(len(sorted)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}
