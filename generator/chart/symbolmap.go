package chart

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/geography"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// symbolMap draws a circle for each line, as large in area as its value, in the middle of a shape of
// a geography. So it is for amounts, which a map in colours is not. The largest circles have
// their name and value at them, as far as there is room in which no other circle could be meant.
var symbolMap = kind{
	channels: []channel{{name: "region", as: AsName}, {name: "label", optional: true, as: AsLabel}, {name: "value", as: AsValue}},
	isMap:    true,
	panel:    Narrow,
	prepare:  prepareSymbolMap,
	option:   symbolMapOption,
	draw:     drawSymbolMap,
	atPoints: &symbolMapAtPoints,
}

// symbolMapAtPoints is the same, with circles at longitudes and latitudes.
var symbolMapAtPoints = kind{
	channels: []channel{{name: "label", as: AsName}, {name: "longitude", as: AsPlace}, {name: "latitude", as: AsPlace}, {name: "value", as: AsValue}},
	isMap:    true,
	panel:    Narrow,
	prepare:  prepareSymbolMap,
	option:   symbolMapOption,
	draw:     drawSymbolMap,
}

func prepareSymbolMap(c *plot, problems *faults) {
	value := c.column("value")
	if !c.unit(value).Numeric() {
		problems.add(diag.Problem{Message: "a symbol-map needs a measure as value"}, "value")
		return
	}
	for _, l := range c.lines {
		if v := l.Values[value]; v.Sign() < 0 {
			problems.add(diag.Problem{
				Message: "a circle cannot show a value below zero", Found: c.write(l, c.naming(), quantity.Prose) + ", " + c.write(l, value, quantity.Prose),
				Hint: "draw a map, whose colors show gains and losses, or bars",
			}, "value")
			return
		}
	}
	c.prepareSpots(problems)
	if slices.ContainsFunc(c.whole, func(l aggregate.Row) bool { return l.Values[value].IsMissing() }) {
		c.legend = []LegendItem{
			{Label: strings.TrimSpace(c.of.Columns[value].Label), Color: "--chart-1", Symbol: "circle"},
			{Label: c.book().Say("not_known"), Color: missingColor, Symbol: "ring"},
		}
	}
	places := claim.Rows("place")
	if c.column("region") >= 0 {
		places = c.shapesClaimed()
	}
	c.claim(c.extremesOfAll(), claim.Words("Map with circles for "), places)
}

// spot is where a line has its place in the plane of the geography.
type spot struct {
	*aggregate.Row
	x, y float64
}

// prepareSpots finds the places of the lines, and the view that shows them.
func (c *plot) prepareSpots(problems *faults) {
	if c.column("region") >= 0 {
		seen := c.findShapes(problems)
		c.view = c.spec.geography.Whole()
		if c.spec.View != "whole" {
			c.view = c.spec.geography.ViewOf(seen)
		}
		return
	}
	c.requireUniqueNames(c.column("label"), problems)
	c.checkCoordinates(problems)
	c.view = c.spec.geography.Whole()
	if problems.failed {
		return
	}
	at := map[string]bool{}
	for _, l := range c.lines {
		place := l.Values[c.column("longitude")].Raw() + " " + l.Values[c.column("latitude")].Raw() + " " + l.Values[c.column("value")].Raw()
		if at[place] {
			problems.drawnTwice("two circles of one size are in one place, the second "+diag.Quote(c.write(l, c.column("label"), quantity.Prose)), "put them together in the aggregate")
			return
		}
		at[place] = true
	}
	if c.spec.View != "whole" {
		var points [][2]float64
		for _, s := range c.spots() {
			points = append(points, [2]float64{s.x, s.y})
		}
		c.view = c.spec.geography.ViewAround(points)
	}
}

