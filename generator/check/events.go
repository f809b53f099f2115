package check

import (
	"fmt"
	"math"
	"strconv"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// miscountedSquares names the first square of a unit chart that does not look as others of its value do or
// hides another, and the first number beside a group that is not how many squares it has.
func (d *drawing) miscountedSquares(t *table) string {
	looks, counts := map[string]string{}, map[string]int{}
	at := map[[2]float64]bool{}
	for _, s := range d.symbols() {
		value := s.value
		counts[value]++
		if look, ok := looks[value]; ok && look != s.path {
			return s.at.String() + " does not look as the others of " + diag.Quote(value)
		}
		looks[value] = s.path
		if at[[2]float64{s.x, s.y}] {
			return s.at.String() + " is on another square"
		}
		at[[2]float64{s.x, s.y}] = true
	}
	for _, l := range d.texts {
		if l.values != markup.Counted {
			continue
		}
		if n := counts[same(l.tick)]; l.text != strconv.Itoa(n) {
			return fmt.Sprintf("%q beside %s, of which there are %d", l.text, shown(same(l.tick)), n)
		}
	}
	return ""
}

// misplacedEvents names the first event that is not on the line of its case, or not as far from the first event of
// all as its time is, and the first time written where it is not.
func (d *drawing) misplacedEvents(t *table) string {
	when := t.columns[t.column("when")]
	type placed struct {
		said string
		time quantity.Value
		x    float64
	}
	var list []placed
	times := map[key]quantity.Value{}
	for _, row := range t.rows {
		v, ok := when.unit.Read(t.raw(row, "when"))
		if !ok {
			return t.key(row).String() + " is at no time"
		}
		times[t.key(row)] = v
	}
	lanes, of := map[string]float64{}, map[float64]string{}
	for _, s := range d.symbols() {
		list = append(list, placed{s.at.String(), times[s.at], s.x})
		y, known := lanes[s.at.group]
		other, taken := of[s.y]
		if known && y != s.y || taken && other != s.at.group {
			return s.at.String() + " is not on the line of " + diag.Quote(s.at.group)
		}
		lanes[s.at.group], of[s.y] = s.y, s.at.group
	}
	if len(list) == 0 {
		return ""
	}
	first, last := list[0], list[0]
	for _, p := range list {
		if p.time.Compare(first.time) < 0 {
			first = p
		}
		if p.time.Compare(last.time) > 0 {
			last = p
		}
	}
	all, _ := when.every.Between(first.time, last.time)
	for _, p := range list {
		n, ok := when.every.Between(first.time, p.time)
		if !ok || math.Abs(p.x-first.x-(last.x-first.x)*float64(n)/float64(max(1, all))) > tolerance {
			return p.said + " is not where its time is"
		}
	}
	return ""
}

// mixedRows names the first dot that is not in the row of its name. Where the names of dots are not along the axis, several
// dots have one row.
func (d *drawing) mixedRows(dots []shape) string {
	named := map[string]bool{}
	for _, t := range d.ticks("y", ofNames) {
		named[same(t.tick)] = true
	}
	for _, s := range dots {
		if !named[s.at.name] {
			return ""
		}
	}
	return mixed(dots, func(s shape) string { return s.at.name }, func(s shape) string { return strconv.FormatFloat(s.y, 'f', 1, 64) })
}
