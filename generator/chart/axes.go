package chart

import (
	"math"
	"slices"
	"strconv"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// nameAxis is an axis of names: ECharts has their ids, readers
// see the texts.
func nameAxis(ids, texts []string, style *axisLabel) *axis {
	if style.width > 0 {
		texts = slices.Clone(texts)
		for i := range texts {
			texts[i] = broken(texts[i], style.width)
		}
	}
	if !slices.Equal(ids, texts) {
		style.Texts = map[string]string{}
		for i, name := range ids {
			style.Texts[name] = texts[i]
		}
	}
	return &axis{XAxis: opts.XAxis{Type: "category", Data: ids}, AxisLabel: style, AxisTick: unticked()}
}

// labelStyle is the form of an axis of names, all of which are shown. They are broken
// only where they must be, by nameAxis, to the width.
func labelStyle(width, lines, margin int) *axisLabel {
	style := someLabels(margin)
	style.HideOverlap, style.Interval = nil, num(0)
	if lines > 1 {
		style.width, style.LineHeight = width, lineHeight
	}
	return style
}

// someLabels is the form of an axis of which some names say enough.
func someLabels(margin int) *axisLabel {
	return &axisLabel{AxisLabel: opts.AxisLabel{Color: ink, HideOverlap: opts.Bool(true)}, FontSize: fontSize, Margin: num(float64(margin))}
}

func unticked() *axisTick { return &axisTick{AxisTick: opts.AxisTick{Show: opts.Bool(false)}} }

// ruled is the line of an axis, at the edge of the chart.
func ruled(show bool) *opts.AxisLine {
	return &opts.AxisLine{Show: opts.Bool(show), OnZero: opts.Bool(false), LineStyle: &opts.LineStyle{Color: ruleColor}}
}

func unruled() *opts.AxisLine { return &opts.AxisLine{Show: opts.Bool(false)} }

// nameGrid lays out names on one axis and values on the other, and returns the
// height that it takes.
func (c *plot) nameGrid(o *option, ids, labels []string, value *axis, widest int, horizontal bool, width int) int {
	if horizontal {
		left, rows := labelColumn(labels, width*2/5)
		category := nameAxis(ids, labels, labelStyle(left, rows, 8))
		category.Inverse, category.AxisLine = opts.Bool(true), unruled()
		category.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
		value.Position = "top"
		o.XAxis, o.YAxis = value, category
		o.Grid = margins(left+14, widest/2+6, 24, 4)
		return 28 + len(labels)*max(26, rows*lineHeight+6)
	}
	slot := (width - widest - 24) / max(1, len(ids))
	room, rows := labelColumn(labels, slot-8)
	style := labelStyle(room, rows, 8)
	if names, _ := c.nameColumn(); c.inOrder(names) {
		rows = 1
		style = someLabels(8)
	}
	category := nameAxis(ids, labels, style)
	if names, _ := c.nameColumn(); c.inOrder(names) {
		c.thin(category, names, width-widest-24)
	}
	category.AxisLine = ruled(true)
	o.XAxis, o.YAxis = category, value
	bottom := rows*lineHeight + 14
	o.Grid = margins(widest+12, 12, 12, bottom)
	return 240 + bottom
}

// extent is the smallest and the largest value of a column; 0, 0 if there is none.
func (c *plot) extent(column int) (low, high float64) {
	first := true
	for _, line := range c.whole {
		v := line.Values[column]
		if v.IsMissing() {
			continue
		}
		f := v.Float()
		if first {
			low, high, first = f, f, false
		}
		low, high = min(low, f), max(high, f)
	}
	return low, high
}

// ticks are round numbers from at or below low to at or above high, about so many.
func ticks(low, high float64, about int) []float64 {
	return ticksOver(min(low, 0), max(high, 0), about, 0)
}

// leastStep is how far ticks of a column are from each other at least: there is no half a
// person.
func (c *plot) leastStep(column int) float64 {
	if u := c.unit(column); u.Whole() || u.IsRank() {
		return 1
	}
	return 0
}

// tidy takes away what binary fractions add: 29 times 0.2 is 5.800000000000001.
func tidy(f float64) float64 {
	tidy, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64)
	if err != nil {
		return f
	}
	return tidy
}

// ticksOver are ticks that need not start at zero, at least so far from each other.
func ticksOver(low, high float64, about int, least float64) []float64 {
	if high == low {
		high = low + 1
	}
	raw := (high - low) / float64(about)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, m := range []float64{1, 2, 5} {
		if raw <= m*power*1.0000001 {
			step = m * power
			break
		}
	}
	step = max(step, least)
	var list []float64
	for i := math.Floor(low/step + 1e-9); ; i++ {
		list = append(list, tidy(i*step))
		if i*step >= high-step*1e-9 {
			return list
		}
	}
}