// checkCoordinates adds a problem for the rows whose longitude and latitude are missing, or are none.
func (c *plot) checkCoordinates(problems *faults) {
	lon, lat, g := c.column("longitude"), c.column("latitude"), c.spec.geography
	for _, at := range []struct {
		name   string
		column int
	}{{"longitude", lon}, {"latitude", lat}} {
		if !c.unit(at.column).Numeric() {
			problems.add(diag.Problem{Message: at.name + " is not a number", Found: "unit: " + c.unit(at.column).String(), Expected: "degrees, as unit: number"}, at.name)
		}
	}
	if problems.failed {
		return
	}
	type fault struct {
		rows []string
		at   string
		diag.Problem
	}
	var list []*fault
	add := func(l aggregate.Row, at string, p diag.Problem) {
		name := diag.Quote(c.write(l, c.column("label"), quantity.Prose))
		i := slices.IndexFunc(list, func(f *fault) bool { return f.Message == p.Message && f.Hint == p.Hint })
		if i < 0 {
			list, i = append(list, &fault{at: at, Problem: p}), len(list)
		}
		list[i].rows = append(list[i].rows, name)
	}
	for _, l := range c.lines {
		x, y := l.Values[lon], l.Values[lat]
		switch {
		case x.IsMissing():
			add(l, "longitude", diag.Problem{Message: "a row without longitude", Expected: "degrees east, such as -87.63", Hint: "complete it in the data, or leave the row out in the aggregate"})
		case y.IsMissing():
			add(l, "latitude", diag.Problem{Message: "a row without latitude", Expected: "degrees north, such as 41.88", Hint: "complete it in the data, or leave the row out in the aggregate"})
		case math.Abs(y.Float()) > 90 && math.Abs(x.Float()) <= 90:
			add(l, "latitude", diag.Problem{Message: "a latitude out of range", Expected: "from −90 to 90", Hint: "longitude and latitude may be exchanged"})
		case math.Abs(y.Float()) > 90:
			add(l, "latitude", diag.Problem{Message: "a latitude out of range", Expected: "from −90 to 90"})
		case math.Abs(x.Float()) > 180:
			add(l, "longitude", diag.Problem{Message: "a longitude out of range", Expected: "from −180 to 180"})
		default:
			if _, _, ok := g.Locate(x.Float(), y.Float()); !ok {
				p := diag.Problem{Message: "a place outside " + g.Name, Hint: "take a geography that has it, or leave the row out in the aggregate"}
				if _, _, ok := g.Locate(-x.Float(), y.Float()); ok {
					p.Hint = "a longitude west of Greenwich is below zero"
				} else if _, _, ok := g.Locate(y.Float(), x.Float()); ok {
					p.Hint = "longitude and latitude may be exchanged"
				}
				add(l, "longitude", p)
			}
		}
	}
	for _, f := range list {
		f.Found = few(f.rows)
		problems.add(f.Problem, f.at)
	}
}

// few are the first of some texts, and how many more there are.
func few(list []string) string {
	const most = 5
	said := strings.Join(list[:min(most, len(list))], ", ")
	if more := len(list) - most; more > 0 {
		said += fmt.Sprintf(" and %d more", more)
	}
	return said
}

// spots are the places of the lines.
func (c *plot) spots() []spot {
	region, lon, lat, g := c.column("region"), c.column("longitude"), c.column("latitude"), c.spec.geography
	var list []spot
	for i := range c.lines {
		l := &c.lines[i]
		if region >= 0 {
			if s := g.Find(l.Values[region].Raw()); s != nil {
				list = append(list, spot{l, s.X, s.Y})
			}
		} else if x, y, ok := g.Locate(l.Values[lon].Float(), l.Values[lat].Float()); ok {
			list = append(list, spot{l, x, y})
		}
	}
	return list
}

// Places reports whether a fact is where a circle of the map is, and no value that the map or its table writes.
func (c *Chart) Places(f *fact.Fact) bool {
	return f.Aggregate.Name == c.Of.Name && c.column("longitude") >= 0 && (f.Address.Column == c.spec.Longitude || f.Address.Column == c.spec.Latitude)
}

// DrawnAlike reports whether a circle is where it would be with another longitude or latitude: drawings have tenths of a pixel.
func (c *Chart) DrawnAlike(f *fact.Fact, other quantity.Value) bool {
	if c.panels != nil { // of which each has a width of its own
		return false
	}
	values := f.Row.Values
	lon, lat := values[c.column("longitude")], values[c.column("latitude")]
	x, y, _ := c.spec.geography.Locate(lon.Float(), lat.Float())
	if f.Address.Column == c.spec.Longitude {
		lon = other
	} else {
		lat = other
	}
	otherX, otherY, ok := c.spec.geography.Locate(lon.Float(), lat.Float())
	for _, width := range Widths {
		scale, r := float64(width)/c.view.Width, missingRadius
		if v := values[c.column("value")]; !v.IsMissing() {
			r = c.radius(v.Float(), width)
		}
		at := func(x, y float64) string { return circle((x-c.view.X)*scale, (y-c.view.Y)*scale, r) }
		ok = ok && at(x, y) == at(otherX, otherY)
	}
	return ok
}

func symbolMapOption(c *plot, width int) (*option, int) {
	height := c.mapHeight(width)
	for _, row := range c.sizeKeys(width) {
		height += row.height
	}
	return newOption(), height
}

// mapHeight is the height of the view at a width.
func (c *plot) mapHeight(width int) int { return int(float64(width)*c.view.Height/c.view.Width + 0.5) }

const (
	missingColor  = "--ink-quiet"
	missingRadius = 5.5 // of the circle that stands for a value that is not known
	dotRadius     = 1.5 // of a value too small to be seen, and of zero
)

