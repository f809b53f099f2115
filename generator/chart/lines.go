package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Lines and areas over time.

// lineSeries is the lines of an aggregate that are drawn as one line.
type lineSeries struct {
	id     string // name in the drawing
	text   string // and as a reader sees it
	points map[int]aggregate.Row
}

// series groups the lines by name, in the order of the aggregate, and by their place in time.
func (c *plot) series() []lineSeries {
	x := c.column("x")
	t := c.times(x)
	by, _ := c.grouping()
	var list []lineSeries
	at, own := map[string]int{}, map[string]bool{}
	for i := range c.lines {
		own[strings.Join(c.lines[i].Key, "\x00")] = true
	}
	for _, l := range c.whole {
		label := c.of.Columns[c.column("y")].Label
		s := lineSeries{id: label, text: label, points: map[int]aggregate.Row{}}
		if by >= 0 {
			s.id, s.text = c.id(l, by), c.write(l, by, quantity.Prose)
		}
		i, there := at[s.id]
		if !there {
			i = len(list)
			list, at[s.id] = append(list, s), i
		}
		if own[strings.Join(l.Key, "\x00")] {
			if place, ok := t.at(l.Values[x]); ok {
				list[i].points[place] = l
			}
		}
	}
	return list
}

// oncePerTime makes it a problem where a line has two values at a time, or one at
// no time, or where two lines have one name.
func (c *plot) oncePerTime(series []lineSeries, problems *faults) {
	x := c.column("x")
	by, _ := c.grouping()
	seen := map[[2]string]bool{}
	for _, l := range c.lines {
		point := [2]string{"", c.write(l, x, quantity.Prose)}
		if by >= 0 {
			point[0] = c.id(l, by)
		}
		switch {
		case l.Values[x].IsMissing():
			problems.add(diag.Problem{Message: "a row of the aggregate has no time on x", Hint: "leave it out: WHERE " + c.of.Columns[x].Name + " IS NOT NULL"}, "of")
		case seen[point] && by < 0:
			problems.drawnTwice("two rows are of "+point[1], "keep one row for each time in the aggregate, or name a column as series")
		case seen[point]:
			problems.drawnTwice(fmt.Sprintf("two rows are of %s %s", diag.Quote(c.write(l, by, quantity.Prose)), c.unit(x).When(l.Values[x])), "keep one row for each time in the aggregate")
		}
		seen[point] = true
	}
	named := map[string]bool{}
	for _, s := range series {
		if named[s.text] {
			problems.drawnTwice("two rows are named "+diag.Quote(s.text), "name them so that a reader can tell them apart")
		}
		named[s.text] = true
	}
}

// nameEnds writes the name of each line at its last point, broken into lines where it
// is wider than the room, and keeps names that end at the same time apart.
func (c *plot) nameEnds(o *option, list []lineSeries, room, height int, stacked bool) {
	places, y := len(c.times(c.column("x")).ids), c.column("y")
	low, high := o.YAxis.Min.(float64), o.YAxis.Max.(float64)
	type end struct {
		series, place, at, to, half int // pixels from the top to the middle; half the height
		text                        string
	}
	var ends []end
	base := 0.0
	for i, s := range list {
		for j := places - 1; j >= 0; j-- {
			point, ok := s.points[j]
			if !ok || point.Values[y].IsMissing() {
				continue
			}
			v := point.Values[y].Float()
			if stacked {
				v += base
				base = v
			}
			at := gridTop + int(float64(height-gridTop-gridBottom)*(1-c.along(y, v, low, high)))
			text := broken(s.text, room)
			ends = append(ends, end{i, j, at, at, linesOf(text) * lineHeight / 2, text})
			break
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Or(b.place-a.place, a.at-b.at, b.series-a.series) })
	for i := range ends { // down, then up from the ground
		if i > 0 && ends[i].place == ends[i-1].place {
			ends[i].to = max(ends[i].to, ends[i-1].to+ends[i-1].half+ends[i].half+1)
		}
	}
	for i := len(ends) - 1; i >= 0; i-- {
		ground := height - gridBottom + lineHeight/2 - ends[i].half // the last time is written below
		if i+1 < len(ends) && ends[i].place == ends[i+1].place {
			ground = ends[i+1].to - ends[i+1].half - ends[i].half - 1
		}
		ends[i].to = min(ends[i].to, ground)
	}
	for _, e := range ends {
		s := o.Series[e.series]
		s.Data[e.place].Label = &label{
			Label:           opts.Label{Show: opts.Bool(true), Position: "right", Formatter: literal(e.text), Color: s.nameColor, FontSize: fontSize, LineHeight: lineHeight},
			TextBorderColor: "var(--paper)", TextBorderWidth: 3, // over the axis
			Distance: num(8), Offset: []int{0, e.to - e.at},
		}
	}
}

