package chart

import (
	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// bar draws a bar for each line, from zero, in the order of the aggregate, with its
// value at its end. The measure is on x, for bars that lie, which have room for
// long names, or on y, for bars that stand; where names do not fit under those,
// they lie after all. A series puts bars of a name side by side, a stack one on the
// other.
var bar = kind{
	channels: []channel{{name: "series", optional: true, as: AsGroup}, {name: "stack", optional: true, as: AsGroup}, {name: "x"}, {name: "y"}},
	panel:    Narrow,
	named:    true,
	trend:    true,
	fromZero: true,
	prepare:  prepareBar,
	option:   barOption,

	unlabelled: func(c *Chart, s *sketch) *diag.Problem {
		if len(c.lines) >= 10 || c.column("stack") >= 0 || s.width != Wide {
			return nil
		}
		for _, one := range s.series() {
			label, _ := one["label"].(map[string]any)
			if label["show"] != true {
				return &diag.Problem{Message: "no values at bars that have room for them", Expected: "the value at each bar"}
			}
		}
		return nil
	},
}

// axes returns the columns of the names and of the measure.
func (c *Chart) axes() (names, measure int, lying bool) {
	x, y := c.column("x"), c.column("y")
	if c.unit(x).Numeric() {
		return y, x, true
	}
	return x, y, false
}

// grouping is the column that tells bars of one name apart, -1 if none does.
func (c *Chart) grouping() (column int, stacked bool) {
	if i := c.column("stack"); i >= 0 {
		return i, true
	}
	return c.column("series"), false
}

func prepareBar(c *Chart, problems *diag.List) {
	names, measure, lying := c.axes()
	if !c.unit(measure).Numeric() || lying && c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a bar needs a name on one axis and a measure on the other"}, "kind")
		return
	}
	by, stacked := c.grouping()
	if by < 0 {
		c.oncePerName(names, problems)
		c.claim(c.extremes(names, measure), claim.Words("Bar chart of "), claim.Rows("bar"))
		return
	}
	if c.column("series") >= 0 && stacked {
		c.spec.fail(problems, diag.Problem{Message: "a bar has series and stack", Expected: "one of them: bars side by side, or one on the other"}, "stack")
		return
	}
	c.oncePerPlace(names, by, problems)
	c.Legend = c.groupLegend(by, "square")
	form := claim.Words("Grouped bar chart of ")
	if stacked {
		form = claim.Words("Stacked bar chart of ")
	}
	c.claim(c.extremes(names, measure), form, claim.Names("name"), claim.Words(" in "), claim.Groups("group"))
}

// groupLegend names the colours of groups in the order of the data.
func (c *Chart) groupLegend(by int, symbols ...string) []LegendItem {
	_, texts := c.names(by)
	var list []LegendItem
	for i, text := range texts {
		list = append(list, LegendItem{Label: text, Color: seriesColor(i), Symbol: symbols[min(i, len(symbols)-1)]})
	}
	return list
}

// bars is what the bars of a chart are made of.
type bars struct {
	known, labels []string // names
	groups        []string // one nameless group where bars are not grouped
	lines         map[[2]string]aggregate.Row
	stacked       bool
	low, high     float64 // of all bars or stacks, with zero
	longest       int     // text of a value, or of what a stack comes to, in pixels
	longestBelow  int     // of one below zero
}

