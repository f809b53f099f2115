package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// line draws a measure over years, a line for each series, named at its end. A
// year without a value is a gap: nothing is interpolated.
var line = kind{
	channels: []channel{{name: "series", optional: true, as: AsGroup}, {name: "x", as: AsName}, {name: "y", as: AsValue}},
	panel:    smallPanel,
	years:    true,
	trend:    true,
	groups:   "lines",
	faint:    true,
	prepare:  prepareLine,
	option:   lineOption,

	unlabelled: func(_ *Chart, s *sketch) *diag.Problem {
		if len(s.series()) > mostNamed {
			return nil
		}
		return unnamed(s)
	},
}

// mostSeries is how many lines a reader can tell apart.
const mostSeries = 7

// mostNamed is how many lines are named at their end in a panel, or areas at
// theirs; more have a legend.
const mostNamed = 3

func prepareLine(c *Chart, problems *diag.List) {
	x, y := c.column("x"), c.column("y")
	if !c.unit(x).IsYear() || !c.unit(y).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: c.spec.a() + " needs years on x and a measure on y"}, "kind")
		return
	}
	series := c.series()
	c.oncePerYear(series, problems)
	if !c.endNamed() && len(series) > 1 {
		c.Legend = c.groupLegend(c.column("series"), "line")
	}
	c.claim(c.overYears(series), claim.Words("Line chart of "), claim.Groups("line"))
}

// endNamed reports whether each line has its name at its end.
func (c *Chart) endNamed() bool { return c.column("by") < 0 }

// lineSeries is the lines of an aggregate that are drawn as one line.
type lineSeries struct {
	known  string // name as the drawing knows it
	text   string // and as a reader sees it
	points map[int]aggregate.Row
}

// series groups the lines by name, in the order of the aggregate, and by year.
func (c *Chart) series() []lineSeries {
	x := c.column("x")
	by, _ := c.grouping()
	var list []lineSeries
	at, own := map[string]int{}, map[string]bool{}
	for i := range c.lines {
		own[strings.Join(c.lines[i].Key, "\x00")] = true
	}
	for _, l := range c.whole {
		label := c.Of.Columns[c.column("y")].Label
		s := lineSeries{known: label, text: label, points: map[int]aggregate.Row{}}
		if by >= 0 {
			s.known, s.text = c.known(l, by), c.write(l, by, quantity.Prose)
		}
		i, there := at[s.known]
		if !there {
			i = len(list)
			list, at[s.known] = append(list, s), i
		}
		if own[strings.Join(l.Key, "\x00")] {
			list[i].points[yearOf(l, x)] = l
		}
	}
	return list
}

// oncePerYear makes it a problem where a line has two values in a year, or one in
// no year, or where two lines have one name.
func (c *Chart) oncePerYear(series []lineSeries, problems *diag.List) {
	if c.Of.Tainted {
		return
	}
	x := c.column("x")
	by, _ := c.grouping()
	seen := map[[2]string]bool{}
	for _, l := range c.lines {
		point := [2]string{"", c.write(l, x, quantity.Prose)}
		if by >= 0 {
			point[0] = c.known(l, by)
		}
		switch {
		case l.Values[x].IsMissing():
			c.spec.fail(problems, diag.Problem{Message: "a line of the aggregate has no year", Hint: "leave it out: WHERE " + c.Of.Columns[x].Name + " IS NOT NULL"}, "of")
		case seen[point] && by < 0:
			c.drawnTwice(problems, "two lines are of "+point[1], "keep one line for each year in the aggregate, or name a column as series")
		case seen[point]:
			c.drawnTwice(problems, fmt.Sprintf("two lines are of %s in %s", diag.Quote(c.write(l, by, quantity.Prose)), point[1]), "keep one line for each year in the aggregate")
		}
		seen[point] = true
	}
	named := map[string]bool{}
	for _, s := range series {
		if named[s.text] {
			c.drawnTwice(problems, "two lines are named "+diag.Quote(s.text), "name them so that a reader can tell them apart")
		}
		named[s.text] = true
	}
}

func yearOf(l aggregate.Row, x int) int {
	year, err := strconv.Atoi(l.Values[x].Raw())
	if err != nil {
		return 0
	}
	return year
}

// years is every year from the first to the last, with or without a value.
func (c *Chart) years() []int {
	x := c.column("x")
	var first, last int
	for i, l := range c.whole {
		year := yearOf(l, x)
		if i == 0 {
			first, last = year, year
		}
		first, last = min(first, year), max(last, year)
	}
	var years []int
	for year := first; year <= last && len(c.whole) > 0; year++ {
		years = append(years, year)
	}
	return years
}

func lineOption(c *Chart, width int) (map[string]any, int) {
	y := c.column("y")
	list := c.series()
	named := c.endNamed() || len(list) == 1 && c.column("by") < 0
	option, longest := c.lineSeries(list, named, width)
	low, high := c.extent(y)
	height := c.yearGrid(option, low, high, longest, width)
	if named {
		c.nameEnds(option, list, longest, height, false)
	}
	return option, height
}