// The room above and below the lines, in pixels.
const gridTop, gridBottom = 12, 28

// lineSeries are the series of an option, and the room for the longest name.
func (c *plot) lineSeries(list []lineSeries, named bool, width int) (o *option, longest int) {
	y, places := c.column("y"), len(c.times(c.column("x")).ids)
	o = newOption()
	by, _ := c.grouping()
	var paints map[string]symbol
	if by >= 0 {
		paints = c.paints(by)
	}
	for _, line := range list {
		longest = max(longest, roomFor(line.text))
		color := colored(c.accent(line.id))
		if by >= 0 && len(list) > 1 && len(c.spec.Highlight) == 0 {
			color = colored(paints[line.id].color)
		}
		textColor := color
		if len(c.spec.Highlight) > 0 && !c.highlightedSeries(line.points) {
			color, textColor = colored(quietColor), quietInk
		}
		z := 0
		if color != colored(quietColor) && len(c.spec.Highlight) > 0 {
			z = 3 // over the others
		}
		s := &series{SingleSeries: charts.SingleSeries{Type: "line", Name: line.id, Symbol: "circle", SymbolSize: mostSymbol}, ShowAllSymbol: opts.Bool(true), nameColor: textColor, Z: z}
		s.LineStyle = &lineStyle{LineStyle: opts.LineStyle{Color: color, Width: 2.5}}
		s.ItemStyle = &itemStyle{ItemStyle: opts.ItemStyle{Color: color, BorderColor: "var(--paper)"}, BorderWidth: num(1)}
		if size := symbolSize(places); size < mostSymbol {
			s.SymbolSize, s.ItemStyle.BorderWidth = size, num(0)
		}
		for place := range places {
			value := any("-")
			if point, ok := line.points[place]; ok {
				value = number(point.Values[y])
			}
			s.Data = append(s.Data, item{Value: value})
		}
		o.Series = append(o.Series, s)
	}
	if longest = min(longest, width*2/5); !named {
		longest = 0
	}
	return o, longest
}

const mostSymbol = 7

// symbolSize is that of the points of a line: of many, the line itself says enough.
func symbolSize(places int) float64 {
	switch {
	case places > 200:
		return 2.5
	case places > 60:
		return 4
	}
	return mostSymbol
}

// timeGrid lays out times on x and a measure on y, and returns the height.
func (c *plot) timeGrid(o *option, low, high float64, longest, width int) int {
	t := c.times(c.column("x"))
	value, widest := c.axisOver("yAxis", c.column("y"), low, high, max(4, width/100))
	style := &axisLabel{AxisLabel: opts.AxisLabel{Color: quietInk, HideOverlap: opts.Bool(true)}, FontSize: fontSize}
	o.XAxis = &axis{
		XAxis:     opts.XAxis{Type: "category", Data: t.ids, AxisLine: &opts.AxisLine{LineStyle: &opts.LineStyle{Color: ruleColor}}},
		AxisLabel: style, AxisTick: unticked(), BoundaryGap: opts.Bool(false),
	}
	o.YAxis = value
	right, height := longest+18, 360
	if c.column("by") >= 0 {
		height = 170
		// the first and the last time say enough
		at, texts := t.ends()
		t.label(style, at, texts)
		for _, s := range o.Series {
			s.SymbolSize = 4
			s.ItemStyle = filled(s.ItemStyle.Color)
		}
	}
	left := widest + 12
	if c.column("by") < 0 {
		at, texts := t.some(width - left - right)
		t.label(style, at, texts)
		if n := len(at); n > 0 && at[0] == 0 { // half of a label is beside its place
			left = max(left, textWidth(texts[0])/2+2)
		}
		if n := len(at); n > 0 && at[n-1] == len(t.ids)-1 {
			right = max(right, textWidth(texts[n-1])/2+2)
		}
	}
	o.Grid = margins(left, right, gridTop, gridBottom)
	return height
}

func (c *plot) highlightedSeries(byPlace map[int]aggregate.Row) bool {
	for _, l := range byPlace {
		if c.highlighted(l) {
			return true
		}
	}
	return false
}
