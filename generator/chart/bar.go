package chart

import (
	"cmp"
	"math"
	"unicode/utf8"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// bar draws a bar for each line, from zero, in the order of the aggregate, with its
// value at its end. The measure is on x, for horizontal bars, which have room for
// long names, or on y, for vertical bars; where names do not fit under those,
// they are horizontal after all. A series puts bars of a name side by side, a stack one on the
// other.
var bar = kind{
	channels: []channel{{name: "series", optional: true, as: AsGroup}, {name: "stack", optional: true, as: AsGroup}, {name: "x"}, {name: "y"}},
	panel:    Narrow,
	named:    true,
	trend:    true,
	fromZero: true,
	colored:  barColored,
	prepare:  prepareBar,
	option:   barOption,

	unlabelled: func(c *plot, s *rendering) *diag.Problem {
		if len(c.lines) >= 10 || c.column("stack") >= 0 || s.width != Wide {
			return nil
		}
		for _, one := range s.option.Series {
			if one.Label == nil || one.Label.Show == nil || !*one.Label.Show {
				return &diag.Problem{Message: "no values at bars that have room for them", Expected: "the value at each bar"}
			}
		}
		return nil
	},
}

func prepareBar(c *plot, problems *faults) {
	names, measure, horizontal := c.axes()
	if !c.unit(measure).Numeric() || horizontal && c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a bar needs a name on one axis and a measure on the other"}, "kind")
		return
	}
	by, stacked := c.grouping()
	if by < 0 {
		c.requireUniqueNames(names, problems)
		c.claim(c.extremes(names, measure), claim.Words("Bar chart of "), claim.Rows("bar"))
		return
	}
	if c.column("series") >= 0 && stacked {
		problems.add(diag.Problem{Message: "a bar has series and stack", Expected: "one of them: bars side by side, or one on the other"}, "stack")
		return
	}
	c.requireUniquePlaces(names, by, problems)
	c.legend = c.groupLegend(by, "square")
	form := claim.Words("Grouped bar chart of ")
	if stacked {
		form = claim.Words("Stacked bar chart of ")
	}
	c.claim(c.extremes(names, measure), form, claim.Names("name"), claim.Words(" in "), claim.Groups("group"))
}

// barColored is the column of groups, or of names, which bars have beside them.
func barColored(c *plot) int {
	if by, _ := c.grouping(); by >= 0 {
		return by
	}
	names, _, _ := c.axes()
	return names
}

// barPaints are the colors of bars. Where only some of the names have one, it means something, and the others are gray.
func (c *plot) barPaints() map[string]symbol {
	by, column := -1, c.coloredColumn()
	if by, _ = c.grouping(); by >= 0 {
		return c.paints(by)
	}
	ids, _ := c.names(column)
	list, some := map[string]symbol{}, false
	for _, id := range ids {
		s, given := c.given(id)
		if given {
			list[id] = s
		}
		some = some || given
	}
	other := symbols[0]
	if some {
		other, _ = named("gray")
	}
	for _, id := range ids {
		if _, given := list[id]; !given {
			list[id] = other
		}
	}
	return list
}

func (c *plot) barColor(paints map[string]symbol, line aggregate.Row) string {
	if len(c.spec.Highlight) > 0 && !c.highlighted(line) {
		return quietColor
	}
	return paints[c.id(line, c.coloredColumn())].color
}

// bars is what the bars of a chart are made of.
type bars struct {
	ids, labels  []string // names
	groups       []string // one nameless group where bars are not grouped
	lines        map[[2]string]aggregate.Row
	stacked      bool
	low, high    float64           // of all bars or stacks, with zero
	longest      int               // text of a value, or of what a stack comes to, in pixels
	longestBelow int               // of one below zero
	texts        map[string]string // of values, by the raw one
}

// valueStyle is how values are written at bars of a ranking: short, unless values that differ would read the same there, and all their
// digits have room.
func (c *plot) valueStyle(measure int) quantity.Style {
	const room = 9 // characters: $1,234.56
	short := map[string]string{}
	alike := false
	for _, l := range c.whole {
		v := l.Values[measure]
		text := c.write(l, measure, quantity.Short)
		other, again := short[text]
		alike = alike || again && other != v.Raw()
		if short[text] = v.Raw(); utf8.RuneCountInString(c.write(l, measure, quantity.Exact)) > room {
			return quantity.Short
		}
	}
	if alike {
		return quantity.Exact
	}
	return quantity.Short
}