func (c *Chart) bars() bars {
	names, measure, _ := c.axes()
	by, stacked := c.grouping()
	b := bars{lines: map[[2]string]aggregate.Row{}, groups: []string{""}, stacked: stacked}
	b.known, b.labels = c.names(names)
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
		v, text := line.Values[measure], textWidth(c.write(line, measure, quantity.Short))
		b.longest = max(b.longest, text)
		end := v.Float()
		if v.IsMissing() {
			continue
		}
		if end < 0 {
			b.longestBelow = max(b.longestBelow, text)
		}
		if stacked {
			p := pile{name: c.known(line, names), below: end < 0}
			if i := c.column("by"); i >= 0 {
				p.panel = c.known(line, i)
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

func (b *bars) place(c *Chart, line aggregate.Row, names, by int) [2]string {
	place := [2]string{c.known(line, names), ""}
	if by >= 0 {
		place[1] = c.known(line, by)
	}
	return place
}

func barOption(c *Chart, width int) (map[string]any, int) {
	names, measure, lying := c.axes()
	b := c.bars()
	slot := (width - 20) / max(1, len(b.known))
	if !lying && !c.inOrder(names) && longestWord(b.labels) > slot-4 {
		lying = true
	}
	across := 1 // bars of a name beside each other
	if !b.stacked {
		across = len(b.groups)
	}
	// Labels stand at each bar where there is room, else there is an axis.
	labelled := lying && (!b.stacked || b.low == 0) || b.longest <= slot*8/10/across && (!b.stacked || b.low == 0)
	option := c.barSeries(b, lying, labelled, max(14, slot*7/10/across))

	value, widest := c.axisOver(valueAxis(lying), measure, b.low, b.high, max(2, width/110))
	room := 0 // for labels below zero
	if labelled {
		value = c.hiddenAxis(valueAxis(lying), b.low, b.high)
		room = b.longestBelow
		if room > 0 {
			room += 6
		}
	}
	axisLine := map[string]any{"show": b.low == 0, "onZero": false, "lineStyle": map[string]any{"color": ruleColor}}
	if lying {
		left, rows := labelColumn(b.labels, width*2/5)
		category := nameAxis(b.known, b.labels, labelStyle(left, rows, 8))
		category["inverse"], category["axisLine"] = true, axisLine
		right, top := widest/2+4, 22
		if labelled {
			right, top = b.longest+12, 4
			if b.high == 0 {
				right = 12
			}
		} else {
			value["position"] = "top"
		}
		option["xAxis"], option["yAxis"] = value, category
		option["grid"] = map[string]any{"left": left + 10 + room, "right": right, "top": top, "bottom": 4, "outerBoundsMode": "none"}
		if room > 0 {
			category["offset"] = room
		}
		row := max(28, rows*lineHeight+6)
		if across > 1 {
			row = max(across*18+12, rows*lineHeight+10)
		}
		return option, top + 4 + len(b.labels)*row
	}
	style := labelStyle(0, 1, 8)
	rows := 1
	if c.inOrder(names) {
		style["hideOverlap"] = true
		delete(style, "interval")
	} else {
		var fits int
		fits, rows = labelColumn(b.labels, slot-8)
		style = labelStyle(fits, rows, 8)
	}
	category := nameAxis(b.known, b.labels, style)
	category["axisLine"] = axisLine
	option["xAxis"], option["yAxis"] = category, value
	left := 10
	if !labelled {
		left = widest + 12
	}
	if room > 0 {
		room = lineHeight + 6
		category["offset"] = room
	}
	bottom := rows*lineHeight + 14 + room
	option["grid"] = map[string]any{"left": left, "right": 10, "top": 24, "bottom": bottom, "outerBoundsMode": "none"}
	return option, 220 + bottom
}

// inOrder reports whether names go by time, so that some of them say enough.
func (c *Chart) inOrder(column int) bool {
	return c.unit(column).IsTime()
}

// barSeries are the series of an option, one for each group.
func (c *Chart) barSeries(b bars, lying, labelled bool, thick int) map[string]any {
	_, measure, _ := c.axes()
	plus, minus := "top", "bottom"
	if lying {
		plus, minus, thick = "right", "left", 16
	}
	chart := charts.NewBar()
	chart.SetXAxis(b.known)
	missing := make([][]map[string]any, len(b.groups))
	for i, group := range b.groups {
		var data []opts.BarData
		for _, name := range b.known {
			line, there := b.lines[[2]string{name, group}]
			if !there {
				data = append(data, opts.BarData{Name: name, Value: "-"})
				continue
			}
			v, text := line.Values[measure], c.write(line, measure, quantity.Short)
			if v.IsMissing() && !b.stacked {
				coord, offset := []any{0, name}, []any{0, 0}
				shift := float64(thick) * (float64(i) - float64(len(b.groups)-1)/2)
				if offset[1] = shift; !lying {
					coord, offset = []any{name, 0}, []any{shift, 0}
				}
				missing[i] = append(missing[i], map[string]any{"coord": coord, "symbolOffset": offset, "label": map[string]any{"formatter": text}})
			}
			color := seriesColor(i)
			if len(c.spec.Highlight) > 0 && !c.highlighted(line) {
				color = "--chart-quiet"
			}
			label := &opts.Label{Formatter: literal(text), Position: plus}
			if v.Sign() < 0 {
				label.Position = minus
			}
			data = append(data, opts.BarData{Name: name, Value: number(v), Label: label, ItemStyle: &opts.ItemStyle{Color: "var(" + color + ")"}})
		}
		options := opts.BarChart{BarCategoryGap: "30%"}
		if b.stacked {
			options.Stack = "all"
		}
		chart.AddSeries(group, data, charts.WithBarChartOpts(options))
	}
	option := base(&chart.BaseConfiguration)
	for i := range b.groups {
		series := option["series"].([]any)[i].(map[string]any)
		series["label"] = map[string]any{"show": labelled && !b.stacked, "position": plus, "color": ink, "fontSize": fontSize}
		series["markPoint"] = map[string]any{"symbol": "circle", "symbolSize": 0, "data": missing[i],
			"label": map[string]any{"position": plus, "color": quietInk, "fontSize": fontSize}}
		if lying {
			series["barMaxWidth"] = 34
		}
		if len(b.groups) > 1 && !b.stacked {
			series["barWidth"], series["barGap"] = thick, "0%"
		}
		if b.stacked && labelled && i == 0 {
			series["markPoint"].(map[string]any)["data"] = c.stackTotals(b, lying)
		}
		if i == 0 && b.low < 0 {
			series["markLine"] = zeroLine(lying)
		}
	}
	return option
}

// stackTotals writes what each stack comes to at its end.
func (c *Chart) stackTotals(b bars, lying bool) []map[string]any {
	_, measure, _ := c.axes()
	var list []map[string]any
	for _, name := range b.known {
		sum := quantity.Value{}
		for _, group := range b.groups {
			if line, there := b.lines[[2]string{name, group}]; there {
				sum = sum.Plus(line.Values[measure])
			}
		}
		at, color := number(sum), ink
		if sum.IsMissing() {
			at, color = 0, quietInk
		}
		coord := []any{name, at}
		if lying {
			coord = []any{at, name}
		}
		list = append(list, map[string]any{"coord": coord, "label": map[string]any{"formatter": c.unit(measure).Format(sum, quantity.Short), "color": color}})
	}
	return list
}

// zeroLine shows zero where values lie on both sides of it.
func zeroLine(lying bool) map[string]any {
	axis := "yAxis"
	if lying {
		axis = "xAxis"
	}
	return map[string]any{"symbol": "none", "silent": true, "label": map[string]any{"show": false}, "data": []any{map[string]any{axis: 0}},
		"lineStyle": map[string]any{"color": ruleColor, "type": "solid", "width": 1}}
}
