package check

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"

	"broadsheet/generator/diag"
	"broadsheet/generator/figure"
)

// tolerance is how far a shape may be off, in pixels: paths have one decimal.
const tolerance = 0.25

var (
	barPath  = regexp.MustCompile(`^M(\S+) (\S+)l(\S+) 0l0 (\S+)l\S+ 0Z$`)
	symbolAt = regexp.MustCompile(`^matrix\([^,]+,0,0,[^,]+,([^,]+),([^,]+)\)$`)
	textAt   = regexp.MustCompile(`^translate\((\S+) (\S+)\)$`)
	polyline = regexp.MustCompile(`^(?:[ML]-?[\d.]+ -?[\d.]+)*$`)
	vertexIn = regexp.MustCompile(`([ML])(-?[\d.]+) (-?[\d.]+)`)
)

// shape is where a mark is drawn. A point has one end.
type shape struct {
	*mark
	low, high float64 // its ends in pixels, growing with the value
	x, y      float64 // its middle
}

// judgeShapes holds what is drawn to what the marks say, up to the first fault: a
// line does not go through a point that is in the wrong place.
func (d *drawing) judgeShapes(t *table, found *faults) {
	before := len(found.list)
	fail := func(message, wrong string) {
		if wrong != "" && len(found.list) == before {
			found.add(diag.Problem{Message: message + " of " + d.name, Found: wrong})
		}
	}
	symbols := d.symbols()
	byX := func(s shape) string { return strconv.FormatFloat(s.x, 'f', 1, 64) }
	byY := func(s shape) string { return strconv.FormatFloat(s.y, 'f', 1, 64) }
	byName := func(s shape) string { return s.at.name }
	byGroup := func(s shape) string { return s.at.group }
	if !t.columns[t.column("value")].unit.Numeric() {
		fail("a column", mixed(symbols, byGroup, byX))
		fail("a row", mixed(symbols, byName, byY))
		fail("a symbol", mixed(symbols, func(s shape) string { return s.value }, func(s shape) string { return s.look }))
		return
	}
	fail("a stack", unstacked(d.marks))
	bars, lying, wrong := d.bars()
	fail("a bar", wrong)
	fail("a label", d.mislabelled(bars, lying, t))
	if len(d.lines) > 0 { // else they are of a matrix of numbers
		fail("a point", cmp.Or(misplaced(symbols), mixed(symbols, byName, byX)))
		fail("a line", d.broken(symbols))
	}
}

// symbols are marks that are drawn around a point.
func (d *drawing) symbols() []shape {
	var list []shape
	for i := range d.marks {
		if n, ok := numbers(symbolAt, d.marks[i].transform); ok {
			list = append(list, shape{mark: &d.marks[i], x: n[0], y: n[1], low: -n[1], high: -n[1]})
		}
	}
	return list
}

// bars are marks that are rectangles, and the first that is not as long as its
// value. Nothing in the drawing says whether bars lie or stand: they are right if
// they are right either way, and of two ways to be wrong the one with more
// different lengths is meant.
func (d *drawing) bars() (bars []shape, lying bool, wrong string) {
	flat, upright := d.rectangles(true), d.rectangles(false)
	ifFlat, ifUpright := misplaced(flat), misplaced(upright)
	if ifFlat == "" || ifUpright != "" && lengths(flat) >= lengths(upright) {
		return flat, true, ifFlat
	}
	return upright, false, ifUpright
}

func (d *drawing) rectangles(lying bool) []shape {
	var list []shape
	for i := range d.marks {
		n, ok := numbers(barPath, d.marks[i].path)
		if !ok || d.marks[i].transform != "" {
			continue
		}
		from, to := n[0], n[0]+n[2]
		if !lying {
			from, to = -n[1], -n[1]-n[3]
		}
		list = append(list, shape{mark: &d.marks[i], low: min(from, to), high: max(from, to), x: n[0] + n[2]/2, y: n[1] + n[3]/2})
	}
	return list
}

// lengths is how many different ones there are.
func lengths(bars []shape) int {
	different := map[string]bool{}
	for _, b := range bars {
		different[strconv.FormatFloat(b.high-b.low, 'f', 1, 64)] = true
	}
	return len(different)
}

// misplaced names the first shape that is not where its value is on the scale of
// all, which runs through the lowest and the highest end. A bar goes from zero, or
// from the end of the one below, to its value.
func misplaced(shapes []shape) string {
	type end struct {
		*mark
		value, at float64
	}
	var ends []end
	for _, s := range shapes {
		value, err := strconv.ParseFloat(s.value, 64)
		if err != nil {
			return s.at.String() + " is drawn and has no value"
		}
		to := value
		if s.stack != "" {
			if to, err = strconv.ParseFloat(s.stack, 64); err != nil {
				return s.at.String() + " stands on nothing"
			}
		}
		if symbolAt.MatchString(s.transform) {
			ends = append(ends, end{s.mark, to, s.high})
		} else {
			ends = append(ends, end{s.mark, min(to-value, to), s.low}, end{s.mark, max(to-value, to), s.high})
		}
	}
	if len(ends) == 0 {
		return ""
	}
	low := slices.MinFunc(ends, func(a, b end) int { return cmp.Compare(a.value, b.value) })
	high := slices.MaxFunc(ends, func(a, b end) int { return cmp.Compare(a.value, b.value) })
	scale := 0.0
	if high.value > low.value {
		scale = (high.at - low.at) / (high.value - low.value)
	}
	for _, e := range ends {
		if off := math.Abs(e.at - (low.at + scale*(e.value-low.value))); off > tolerance {
			return fmt.Sprintf("%s is %.1f pixels away from %s", e.mark.at, off, e.mark.value)
		}
	}
	return ""
}

