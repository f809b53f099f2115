package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/quantity"
)

// Classes of a measure, each in a colour, for maps and heat maps.
//
// Bounds are round numbers near those that put about as many values into each class. Values
// far from all others are a class of their own, and so is zero where it is frequent. Values
// of two signs have two scales of colours, one for each, and the same bounds on both sides.

// class is the values from a bound up to the next, or zero alone.
type class struct {
	from, to float64 // -Inf and Inf at the ends
	zero     bool
	color    string // a custom property
}

func (k class) holds(v float64) bool {
	if k.zero {
		return v == 0
	}
	return v >= k.from && v < k.to
}

type classes []class

// color is that of a value.
func (list classes) color(v quantity.Value) string {
	if v.IsMissing() {
		return "--step-unknown"
	}
	for _, k := range list { // zero comes before the class that would hold it
		if k.holds(v.Float()) {
			return k.color
		}
	}
	return "--step-unknown"
}

const (
	maxSteps = 5 // in one scale of colours
	maxSides = 4 // colours of each of two
	// manyZeros is the part of all values from which zero is a class of its own.
	manyZeros = 0.2
)

// classes are those of the bounds in the chart's file, or of computed ones.
func (c *plot) classes(value int) classes {
	values := make([]quantity.Value, len(c.whole))
	for i, l := range c.whole {
		values[i] = l.Values[value]
	}
	return classesOf(values, c.spec.Steps)
}

// Steps are the colors of values in a column of a table, as a heat map has them: custom properties by value.
func Steps(column []quantity.Value) func(quantity.Value) string { return classesOf(column, nil).color }

// classesOf are the classes between bounds, or between computed ones where there are none.
func classesOf(column []quantity.Value, steps []float64) classes {
	var values []float64
	for _, v := range column {
		if !v.IsMissing() {
			values = append(values, v.Float())
		}
	}
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	twoSigns := values[0] < 0 && values[len(values)-1] > 0
	rest := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v == 0 })
	zeros := len(values) - len(rest)
	switch {
	case len(steps) > 0:
		return colorClasses(between(steps), twoSigns)
	case twoSigns:
		sizes := make([]float64, len(rest))
		for i, v := range rest {
			sizes[i] = math.Abs(v)
		}
		slices.Sort(sizes)
		bounds := []float64{0}
		for _, b := range roundBounds(sizes, 3) {
			bounds = append(bounds, b, -b)
		}
		slices.Sort(bounds)
		list := between(bounds)
		if zeros > 0 {
			list = slices.Insert(list, len(list)/2, class{zero: true})
		}
		return used(colorClasses(list, true), values)
	case zeros >= 2 && float64(zeros) >= manyZeros*float64(len(values)) && len(rest) > 0 && rest[0] > 0:
		list := between(roundBounds(rest, maxSteps-1))
		list[0].from = 0
		return colorClasses(slices.Insert(list, 0, class{zero: true}), false)
	}
	return colorClasses(between(roundBounds(values, maxSteps)), false)
}

// between are the classes between bounds.
func between(bounds []float64) classes {
	list := classes{{from: math.Inf(-1), to: math.Inf(1)}}
	for _, b := range bounds {
		list[len(list)-1].to = b
		list = append(list, class{from: b, to: math.Inf(1)})
	}
	return list
}

// used are the classes that hold a value.
func used(list classes, values []float64) classes {
	return slices.DeleteFunc(list, func(k class) bool {
		return !slices.ContainsFunc(values, func(v float64) bool { return k.holds(v) && (k.zero || v != 0 || !list.zero()) })
	})
}

// zero reports whether zero is a class of its own.
func (list classes) zero() bool {
	return slices.ContainsFunc(list, func(k class) bool { return k.zero })
}