func (c *plot) bars() bars {
	names, measure, _ := c.axes()
	by, stacked := c.grouping()
	b := bars{lines: map[[2]string]aggregate.Row{}, groups: []string{""}, stacked: stacked}
	b.texts = c.beside(measure)
	if by < 0 && !stacked && c.valueStyle(measure) == quantity.Exact {
		for _, l := range c.lines {
			b.texts[l.Values[measure].Raw()] = c.write(l, measure, quantity.Exact)
		}
	}
	b.ids, b.labels = c.axisNames(names)
	if by >= 0 {
		b.groups, _ = c.names(by)
	}
	for _, line := range c.lines {
		b.lines[b.place(c, line, names, by)] = line
	}
	type pile struct {
		panel, name string
		below       bool
	}
	sums, totals := map[pile]float64{}, map[pile]quantity.Value{}
	for _, line := range c.whole {
		v := line.Values[measure]
		text := textWidth(cmp.Or(b.texts[v.Raw()], c.write(line, measure, quantity.Short)))
		b.longest = max(b.longest, text)
		end := v.Float()
		if v.IsMissing() {
			continue
		}
		if end < 0 {
			b.longestBelow = max(b.longestBelow, text)
		}
		if stacked {
			p := pile{name: c.id(line, names), below: end < 0}
			if i := c.column("by"); i >= 0 {
				p.panel = c.id(line, i)
			}
			sums[p] += end
			end = sums[p]
			totals[p] = totals[p].Plus(v)
			b.longest = max(b.longest, textWidth(c.unit(measure).Format(totals[p], quantity.Short)))
		}
		b.low, b.high = min(b.low, end), max(b.high, end)
	}
	if b.low == b.high {
		b.high = 1 // all are zero
	}
	return b
}

// overBars puts an axis over the bars, which would break its line.
const overBars = 3

func (b *bars) place(c *plot, line aggregate.Row, names, by int) [2]string {
	place := [2]string{c.id(line, names), ""}
	if by >= 0 {
		place[1] = c.id(line, by)
	}
	return place
}

func barOption(c *plot, width int) (*option, int) {
	names, measure, horizontal := c.axes()
	b := c.bars()
	slot := (width - 20) / max(1, len(b.ids))
	if !horizontal && !c.inOrder(names) && longestWord(b.labels) > slot-4 {
		horizontal = true
	}
	across := 1 // bars of a name beside each other
	if !b.stacked {
		across = len(b.groups)
	}
	// Each bar has a label where there is room, else there is an axis.
	labelled := horizontal && (!b.stacked || b.low == 0) || b.longest <= slot*8/10/across && (!b.stacked || b.low == 0)
	o := c.barSeries(b, horizontal, labelled, max(14, slot*7/10/across))

	value, widest := c.axisOver(valueAxis(horizontal), measure, b.low, b.high, max(2, width/110))
	room := 0 // for labels below zero
	if labelled {
		value = c.hiddenAxis(valueAxis(horizontal), b.low, b.high)
		room = b.longestBelow
		if room > 0 {
			room += 6
		}
	}
	axisLine := ruled(b.low == 0)
	if horizontal {
		left, rows := labelColumn(b.labels, width*2/5)
		category := nameAxis(b.ids, b.labels, labelStyle(left, rows, 8))
		category.Inverse, category.AxisLine, category.Z = opts.Bool(true), axisLine, overBars
		right, top := widest/2+4, 22
		if labelled {
			right, top = b.longest+12, 4
			if b.high == 0 {
				right = 12
			}
		} else {
			value.Position = "top"
		}
		if rows := c.noteRows(); rows > 0 {
			top += rows + 4
		}
		o.XAxis, o.YAxis = value, category
		o.Grid = margins(left+10+room, right, top, 4)
		category.Offset = float64(room)
		row := max(28, rows*lineHeight+6)
		if across > 1 {
			row = max(across*18+12, rows*lineHeight+10)
		}
		c.labelSegments(o, b, value, func(end float64, text string) bool {
			return end*float64(width-left-10-room-right) >= float64(textWidth(text)*11/10+6)
		})
		return o, top + 4 + len(b.labels)*row
	}
	var style *axisLabel
	rows := 1
	if c.inOrder(names) {
		style = someLabels(8)
	} else {
		var fits int
		fits, rows = labelColumn(b.labels, slot-8)
		style = labelStyle(fits, rows, 8)
	}
	category := nameAxis(b.ids, b.labels, style)
	if c.inOrder(names) {
		c.thin(category, names, width-widest-22)
	}
	category.AxisLine, category.Z = axisLine, overBars
	o.XAxis, o.YAxis = category, value
	left := 10
	if !labelled {
		left = widest + 12
	}
	if room > 0 {
		room = lineHeight + 6
		category.Offset = float64(room)
	}
	bottom := rows*lineHeight + 14 + room
	o.Grid = margins(left, 10, 24, bottom)
	c.labelSegments(o, b, value, func(end float64, text string) bool {
		return end*(220-24) >= lineHeight+2 && textWidth(text)*11/10+4 <= (width-left-10)/max(1, len(b.ids))*7/10
	})
	return o, 220 + bottom
}

