package check

import (
	"fmt"
	"math"
	"strconv"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// bars are marks that are rectangles, and the first that is not as long as its
// value. Nothing in the drawing says whether bars are horizontal or vertical: they are right if
// they are right either way, and of two ways to be wrong the one with more
// different lengths is meant.
func (d *drawing) bars() (bars []shape, horizontal bool, wrong string) {
	flat, upright := d.rectangles(true), d.rectangles(false)
	ifFlat, ifUpright := misplaced(linear, flat), misplaced(linear, upright)
	if ifFlat == "" || ifUpright != "" && lengths(flat) >= lengths(upright) {
		return flat, true, ifFlat
	}
	return upright, false, ifUpright
}

func (d *drawing) rectangles(horizontal bool) []shape {
	var list []shape
	for i := range d.marks {
		n, ok := numbers(barPath, d.marks[i].path)
		if !ok || d.marks[i].transform != "" {
			continue
		}
		from, to, thick := n[0], n[0]+n[2], n[3]
		if !horizontal {
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

// mislabelled names the first bar whose value is not at its end, and counts
// the labels of missing values. Where no bar has a label, none must.
func (d *drawing) mislabelled(bars []shape, horizontal bool, t *table) string {
	const near = 20 // pixels
	unit := t.unit()
	raw := map[key]string{} // a drawing has no more digits than JavaScript
	missing := 0
	for _, row := range t.rows {
		if raw[t.key(row)] = t.raw(row, "value"); t.raw(row, "value") == "" {
			missing++
		}
	}
	texts, beside := d.placedTexts(horizontal), t.beside()
	labelled, wrong := 0, ""
	for _, s := range bars {
		want, ok := written(unit, raw[s.at], quantity.Short)
		if !ok || s.stack != "" {
			return ""
		}
		exact, _ := written(unit, raw[s.at], quantity.Exact) // where others would read the same
		said, across := "nothing", s.x
		if horizontal {
			across = s.y
		}
		for _, label := range texts.near(across, 1) {
			beyond := label.x - s.high
			if !horizontal {
				beyond = -label.y - s.high
			}
			if number, err := strconv.ParseFloat(s.value, 64); err == nil && number < 0 { // beyond its other end
				if beyond = s.low - label.x; !horizontal {
					beyond = label.y + s.low
				}
			}
			if beyond >= 0 && beyond <= near {
				said = diag.Quote(label.text)
				labelled++
			}
		}
		if said != diag.Quote(want) && said != diag.Quote(exact) && said != diag.Quote(beside[raw[s.at]]) && wrong == "" {
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
	na := unit.Format(quantity.Value{}, quantity.Short)
	for _, label := range d.texts {
		if label.text == na {
			said++
		}
	}
	if said < missing {
		return fmt.Sprintf("%s is there %s, with %s missing", na, diag.Count(said, "time"), diag.Count(missing, "value"))
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

// incomplete names the first mark of stacked areas that is drawn beside a part that is not known.
func (d *drawing) incomplete(t *table) string {
	if t.column("group") < 0 {
		return ""
	}
	unstackable := t.unstackable()
	for _, m := range d.marks {
		if m.value != "" && unstackable[key{name: m.at.name, panel: m.at.panel}] {
			return fmt.Sprintf("%s is drawn, and a part of that stack is not known", m.at)
		}
	}
	return ""
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

// beside are the values as they are written beside each other, by the raw one.
func (t *table) beside() map[string]string {
	var raws []string
	var values []quantity.Value
	for _, row := range t.rows {
		if v, ok := t.unit().Read(t.raw(row, "value")); ok {
			raws, values = append(raws, t.raw(row, "value")), append(values, v)
		}
	}
	texts := map[string]string{}
	for i, text := range t.unit().Beside(values) {
		texts[raws[i]] = text
	}
	return texts
}
