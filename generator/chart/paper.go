package chart

import (
	"fmt"
	"html"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/markup"
)

// paper is a drawing of symbols, lines and texts, for kinds that ECharts does not have. It is written as
// what ECharts draws, so that package check reads it the same way.
type paper struct{ strings.Builder }

// outlines are the symbols at the size of 1, by the name of ECharts without "empty".
var outlines = map[string]string{
	"circle":   "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
	"rect":     "M-0.88 -0.88L0.88 -0.88L0.88 0.88L-0.88 0.88Z",
	"diamond":  "M0 -1.2L1.2 0L0 1.2L-1.2 0Z",
	"triangle": "M0 -1.1L1.1 0.85L-1.1 0.85Z",
	"tick":     "M-0.2 -1L0.2 -1L0.2 1L-0.2 1Z",
}

// outline is the path of a symbol at the size of 1.
func (s symbol) outline() string {
	return outlines[strings.ToLower(strings.TrimPrefix(s.name, "empty"))]
}

// symbol draws one around a point, with what it stands for. A thin line of paper keeps those that overlap apart.
func (p *paper) symbol(s symbol, x, y, radius float64, said string) {
	paint := fmt.Sprintf(`fill="%s" stroke="var(--paper)" stroke-width="%s"`, colored(s.color), hundredth(1/radius))
	if s.hollow() {
		radius *= 0.88
		paint = fmt.Sprintf(`fill="var(--paper)" stroke="%s" stroke-width="%s"`, colored(s.color), hundredth(2.4/radius))
	}
	fmt.Fprintf(p, `<path d="%s" transform="matrix(%s,0,0,%[2]s,%s,%s)" %s%s/>`+"\n", s.outline(), hundredth(radius), tenth(x), tenth(y), paint, said)
}

// line draws a straight one.
func (p *paper) line(x1, y1, x2, y2 float64, color string, width float64) {
	fmt.Fprintf(p, `<path d="M%s %sL%s %s" fill="none" stroke="%s" stroke-width="%s"/>`+"\n", tenth(x1), tenth(y1), tenth(x2), tenth(y2), color, hundredth(width))
}

// textStyleOf is how a text is written.
type textStyleOf struct {
	anchor string // "start", "middle", "end"
	color  string
	bold   bool
	halo   bool // it is on lines
	tick   string
}

// text writes lines, of which the first has its middle at y.
func (p *paper) text(x, y float64, lines []string, s textStyleOf) {
	weight, halo := "", ""
	if s.bold {
		weight = "font-weight:600;"
	}
	if s.halo {
		halo = ` stroke="var(--paper)" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
	}
	for i, line := range lines {
		fmt.Fprintf(p, `<text dominant-baseline="central" text-anchor="%s" style="font-size:%dpx;%s" transform="translate(%s %s)" fill="%s"%s%s>%s</text>`+"\n",
			s.anchor, fontSize, weight, tenth(x), tenth(y+float64(i*lineHeight)), s.color, halo, s.tick, html.EscapeString(line))
	}
}

// tickOf says what a text stands for: a name or a value along an axis, "x" or "y".
func tickOf(of markup.Data, axis, raw string) string {
	return " " + of.Attr(axis) + " " + markup.DataTick.Attr(html.EscapeString(raw))
}

// said says what a mark stands for; group is -1 where there are none.
func (c *plot) said(l aggregate.Row, name, group, value int) string {
	said := " " + markup.DataName.Attr(html.EscapeString(c.id(l, name)))
	if group >= 0 {
		said += " " + markup.DataGroup.Attr(html.EscapeString(c.id(l, group)))
	}
	return said + " " + markup.DataValue.Attr(html.EscapeString(l.Values[value].Raw()))
}

// textWide is the room that a text gets.
func textWide(text string) float64 { return float64(roomFor(text)) }
