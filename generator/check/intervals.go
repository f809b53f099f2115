package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"broadsheet/generator/diag"
)

// misdrawn names the first interval, or estimate in it, that is not where its values
// are on the scale of all. Either all are horizontal or all are vertical.
func (d *drawing) misdrawn() string {
	wrong := ""
	for _, horizontal := range []bool{true, false} {
		var points []shape
		for _, s := range d.rectangles(horizontal) {
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
		estimates, axis := d.symbols(), "y"
		if horizontal {
			estimates, axis = d.flat(estimates), "x"
		}
		said := misplaced(linear, append(points, estimates...), d.scale(axis)...)
		if said == "" {
			return ""
		}
		wrong = cmp.Or(wrong, said)
	}
	return wrong
}

// miscounted names the first bin that does not say how many values of the table are
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
		return fmt.Sprintf("%s in bins, and there are %d", diag.Count(inBins, "value"), len(values))
	}
	return cmp.Or(misplaced(linear, d.rectangles(false), d.scale("y")...), misplaced(linear, nil, d.scale("x")...))
}
