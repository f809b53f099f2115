package chart

import (
	"fmt"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/figure"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// line draws a measure over years, a line for each series, named at its end. A
// year without a value is a gap: nothing is interpolated.
var line = kind{
	channels: []channel{{name: "series", optional: true}, {name: "x"}, {name: "y"}},
	prepare:  prepareLine,
	option:   lineOption,
}

// mostSeries is how many lines a reader can tell apart.
const mostSeries = 7

func prepareLine(c *Chart, problems *diag.List) {
	x, y := c.column("x"), c.column("y")
	if c.unit(x) != figure.Year || !c.unit(y).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a line needs years on x and a measure on y"}, "kind")
		return
	}
	names, points := c.series()
	if len(names) > mostSeries {
		c.spec.fail(problems, diag.Problem{Message: fmt.Sprintf("%d lines", len(names)), Expected: fmt.Sprintf("%d or less", mostSeries), Hint: "single out the most important in the aggregate"}, "kind")
	}
	var said []string
	for _, name := range names {
		byYear := points[name]
		years := c.years()
		var first, last string
		for _, year := range years {
			if l, ok := byYear[year]; ok && !l.Values[y].IsMissing() {
				text := fmt.Sprintf("%s in %d", c.write(l, y, figure.Prose), year)
				if first == "" {
					first = text
				}
				last = text
			}
		}
		if first == "" {
			continue
		}
		said = append(said, strings.TrimSpace(fmt.Sprintf("%s: from %s to %s.", name, first, last)))
	}
	var gaps []string
	for _, year := range c.years() {
		if !c.anyIn(year, points) {
			gaps = append(gaps, strconv.Itoa(year))
		}
	}
	if len(gaps) > 0 {
		said = append(said, "No values for "+strings.Join(gaps, ", ")+".")
	}
	c.Alt = fmt.Sprintf("Line chart of %s. %s", count(len(names), "line"), strings.Join(said, " "))
}

// series groups the lines by name, in the order of the aggregate, and by year.
func (c *Chart) series() (names []string, points map[string]map[int]aggregate.Line) {
	x, by := c.column("x"), c.column("series")
	points = map[string]map[int]aggregate.Line{}
	for _, l := range c.lines {
		name := c.Of.Columns[c.column("y")].Label
		if by >= 0 {
			name = c.write(l, by, figure.Prose)
		}
		if points[name] == nil {
			points[name] = map[int]aggregate.Line{}
			names = append(names, name)
		}
		points[name][yearOf(l, x)] = l
	}
	return names, points
}

func yearOf(l aggregate.Line, x int) int {
	year, err := strconv.Atoi(l.Values[x].Raw())
	if err != nil {
		return 0
	}
	return year
}

func (c *Chart) anyIn(year int, points map[string]map[int]aggregate.Line) bool {
	for _, byYear := range points {
		if _, ok := byYear[year]; ok {
			return true
		}
	}
	return false
}

// years is every year from the first to the last, with or without a value.
func (c *Chart) years() []int {
	x := c.column("x")
	var first, last int
	for i, l := range c.lines {
		year := yearOf(l, x)
		if i == 0 {
			first, last = year, year
		}
		first, last = min(first, year), max(last, year)
	}
	var years []int
	for year := first; year <= last && len(c.lines) > 0; year++ {
		years = append(years, year)
	}
	return years
}

func lineOption(c *Chart, width int) (map[string]any, int) {
	y := c.column("y")
	names, points := c.series()
	var labels []string
	for _, year := range c.years() {
		labels = append(labels, strconv.Itoa(year))
	}
	l := charts.NewLine()
	l.SetXAxis(labels)
	longest := 0
	for _, name := range names {
		longest = max(longest, textWidth(name))
		var data []opts.LineData
		for _, year := range c.years() {
			value := any("-")
			if point, ok := points[name][year]; ok {
				value = number(point.Values[y])
			}
			data = append(data, opts.LineData{Value: value})
		}
		l.AddSeries(name, data)
	}
	option := base(&l.BaseConfiguration)
	for i, name := range names {
		series := option["series"].([]any)[i].(map[string]any)
		color := fmt.Sprintf("var(--chart-%d)", i+1)
		if len(names) == 1 || len(c.spec.Highlight) > 0 {
			color = "var(--chart-1)"
		}
		textColor := color
		if len(c.spec.Highlight) > 0 && !c.highlightedSeries(points[name]) {
			color, textColor = "var(--chart-quiet)", quietInk
		}
		series["symbol"], series["symbolSize"], series["showAllSymbol"] = "circle", 7, true
		series["lineStyle"] = map[string]any{"color": color, "width": 2.5}
		series["itemStyle"] = map[string]any{"color": color, "borderColor": "var(--paper)", "borderWidth": 1}
		series["endLabel"] = map[string]any{"show": true, "formatter": literal(name), "color": textColor, "fontSize": fontSize, "distance": 8}
		series["labelLayout"] = map[string]any{"moveOverlap": "shiftY"}
	}
	value, widest := c.valueAxis(y, width/100)
	option["xAxis"] = map[string]any{
		"type": "category", "data": labels, "boundaryGap": false,
		"axisLabel": map[string]any{"color": quietInk, "fontSize": fontSize, "hideOverlap": true},
		"axisLine":  map[string]any{"lineStyle": map[string]any{"color": ruleColor}},
		"axisTick":  map[string]any{"show": false},
	}
	option["yAxis"] = value
	option["grid"] = map[string]any{"left": widest + 12, "right": longest + 18, "top": 12, "bottom": 28, "outerBoundsMode": "none"}
	return option, 360
}

func (c *Chart) highlightedSeries(byYear map[int]aggregate.Line) bool {
	for _, l := range byYear {
		if c.highlighted(l) {
			return true
		}
	}
	return false
}