// nameEnds writes the name of each line at its last point, broken into lines where it
// is wider than the room, and keeps names that end in the same year apart.
func (c *Chart) nameEnds(option map[string]any, list []lineSeries, room, height int, stacked bool) {
	years, y := c.years(), c.column("y")
	axis := option["yAxis"].(map[string]any)
	low, high := axis["min"].(float64), axis["max"].(float64)
	type end struct {
		series, year, at, to, half int // pixels from the top to the middle; half the height
		text                       string
	}
	var ends []end
	base := 0.0
	for i, s := range list {
		for j, year := range slices.Backward(years) {
			point, ok := s.points[year]
			if !ok || point.Values[y].IsMissing() {
				continue
			}
			v := point.Values[y].Float()
			if stacked {
				v += base
				base = v
			}
			at := gridTop + int(float64(height-gridTop-gridBottom)*(high-v)/(high-low))
			text := broken(s.text, room)
			ends = append(ends, end{i, j, at, at, linesOf(text) * lineHeight / 2, text})
			break
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Or(b.year-a.year, a.at-b.at, b.series-a.series) })
	for i := range ends { // down, then up from the ground
		if i > 0 && ends[i].year == ends[i-1].year {
			ends[i].to = max(ends[i].to, ends[i-1].to+ends[i-1].half+ends[i].half+1)
		}
	}
	for i := len(ends) - 1; i >= 0; i-- {
		ground := height - gridBottom + lineHeight/2 - ends[i].half // the last year stands below
		if i+1 < len(ends) && ends[i].year == ends[i+1].year {
			ground = ends[i+1].to - ends[i+1].half - ends[i].half - 1
		}
		ends[i].to = min(ends[i].to, ground)
	}
	for _, e := range ends {
		series := option["series"].([]any)[e.series].(map[string]any)
		data, _ := series["data"].([]any)
		item, ok := data[e.year].(map[string]any)
		if !ok {
			continue
		}
		item["label"] = map[string]any{"show": true, "position": "right", "distance": 8, "offset": []int{0, e.to - e.at}, "formatter": literal(e.text),
			"color": series["nameColor"], "fontSize": fontSize, "lineHeight": lineHeight}
	}
}

// The room above and below the lines, in pixels.
const gridTop, gridBottom = 12, 28

// lineSeries are the series of an option, and the room for the longest name.
func (c *Chart) lineSeries(list []lineSeries, named bool, width int) (option map[string]any, longest int) {
	y := c.column("y")
	var labels []string
	for _, year := range c.years() {
		labels = append(labels, strconv.Itoa(year))
	}
	l := charts.NewLine()
	l.SetXAxis(labels)
	for _, s := range list {
		longest = max(longest, textWidth(s.text)*11/10)
		var data []opts.LineData
		for _, year := range c.years() {
			value := any("-")
			if point, ok := s.points[year]; ok {
				value = number(point.Values[y])
			}
			data = append(data, opts.LineData{Value: value})
		}
		l.AddSeries(s.known, data)
	}
	if longest = min(longest, width*2/5); !named {
		longest = 0
	}
	option = base(&l.BaseConfiguration)
	for i, s := range list {
		series := option["series"].([]any)[i].(map[string]any)
		color := "var(" + seriesColor(i) + ")"
		if len(list) == 1 || len(c.spec.Highlight) > 0 {
			color = "var(--chart-1)"
		}
		textColor := color
		if len(c.spec.Highlight) > 0 && !c.highlightedSeries(s.points) {
			color, textColor = "var(--chart-quiet)", quietInk
		}
		series["symbol"], series["symbolSize"], series["showAllSymbol"] = "circle", 7, true
		series["lineStyle"] = map[string]any{"color": color, "width": 2.5}
		series["itemStyle"] = map[string]any{"color": color, "borderColor": "var(--paper)", "borderWidth": 1}
		series["nameColor"] = textColor
	}
	return option, longest
}

// yearGrid lays out years on x and a measure on y, and returns the height.
func (c *Chart) yearGrid(option map[string]any, low, high float64, longest, width int) int {
	var labels []string
	for _, year := range c.years() {
		labels = append(labels, strconv.Itoa(year))
	}
	value, widest := c.axisOver("yAxis", c.column("y"), low, high, max(3, width/100))
	option["xAxis"] = map[string]any{
		"type": "category", "data": labels, "boundaryGap": false,
		"axisLabel": map[string]any{"color": quietInk, "fontSize": fontSize, "hideOverlap": true},
		"axisLine":  map[string]any{"lineStyle": map[string]any{"color": ruleColor}},
		"axisTick":  map[string]any{"show": false},
	}
	option["yAxis"] = value
	right, height := longest+18, 360
	if c.column("by") >= 0 {
		height = 170
		// the first and the last year say enough
		option["xAxis"].(map[string]any)["axisLabel"].(map[string]any)["interval"] = max(0, len(labels)-2)
		for _, series := range option["series"].([]any) {
			one := series.(map[string]any)
			one["symbolSize"] = 4
			delete(one["itemStyle"].(map[string]any), "borderWidth")
			delete(one["itemStyle"].(map[string]any), "borderColor")
		}
	}
	option["grid"] = map[string]any{"left": widest + 12, "right": right, "top": gridTop, "bottom": gridBottom, "outerBoundsMode": "none"}
	return height
}

func (c *Chart) highlightedSeries(byYear map[int]aggregate.Row) bool {
	for _, l := range byYear {
		if c.highlighted(l) {
			return true
		}
	}
	return false
}
