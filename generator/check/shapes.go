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
	thick     float64 // its other side
}

// judgeShapes holds what is drawn to what the marks say, up to the first fault: a
// line does not go through a point that is in the wrong place.
func (d *drawing) judgeShapes(t *table, found *faults) {
	var panels []string
	for _, m := range d.marks {
		if !slices.Contains(panels, m.at.panel) {
			panels = append(panels, m.at.panel)
		}
	}
	if len(panels) == 0 {
		panels = []string{""}
	}
	before := len(found.list)
	for _, panel := range panels {
		if len(found.list) == before {
			d.panel(panel).judgePanel(t.panel(panel), found)
		}
	}
	if len(panels) > 1 && len(found.list) == before && t.unit().Numeric() {
		// all panels have one scale
		wrong := ""
		switch cells := d.rectangles(true); {
		case t.column("low") >= 0:
			wrong = d.misdrawn()
		case len(cells) > 0 && (t.column("group") < 0 || !alike(cells)):
			_, _, wrong = d.bars()
		case len(d.lines) > 0:
			wrong = misplaced(d.symbols())
		}
		if wrong != "" {
			found.add(diag.Problem{Message: "the scale of a panel of " + d.name, Found: wrong})
		}
	}
}

// panel is the part of a drawing that is one panel of small multiples.
func (d *drawing) panel(name string) *drawing {
	part := &drawing{name: d.name}
	for _, m := range d.marks {
		if m.at.panel == name {
			part.marks = append(part.marks, m)
		}
	}
	for _, l := range d.lines {
		if l.panel == name {
			part.lines = append(part.lines, l)
		}
	}
	for _, l := range d.texts {
		if l.panel == name {
			part.texts = append(part.texts, l)
		}
	}
	return part
}

// panel is the rows of a table that one panel shows.
func (t *table) panel(name string) *table {
	if t.column("panel") < 0 {
		return t
	}
	part := &table{columns: t.columns}
	for _, row := range t.rows {
		if t.key(row).panel == name {
			part.rows = append(part.rows, row)
		}
	}
	return part
}

// judgePanel judges what has one scale.
func (d *drawing) judgePanel(t *table, found *faults) {
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
	switch {
	case !t.unit().Numeric():
		fail("a column", mixed(symbols, byGroup, byX))
		fail("a row", mixed(symbols, byName, byY))
		fail("a symbol", mixed(symbols, func(s shape) string { return s.value }, func(s shape) string { return s.look }))
		return
	case t.column("binned") >= 0:
		fail("a bin", d.miscounted(t))
		return
	case t.column("across") >= 0:
		fail("a point", cmp.Or(misplaced(symbols), misplaced(d.across(symbols))))
		return
	case t.column("low") >= 0:
		fail("an interval", d.misdrawn())
		return
	}
	fail("a stack", unstacked(d.marks))
	fail("a step", unlinked(d.marks))
	if cells := d.rectangles(true); len(cells) > 0 && t.column("group") >= 0 && alike(cells) {
		fail("a column", mixed(cells, byGroup, byX))
		fail("a row", mixed(cells, byName, byY))
		return
	}
	bars, lying, wrong := d.bars()
	fail("a bar", wrong)
	fail("a label", d.mislabelled(bars, lying, t))
	if len(d.lines) > 0 { // else they are of a matrix of numbers
		fail("a point", cmp.Or(misplaced(symbols), mixed(symbols, byName, byX)))
		fail("a line", d.broken(symbols))
	} else if len(bars) == 0 && len(symbols) > 0 && !repeated(symbols) {
		fail("a dot", cmp.Or(misplaced(d.flat(symbols)), mixed(symbols, byName, byY)))
	}
}

// repeated reports whether marks are of series that are named by a value: a matrix
// of numbers.
func repeated(symbols []shape) bool {
	of := map[string]string{}
	for _, s := range symbols {
		if value, ok := of[s.series]; ok && value != s.value {
			return false
		}
		of[s.series] = s.value
	}
	return len(symbols) > len(of)
}

// flat are points whose value grows to the right.
func (d *drawing) flat(symbols []shape) []shape {
	list := slices.Clone(symbols)
	for i := range list {
		list[i].low, list[i].high = list[i].x, list[i].x
	}
	return list
}

// across are points with the value that they have to the right.
func (d *drawing) across(symbols []shape) []shape {
	list := d.flat(symbols)
	for i := range list {
		m := *list[i].mark
		m.value = m.others["across"]
		list[i].mark = &m
	}
	return list
}