// largestRadius is the radius of the largest value: so large that all circles together leave most of the map free, and
// that one alone does not fill a map of few places, which is low.
func (c *plot) largestRadius(width int) float64 {
	value, most, sum := c.column("value"), 0.0, 0.0
	for _, l := range c.whole {
		if v := l.Values[value]; !v.IsMissing() {
			most = max(most, v.Float())
		}
	}
	if most == 0 {
		return dotRadius
	}
	for _, lines := range c.byPanel() {
		inPanel := 0.0
		for _, l := range lines {
			if v := l.Values[value]; !v.IsMissing() {
				inPanel += v.Float() / most
			}
		}
		sum = max(sum, inPanel)
	}
	const covered = 0.16
	height := float64(c.mapHeight(width))
	area := float64(width) * height * covered
	return max(4, min(8+float64(width)*0.045, 8+height*0.075, math.Sqrt(area/math.Pi/sum)))
}

// radius is the radius of a value.
func (c *plot) radius(v float64, width int) float64 {
	value, most := c.column("value"), 0.0
	for _, l := range c.whole {
		if v := l.Values[value]; !v.IsMissing() {
			most = max(most, v.Float())
		}
	}
	if most == 0 {
		return dotRadius
	}
	return max(dotRadius, c.largestRadius(width)*math.Sqrt(v/most))
}

// circle is a path around a point, which package check reads again.
func circle(x, y, r float64) string {
	return fmt.Sprintf("M%s %sa%s %s 0 1 0 %s 0a%[3]s %[4]s 0 1 0 -%[5]s 0Z", tenth(x-r), tenth(y), hundredth(r), hundredth(r), hundredth(2*r))
}

func tenth(n float64) string     { return strconv.FormatFloat(math.Round(n*10)/10+0, 'f', -1, 64) }
func hundredth(n float64) string { return strconv.FormatFloat(math.Round(n*100)/100, 'f', -1, 64) }

// sizeKey is a circle that says how large a value is.
type sizeKey struct {
	x, radius float64
	text      string
}

// sizeRow is a row of them.
type sizeRow struct {
	height int
	keys   []sizeKey
}

// sizeKeys are circles of two or three round values, in as many rows as they need.
func (c *plot) sizeKeys(width int) []sizeRow {
	value, most := c.column("value"), 0.0
	for _, l := range c.whole {
		if v := l.Values[value]; !v.IsMissing() {
			most = max(most, v.Float())
		}
	}
	if most == 0 {
		return nil
	}
	var sizes []float64
	var values []quantity.Value
	for next, n := most, 0; n < 3; n++ {
		next = roundBelow(next)
		if c.unit(value).Whole() && next < 1 || n > 0 && c.radius(next, width) < 2 {
			break
		}
		v, err := quantity.NewValue(next)
		if err != nil {
			break
		}
		sizes, values = append(sizes, next), append(values, v)
		next /= 4
	}
	texts := c.unit(value).Ticks(values)
	var rows []sizeRow
	x := float64(width)
	for i, size := range slices.Backward(sizes) {
		key := sizeKey{radius: c.radius(size, width), text: texts[i]}
		wide := 2*key.radius + 8 + float64(roomFor(key.text)) + 18
		if x+wide > float64(width) {
			rows, x = append(rows, sizeRow{}), 2
		}
		row := &rows[len(rows)-1]
		key.x, x = x+key.radius, x+wide
		row.keys = append(row.keys, key)
		row.height = max(row.height, int(2*key.radius)+10, lineHeight+8)
	}
	return rows
}

// roundBelow is the largest number of 1, 2 or 5 and zeros up to n.
func roundBelow(n float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(n)))
	for _, digit := range []float64{10, 5, 2} {
		if digit*power <= n {
			return parsed(digit * power)
		}
	}
	return parsed(power)
}

// parsed is a number without the rest that binary fractions leave.
func parsed(n float64) float64 {
	exact, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 12, 64), 64)
	if err != nil {
		return n
	}
	return exact
}

