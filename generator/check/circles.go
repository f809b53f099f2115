package check

import (
	"math"
	"regexp"
	"strconv"
)

// circlePath is a circle that stands for a value by its area.
var circlePath = regexp.MustCompile(`^M(-?[\d.]+) (-?[\d.]+)a([\d.]+) ([\d.]+) 0 1 0 ([\d.]+) 0a([\d.]+) ([\d.]+) 0 1 0 -([\d.]+) 0Z$`)

// dot is the radius of a value that would be too small to be seen.
const dot = 1.5

// circles are the marks that are one, each with its radius as its thickness.
func (d *drawing) circles() []shape {
	var list []shape
	for i := range d.marks {
		if n, ok := numbers(circlePath, d.marks[i].path); ok {
			list = append(list, shape{mark: &d.marks[i], x: n[0] + n[2], y: n[1], thick: n[2]})
		}
	}
	return list
}

// missized names the first circle whose area is not that of its value, and the first without a value that looks like one with a value.
func missized(circles []shape) string {
	largest, most := 0.0, 0.0
	for _, s := range circles {
		if value, err := strconv.ParseFloat(s.value, 64); err == nil && value > most {
			largest, most = s.thick, value
		}
	}
	known := "" // the paint of values
	for _, s := range circles {
		if s.value == "" {
			continue
		}
		value, err := strconv.ParseFloat(s.value, 64)
		if err != nil || value < 0 {
			return s.at.String() + " is a circle without a size"
		}
		want := dot
		if most > 0 {
			want = max(dot, largest*math.Sqrt(value/most))
		}
		if math.Abs(s.thick-want) > tolerance {
			return s.at.String() + " is not as large as its value, " + s.value
		}
		known = s.fill
	}
	for _, s := range circles {
		if s.value == "" && s.fill == known {
			return s.at.String() + " has no value, and looks as if it had one"
		}
	}
	return ""
}
