package chart

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
)

// Where the words of an annotation may be, from the best place on, and how they are written there.

// try is a place for words.
type try struct {
	anchor string
	x, y   float64 // of the middle of their height
	side   int     // -1 where they go up from there, 1 where they go down
}

// The radius of the ring around a point, and of the room that its words leave.
const ringRadius, besideRing = 7.0, 10.0

func around(x, y, off float64) []try {
	return []try{
		{"start", x + off, y, 0}, {"end", x - off, y, 0}, {"middle", x, y - off, -1}, {"middle", x, y + off, 1},
		{"start", x + off, y - off, -1}, {"end", x - off, y - off, -1}, {"start", x + off, y + off, 1}, {"end", x - off, y + off, 1},
	}
}

// awayFrom is farther from a point, to which a line leads then.
func awayFrom(x, y float64) []try {
	var list []try
	for off := 24.0; off <= 120; off += 12 {
		list = append(list, try{"middle", x, y - off, -1}, try{"middle", x, y + off, 1})
		for _, aside := range []float64{off / 2, off} {
			list = append(list,
				try{"start", x + aside, y - off, -1}, try{"end", x - aside, y - off, -1},
				try{"start", x + aside, y + off, 1}, try{"end", x - aside, y + off, 1})
		}
	}
	return list
}

// leader is the line from the ring around a point to words.
func leader(from spotOn, to rectangle) string {
	x, y := min(max(from.x, to.left), to.right), to.bottom
	if from.y < to.top {
		y = to.top
	}
	far := math.Hypot(x-from.x, y-from.y)
	return fmt.Sprintf(`<path d="M%s %sL%s %s" fill="none" stroke="%s" stroke-width="1"/>`,
		tenth(from.x+ringRadius*(x-from.x)/far), tenth(from.y+ringRadius*(y-from.y)/far), tenth(x), tenth(y), ink)
}

// crossed reports whether something is between the ring around a point and a place for words.
func (r *room) crossed(from spotOn, to try) bool {
	far := math.Hypot(to.x-from.x, to.y-from.y)
	for at := ringRadius + 3; at < far; at += 3 {
		x, y := from.x+(to.x-from.x)*at/far, from.y+(to.y-from.y)*at/far
		if !r.free(rectangle{x - 0.5, y - 0.5, x + 0.5, y + 0.5}) {
			return true
		}
	}
	return false
}

// besideBar is at the end of a bar, behind its value or above it, then at its side.
func besideBar(bar rectangle, lies bool) (spotOn, []try) {
	x, y := (bar.left+bar.right)/2, (bar.top+bar.bottom)/2
	var list []try
	if lies {
		for off := 8.0; off < 90; off += 6 {
			list = append(list, try{"start", bar.right + off, y, 0})
		}
		return spotOn{x: bar.right - 12, y: y}, list
	}
	for off := 4.0; off < 40; off += 6 {
		list = append(list, try{"middle", x, bar.top - off, -1})
	}
	for down := 0.0; down < 60; down += lineHeight {
		list = append(list, try{"start", bar.right + 6, bar.top + down, 1}, try{"end", bar.left - 6, bar.top + down, 1})
	}
	return spotOn{x: x, y: bar.top + 12}, list
}

// besideLine is beside an upright line, from the top down, on the side where more of the plot is.
func besideLine(x float64, plot rectangle) []try {
	var list []try
	for y := plot.top + 2; y < plot.bottom-lineHeight; y += lineHeight {
		sides := []try{{"start", x + 5, y, 1}, {"end", x - 5, y, 1}}
		if x > (plot.left+plot.right)/2 {
			slices.Reverse(sides)
		}
		list = append(list, sides...)
	}
	return list
}

// noteRow is the height of a row of words over horizontal bars.
const noteRow = lineHeight + 2

// noteRows is how high the rows for the words of lines are over horizontal bars.
func (c *plot) noteRows() int {
	rows := 0
	for _, n := range c.notes {
		if n.from != nil && n.to == nil && !n.from.named {
			rows += noteRow
		}
	}
	return rows
}

// overLine is over the top of an upright line, in the lowest row that has room.
func overLine(x, top float64) []try {
	var list []try
	for y := top - 4; y >= noteRow; y -= 6 {
		list = append(list, try{"middle", x, y, -1}, try{"start", x - 4, y, -1}, try{"end", x + 4, y, -1})
	}
	return list
}

