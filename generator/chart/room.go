package chart

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// rectangle is a part of the paper, in pixels.
type rectangle struct{ left, top, right, bottom float64 }

func (a rectangle) overlaps(b rectangle) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

func (a rectangle) within(b rectangle) bool {
	return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
}

// room is what is free for labels.
type room struct {
	bounds rectangle
	taken  []rectangle
}

func (r *room) take(of rectangle) { r.taken = append(r.taken, of) }

// free reports whether nothing is in a place.
func (r *room) free(of rectangle, but ...rectangle) bool {
	if !of.within(r.bounds) {
		return false
	}
	for _, t := range r.taken {
		if t.overlaps(of) && !slices.Contains(but, t) {
			return false
		}
	}
	return true
}

// label writes lines beside a circle, the last in regular weight, where there is room: to the right, to the left, above, below, or in between.
func (r *room) label(b *strings.Builder, x, y, radius float64, lines []string) bool {
	wide := 0.0
	for _, line := range lines {
		wide = max(wide, float64(boldWidth(line))*1.05)
	}
	high := float64(len(lines) * lineHeight)
	const gap = 4
	away := radius*0.72 + 2
	own := rectangle{x - radius - clear, y - radius*0.8, x + radius + clear, y + radius*0.8}
	for _, at := range []struct {
		anchor string
		x, top float64
	}{
		{"start", x + radius + gap, y - high/2}, {"end", x - radius - gap, y - high/2}, {"middle", x, y - radius - gap - high}, {"middle", x, y + radius + gap},
		{"start", x + away, y - away - high}, {"start", x + away, y + away}, {"end", x - away, y - away - high}, {"end", x - away, y + away},
	} {
		box := rectangle{at.x, at.top, at.x + wide, at.top + high}
		switch at.anchor {
		case "end":
			box.left, box.right = at.x-wide, at.x
		case "middle":
			box.left, box.right = at.x-wide/2, at.x+wide/2
		}
		if !r.free(box, own) {
			continue
		}
		r.take(box)
		for i, line := range lines {
			weight := "font-weight:600;"
			if i == len(lines)-1 {
				weight = ""
			}
			fmt.Fprintf(b, `<text x="%s" y="%s" text-anchor="%s" style="font-size:%dpx;%s" fill="%s" stroke="var(--paper)" stroke-width="3" stroke-linejoin="round" paint-order="stroke">%s</text>`+"\n",
				tenth(at.x), tenth(at.top+float64(i*lineHeight)+11.5), at.anchor, fontSize, weight, ink, html.EscapeString(line))
		}
		return true
	}
	return false
}
