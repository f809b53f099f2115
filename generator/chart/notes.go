package chart

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/markup"
)

// The words of annotations are written where they cover nothing: this file reads in a finished drawing where its marks,
// lines and texts are, and tries places for the words from the best on.

// valueAxis is the axis of values, of two that of y.
func (s *rendering) valueAxis() (string, *axis) {
	if s.option.YAxis.Type == "category" {
		return "xAxis", s.option.XAxis
	}
	return "yAxis", s.option.YAxis
}

// at is where a coordinate is on the paper, and whether on the x axis. Where a name has a stretch of the axis, as bars have, it is
// the start of that, or with edge 1 its end.
func (s *rendering) at(p *coordinate, edge float64) (pixel float64, across bool) {
	g := s.option.Grid
	left, top, right, bottom := g.Left, g.Top, float64(s.width)-g.Right, float64(s.height)-g.Bottom
	name, values := s.valueAxis()
	if !p.named {
		low, _ := values.Min.(float64)
		high, _ := values.Max.(float64)
		part := s.plot.along(s.plot.measure(), p.value, low, high)
		if name == "xAxis" {
			return left + part*(right-left), true
		}
		return bottom - part*(bottom-top), false
	}
	names := s.option.XAxis
	if name == "xAxis" {
		names = s.option.YAxis
	}
	ids, _ := names.Data.([]string)
	i, n := float64(slices.Index(ids, p.id)), float64(len(ids))
	part := (i + edge) / n
	if names.BoundaryGap != nil && !*names.BoundaryGap && n > 1 {
		part = i / (n - 1)
	}
	if name == "xAxis" { // names go down
		return top + part*(bottom-top), false
	}
	return left + part*(right-left), true
}

var (
	drawnText   = regexp.MustCompile(`<text([^>]*)>([^<]*)</text>`)
	drawnPath   = regexp.MustCompile(`<path([^>]*)>`)
	attributeOf = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	placedAt    = regexp.MustCompile(`^translate\((\S+) (\S+)\)$`)
	symbolIn    = regexp.MustCompile(`^matrix\(([^,]+),0,0,[^,]+,([^,]+),([^,]+)\)$`)
	barIn       = regexp.MustCompile(`^M(\S+) (\S+)l(\S+) 0l0 (\S+)l\S+ 0Z$`)
	corner      = regexp.MustCompile(`([ML])(-?[\d.]+) (-?[\d.]+)`)
)

// floats are the groups of a match as numbers.
func floats(form *regexp.Regexp, text string) []float64 {
	m := form.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	list := make([]float64, len(m)-1)
	for i, part := range m[1:] {
		list[i], _ = strconv.ParseFloat(part, 64)
	}
	return list
}

// spotOn is where a mark is: its end, where it is a bar.
type spotOn struct {
	x, y float64
	bar  *rectangle // nil for a point
}

// drawnIn reads what is drawn: what is taken, and the marks by name and group.
func drawnIn(shapes string, room *room) map[[2]string]spotOn {
	spots := map[[2]string]spotOn{}
	for _, m := range drawnText.FindAllStringSubmatch(shapes, -1) {
		a := attributesOf(m[1])
		at := floats(placedAt, a["transform"])
		if at == nil {
			continue
		}
		for i, side := range []string{"x", "y"} { // of a part of a text
			off, _ := strconv.ParseFloat(a[side], 64)
			at[i] += off
		}
		wide := float64(textWidth(html.UnescapeString(m[2]))) * 1.05
		box := rectangle{at[0] - wide/2, at[1] - lineHeight/2, at[0] + wide/2, at[1] + lineHeight/2}
		switch a["text-anchor"] {
		case "end":
			box.left, box.right = at[0]-wide, at[0]
		case "", "start":
			box.left, box.right = at[0], at[0]+wide
		}
		room.take(box)
	}
	for _, m := range drawnPath.FindAllStringSubmatch(shapes, -1) {
		a := attributesOf(m[1])
		key := [2]string{html.UnescapeString(a[string(markup.DataName)]), html.UnescapeString(a[string(markup.DataGroup)])}
		_, isMark := a[string(markup.DataValue)]
		bar, symbol := floats(barIn, a["d"]), floats(symbolIn, a["transform"])
		switch {
		case isMark && symbol != nil:
			spots[key] = spotOn{x: symbol[1], y: symbol[2]}
			r := symbol[0] + 2
			room.take(rectangle{symbol[1] - r, symbol[2] - r, symbol[1] + r, symbol[2] + r})
		case isMark && bar != nil:
			box := rectangle{min(bar[0], bar[0]+bar[2]), min(bar[1], bar[1]+bar[3]), max(bar[0], bar[0]+bar[2]), max(bar[1], bar[1]+bar[3])}
			spots[key] = spotOn{(box.left + box.right) / 2, box.top, &box}
			room.take(box)
		case a["stroke-linejoin"] == "bevel":
			takeLine(a["d"], room)
		}
	}
	return spots
}