// mislabelled names the first bar whose value does not stand at its end, and counts
// the labels of missing values. Where no bar has a label, none must.
func (d *drawing) mislabelled(bars []shape, lying bool, t *table) string {
	const near = 20 // pixels
	unit := t.columns[t.column("value")].unit
	raw := map[key]string{} // a drawing has no more digits than JavaScript
	missing := 0
	for _, row := range t.rows {
		if raw[t.key(row)] = t.raw(row, "value"); t.raw(row, "value") == "" {
			missing++
		}
	}
	labelled, wrong := 0, ""
	for _, s := range bars {
		want, ok := written(unit, raw[s.at], figure.Short)
		if !ok || s.stack != "" {
			return ""
		}
		said := "nothing"
		for _, label := range d.texts {
			at, ok := numbers(textAt, label.place)
			if !ok {
				continue
			}
			off, beyond := at[1]-s.y, at[0]-s.high
			if !lying {
				off, beyond = at[0]-s.x, -at[1]-s.high
			}
			if math.Abs(off) <= 1 && beyond >= 0 && beyond <= near {
				said = diag.Quote(label.text)
				labelled++
			}
		}
		if said != diag.Quote(want) && wrong == "" {
			wrong = fmt.Sprintf("%s at %s instead of %q", said, s.at, want)
		}
	}
	if labelled == 0 {
		return ""
	}
	if wrong != "" {
		return wrong
	}
	said := 0
	na := unit.Format(figure.Value{}, figure.Short)
	for _, label := range d.texts {
		if label.text == na {
			said++
		}
	}
	if said < missing {
		return fmt.Sprintf("%s is there %d times, and %d values are missing", na, said, missing)
	}
	return ""
}

// unstacked names the first mark that does not end at the sum of those that it
// stands on and itself. Values below zero hang from zero on their own.
func unstacked(marks []mark) string {
	type pile struct {
		name  string
		below bool
	}
	sums := map[pile]float64{}
	for _, m := range marks {
		value, err := strconv.ParseFloat(m.value, 64)
		if m.stack == "" || err != nil {
			continue
		}
		p := pile{m.at.name, value < 0}
		sums[p] += value
		end, err := strconv.ParseFloat(m.stack, 64)
		if err != nil || math.Abs(end-sums[p]) > 1e-9*math.Abs(sums[p]) {
			return fmt.Sprintf("%s ends at %s, and the values up to it add up to %s", m.at, m.stack, strconv.FormatFloat(sums[p], 'f', -1, 64))
		}
	}
	return ""
}

// broken names the first line whose path is not the one through its points, in
// their order, with a gap where an index is left out.
func (d *drawing) broken(points []shape) string {
	var drawn [][][][2]float64
	for _, path := range d.lines {
		if polyline.MatchString(path) {
			drawn = append(drawn, runs(path))
		}
	}
	byGroup := map[string][]shape{}
	for _, p := range points {
		byGroup[p.at.group] = append(byGroup[p.at.group], p)
	}
	for _, group := range slices.Sorted(maps.Keys(byGroup)) {
		var want [][][2]float64
		last := math.MinInt
		for _, p := range byGroup[group] {
			index, _ := strconv.Atoi(p.index)
			if index != last+1 {
				want = append(want, nil)
			}
			want[len(want)-1], last = append(want[len(want)-1], [2]float64{p.x, p.y}), index
		}
		want = slices.DeleteFunc(want, func(run [][2]float64) bool { return len(run) < 2 })
		if len(want) > 0 && !slices.ContainsFunc(drawn, func(runs [][][2]float64) bool { return slices.EqualFunc(runs, want, near) }) {
			return diag.Quote(group)
		}
	}
	return ""
}

// runs are the unbroken parts of a path.
func runs(path string) [][][2]float64 {
	var list [][][2]float64
	for _, m := range vertexIn.FindAllStringSubmatch(path, -1) {
		if m[1] == "M" {
			list = append(list, nil)
		}
		x, _ := strconv.ParseFloat(m[2], 64)
		y, _ := strconv.ParseFloat(m[3], 64)
		if len(list) > 0 {
			list[len(list)-1] = append(list[len(list)-1], [2]float64{x, y})
		}
	}
	return slices.DeleteFunc(list, func(run [][2]float64) bool { return len(run) < 2 })
}

func near(a, b [][2]float64) bool {
	return slices.EqualFunc(a, b, func(p, q [2]float64) bool {
		return math.Abs(p[0]-q[0]) <= tolerance && math.Abs(p[1]-q[1]) <= tolerance
	})
}

// mixed names the first shape that shares a feature with one of another name, or
// has another feature than one of the same name: each row has one height.
func mixed(shapes []shape, name, feature func(shape) string) string {
	features, names := map[string]string{}, map[string]string{}
	for _, s := range shapes {
		n, f := name(s), feature(s)
		if known, ok := features[n]; ok && known != f {
			return s.at.String() + " is not with the others of " + diag.Quote(n)
		}
		if known, ok := names[f]; ok && known != n {
			return s.at.String() + " is with those of " + diag.Quote(known)
		}
		features[n], names[f] = f, n
	}
	return ""
}

// numbers are the parts of a text, where it is of that form.
func numbers(form *regexp.Regexp, text string) ([]float64, bool) {
	m := form.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	var list []float64
	for _, part := range m[1:] {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return nil, false
		}
		list = append(list, n)
	}
	return list, true
}
