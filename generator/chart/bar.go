package chart

import (
	"fmt"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/figure"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// bar draws a bar for each line, from zero, in the order of the aggregate, with its
// value at its end. The measure is on x, for bars that lie, which have room for
// long names, or on y, for bars that stand.
var bar = kind{
	channels: []channel{{name: "x"}, {name: "y"}},
	prepare:  prepareBar,
	option:   barOption,
}

// axes returns the columns of the names and of the measure.
func (c *Chart) axes() (names, measure int, lying bool) {
	x, y := c.column("x"), c.column("y")
	if c.unit(x).Numeric() {
		return y, x, true
	}
	return x, y, false
}

func prepareBar(c *Chart, problems *diag.List) {
	names, measure, lying := c.axes()
	if !c.unit(measure).Numeric() || lying && c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a bar needs a name on one axis and a measure on the other"}, "kind")
		return
	}
	c.oncePerName(names, problems)
	c.Alt = fmt.Sprintf("Bar chart of %s. %s", count(len(c.lines), "bar"), c.extremes(names, measure))
}

// oncePerName makes two lines of the same name a problem.
func (c *Chart) oncePerName(names int, problems *diag.List) {
	seen := map[string]bool{}
	for _, line := range c.lines {
		name := c.write(line, names, figure.Prose)
		if seen[name] && !c.Of.Tainted {
			c.drawnTwice(problems, "two lines are named "+diag.Quote(name), "name them so that a reader can tell them apart")
		}
		seen[name] = true
	}
}

func barOption(c *Chart, width int) (map[string]any, int) {
	names, measure, lying := c.axes()
	var known, labels []string
	var data []opts.BarData
	var missing []map[string]any
	longest := 0
	for _, line := range c.lines {
		name, v := c.known(line, names), line.Values[measure]
		known, labels = append(known, name), append(labels, c.write(line, names, figure.Prose))
		text := c.write(line, measure, figure.Short)
		longest = max(longest, textWidth(text))
		if v.IsMissing() {
			coord := []any{0, name}
			if !lying {
				coord = []any{name, 0}
			}
			missing = append(missing, map[string]any{"coord": coord, "label": map[string]any{"formatter": text}})
		}
		color := "var(--chart-1)"
		if len(c.spec.Highlight) > 0 && !c.highlighted(line) {
			color = "var(--chart-quiet)"
		}
		data = append(data, opts.BarData{
			Name: name, Value: number(v),
			Label:     &opts.Label{Formatter: literal(text)},
			ItemStyle: &opts.ItemStyle{Color: color},
		})
	}
	position := "top"
	if lying {
		position = "right"
	}
	b := charts.NewBar()
	b.SetXAxis(known)
	b.AddSeries("", data, charts.WithBarChartOpts(opts.BarChart{BarCategoryGap: "30%"}))
	option := base(&b.BaseConfiguration)
	series := option["series"].([]any)[0].(map[string]any)
	series["label"] = map[string]any{"show": true, "position": position, "color": ink, "fontSize": fontSize}
	series["markPoint"] = map[string]any{"symbol": "circle", "symbolSize": 0, "data": missing,
		"label": map[string]any{"position": position, "color": quietInk, "fontSize": fontSize}}

	axisLine := map[string]any{"show": true, "lineStyle": map[string]any{"color": ruleColor}}
	value := map[string]any{"type": "value", "show": false, "min": "dataMin"}
	if low, _ := c.extent(measure); low >= 0 {
		value["min"] = 0
	}
	if lying {
		left, rows := labelColumn(labels, width*2/5)
		category := nameAxis(known, labels, labelStyle(left, rows, 8))
		category["inverse"], category["axisLine"] = true, axisLine
		option["xAxis"], option["yAxis"] = value, category
		option["grid"] = map[string]any{"left": left + 10, "right": longest + 12, "top": 4, "bottom": 4, "outerBoundsMode": "none"}
		return option, 8 + len(labels)*max(28, rows*lineHeight+6)
	}
	room, rows := labelColumn(labels, (width-20)/max(1, len(labels))-8)
	category := nameAxis(known, labels, labelStyle(room, rows, 8))
	category["axisLine"] = axisLine
	option["xAxis"], option["yAxis"] = category, value
	bottom := rows*lineHeight + 14
	option["grid"] = map[string]any{"left": 10, "right": 10, "top": 24, "bottom": bottom, "outerBoundsMode": "none"}
	return option, 220 + bottom
}

// extremes says which lines are highest and lowest, and which have no value.
func (c *Chart) extremes(names, measure int) string {
	var high, low *aggregate.Line
	var missing []string
	for i := range c.lines {
		line := &c.lines[i]
		v := line.Values[measure]
		switch {
		case v.IsMissing():
			missing = append(missing, c.write(*line, names, figure.Prose))
			continue
		case high == nil:
			high, low = line, line
		}
		if v.Compare(high.Values[measure]) > 0 {
			high = line
		}
		if v.Compare(low.Values[measure]) < 0 {
			low = line
		}
	}
	var said []string
	if high != nil {
		said = append(said, fmt.Sprintf("Highest: %s, %s.", c.write(*high, names, figure.Prose), c.write(*high, measure, figure.Prose)))
		if low != high {
			said = append(said, fmt.Sprintf("Lowest: %s, %s.", c.write(*low, names, figure.Prose), c.write(*low, measure, figure.Prose)))
		}
	}
	if len(missing) > 0 {
		said = append(said, "No value: "+strings.Join(missing, ", ")+".")
	}
	return strings.Join(said, " ")
}