func attributesOf(text string) map[string]string {
	a := map[string]string{}
	for _, m := range attributeOf.FindAllStringSubmatch(text, -1) {
		a[m[1]] = m[2]
	}
	return a
}

// takeLine takes the room along a line.
func takeLine(path string, room *room) {
	const step, half = 6.0, 3.0
	var x, y float64
	for _, m := range corner.FindAllStringSubmatch(path, -1) {
		toX, _ := strconv.ParseFloat(m[2], 64)
		toY, _ := strconv.ParseFloat(m[3], 64)
		if m[1] == "L" {
			n := 1 + int(max(toX-x, x-toX, toY-y, y-toY)/step)
			for i := range n + 1 {
				part := float64(i) / float64(n)
				px, py := x+(toX-x)*part, y+(toY-y)*part
				room.take(rectangle{px - half, py - half, px + half, py + half})
			}
		}
		x, y = toX, toY
	}
}

// annotate adds the annotations to a drawing.
func (s *rendering) annotate(d svg.Drawing) svg.Drawing {
	if len(s.plot.notes) == 0 {
		return d
	}
	g := s.option.Grid
	plot := rectangle{g.Left, g.Top, float64(s.width) - g.Right, float64(s.height) - g.Bottom}
	room := &room{bounds: rectangle{g.Left + 2, 0, float64(s.width), plot.bottom}}
	spots := drawnIn(d.Shapes, room)
	var below, above strings.Builder
	var listed []string
	for _, n := range s.plot.notes {
		var inside, tries []try
		widths := []int{s.width / 2, s.width / 3, s.width / 5}
		roomy := 0 // how wide words may be that are inside a band
		anchor := spotOn{}
		switch {
		case n.from == nil:
			at, ok := spots[[2]string{n.name, n.group}]
			if !ok {
				at, ok = spots[[2]string{n.name, ""}]
			}
			if !ok { // one line has a name of its own
				for key, spot := range spots {
					if key[0] == n.name {
						at, ok = spot, true
					}
				}
			}
			switch {
			case at.bar != nil:
				name, _ := s.valueAxis()
				anchor, tries = besideBar(*at.bar, name == "xAxis")
			case ok:
				fmt.Fprintf(&above, `<path d="%s" fill="none" stroke="%s" stroke-width="1.5"/>`, circle(at.x, at.y, 7), ink)
				room.take(rectangle{at.x - 8, at.y - 8, at.x + 8, at.y + 8})
				anchor, tries = at, around(at.x, at.y, 10)
			}
		case n.to == nil:
			pixel, across := s.at(n.from, 0)
			if across {
				anchor, tries = spotOn{x: pixel, y: plot.top + 8}, besideLine(pixel, plot)
				top := plot.top
				if !n.from.named { // beside bars, words would read as labels of them
					anchor.y, tries, widths = top-noteRow/2, overLine(pixel, top), []int{s.width}
					top -= 3
				}
				fmt.Fprintf(&above, `<path d="M%s %sV%s" fill="none" stroke="%s" stroke-width="1" stroke-dasharray="3 3"/>`, tenth(pixel), tenth(top), tenth(plot.bottom), ink)
			} else {
				anchor, tries = spotOn{x: plot.right - 8, y: pixel}, onLine(pixel, plot)
				fmt.Fprintf(&above, `<path d="M%s %sH%s" fill="none" stroke="%s" stroke-width="1" stroke-dasharray="3 3"/>`, tenth(plot.left), tenth(pixel), tenth(plot.right), ink)
			}
		default:
			from, across := s.at(n.from, 0)
			to, _ := s.at(n.to, 1)
			band := rectangle{plot.left, min(from, to), plot.right, max(from, to)}
			if across {
				band = rectangle{min(from, to), plot.top, max(from, to), plot.bottom}
			}
			fmt.Fprintf(&below, `<path d="M%s %sH%sV%sH%sZ" fill="%s" fill-opacity="0.08"/>`, tenth(band.left), tenth(band.top), tenth(band.right), tenth(band.bottom), tenth(band.left), ink)
			anchor, tries = spotOn{x: (band.left + band.right) / 2, y: band.top + 10}, besideBand(band, across)
			if across {
				inside, roomy = inBand(band), int((band.right-band.left)*0.9)-6
			}
		}
		if !room.write(&above, n.text, inside, []int{roomy}) && !room.write(&above, n.text, tries, widths) {
			listed = append(listed, n.text)
			room.number(&above, len(listed), anchor, plot)
		}
	}
	y := s.height + 6
	for i, text := range listed {
		above.WriteString(numbered(i+1, 9, float64(y)+9))
		for _, line := range wrap(text, s.width-40) {
			fmt.Fprintf(&above, `<text x="26" y="%s" style="font-size:%dpx;" fill="%s">%s</text>`, tenth(float64(y)+13.5), fontSize, ink, html.EscapeString(line))
			y += lineHeight + 2
		}
		y += 4
	}
	if len(listed) > 0 {
		d.Height = y
	}
	d.Shapes = below.String() + d.Shapes + above.String()
	return d
}

