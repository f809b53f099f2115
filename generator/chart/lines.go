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

// lineEnd is what is written at the last point of a line.
type lineEnd struct {
	series, place int
	value         float64
	name, written string // in lines; written is its value, "" for none
	below         bool   // the value has a line of its own
}

func (e lineEnd) lines() int {
	if e.below {
		return linesOf(e.name) + 1
	}
	return linesOf(e.name)
}

// valueGap is the room between a name and the value behind it.
const valueGap = 6

// lineEnds are the ends of the lines and the room that the longest takes. Those that the chart singles out, or else all, have their value
// behind the name, where it fits in there for each, or the lines are few enough for a row of its own where it does not.
func (c *plot) lineEnds(list []lineSeries, width int, valued bool) (ends []lineEnd, room int) {
	y, most := c.column("y"), width*2/5
	if len(list) == 1 { // its name is in the subtitle too
		most = max(width/4, longestWord([]string{quantity.Title(list[0].text)}))
	}
	var last, singled []aggregate.Row
	for i, s := range list {
		at := -1
		for place, l := range s.points {
			if place > at && !l.Values[y].IsMissing() {
				at = place
			}
		}
		if at < 0 {
			continue
		}
		ends, last = append(ends, lineEnd{series: i, place: at, value: s.points[at].Values[y].Float(), name: quantity.Title(s.text)}), append(last, s.points[at])
		if len(c.spec.Highlight) == 0 || c.highlightedSeries(s.points) {
			singled = append(singled, s.points[at])
		}
	}
	for _, e := range ends {
		room = max(room, min(roomFor(e.name), most))
	}
	texts, behind, beside := c.besideOf(singled, y), room, true
	for i := range ends {
		e := &ends[i]
		e.name = broken(e.name, most)
		if len(c.spec.Highlight) > 0 && !c.highlightedSeries(list[e.series].points) {
			continue
		}
		e.written = texts[last[i].Values[y].Raw()]
		final := e.name[strings.LastIndexByte(e.name, '\n')+1:]
		own := roomFor(final) + valueGap + boldRoom(e.written)
		if e.below = own > most; !e.below {
			behind = max(behind, own)
		}
		beside = beside && !e.below
	}
	for i := range ends {
		switch e := &ends[i]; {
		case e.written == "":
		case !valued, !beside && len(ends) > maxNamed:
			e.written, e.below = "", false
		case e.below:
			room = max(room, boldRoom(e.written))
		default:
			room = max(room, behind)
		}
	}
	return ends, room
}

func boldRoom(text string) int { return boldWidth(text) * 21 / 20 }

// nameEnds writes the ends of lines, and keeps those at the same time apart.
func (c *plot) nameEnds(o *option, ends []lineEnd, height int, stacked bool) {
	y := c.column("y")
	low, high := o.YAxis.Min.(float64), o.YAxis.Max.(float64)
	type end struct {
		lineEnd
		at, to, half int // pixels from the top to the middle; half the height
	}
	var list []end
	base := 0.0
	for _, e := range ends {
		v := e.value
		if stacked {
			v += base
			base = v
		}
		at := gridTop + int(float64(height-gridTop-gridBottom)*(1-c.along(y, v, low, high)))
		list = append(list, end{e, at, at, e.lines() * lineHeight / 2})
	}
	slices.SortStableFunc(list, func(a, b end) int { return cmp.Or(b.place-a.place, a.at-b.at, b.series-a.series) })
	for i := range list { // down, then up from the ground
		if i > 0 && list[i-1].place == list[i].place {
			list[i].to = max(list[i].to, list[i-1].to+list[i-1].half+list[i].half+1)
		}
	}
	for i := len(list) - 1; i >= 0; i-- {
		ground := height - gridBottom + lineHeight/2 - list[i].half // the last time is written below
		if i+1 < len(list) && list[i].place == list[i+1].place {
			ground = list[i+1].to - list[i+1].half - list[i].half - 1
		}
		list[i].to = min(list[i].to, ground)
	}
	for _, e := range list {
		s := o.Series[e.series]
		text, rich := literal(e.name), map[string]*label(nil)
		if e.written != "" {
			part, space := opts.Label{FontSize: fontSize, LineHeight: lineHeight, Color: s.nameColor}, valueGap
			text = "{name|" + text + "}"
			if e.below {
				text, space = text+"\n", 0
			}
			text += "{value|" + literal(e.written) + "}"
			rich = map[string]*label{"name": {Label: part}, "value": {Label: part, FontWeight: 600, Padding: []int{0, 0, 0, space}}}
		}
		s.Data[e.place].Label = &label{
			Label:           opts.Label{Show: opts.Bool(true), Position: "right", Formatter: text, Color: s.nameColor, FontSize: fontSize, LineHeight: lineHeight},
			TextBorderColor: "var(--paper)", TextBorderWidth: 3, // over the axis
			Distance: num(8), Offset: []int{0, e.to - e.at}, Rich: rich,
		}
	}
}

// The room above and below the lines, in pixels.
const gridTop, gridBottom = 12, 28

// lineSeries are the series of an option.
func (c *plot) lineSeries(list []lineSeries, size float64) *option {
	places := len(c.times(c.column("x")).ids)
	o := newOption()
	by, _ := c.grouping()
	var paints map[string]symbol
	if by >= 0 {
		paints = c.paints(by)
	}
	for _, line := range list {
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
		s := &series{SingleSeries: charts.SingleSeries{Type: "line", Name: line.id, Symbol: "circle", SymbolSize: size}, ShowAllSymbol: opts.Bool(true), nameColor: textColor, Z: z}
		s.LineStyle = &lineStyle{LineStyle: opts.LineStyle{Color: color, Width: lineWidth}}
		s.ItemStyle = filled(color)
		s.Data = c.linePoints(line, places, size)
		edge := size > 4
		if slices.ContainsFunc(s.Data, func(i item) bool { return i.SymbolSize > 0 }) {
			s.SymbolSize, edge = lineWidth-1, false
		}
		if edge {
			s.ItemStyle.BorderColor, s.ItemStyle.BorderWidth = "var(--paper)", num(1)
		}
		o.Series = append(o.Series, s)
	}
	return o
}

// Of a line of few points each is seen, which tells what was measured. Of more, the last one, and those beside a gap: the others are
// hidden in the line, so that they are there to be checked and pointed at.
const (
	lineWidth  = 2.5
	mostSymbol = 7
	mostSeen   = 10
)

// linePoints are the points of a line, at each place in time; those that are seen among many have a size of their own.
func (c *plot) linePoints(line lineSeries, places int, symbol float64) []item {
	y := c.column("y")
	has := func(place int) bool {
		l, ok := line.points[place]
		return ok && !l.Values[y].IsMissing()
	}
	var list []item
	var at []int
	for place := range places {
		value := any("-")
		if has(place) {
			value, at = number(line.points[place].Values[y]), append(at, place)
		}
		list = append(list, item{Value: value})
	}
	if len(at) <= mostSeen {
		return list
	}
	first, last := at[0], at[len(at)-1]
	for _, place := range at {
		if place == last || place > first && !has(place-1) || !has(place+1) {
			list[place].SymbolSize = symbol
			if places > 60 && place != last {
				list[place].SymbolSize = min(symbol, 4)
			}
		}
	}
	return list
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
