package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// span is a part of a box plot that stands for no row: the box of a row of dots, or the line of its median.
type span struct {
	panel, of string // of is the row of dots
	kind      string // markup.Box or markup.Median
	path      string
}

// leastBoxed is from how many values on a row has a box.
const leastBoxed = 5

// misboxed names the first row of a box plot whose box is not from the first quartile of its dots to the third, whose median is
// elsewhere, or says something else.
func (d *drawing) misboxed(t *table) string {
	if len(d.spans) == 0 {
		return ""
	}
	scaled := t.scaled("value")
	rows, low, high := map[string][]float64{}, shape{}, shape{}
	lowest, highest := math.Inf(1), math.Inf(-1)
	for _, s := range d.symbols() {
		v, err := strconv.ParseFloat(s.value, 64)
		if err != nil {
			continue
		}
		rows[s.at.group] = append(rows[s.at.group], v)
		if v < lowest {
			lowest, low = v, s
		}
		if v > highest {
			highest, high = v, s
		}
	}
	at := func(v float64) float64 {
		if lowest == highest {
			return low.x
		}
		return low.x + (high.x-low.x)*(scaled(v)-scaled(lowest))/(scaled(highest)-scaled(lowest))
	}
	for _, row := range slices.Sorted(func(yield func(string) bool) {
		for row := range rows {
			if !yield(row) {
				return
			}
		}
	}) {
		values := rows[row]
		slices.Sort(values)
		name := "the dots of " + shown(row)
		drawn := map[string][]float64{}
		for _, s := range d.spans {
			if n, ok := numbers(barPath, s.path); ok && same(s.of) == row {
				drawn[s.kind] = append(drawn[s.kind], n[0], n[0]+n[2])
			}
		}
		if len(values) < leastBoxed {
			if len(drawn) > 0 {
				return fmt.Sprintf("a box around %s, of which there are %d", name, len(values))
			}
			continue
		}
		from, median, to := at(quantile(values, 0.25)), quantile(values, 0.5), at(quantile(values, 0.75))
		const off = 2 * tolerance // of dots and of the box
		box, line := drawn[markup.Box], drawn[markup.Median]
		switch {
		case len(box) != 2 || len(line) != 2:
			return "not one box and one median for " + name
		case math.Abs(box[0]-from) > off || math.Abs(box[1]-max(to, from+1)) > off:
			return "the box is not around the middle half of " + name
		case math.Abs((line[0]+line[1])/2-at(median)) > off:
			return "the line is not at the median of " + name
		}
		said := ""
		for _, l := range d.texts {
			if l.values == markup.Median && same(l.tick) == row {
				said = l.text
			}
		}
		if v, _ := quantity.NewValue(median); said != t.unit().Format(v, quantity.Short) {
			return fmt.Sprintf("%q at the median of %s instead of %q", said, name, t.unit().Format(v, quantity.Short))
		}
	}
	return ""
}

// quantile is a quantile of sorted values, between two of them where none is at that place.
func quantile(sorted []float64, part float64) float64 {
	at := part * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[low]
	}
	return sorted[low]*(1-at+float64(low)) + sorted[low+1]*(at-float64(low))
}

// misparted names the first step of a funnel below which is not what part of the first it is, and how much less than the one before.
func (d *drawing) misparted(t *table) string {
	said := map[string]string{}
	for _, l := range d.texts {
		if l.values == markup.Part {
			said[same(l.tick)] += l.text
		}
	}
	if len(said) == 0 {
		return ""
	}
	unit, book := t.unit(), t.book()
	share, _ := quantity.Units{}.In(unit.Language()).Find("share")
	var first, before quantity.Value
	for i, row := range t.rows {
		v, ok := unit.Read(t.raw(row, "value"))
		if i == 0 {
			first = v
		}
		if i > 0 && ok && first.Sign() > 0 {
			part, _ := quantity.NewValue(v.Float() / first.Float())
			want := book.Say("funnel_part", "Share", share.Format(part, quantity.Short))
			if loss := before.Minus(v); loss.Sign() > 0 {
				want = book.Say("funnel_rest", "Share", share.Format(part, quantity.Short), "Loss", unit.Format(loss, quantity.Short))
			}
			if text := said[t.key(row).name]; compact(text) != compact(want) {
				return fmt.Sprintf("%q below %s instead of %q", strings.TrimSpace(text), t.key(row), want)
			}
		}
		before = v
	}
	return ""
}