// drawSymbolMap draws what is below, the circles from the largest to the smallest, so that none hides another, then
// those of what is not known, the names and the sizes.
func drawSymbolMap(c *plot, width, height int) svg.Drawing {
	value, names := c.column("value"), c.columnAs(AsName)
	spots := c.spots()
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(-a.Values[value].Compare(b.Values[value]), strings.Compare(c.id(*a.Row, names), c.id(*b.Row, names)))
	})
	room := &room{bounds: rectangle{0, 0, float64(width), float64(c.mapHeight(width))}}
	var b strings.Builder
	b.WriteString(c.ground(width))
	fmt.Fprintf(&b, `<g stroke-width="1">`+"\n")
	scale := float64(width) / c.view.Width
	var list []marked
	for _, s := range spots {
		m := marked{spot: s, x: (s.x - c.view.X) * scale, y: (s.y - c.view.Y) * scale, r: missingRadius}
		v := s.Values[value]
		paint := `fill="var(--paper)" fill-opacity="0.7" stroke="` + colored(missingColor) + `" stroke-width="1.8"`
		if !v.IsMissing() {
			color := "--chart-1"
			if len(c.spec.Highlight) > 0 && !c.highlighted(*s.Row) {
				color = "--chart-6"
			}
			m.r = c.radius(v.Float(), width)
			paint = fmt.Sprintf(`fill="%s" fill-opacity="0.5" stroke="%[1]s"`, colored(color))
		}
		fmt.Fprintf(&b, `<path d="%s" %s `+markup.DataName.Attr("%s")+` `+markup.DataValue.Attr("%s")+"/>\n", circle(m.x, m.y, m.r), paint, html.EscapeString(c.id(*s.Row, names)), v.Raw())
		list = append(list, m)
	}
	b.WriteString("</g>\n")
	c.labelCircles(&b, list, room, width)
	c.drawSizes(&b, c.mapHeight(width), width)
	return svg.Drawing{Width: width, Height: height, Shapes: b.String()}
}

// marked is a circle on the paper.
type marked struct {
	spot
	x, y, r float64
}

// labelCircles writes names and values at circles that have room: those that are singled out first, then the
// largest, those without a value after the first few.
func (c *plot) labelCircles(b *strings.Builder, list []marked, room *room, width int) {
	value, names := c.column("value"), c.naming()
	const first, smallest = 3, 0.1 // of the largest radius
	left := 5
	if width > Narrow {
		left = 12
	}
	var known, unknown, order []marked
	for _, m := range list {
		switch {
		case c.highlighted(*m.Row):
			order = append(order, m)
		case m.Values[value].IsMissing():
			unknown = append(unknown, m)
		case m.r >= smallest*c.largestRadius(width):
			known = append(known, m)
		}
	}
	after := min(first, len(known))
	texts := c.beside(value)
	for _, m := range slices.Concat(order, known[:after], unknown, known[after:]) {
		if left == 0 {
			return
		}
		name := c.write(*m.Row, names, quantity.Prose)
		said := texts[m.Values[value].Raw()]
		if m.Values[value].IsMissing() {
			said = c.book().Say("not_known")
		}
		others := slices.DeleteFunc(slices.Clone(list), func(o marked) bool { return o.Row == m.Row })
		narrow := longestWord([]string{name})
		halved := narrow
		for len(wrap(name, halved)) > 2 {
			halved += 4
		}
		for _, most := range []int{max(90, width/5), halved, narrow, width * 2 / 5} {
			if placed := room.label(b, m, others, append(wrap(name, most), said)); placed {
				left--
				break
			}
		}
	}
}

// drawSizes writes the circles that say how large a value is.
func (c *plot) drawSizes(b *strings.Builder, top, width int) {
	for _, row := range c.sizeKeys(width) {
		middle := float64(top) + float64(row.height)/2
		for _, key := range row.keys {
			fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s"/>`, circle(key.x, middle, key.radius), quietInk)
			fmt.Fprintf(b, `<text x="%s" y="%s" style="font-size:%dpx;" fill="%s">%s</text>`+"\n", tenth(key.x+key.radius+7), tenth(middle+4.5), fontSize, quietInk, html.EscapeString(key.text))
		}
		top += row.height
	}
}

// ground is the shapes on which circles are drawn, in one quiet colour.
func (c *plot) ground(width int) string {
	g := c.spec.geography
	drawn := func(s *geography.Shape) bool { return !s.Inset }
	if base := geography.Get(g.Base); base != nil && c.view == g.Whole() {
		g = base
	}
	var insets []geography.Shape
	for _, s := range c.spots() {
		for i := range g.Shapes {
			if g.Shapes[i].Inset && g.Shapes[i].Around(s.x, s.y) {
				insets = append(insets, g.Shapes[i])
			}
		}
	}
	path := func(s *geography.Shape) string { return s.Path }
	if c.view != c.spec.geography.Whole() {
		path = c.view.Path
	}
	var all strings.Builder
	for i := range g.Shapes {
		if s := &g.Shapes[i]; drawn(s) || slices.ContainsFunc(insets, func(in geography.Shape) bool { return in.ID == s.ID }) {
			all.WriteString(path(s))
		}
	}
	move, scale := c.onto(width)
	return `<g transform="` + move + `" stroke="var(--paper)" stroke-width="` + short(0.75/scale) + `" stroke-linejoin="round"><path d="` + all.String() + `" fill="` + colored(groundColor) + `"/></g>` + "\n"
}

const groundColor = "--step-none"