// colorClasses spreads classes over the colours that there are, so that the last is always the
// strongest. Zero, where it is a class, is grey: there is nothing. With two scales they grow stronger from zero outward, at one pace.
func colorClasses(list classes, twoSigns bool) classes {
	if !twoSigns {
		steps, lightest := list, 1
		if list.zero() { // which is as light as the lightest
			list[0].color, steps, lightest = "--step-zero", list[1:], 2
		}
		for i := range steps {
			step := maxSteps
			if len(steps) > 1 {
				step = lightest + i*(maxSteps-lightest)/(len(steps)-1)
			}
			steps[i].color = fmt.Sprintf("--step-%d", step)
		}
		return list
	}
	below := slices.IndexFunc(list, func(k class) bool { return k.zero || k.to > 0 }) // so many are below zero
	above := slices.IndexFunc(list, func(k class) bool { return !k.zero && k.from >= 0 })
	if above < 0 {
		above = len(list)
	}
	longest := max(below, len(list)-above)
	side := func(name string, i int) string {
		if longest == 1 {
			return fmt.Sprintf("--%s-%d", name, maxSides-1)
		}
		return fmt.Sprintf("--%s-%d", name, 1+i*(maxSides-1)/(longest-1))
	}
	for i := range list {
		switch {
		case i < below:
			list[i].color = side("below", below-1-i)
		case i >= above:
			list[i].color = side("above", i-above)
		default: // zero, or from one side to the other
			list[i].color = "--step-zero"
		}
	}
	return list
}

// roundBounds are round numbers between so many classes of sorted values, each of which
// holds some.
func roundBounds(values []float64, parts int) []float64 {
	first, end := ordinary(values)
	var bounds []float64
	if first > 0 {
		parts--
	}
	if end < len(values) {
		parts--
	}
	inner := values[first:end]
	span := inner[len(inner)-1] - inner[0]
	if first > 0 {
		bounds = append(bounds, roundest(max(values[first-1], inner[0]-span/2), inner[0]))
	}
	n := len(inner)
	from := 0 // of the class before the bound
	for i := 1; i < parts; i++ {
		ideal, slack := i*n/parts, n/(3*parts)
		best, bestStep, at := 0.0, -1.0, 0
		for j := max(from+1, ideal-slack); j < n && (j <= ideal+slack || bestStep < 0); j++ {
			if inner[j-1] == inner[j] {
				continue
			}
			b := roundest(inner[j-1], inner[j])
			if step := stepOf(b); step > bestStep || step == bestStep && distance(j, ideal) < distance(at, ideal) {
				best, bestStep, at = b, step, j
			}
		}
		if bestStep < 0 {
			break // all further values are equal
		}
		bounds, from = append(bounds, best), at
	}
	if end < len(values) {
		bounds = append(bounds, roundest(inner[n-1], min(values[end], inner[n-1]+span/2)))
	}
	return bounds
}

func distance(a, b int) int { return max(a-b, b-a) }

// ordinary is where the values begin and end that are not far from all others: within
// three times the distance of the quartiles from those, as Tukey has it.
func ordinary(values []float64) (first, end int) {
	n := len(values)
	if n < 10 {
		return 0, n
	}
	low, high := values[n/4], values[n*3/4]
	reach := 3 * (high - low)
	first, _ = slices.BinarySearch(values, low-reach)
	end, _ = slices.BinarySearchFunc(values, high+reach, func(v, most float64) int { // the first above
		if v > most {
			return 1
		}
		return -1
	})
	if reach == 0 || first > n/10 {
		first = 0
	}
	if reach == 0 || n-end > n/10 {
		end = n
	}
	return first, end
}

// roundest is the roundest number above low, up to high.
func roundest(low, high float64) float64 {
	if low < 0 && high >= 0 {
		return 0
	}
	power := math.Ceil(math.Log10(math.Max(math.Abs(low), math.Abs(high))))
	for exponent := power; exponent > power-16; exponent-- {
		for _, digit := range []float64{5, 2, 1} {
			step, err := strconv.ParseFloat(fmt.Sprintf("%ge%g", digit, exponent), 64)
			if err != nil {
				return high
			}
			times := math.Floor(high / step)
			b, err := strconv.ParseFloat(strconv.FormatFloat(times*step, 'g', 15, 64), 64)
			if err == nil && b > low && b <= high {
				return b
			}
		}
	}
	return high
}

// stepOf is the largest step of 1, 2 or 5 and zeros of which a number is a multiple, so
// that 200 is rounder than 150, and 150 than 145.
func stepOf(b float64) float64 {
	if b == 0 {
		return math.Inf(1)
	}
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(b), 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	digits = strings.ReplaceAll(digits, ".", "")
	last := digits[len(digits)-1]
	step := 1.0
	switch last {
	case '5':
		step = 5
	case '2', '4', '6', '8':
		step = 2
	}
	return step * math.Pow(10, float64(e-len(digits)+1))
}

