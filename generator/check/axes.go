package check

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/quantity"
)

// A label of an axis says what it stands for (data-tick), which a reader cannot see
// and the text beside it must agree with.

// tick is a label of an axis, all its lines together.
type tick struct {
	label
	shape shape
	first float64 // y of its first line
}

// ticks are the labels of an axis of names, or of values: "x" or "y".
func (d *drawing) ticks(axis string, of func(label) string) []tick {
	var list []tick
	for _, l := range d.texts {
		at, ok := numbers(textAt, l.place)
		if of(l) != axis || !ok {
			continue
		}
		if n := len(list); n > 0 && list[n-1].tick == l.tick {
			last := &list[n-1]
			last.text += l.text
			last.shape.y = (last.first + at[1]) / 2 // the middle of its lines
			continue
		}
		// a point, as symbols are
		m := &mark{at: key{name: l.text}, value: l.tick, transform: "matrix(1,0,0,1,0,0)"}
		s := shape{mark: m, x: at[0], y: at[1], low: at[0], high: at[0]}
		if axis == "y" {
			s.low, s.high = -at[1], -at[1]
		}
		list = append(list, tick{l, s, at[1]})
	}
	return list
}

func ofNames(l label) string  { return l.names }
func ofValues(l label) string { return l.values }

// scale are the labels of an axis of values, as points on it.
func (d *drawing) scale(axis string) []shape {
	var list []shape
	for _, t := range d.ticks(axis, ofValues) {
		list = append(list, t.shape)
	}
	return list
}

// misread names the first label of an axis that does not say what it stands for, or
// says what another one does.
func (d *drawing) misread(t *table) string {
	for _, axis := range []string{"x", "y"} {
		for _, l := range d.ticks(axis, ofNames) {
			if !slices.Contains(t.names(l.tick), compact(l.text)) {
				return fmt.Sprintf("%q on the %s axis at %s", l.text, axis, shown(l.tick))
			}
		}
		said := map[string]bool{}
		for _, l := range d.ticks(axis, ofValues) {
			if said[l.text] {
				return fmt.Sprintf("%q appears twice on the %s axis", l.text, axis)
			}
			if said[l.text] = true; !slices.Contains(values(t.unitOn(axis), l.tick), compact(l.text)) {
				return fmt.Sprintf("%q on the %s axis at %s", l.text, axis, shown(l.tick))
			}
		}
	}
	return ""
}

// mistimed names the first point on a line that is not as far from the first as its time is.
func (d *drawing) mistimed(points []shape, t *table) string {
	i := t.column("name")
	if i < 0 || !t.columns[i].unit.IsTime() {
		return ""
	}
	unit, every := t.columns[i].unit, t.columns[i].every
	var first, last quantity.Value
	from, to := 0.0, 0.0
	for _, p := range points {
		v, ok := unit.Read(p.at.name)
		if !ok {
			return p.at.String() + " is at no time"
		}
		if first.IsMissing() || v.Compare(first) < 0 {
			first, from = v, p.x
		}
		if last.IsMissing() || v.Compare(last) > 0 {
			last, to = v, p.x
		}
	}
	all, _ := every.Between(first, last)
	for _, p := range points {
		v, _ := unit.Read(p.at.name)
		n, ok := every.Between(first, v)
		if !ok || math.Abs(p.x-from-(to-from)*float64(n)/float64(max(1, all))) > tolerance {
			return p.at.String() + " is not where its time is"
		}
	}
	return ""
}

// strayed names the first mark that is not beside its name on an axis, but
// nearer to another.
func (d *drawing) strayed(t *table) string {
	shapes := append(d.symbols(), d.rectangles(true)...)
	for _, axis := range []string{"x", "y"} {
		at := map[string]float64{}
		var places []float64
		side := func(s shape) float64 { return map[string]float64{"x": s.x, "y": s.y}[axis] }
		for _, t := range d.ticks(axis, ofNames) {
			at[same(t.tick)] = side(t.shape)
			places = append(places, side(t.shape))
		}
		slices.Sort(places)
		near := math.Inf(1)
		for i := range places[min(1, len(places)):] {
			near = min(near, (places[i+1]-places[i])/2)
		}
		for _, as := range []string{"name", "group"} {
			of := func(s shape) string { return map[string]string{"name": s.at.name, "group": s.at.group}[as] }
			unnamed := func(s shape) bool { _, there := at[of(s)]; return !there }
			away := func(s shape) bool { return math.Abs(side(s)-at[of(s)]) > near }
			if i := slices.IndexFunc(shapes, away); i >= 0 && len(places) > 1 && t.column(as) >= 0 && !slices.ContainsFunc(shapes, unnamed) {
				return shapes[i].at.String() + " is beside another name on the " + axis + " axis"
			}
		}
	}
	return ""
}

// names are the ways in which the label of a name may be written.
func (t *table) names(raw string) []string {
	var list []string
	for _, as := range []string{"name", "group"} {
		if i := t.column(as); i >= 0 {
			unit := t.columns[i].unit
			text, ok := written(unit, same(raw), quantity.Prose)
			list = append(list, compact(text))
			if v, _ := unit.Read(same(raw)); ok && unit.IsTime() {
				for _, text := range unit.AxisLabels(v) {
					list = append(list, compact(text))
				}
			}
		}
	}
	return list
}

// values are the ways in which an axis may write a value.
func values(unit quantity.Unit, raw string) (list []string) {
	v, ok := unit.Read(raw)
	if !ok {
		return nil
	}
	for _, text := range unit.TickTexts(v) {
		list = append(list, compact(text))
	}
	return list
}

// unitOn is the unit of the values on an axis.
func (t *table) unitOn(axis string) quantity.Unit {
	switch {
	case t.column("across") >= 0 && axis == "x":
		return t.columns[t.column("across")].unit
	case t.column("binned") >= 0 && axis == "y":
		return quantity.Count.In(t.unit().Language())
	case t.column("low") >= 0:
		return t.columns[t.column("low")].unit
	}
	return t.unit()
}

// compact is a text without spaces: a label is broken where there is no room.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// byPlace finds texts near a place on one side.
type byPlace struct {
	at    []float64
	texts []placed
}

// placed is a text and its place.
type placed struct {
	text string
	x, y float64
}

// placedTexts are the texts of a drawing by their place: by y where bars are horizontal.
func (d *drawing) placedTexts(horizontal bool) byPlace {
	var list []placed
	for _, l := range d.texts {
		if at, ok := numbers(textAt, l.place); ok {
			list = append(list, placed{l.text, at[0], at[1]})
		}
	}
	side := func(p placed) float64 {
		if horizontal {
			return p.y
		}
		return p.x
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(side(a), side(b)) })
	b := byPlace{texts: list}
	for _, p := range list {
		b.at = append(b.at, side(p))
	}
	return b
}

// near lists those at most so far away.
func (b byPlace) near(at, off float64) []placed {
	from, _ := slices.BinarySearch(b.at, at-off)
	to := from
	for to < len(b.at) && b.at[to] <= at+off {
		to++
	}
	return b.texts[from:to]
}
