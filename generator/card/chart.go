package card

import (
	"image/color"
	"math"
	"strings"

	"broadsheet/generator/chart/svg"
)

// The least enlargement of a chart: its text, of 13 pixels, can then be read at half the size of a card. One without text
// can be smaller.
const (
	leastWithText = 1.24
	leastWithout  = 0.7
	most          = 1.8
)

// textSize is that of what a chart shows.
const textSize = 25

// place is a way to show a chart.
type place struct {
	drawing        svg.Drawing
	scale          float64
	x, y           float64
	headline, text block
	width          float64 // of those and of the legend
}

// withChart shows the chart, beside the headline or below it, unless that would make it too small.
func (l *layout) withChart() (bool, error) {
	for _, k := range l.Legend {
		if !l.regular.has(k.Label) {
			return false, nil
		}
	}
	var best *place
	for _, d := range l.Drawings {
		for _, p := range []*place{l.below(d), l.beside(d)} {
			if p == nil {
				continue
			}
			least := leastWithText
			if !strings.Contains(d.Shapes, "<text") {
				least = leastWithout
			}
			if p.scale >= least && (best == nil || p.scale > best.scale) {
				best = p
			}
		}
	}
	if best == nil {
		return false, nil
	}
	y := l.surface.write(l.writer, best.headline, edge, top, best.width, l.colors.property("--ink"))
	if best.text.lines != nil {
		y = l.surface.write(l.writer, best.text, edge, y+12, best.width, l.colors.property("--ink-quiet"))
	}
	l.legend(y+14, best.width, true)
	return true, l.chart(l.writer, l.colors, best.drawing, matrix{a: best.scale, d: best.scale, e: best.x, f: best.y})
}

// below puts the chart below the headline.
func (l *layout) below(d svg.Drawing) *place {
	headline := l.fit(l.headline, l.Title, inner, 110, 50, 44, 40)
	if headline.cut {
		return nil
	}
	text := l.set(l.regular, textSize, l.Text, inner, 1)
	y := top + headline.height() + text.height() + 22
	if high := l.legend(0, inner, false); high > 0 {
		y += high + 10
	}
	scale := min(most, inner/float64(d.Width), (bottom-y)/float64(d.Height))
	return &place{
		drawing: d, scale: scale, headline: headline, text: text, width: inner,
		x: edge + (inner-scale*float64(d.Width))/2, y: y + (bottom-y-scale*float64(d.Height))/2,
	}
}

// beside puts the chart at the right of the headline.
func (l *layout) beside(d svg.Drawing) *place {
	const start = 40.0
	scale := min(most, (bottom-start)/float64(d.Height), 640/float64(d.Width))
	width := inner - scale*float64(d.Width) - gap - 8
	headline := l.fit(l.headline, l.Title, width, bottom-top-20, 50, 46, 42, 38, 34)
	room := bottom - top - headline.height() - l.legend(0, width, false) - 26
	if headline.cut || room < 0 {
		return nil
	}
	var text block
	if lines := int(room / (textSize * leading)); lines > 0 {
		text = l.set(l.regular, textSize, l.Text, width, min(lines, 5))
	}
	return &place{
		drawing: d, scale: scale, headline: headline, text: text, width: width,
		x: Width - edge - scale*float64(d.Width), y: start + (bottom-start-scale*float64(d.Height))/2,
	}
}

// legend lays out the legend below y, draws it if so told, and returns its height.
func (l *layout) legend(y, width float64, draw bool) float64 {
	const size, row, symbol = 23, 34, 30
	x, high := 0.0, 0.0
	for i, k := range l.Legend {
		label := l.set(l.regular, size, k.Label, width-symbol, 1)
		if i == 0 || x+symbol+label.width > width {
			x, high = 0, high+row
		}
		if draw {
			at := y + high - row
			c, _ := l.colors.paint("var(" + k.Color + ")")
			l.symbol(k.Symbol, edge+x+10, at+row/2, c)
			l.surface.write(l.writer, label, edge+x+symbol, at+2, label.width+1, l.colors.property("--ink"))
		}
		x += symbol + label.width + gap
	}
	return high
}

// symbol draws a key around a point, as the legend of the page has it.
func (l *layout) symbol(name string, x, y float64, c color.Color) {
	var p path
	switch name {
	case "circle", "ring":
		const r = 9
		p.add(moveTo, point{x + r, y})
		p.arc(point{x + r, y}, point{x - r, y}, r, r, 0, false, true)
		p.arc(point{x - r, y}, point{x + r, y}, r, r, 0, false, true)
		p.add(closed)
	case "diamond":
		for i := range 4 {
			sin, cos := math.Sincos(float64(i) * math.Pi / 2)
			p.add([]op{moveTo, lineTo, lineTo, lineTo}[i], point{x + 11*cos, y + 11*sin})
		}
		p.add(closed)
	default:
		p = rectangle(x-10, y-9, 20, 18)
	}
	if name == "ring" {
		l.stroke(p, pen{width: 4}, c, l.Rect)
		return
	}
	l.fill(p, c, l.Rect)
}
