package check

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

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

// near reports whether a drawn line goes through all points. ECharts leaves out those that are within a pixel of the last.
func near(drawn, points [][2]float64) bool {
	at := 0 // in drawn
	for _, p := range points {
		switch {
		case at < len(drawn) && math.Abs(p[0]-drawn[at][0]) <= tolerance && math.Abs(p[1]-drawn[at][1]) <= tolerance:
			at++
		case at == 0 || math.Hypot(p[0]-drawn[at-1][0], p[1]-drawn[at-1][1]) > 1:
			return false
		}
	}
	return at == len(drawn)
}

// misended names the first line at whose end there is neither its name, nor its name and the value of that point.
func (d *drawing) misended(t *table) string {
	words := map[string]string{} // by series and index
	for _, l := range d.texts {
		if l.at != "" {
			words[l.at] += compact(l.text)
		}
	}
	type end struct {
		mark
		said, value string // without the name
	}
	var ends []end
	var values []quantity.Value
	raw := map[key]string{} // a drawing has no more digits than JavaScript
	for _, row := range t.rows {
		raw[t.key(row)] = t.raw(row, "value")
	}
	for _, m := range d.marks {
		said, ok := words[pointOf(m.series, m.index)]
		if !ok {
			continue
		}
		said = quantity.Capitalize(said)
		delete(words, pointOf(m.series, m.index))
		names := []string{compact(t.columns[t.column("value")].label)}
		if t.column("group") >= 0 {
			names = t.names(m.at.group)
		}
		i := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(said, atEnd(name)) })
		if i < 0 {
			return diag.Quote(said) + " at " + m.at.String()
		}
		if value := strings.TrimPrefix(said, atEnd(names[i])); value != "" {
			v, _ := t.unit().Read(raw[m.at])
			ends, values = append(ends, end{m, said, value}), append(values, v)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(words)) {
		return diag.Quote(words[at]) + " at no point"
	}
	beside := t.unit().Beside(values)
	for i, e := range ends {
		short, _ := written(t.unit(), raw[e.at], quantity.Short)
		if e.value != compact(short) && e.value != compact(beside[i]) {
			return fmt.Sprintf("%s at %s instead of %q", diag.Quote(e.value), e.at, beside[i])
		}
	}
	return ""
}

// pointOf names a point by its series and index; "" where there is neither.
func pointOf(series, index string) string { return strings.TrimSpace(series + " " + index) }

// atEnd is a name as a line has it at its end, with a capital letter.
func atEnd(name string) string { return quantity.Capitalize(braceless(name)) }

// braceless is a text as package chart writes it at a line, where braces mean something to ECharts.
func braceless(text string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(text) }
