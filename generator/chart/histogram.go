package chart

import (
	"fmt"
	"math"
	"slices"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// histogram counts how many lines have a measure of about the same size, in bins
// between round bounds. A bin holds its lower bound, and the last one its upper
// bound too. Label names the lines in the table.
var histogram = kind{
	channels: []channel{{name: "label", as: AsName}, {name: "x", as: AsBinned}},
	panel:    smallPanel,
	binned:   true,
	fromZero: true,
	prepare:  prepareHistogram,
	option:   histogramOption,
}

const (
	someBins = 10
	mostBins = 100
)

func prepareHistogram(c *Chart, problems *diag.List) {
	names, x := c.column("label"), c.column("x")
	if !c.unit(x).Numeric() || c.unit(names).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a histogram needs a measure on x, and names as label"}, "kind")
		return
	}
	c.oncePerName(names, problems)
	c.claim(c.extremes(names, x), claim.Words("Histogram of "), claim.Values("value"), claim.Words(": "), claim.Label(string(AsBinned)))
}

// bin is how many values there are between two bounds.
type bin struct {
	low, high float64
	count     int
}

// bins counts the values of a panel between the bounds of the whole chart.
func (c *Chart) bins() []bin {
	x := c.column("x")
	low, high := c.extent(x)
	if !slices.ContainsFunc(c.whole, func(l lineOf) bool { return !l.Values[x].IsMissing() }) {
		return nil
	}
	about := someBins
	if c.spec.Bins > 0 {
		about = c.spec.Bins
	}
	bounds := ticksOver(low, high, about)
	list := make([]bin, len(bounds)-1)
	for i := range list {
		list[i] = bin{low: bounds[i], high: bounds[i+1]}
	}
	for _, l := range c.lines {
		if v := l.Values[x]; !v.IsMissing() {
			i, _ := slices.BinarySearchFunc(bounds, math.Nextafter(v.Float(), math.Inf(1)), func(b, f float64) int {
				if b < f {
					return -1
				}
				return 1
			})
			list[min(max(i-1, 0), len(list)-1)].count++
		}
	}
	return list
}

func histogramOption(c *Chart, width int) (map[string]any, int) {
	x := c.column("x")
	list := c.bins()
	var data []map[string]any
	most := 1
	for _, b := range list {
		data = append(data, map[string]any{"value": []any{b.low, b.high, b.count}, "color": "var(--chart-1)"})
	}
	most = max(most, int(c.fullest(func(part *Chart) float64 {
		fullest := 0
		for _, b := range part.bins() {
			fullest = max(fullest, b.count)
		}
		return float64(fullest)
	})))
	chart := charts.NewCustom()
	chart.MultiSeries = append(chart.MultiSeries, charts.SingleSeries{Type: "custom", Data: data})
	option := base(&chart.BaseConfiguration)
	series := option["series"].([]any)[0].(map[string]any)
	series["renderItem"], series["form"] = "bin", "bin"
	series["dimensions"], series["encode"] = []string{"low", "high", "count"}, map[string]any{"x": []int{0, 1}, "y": 2}

	low, high := 0.0, 1.0
	if len(list) > 0 {
		low, high = list[0].low, list[len(list)-1].high
	}
	across, widestX := c.axisAt(x, bounds(list, low, high, max(2, width/90)))
	across["min"], across["max"] = low, high
	across["splitLine"] = map[string]any{"show": false}
	across["axisLine"] = map[string]any{"show": true, "lineStyle": map[string]any{"color": ruleColor}}
	across["axisTick"] = map[string]any{"show": true, "lineStyle": map[string]any{"color": ruleColor}}
	up, widest := countAxis(most, max(3, width/160))
	option["xAxis"], option["yAxis"] = across, up
	height := 280
	if c.column("by") >= 0 {
		height = 150
	}
	option["grid"] = map[string]any{"left": max(widest, widestX/2) + 12, "right": widestX/2 + 6, "top": 12, "bottom": 28, "outerBoundsMode": "none"}
	return option, height
}

// bounds are those bounds of bins that have a label: about so many, evenly.
func bounds(list []bin, low, high float64, about int) []float64 {
	if len(list) == 0 {
		return []float64{low, high}
	}
	every := max(1, int(math.Ceil(float64(len(list))/float64(about))))
	var bounds []float64
	for i := 0; i < len(list); i += every {
		bounds = append(bounds, list[i].low)
	}
	if (len(list))%every == 0 || len(bounds) == 1 {
		bounds = append(bounds, high)
	}
	return bounds
}

// countAxis is an axis of whole numbers.
func countAxis(most, about int) (axis map[string]any, widest int) {
	list := ticks(0, float64(most), about)
	if list[1] < 1 {
		list = []float64{0, 1}
	}
	texts := map[string]string{}
	for _, t := range list {
		if v, err := quantity.NewValue(t); err == nil {
			text := quantity.Count.Format(v, quantity.Short)
			texts[fmt.Sprint(int(t))] = text
			widest = max(widest, textWidth(text))
		}
	}
	return map[string]any{
		"type": "value", "min": 0, "max": list[len(list)-1], "interval": list[1],
		"axisLabel": map[string]any{"texts": texts, "color": quietInk, "fontSize": fontSize},
		"axisLine":  map[string]any{"show": false}, "axisTick": map[string]any{"show": false},
		"splitLine": map[string]any{"lineStyle": map[string]any{"color": faintRule}},
	}, widest
}
