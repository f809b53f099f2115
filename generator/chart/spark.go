package chart

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

// Spark is a sparkline: the lines of an aggregate over its last key, such as the
// year, as small as a word. It is drawn without ECharts, of which it needs nothing.
type Spark struct {
	First, Last string // values as a table writes them, "" where there is none
	Label       string // the line in words
	Shapes      string // an <svg>
	Missing     string // what stands for it where there are no values
}

const sparkWidth, sparkHeight = 84, 20

// Sparkline draws a column of the lines whose key begins with the given one. The
// scale is that of the line itself: it shows how values change, and not how large
// they are. A missing value is a gap.
func Sparkline(a *aggregate.Aggregate, column int, key []string) Spark {
	type point struct {
		at   string
		v    quantity.Value
		x, y float64
	}
	var points []point
	for _, l := range a.Rows {
		if len(l.Key) == len(key)+1 && slices.Equal(l.Key[:len(key)], key) {
			points = append(points, point{at: l.Key[len(key)], v: l.Values[column]})
		}
	}
	slices.SortStableFunc(points, func(p, q point) int { return strings.Compare(p.at, q.at) })
	var s Spark
	unit := a.Columns[column].Unit
	book := phrase.In(unit.Language().Tag())
	var known []point
	for _, p := range points {
		if !p.v.IsMissing() {
			known = append(known, p)
		}
	}
	if len(known) == 0 {
		s.Label, s.Missing = book.Say("no_values"), unit.Format(quantity.Value{}, quantity.InTable)
		return s
	}
	first, last := known[0], known[len(known)-1]
	s.First, s.Last = unit.Format(first.v, quantity.InTable), unit.Format(last.v, quantity.InTable)
	in := func(p point) string {
		return book.Say("value_in", "Value", unit.Format(p.v, quantity.Prose), "When", p.at)
	}
	if s.Label = in(first); len(known) > 1 {
		s.Label += ", " + in(last)
	}
	low, high := known[0].v.Float(), known[0].v.Float()
	for _, p := range known {
		low, high = min(low, p.v.Float()), max(high, p.v.Float())
	}
	const margin = 3
	// years are as far apart as in time
	place := func(i int) float64 { return float64(i) / float64(max(1, len(points)-1)) }
	if from, err := strconv.Atoi(points[0].at); err == nil {
		if to, err := strconv.Atoi(points[len(points)-1].at); err == nil && to > from {
			place = func(i int) float64 {
				year, _ := strconv.Atoi(points[i].at)
				return float64(year-from) / float64(to-from)
			}
		}
	}
	path, open, gap := "", false, ""
	for i := range points {
		p := &points[i]
		year, errYear := strconv.Atoi(p.at)
		before := gap
		gap = p.at
		if last, err := strconv.Atoi(before); err == nil && errYear == nil && year > last+1 {
			open = false // a year that has no line
		}
		if p.v.IsMissing() {
			open = false
			continue
		}
		p.x = margin + place(i)*(sparkWidth-2*margin)
		p.y = sparkHeight / 2
		if high > low {
			p.y = margin + (high-p.v.Float())/(high-low)*(sparkHeight-2*margin)
		}
		command := "M"
		if open {
			command = "L"
		}
		path += fmt.Sprintf("%s%.1f %.1f", command, p.x, p.y)
		open = true
		last = *p
	}
	s.Shapes = fmt.Sprintf(`<svg class="spark" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-label="%s"><path d="%s" fill="none" stroke="var(--chart-1)" stroke-width="1.5"/><circle cx="%.1f" cy="%.1f" r="2.5" fill="var(--chart-1)"/></svg>`,
		sparkWidth, sparkHeight, html.EscapeString(s.Label), path, last.x, last.y)
	return s
}