// onLine is above a level line, or below it, from the right to the left.
func onLine(y float64, plot rectangle) []try {
	var list []try
	for x := plot.right; x > plot.left+30; x -= 30 {
		list = append(list, try{"end", x, y - 3, -1}, try{"end", x, y + 3, 1})
	}
	return list
}

// inBand is inside an upright band, from the top down.
func inBand(band rectangle) []try {
	var list []try
	for y := band.top + 2; y < band.bottom-lineHeight; y += lineHeight {
		list = append(list, try{"middle", (band.left + band.right) / 2, y, 1})
	}
	return list
}

// besideBand is beside an upright band, or inside a level one.
func besideBand(band rectangle, upright bool) []try {
	if !upright {
		return append(onLine(band.top+1, rectangle{band.left, band.top, band.right - 4, band.bottom})[1:], onLine(band.bottom, band)...)
	}
	var list []try
	for y := band.top + 2; y < band.bottom-lineHeight; y += lineHeight {
		list = append(list, try{"start", band.right + 4, y, 1}, try{"end", band.left - 4, y, 1})
	}
	return list
}

// write writes words at the first place where there is room, in one line or several of at most such widths.
func (r *room) write(b *strings.Builder, text string, tries []try, widths []int) (rectangle, bool) {
	for _, most := range widths {
		if most < longestWord([]string{text}) {
			continue
		}
		lines := wrap(text, most)
		wide := 0.0
		for _, line := range lines {
			wide = max(wide, float64(textWidth(line))*1.05)
		}
		high := float64(len(lines) * lineHeight)
		for _, t := range tries {
			top := t.y - high/2
			switch t.side {
			case -1:
				top = t.y - high
			case 1:
				top = t.y
			}
			box := rectangle{t.x, top, t.x + wide, top + high}
			switch t.anchor {
			case "end":
				box.left, box.right = t.x-wide, t.x
			case "middle":
				box.left, box.right = t.x-wide/2, t.x+wide/2
			}
			if !r.free(box) {
				continue
			}
			r.take(box)
			for i, line := range lines {
				fmt.Fprintf(b, `<text x="%s" y="%s" text-anchor="%s" style="font-size:%dpx;" fill="%s" stroke="var(--paper)" stroke-width="3" stroke-linejoin="round" paint-order="stroke">%s</text>`,
					tenth(t.x), tenth(top+float64(i*lineHeight)+11.5), t.anchor, fontSize, ink, html.EscapeString(line))
			}
			return box, true
		}
	}
	return rectangle{}, false
}

// number writes the number of words that are below, as near to their place as there is room; on a line it stays on the line,
// as beside it, it would be read as that of the next.
func (r *room) number(b *strings.Builder, n int, at spotOn, line *rectangle, plot rectangle) {
	const half = 9.0
	offs := [][2]float64{{0, 0}, {0, 16}, {16, 0}, {-16, 0}, {0, -16}, {14, -14}, {-14, -14}, {14, 14}, {-14, 14}, {0, 32}, {32, 0}, {-32, 0}, {0, 60}, {60, 0}, {-60, 0}}
	others := r
	if line != nil {
		others = &room{r.bounds, slices.DeleteFunc(slices.Clone(r.taken), func(t rectangle) bool { return t == *line })}
		offs = nil
		for off := 0.0; off < 100; off += 6 {
			if line.bottom-line.top > line.right-line.left {
				offs = append(offs, [2]float64{0, off})
			} else {
				offs = append(offs, [2]float64{-off, 0})
			}
		}
	}
	best := at
	for _, off := range offs {
		x, y := at.x+off[0], at.y+off[1]
		if others.free(rectangle{x - half, y - half, x + half, y + half}) {
			best = spotOn{x: x, y: y}
			break
		}
	}
	if line == nil {
		best.x = min(max(best.x, plot.left+half), plot.right+half)
	}
	best.y = min(max(best.y, half), plot.bottom-half)
	r.take(rectangle{best.x - half, best.y - half, best.x + half, best.y + half})
	b.WriteString(numbered(n, best.x, best.y))
}

// numbered is a number in a circle.
func numbered(n int, x, y float64) string {
	return fmt.Sprintf(`<path d="%s" fill="var(--paper)" stroke="%s" stroke-width="1.2"/><text x="%s" y="%s" text-anchor="middle" style="font-size:13px;font-weight:600;" fill="%s">%d</text>`,
		circle(x, y, 8), ink, tenth(x), tenth(y+4.2), ink, n)
}
