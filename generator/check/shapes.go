package check

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"

	"broadsheet/generator/diag"
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

// checkShapes holds what is drawn to what the marks say, up to the first fault: a
// line does not go through a point that is in the wrong place.
func (d *drawing) checkShapes(t *table, found *faults) {
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
	if wrong := miscolored(d.marks); wrong != "" {
		found.add(diag.Problem{Message: "a color of " + d.name, Found: wrong})
	}
	for _, panel := range panels {
		if len(found.list) == before {
			d.panel(panel).checkPanel(t.panel(panel), found)
		}
	}
	if len(panels) > 1 && len(found.list) == before && t.unit().Numeric() {
		// all panels have one scale
		wrong := ""
		switch cells := d.rectangles(true); {
		case len(d.circles()) > 0:
			wrong = missized(d.circles())
		case t.column("low") >= 0:
			wrong = d.misdrawn()
		case len(cells) > 0 && (t.column("group") < 0 || !alike(cells)):
			_, _, wrong = d.bars()
		case len(d.lines) > 0:
			wrong = misplaced(t.scaled("value"), d.symbols())
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
	for _, s := range d.spans {
		if s.panel == name {
			part.spans = append(part.spans, s)
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

// checkPanel checks what has one scale.
func (d *drawing) checkPanel(t *table, found *faults) {
	before := len(found.list)
	fail := func(message, wrong string) {
		if wrong != "" && len(found.list) == before {
			found.add(diag.Problem{Message: message + " of " + d.name, Found: wrong})
		}
	}
	fail("a label of an axis", d.misread(t))
	defer func() { fail("a mark", d.strayed(t)) }()
	fail("a box", d.misboxed(t))
	fail("a step", d.misparted(t))
	symbols := d.symbols()
	byX := func(s shape) string { return strconv.FormatFloat(s.x, 'f', 1, 64) }
	byY := func(s shape) string { return strconv.FormatFloat(s.y, 'f', 1, 64) }
	byName := func(s shape) string { return s.at.name }
	byGroup := func(s shape) string { return s.at.group }
	switch {
	case !t.unit().Numeric() && t.column("group") < 0:
		fail("a square", d.miscountedSquares(t))
		return
	case t.column("when") >= 0:
		fail("an event", d.misplacedEvents(t))
		return
	case !t.unit().Numeric():
		fail("a column", mixed(symbols, byGroup, byX))
		fail("a row", mixed(symbols, byName, byY))
		fail("a symbol", mixed(symbols, func(s shape) string { return s.value }, func(s shape) string { return s.look }))
		return
	case d.isCalendar(t):
		fail("a day", d.misdated(t))
		return
	case t.column("binned") >= 0:
		fail("a bin", d.miscounted(t))
		return
	case t.column("across") >= 0:
		fail("a point", cmp.Or(misplaced(t.scaled("value"), symbols, d.scale("y")...), misplaced(t.scaled("across"), d.across(symbols), d.scale("x")...)))
		return
	case t.column("low") >= 0:
		fail("an interval", d.misdrawn())
		return
	}
	if circles := d.circles(); len(circles) > 0 {
		fail("a circle", missized(circles))
		return
	}
	fail("a stack", unstacked(d.marks))
	if d.stacksLines() {
		fail("a stack", d.incomplete(t))
	}
	fail("a step", unlinked(d.marks))
	if cells := d.rectangles(true); len(cells) > 0 && t.column("group") >= 0 && alike(cells) {
		fail("a column", mixed(cells, byGroup, byX))
		fail("a row", mixed(cells, byName, byY))
		return
	}
	bars, horizontal, wrong := d.bars()
	if wrong == "" && len(bars) > 0 {
		wrong = misplaced(linear, bars, d.scale(map[bool]string{true: "x", false: "y"}[horizontal])...)
	}
	fail("a bar", wrong)
	fail("a label", d.mislabelled(bars, horizontal, t))
	if len(d.lines) > 0 { // else they are of a matrix of numbers
		placed := misplaced(t.scaled("value"), symbols, d.scale("y")...)
		if placed != "" && t.unit().IsRank() {
			placed = misranked(symbols)
		}
		fail("a point", cmp.Or(placed, mixed(symbols, byName, byX), d.mistimed(symbols, t)))
		fail("a line", d.broken(symbols))
		fail("the end of a line", d.misended(t))
	} else if len(bars) == 0 && len(symbols) > 0 && !repeated(symbols) {
		if up := d.scale("y"); len(up) > 0 { // the values are on the axis that has labels of values
			fail("a dot", cmp.Or(misplaced(t.scaled("value"), symbols, up...), mixed(symbols, byName, byX)))
		} else {
			fail("a dot", cmp.Or(misplaced(t.scaled("value"), d.flat(symbols), d.scale("x")...), d.mixedRows(symbols)))
		}
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

// misplaced names the first shape that is not where its value is on the scale of
// all, which runs through the lowest and the highest end. A bar goes from zero, or
// from the end of the one below, to its value.
// The labels of the axis are on the same scale.
func misplaced(along func(float64) float64, shapes []shape, axis ...shape) string {
	type end struct {
		*mark
		value, at float64
	}
	var ends []end
	for _, s := range slices.Concat(shapes, axis) {
		value, err := strconv.ParseFloat(s.value, 64)
		if err != nil {
			return s.at.String() + " is drawn and has no value"
		}
		to := value
		if s.stack != "" {
			if to, err = strconv.ParseFloat(s.stack, 64); err != nil {
				return s.at.String() + " rests on nothing"
			}
		}
		if symbolAt.MatchString(s.transform) {
			ends = append(ends, end{s.mark, along(to), s.high})
		} else {
			start := to - value
			if s.from != "" {
				if start, err = strconv.ParseFloat(s.from, 64); err != nil {
					return s.at.String() + " starts nowhere"
				}
			}
			ends = append(ends, end{s.mark, along(min(start, to)), s.low}, end{s.mark, along(max(start, to)), s.high})
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
			return fmt.Sprintf("%s is drawn off its value, %s", e.mark.at, e.mark.value)
		}
	}
	return ""
}

// linear is the scale on which equal distances are equal amounts.
func linear(v float64) float64 { return v }

// scaled is the scale of a measure.
func (t *table) scaled(as string) func(float64) float64 {
	if i := t.column(as); i >= 0 && t.columns[i].log {
		return math.Log10
	}
	return linear
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