// classLegend says what the classes of a measure are, and that some values are missing.
func (c *plot) classLegend(value int) []LegendItem {
	var list []LegendItem
	classes := c.classes(value)
	for i := range classes {
		list = append(list, LegendItem{Label: c.classLabel(classes, i, value), Color: classes[i].color, Symbol: "square"})
	}
	for _, l := range c.whole {
		if l.Values[value].IsMissing() {
			return append(list, LegendItem{Label: c.book().Say("not_known"), Color: "--step-unknown", Symbol: "square"})
		}
	}
	return list
}

func (c *plot) classLabel(list classes, i, value int) string {
	k := list[i]
	bound, style := func(v float64) string { return c.bound(value, v) }, quantity.Short
	if c.isFull(list, value) {
		style = quantity.Exact
		bound = func(f float64) string {
			v, _ := quantity.NewValue(f) // bounds are finite
			return c.unit(value).Alone().Format(v, quantity.Exact)
		}
	}
	whole := c.unit(value).Whole() && !slices.ContainsFunc(list, func(k class) bool { return !math.IsInf(k.to, 1) && k.to != math.Trunc(k.to) })
	low, _ := c.extent(value)
	high := c.highest(value)
	isFirst := !slices.ContainsFunc(list[:i], func(k class) bool { return !k.zero })
	isLast := !slices.ContainsFunc(list[i+1:], func(k class) bool { return !k.zero })
	from, to := k.from, k.to
	if isFirst && whole { // 1, 2–4, 5 or more
		if from = low; list.zero() && low == 0 {
			from = 1
		}
	}
	if list.zero() && whole && from == 0 && !k.zero {
		from = 1
	}
	switch {
	case k.zero:
		return bound(0)
	case isFirst && isLast && !list.zero():
		return c.book().Say("all_values")
	case isLast && k.from <= 0 && list.zero():
		return c.book().Say("over", "Value", bound(0))
	case isLast && high.Float() < k.from: // a bound of the chart's file
		return c.book().Say("or_more", "Value", bound(k.from))
	case isLast: // what it holds, and not only where it begins
		least, most := bound(k.from), c.unit(value).Alone().Format(high, style)
		if least == most {
			return most
		}
		return least + c.dash(k.from) + most
	case whole && from < to:
		label := bound(from)
		if to--; from < to {
			label += c.dash(from) + bound(to)
		}
		return label
	case isFirst:
		return c.book().Say("under", "Value", bound(to))
	}
	return bound(from) + c.dash(from) + bound(to)
}

// highest is the highest value of a column; missing if there is none.
func (c *plot) highest(column int) (most quantity.Value) {
	for _, l := range c.whole {
		if v := l.Values[column]; !v.IsMissing() && (most.IsMissing() || v.Compare(most) > 0) {
			most = v
		}
	}
	return most
}

// dash is what joins two numbers: beside a minus sign a dash could not be told apart.
func (c *plot) dash(from float64) string {
	if from < 0 {
		return " " + c.book().Say("to") + " "
	}
	return "–"
}

func (c *plot) bound(value int, bound float64) string {
	v, err := quantity.NewValue(cmp.Or(bound, 0)) // and not -0
	if err != nil {
		return ""
	}
	return c.unit(value).Ticks([]quantity.Value{v})[0]
}

// isFull reports whether a bound of the classes has more digits than are written short, so that all have all of theirs: 15,000–19,999 beside
// 10,410–14,999, and not 15K–19,999.
func (c *plot) isFull(list classes, value int) bool {
	if !c.unit(value).Whole() {
		return false
	}
	low, _ := c.extent(value)
	for i, k := range list {
		for j, bound := range []float64{k.from, k.to - 1} {
			if i == 0 && j == 0 {
				bound = low
			}
			if i == len(list)-1 && j == 1 || math.IsInf(bound, 0) {
				continue
			}
			if v, err := quantity.NewValue(bound); err == nil && len(list) > 1 && c.unit(value).IsRounded(v) {
				return true
			}
		}
	}
	return false
}