// axisOver is an axis of round numbers in the unit of a column, from zero, over
// given values, and the width of its widest label.
func (c *plot) axisOver(name string, column int, low, high float64, about int) (*axis, int) {
	return c.scaleOf(name, column, span{low, high}, span{min(low, 0), max(high, 0)}, about)
}

// looseAxis is one that does not need zero: of points, whose place and not whose
// length is read.
func (c *plot) looseAxis(name string, column int, low, high float64, about int) (*axis, int) {
	return c.scaleOf(name, column, span{low, high}, span{low, high}, about)
}

// An axis ends at a round number, unless that is far beyond its highest value.
const (
	farBeyond    = 0.2
	littleBeyond = 0.02
)

// scaleOf is the axis of that name, which holds some values and goes over others.
func (c *plot) scaleOf(name string, column int, holds, over span, about int) (a *axis, widest int) {
	if c.isLog(column) {
		return c.logAxis(column, holds, about)
	}
	over, about = c.asked(name, holds, over, about)
	list := ticksOver(over.low, over.high, about, c.leastStep(column))
	end, ends := list[len(list)-1], true
	if n := len(list); n > 2 && over.high > 0 && end-over.high > farBeyond*(over.high-list[0]) { // 0, $20M and no $40M over $30.5M
		list, ends, end = list[:n-1], false, tidy(over.high+littleBeyond*(over.high-list[0]))
	}
	a, widest = c.axisAt(column, list)
	if a.holds, a.Max = &holds, end; !ends {
		a.Interval = 0
		a.labelOnly(list)
	}
	return a, widest
}

// labelOnly has labels and lines at some values, and not at the ends too.
func (a *axis) labelOnly(list []float64) {
	var at []any
	for _, tick := range list {
		at = append(at, tick)
	}
	a.AxisLabel.CustomValues, a.AxisTick.CustomValues = at, at
}

// hiddenAxis is an axis of values that are written at the marks.
func (c *plot) hiddenAxis(name string, low, high float64) *axis {
	holds := span{low, high}
	over, _ := c.asked(name, holds, holds, 0)
	return &axis{XAxis: opts.XAxis{Type: "value", Show: opts.Bool(false), Min: over.low, Max: over.high}, holds: &holds}
}

// valueAxis is the name of the axis that has the values of marks beside names.
func valueAxis(horizontal bool) string {
	if horizontal {
		return "xAxis"
	}
	return "yAxis"
}

// pair is a point with a name on one axis.
func pair(horizontal bool, name string, value any) []any {
	if horizontal {
		return []any{value, name}
	}
	return []any{name, value}
}

func (c *plot) axisAt(column int, list []float64) (*axis, int) {
	return roundAxis(list, c.tickTexts(column, list))
}

// countAxis is an axis of whole numbers, as the unit writes them.
func countAxis(unit quantity.Unit, most, about int) (*axis, int) {
	list := ticks(0, float64(most), about)
	if list[1] < 1 {
		list = []float64{0, 1}
	}
	var texts []string
	for _, t := range list {
		v, _ := quantity.NewValue(t) // ticks are finite
		texts = append(texts, unit.Format(v, quantity.Short))
	}
	return roundAxis(list, texts)
}

// roundAxis is an axis with texts at round numbers.
func roundAxis(list []float64, texts []string) (a *axis, widest int) {
	at := map[string]string{}
	for i, text := range texts {
		at[strconv.FormatFloat(list[i], 'f', -1, 64)] = text
		widest = max(widest, textWidth(text))
	}
	return &axis{
		XAxis: opts.XAxis{
			Type: "value", Min: list[0], Max: list[len(list)-1], AxisLine: unruled(),
			SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: faintRule}},
		},
		Interval: list[1] - list[0], AxisTick: unticked(),
		AxisLabel: &axisLabel{AxisLabel: opts.AxisLabel{Color: quietInk}, Texts: at, FontSize: fontSize},
	}, widest
}

// tickTexts writes round numbers in the unit of a column.
func (c *plot) tickTexts(column int, list []float64) []string {
	values := make([]quantity.Value, len(list))
	for i, t := range list {
		values[i], _ = quantity.NewValue(t) // ticks are finite
	}
	return c.unit(column).Ticks(values)
}

// beside are the texts of a measure as they are read beside each other, by the raw value. One that is not exact gets no more decimals
// than its source gives: $380M beside $263.9M.
func (c *plot) beside(measure int) map[string]string { return c.besideOf(c.lines, measure) }

func (c *plot) besideOf(lines []aggregate.Row, measure int) map[string]string {
	var values []quantity.Value
	for _, l := range lines {
		values = append(values, l.Values[measure])
	}
	texts := map[string]string{}
	for i, text := range c.unit(measure).Beside(values) {
		texts[values[i].Raw()] = text
	}
	for i := range lines {
		if l := &lines[i]; !c.of.Precision(l, measure).Exact() {
			texts[l.Values[measure].Raw()] = c.unit(measure).Format(l.Values[measure], quantity.Short)
		}
	}
	return texts
}
