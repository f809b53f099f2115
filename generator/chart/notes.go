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
// lines and texts are, and tries the places of notewords.go.

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

// lineOf is the room that the line of an annotation takes.
func (s *rendering) lineOf(at *coordinate, plot rectangle) rectangle {
	pixel, across := s.at(at, 0)
	if across {
		return rectangle{pixel - 1, plot.top, pixel + 1, plot.bottom}
	}
	return rectangle{plot.left, pixel - 1, plot.right, pixel + 1}
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
	for _, n := range s.plot.notes { // no words on a line
		if n.from == nil || n.to != nil {
			continue
		}
		room.take(s.lineOf(n.from, plot))
	}
	var below, above strings.Builder
	straight := &above // over what is filled, under lines and points
	if kind := s.plot.spec.Kind; kind == "line" || kind == "scatter" {
		straight = &below
	}
	var listed []string
	for _, n := range s.plot.notes {
		var inside, tries, away []try
		widths := []int{s.width / 2, s.width / 3, s.width / 5, min(s.width/5, longestWord([]string{n.text}))}
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
				fmt.Fprintf(&above, `<path d="%s" fill="none" stroke="%s" stroke-width="1.5"/>`, circle(at.x, at.y, ringRadius), ink)
				room.take(rectangle{at.x - 8, at.y - 8, at.x + 8, at.y + 8})
				anchor, tries, away = at, around(at.x, at.y, besideRing), awayFrom(at.x, at.y)
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
				fmt.Fprintf(straight, `<path d="M%s %sV%s" fill="none" stroke="%s" stroke-width="1" stroke-dasharray="3 3"/>`, tenth(pixel), tenth(top), tenth(plot.bottom), quietInk)
			} else {
				anchor, tries = spotOn{x: plot.right - 8, y: pixel}, onLine(pixel, plot)
				fmt.Fprintf(straight, `<path d="M%s %sH%s" fill="none" stroke="%s" stroke-width="1" stroke-dasharray="3 3"/>`, tenth(plot.left), tenth(pixel), tenth(plot.right), quietInk)
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
		_, written := room.write(&above, n.text, inside, []int{roomy})
		if !written {
			_, written = room.write(&above, n.text, tries, widths)
		}
		if !written {
			var at rectangle
			clear := slices.DeleteFunc(slices.Clone(away), func(t try) bool { return room.crossed(anchor, t) })
			if at, written = room.write(&above, n.text, clear, widths); !written {
				at, written = room.write(&above, n.text, away, widths)
			}
			if written {
				above.WriteString(leader(anchor, at))
			}
		}
		if !written {
			listed = append(listed, n.text)
			var line *rectangle
			if n.from != nil && n.to == nil {
				of := s.lineOf(n.from, plot)
				line = &of
			}
			room.number(&above, len(listed), anchor, line, plot)
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