// try is a place for words.
type try struct {
	anchor string
	x, y   float64 // of the middle of their height
	side   int     // -1 where they go up from there, 1 where they go down
}

func around(x, y, off float64) []try {
	return []try{
		{"start", x + off, y, 0}, {"end", x - off, y, 0}, {"middle", x, y - off, -1}, {"middle", x, y + off, 1},
		{"start", x + off, y - off, -1}, {"end", x - off, y - off, -1}, {"start", x + off, y + off, 1}, {"end", x - off, y + off, 1},
	}
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

// besideLine is beside an upright line, from the top down.
func besideLine(x float64, plot rectangle) []try {
	var list []try
	for y := plot.top + 2; y < plot.bottom-lineHeight; y += lineHeight {
		list = append(list, try{"start", x + 5, y, 1}, try{"end", x - 5, y, 1})
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
func (r *room) write(b *strings.Builder, text string, tries []try, widths []int) bool {
	for _, most := range widths {
		if most < longestWord([]string{text}) {
			continue
		}
		lines := wrap(text, most)
		wide := 0.0
		for _, line := range lines {
			wide = max(wide, float64(textWidth(line))*1.1)
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
			return true
		}
	}
	return false
}

// number writes the number of words that are below, as near to their place as there is room.
func (r *room) number(b *strings.Builder, n int, at spotOn, plot rectangle) {
	const half = 9.0
	best := at
	for _, off := range [][2]float64{{0, 0}, {0, 16}, {16, 0}, {-16, 0}, {0, -16}, {14, -14}, {-14, -14}, {14, 14}, {-14, 14}, {0, 32}, {32, 0}, {-32, 0}, {0, 60}, {60, 0}, {-60, 0}} {
		x, y := at.x+off[0], at.y+off[1]
		if r.free(rectangle{x - half, y - half, x + half, y + half}) {
			best = spotOn{x: x, y: y}
			break
		}
	}
	best = spotOn{x: min(max(best.x, plot.left+half), plot.right+half), y: min(max(best.y, half), plot.bottom-half)}
	r.take(rectangle{best.x - half, best.y - half, best.x + half, best.y + half})
	b.WriteString(numbered(n, best.x, best.y))
}

// numbered is a number in a circle.
func numbered(n int, x, y float64) string {
	return fmt.Sprintf(`<path d="%s" fill="var(--paper)" stroke="%s" stroke-width="1.2"/><text x="%s" y="%s" text-anchor="middle" style="font-size:12px;font-weight:600;" fill="%s">%d</text>`,
		circle(x, y, 8), ink, tenth(x), tenth(y+4.2), ink, n)
}
