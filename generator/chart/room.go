package chart

import (
	"fmt"
	"html"
	"math"
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
func (r *room) free(of rectangle) bool {
	if !of.within(r.bounds) {
		return false
	}
	for _, t := range r.taken {
		if t.overlaps(of) {
			return false
		}
	}
	return true
}

// label writes lines at a circle, the last in regular weight: inside it where they fit, else touching it where no other circle is as near.
// In which order the directions are tried is that of readers: right, left, above, below, then what is in between.
func (r *room) label(b *strings.Builder, own marked, others []marked, lines []string) bool {
	wide := 0.0
	for _, line := range lines {
		wide = max(wide, float64(boldWidth(line))*1.05)
	}
	high := float64(len(lines) * lineHeight)
	const gap, margin, level = 2.0, 5.0, 4.0 // from its circle, and how much farther other circles are
	place := func(x, y float64, anchor string, far func(rectangle) bool) bool {
		box := rectangle{x, y - high/2, x + wide, y + high/2}
		switch anchor {
		case "end":
			box.left, box.right = x-wide, x
		case "middle":
			box.left, box.right = x-wide/2, x+wide/2
		}
		if !r.free(box) || !far(box) {
			return false
		}
		r.take(box)
		for i, line := range lines {
			weight := "font-weight:600;"
			if i == len(lines)-1 {
				weight = ""
			}
			fmt.Fprintf(b, `<text x="%s" y="%s" text-anchor="%s" style="font-size:%dpx;%s" fill="%s" stroke="var(--paper)" stroke-width="3" stroke-linejoin="round" paint-order="stroke">%s</text>`+"\n",
				tenth(x), tenth(box.top+float64(i*lineHeight)+11.5), anchor, fontSize, weight, ink, html.EscapeString(line))
		}
		return true
	}
	if math.Hypot(wide, high)/2 < own.r && place(own.x, own.y, "middle", func(box rectangle) bool {
		return !slices.ContainsFunc(others, func(o marked) bool { return o.to(box) < gap })
	}) {
		return true
	}
	directions := []float64{0, 180, -90, 90}
	for off := 5.0; off < 90; off += 5 {
		directions = append(directions, -off, off, off-180, 180-off)
	}
	for _, degrees := range directions {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		anchor, out := "middle", 0.0
		switch {
		case cos > 0.1:
			anchor, out = "start", 1
		case cos < -0.1:
			anchor, out = "end", -1
		}
		x, y := own.x+(own.r+gap)*cos, own.y+(own.r+gap)*sin+high/2*sin
		beside := func() float64 { // of the edge of the box that is at the circle
			return own.to(rectangle{x, y - high/2, x, y + high/2})
		}
		for out != 0 && beside() < gap-0.1 {
			x += out / 2
		}
		if anchor == "middle" { // at an edge of the paper it moves in, as far as it is still above or below its circle
			if in := min(max(x, r.bounds.left+wide/2), r.bounds.right-wide/2); math.Abs(in-own.x) <= own.r {
				x = in
			}
		}
		if place(x, y, anchor, func(box rectangle) bool {
			near := own.to(box)
			return near > 0 && !slices.ContainsFunc(others, func(o marked) bool {
				if o.y > box.top-level && o.y < box.bottom+level { // it would be read as that one's, as a word after its bullet
					return o.to(box) < near+2*margin+level
				}
				return o.to(box) < near+margin
			})
		}) {
			return true
		}
	}
	return false
}

// to is how far the edge of a circle is from a place: below zero where they overlap.
func (m marked) to(place rectangle) float64 {
	return math.Hypot(max(place.left-m.x, 0, m.x-place.right), max(place.top-m.y, 0, m.y-place.bottom)) - m.r
}