// barSeries are the series of an option, one for each group.
func (c *plot) barSeries(b bars, horizontal, labelled bool, thick int) *option {
	_, measure, _ := c.axes()
	plus, minus := "top", "bottom"
	if horizontal {
		plus, minus, thick = "right", "left", 16
	}
	o, paints := newOption(), c.barPaints()
	for i, group := range b.groups {
		s := &series{SingleSeries: charts.SingleSeries{Type: "bar", Name: group, BarCategoryGap: "30%"}}
		s.Label = &label{Label: opts.Label{Show: opts.Bool(labelled && !b.stacked), Position: plus, Color: ink, FontSize: fontSize}}
		s.MarkPoint = &markPoint{Symbol: "circle", Label: &label{Label: opts.Label{Position: plus, Color: quietInk, FontSize: fontSize}}}
		for _, name := range b.ids {
			line, there := b.lines[[2]string{name, group}]
			if !there {
				s.Data = append(s.Data, item{Name: name, Value: "-"})
				continue
			}
			v, text := line.Values[measure], b.texts[line.Values[measure].Raw()]
			if v.IsMissing() && !b.stacked {
				shift := float64(thick) * (float64(i) - float64(len(b.groups)-1)/2)
				offset := []float64{0, shift}
				if !horizontal {
					offset = []float64{shift, 0}
				}
				s.MarkPoint.Data = append(s.MarkPoint.Data, point{Coord: pair(horizontal, name, 0), SymbolOffset: offset, Label: &label{Label: opts.Label{Formatter: text}}})
			}
			color := c.barColor(paints, line)
			end := &label{Label: opts.Label{Formatter: literal(text), Position: plus}}
			if v.Sign() < 0 {
				end.Position = minus
			}
			s.Data = append(s.Data, item{Name: name, Value: number(v), Label: end, ItemStyle: filled(colored(color))})
		}
		if horizontal {
			s.BarMaxWidth = 34
		}
		switch {
		case b.stacked:
			s.Stack = "all"
		case len(b.groups) > 1:
			s.BarWidth, s.BarGap = thick, "0%"
		}
		if b.stacked && labelled && i == 0 {
			s.MarkPoint.Data = c.stackTotals(b, horizontal)
		}
		if i == 0 && b.low < 0 {
			s.MarkLine = zeroLine(horizontal)
		}
		o.Series = append(o.Series, s)
	}
	return o
}

// stackTotals writes what each stack comes to at its end. Of one with a part that is not known nobody knows it.
func (c *plot) stackTotals(b bars, horizontal bool) []point {
	_, measure, _ := c.axes()
	var list []point
	for _, name := range b.ids {
		sum, parts, unknown := quantity.Value{}, 0, 0
		for _, group := range b.groups {
			if line, there := b.lines[[2]string{name, group}]; there {
				parts++
				if line.Values[measure].IsMissing() {
					unknown++
				}
				sum = sum.Plus(line.Values[measure])
			}
		}
		if unknown > 0 && unknown < parts {
			continue
		}
		at, color := number(sum), ink
		if sum.IsMissing() {
			at, color = 0, quietInk
		}
		list = append(list, point{Coord: pair(horizontal, name, at), Label: &label{Label: opts.Label{Formatter: c.unit(measure).Format(sum, quantity.Short), Color: color}}})
	}
	return list
}

// labelSegments writes the values of the parts of stacks into those that have room: of those that are singled out, or of all.
func (c *plot) labelSegments(o *option, b bars, value *axis, fits func(part float64, text string) bool) {
	low, _ := value.Min.(float64)
	high, _ := value.Max.(float64)
	if !b.stacked || high <= low {
		return
	}
	_, measure, _ := c.axes()
	parts := map[string]int{} // of a stack: what one of one part comes to says it
	for place, line := range b.lines {
		if !line.Values[measure].IsMissing() && line.Values[measure].Sign() != 0 {
			parts[place[0]]++
		}
	}
	for i, group := range b.groups {
		for j, name := range b.ids {
			line, there := b.lines[[2]string{name, group}]
			if !there || line.Values[measure].IsMissing() || parts[name] < 2 || len(c.spec.Highlight) > 0 && !c.highlighted(line) {
				continue
			}
			text := b.texts[line.Values[measure].Raw()]
			if part := math.Abs(line.Values[measure].Float()) / (high - low); part > 0 && fits(part, text) {
				o.Series[i].Data[j].Label = &label{Label: opts.Label{Show: opts.Bool(true), Position: "inside", Formatter: literal(text), Color: "var(--paper)", FontSize: fontSize}}
			}
		}
	}
}

// zeroLine shows zero where values are on both sides of it.
func zeroLine(horizontal bool) *markLine {
	zero := point{YAxis: num(0)}
	if horizontal {
		zero = point{XAxis: num(0)}
	}
	return &markLine{Symbol: "none", Silent: true, Label: hidden(), Data: []any{zero}, LineStyle: &opts.LineStyle{Color: ruleColor, Type: "solid", Width: 1}}
}