// alike reports whether all rectangles have one size: they are cells.
func alike(cells []shape) bool {
	first := cells[0]
	return !slices.ContainsFunc(cells, func(s shape) bool {
		return math.Abs((s.high-s.low)-(first.high-first.low)) > tolerance || math.Abs(s.thick-first.thick) > tolerance
	})
}

// misdrawn names the first interval, or estimate in it, that is not where its values
// are on the scale of all. Either all lie or all stand.
func (d *drawing) misdrawn() string {
	wrong := ""
	for _, lying := range []bool{true, false} {
		var points []shape
		for _, s := range d.rectangles(lying) {
			for role, at := range map[string]float64{"low": s.low, "high": s.high} {
				m := *s.mark
				m.value, m.stack, m.transform = m.others[role], "", "matrix(1,0,0,1,0,0)"
				m.at.role = role
				points = append(points, shape{mark: &m, low: at, high: at})
			}
		}
		slices.SortFunc(points, func(a, b shape) int {
			return cmp.Or(cmp.Compare(a.at.name, b.at.name), cmp.Compare(a.at.role, b.at.role))
		})
		estimates := d.symbols()
		if lying {
			estimates = d.flat(estimates)
		}
		said := misplaced(append(points, estimates...))
		if said == "" {
			return ""
		}
		wrong = cmp.Or(wrong, said)
	}
	return wrong
}

// miscounted names the first bin that does not say how many values of the table lie
// between its bounds, or is not as high as that.
func (d *drawing) miscounted(t *table) string {
	var values []float64
	for _, row := range t.rows {
		if v, err := strconv.ParseFloat(t.raw(row, "binned"), 64); err == nil {
			values = append(values, v)
		}
	}
	inBins := 0
	for i, m := range d.marks {
		low, errLow := strconv.ParseFloat(m.others["low"], 64)
		high, errHigh := strconv.ParseFloat(m.others["high"], 64)
		if errLow != nil || errHigh != nil {
			return "a bin without bounds"
		}
		n := 0
		for _, v := range values {
			if v >= low && (v < high || v == high && i == len(d.marks)-1) {
				n++
			}
		}
		inBins += n
		if m.value != strconv.Itoa(n) {
			return fmt.Sprintf("from %s to %s: %s, and there are %d", m.others["low"], m.others["high"], m.value, n)
		}
	}
	if inBins != len(values) {
		return fmt.Sprintf("%d values are in bins, and there are %d", inBins, len(values))
	}
	return misplaced(d.rectangles(false))
}

// unlinked names the first step of a waterfall that does not start where the one
// before ended, or at zero, or is not as long as its value.
func unlinked(marks []mark) string {
	at := 0.0
	for _, m := range marks {
		if m.from == "" {
			continue
		}
		from, _ := strconv.ParseFloat(m.from, 64)
		to, _ := strconv.ParseFloat(m.stack, 64)
		value, _ := strconv.ParseFloat(m.value, 64)
		slack := 1e-9 * (math.Abs(from) + math.Abs(to) + math.Abs(at))
		switch {
		case math.Abs(to-from-value) > slack:
			return fmt.Sprintf("%s goes from %s to %s, and its value is %s", m.at, m.from, m.stack, m.value)
		case math.Abs(from-at) > slack && from != 0:
			return fmt.Sprintf("%s starts at %s, and the one before ends at %s", m.at, m.from, strconv.FormatFloat(at, 'f', -1, 64))
		}
		at = to
	}
	return ""
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
		from, to, thick := n[0], n[0]+n[2], n[3]
		if !lying {
			from, to, thick = -n[1], -n[1]-n[3], n[2]
		}
		list = append(list, shape{mark: &d.marks[i], low: min(from, to), high: max(from, to), x: n[0] + n[2]/2, y: n[1] + n[3]/2, thick: math.Abs(thick)})
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
			start := to - value
			if s.from != "" {
				if start, err = strconv.ParseFloat(s.from, 64); err != nil {
					return s.at.String() + " starts nowhere"
				}
			}
			ends = append(ends, end{s.mark, min(start, to), s.low}, end{s.mark, max(start, to), s.high})
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
	unit := t.unit()
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
			if number, err := strconv.ParseFloat(s.value, 64); err == nil && number < 0 { // beyond its other end
				if beyond = s.low - at[0]; !lying {
					beyond = at[1] + s.low
				}
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
		if m.stack == "" || m.from != "" || err != nil {
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
	for _, l := range d.lines {
		if polyline.MatchString(l.path) {
			drawn = append(drawn, runs(l.path))
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
