package chart

import (
	"math"
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
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
	maxBins  = 100
)

func prepareHistogram(c *plot, problems *faults) {
	names, x := c.column("label"), c.column("x")
	if !c.unit(x).Numeric() || c.unit(names).Numeric() {
		problems.add(diag.Problem{Message: "a histogram needs a measure on x, and names as label"}, "kind")
		return
	}
	c.requireUniqueNames(names, problems)
	c.claim(c.extremes(names, x), claim.Words("Histogram of "), claim.Values("value"), claim.Words(": "), claim.Label(string(AsBinned)))
}

// bin is how many values there are between two bounds.
type bin struct {
	low, high float64
	count     int
}

// bins counts the values of a panel between the bounds of the whole chart.
func (c *plot) bins() []bin {
	x := c.column("x")
	low, high := c.extent(x)
	if !slices.ContainsFunc(c.whole, func(l aggregate.Row) bool { return !l.Values[x].IsMissing() }) {
		return nil
	}
	about := someBins
	if c.spec.Bins > 0 {
		about = c.spec.Bins
	}
	bounds := ticksOver(low, high, about, c.leastStep(x))
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

func histogramOption(c *plot, width int) (*option, int) {
	list := c.bins()
	s := &series{SingleSeries: charts.SingleSeries{Type: "custom", RenderItem: "bin"}, Form: "bin", Dimensions: []string{"low", "high", "count"}}
	s.Encode = &opts.Encode{X: []int{0, 1}, Y: 2}
	for _, b := range list {
		s.Data = append(s.Data, item{Value: []any{b.low, b.high, b.count}, Color: "var(--chart-1)"})
	}
	most := 1
	for _, lines := range c.byPanel() {
		for _, b := range c.part(lines).bins() {
			most = max(most, b.count)
		}
	}
	low, high := 0.0, 1.0
	if len(list) > 0 {
		low, high = list[0].low, list[len(list)-1].high
	}
	rule := &opts.LineStyle{Color: ruleColor}
	across, widestX := c.axisAt(c.column("x"), bounds(list, low, high, max(2, width/90)))
	across.Min, across.Max = low, high
	across.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	across.AxisLine = &opts.AxisLine{Show: opts.Bool(true), LineStyle: rule}
	across.AxisTick = &axisTick{AxisTick: opts.AxisTick{Show: opts.Bool(true), LineStyle: rule}}
	up, widest := countAxis(quantity.Count.In(c.unit(c.column("x")).Language()), most, max(3, width/160))
	o := newOption(s)
	o.XAxis, o.YAxis = across, up
	height := 280
	if c.column("by") >= 0 {
		height = 150
	}
	o.Grid = margins(max(widest, widestX/2)+12, widestX/2+6, 12, 28)
	return o, height
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
