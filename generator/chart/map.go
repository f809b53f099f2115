package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// usMap colours the US states by a measure in steps, with a step of its own for
// states that have no value. It should be a rate: the eye takes large states for
// large numbers.
var usMap = kind{
	channels: []channel{{name: "region", as: AsName}, {name: "label", optional: true, as: AsLabel}, {name: "value", as: AsValue}},
	scaled:   true,
	isMap:    true,
	steps:    true,
	panel:    smallPanel,
	prepare:  prepareMap,
	option:   mapOption,
}

// fips is the code of each state by its postal code. Shapes go by FIPS code.
var fips = map[string]string{
	"AL": "01", "AK": "02", "AZ": "04", "AR": "05", "CA": "06", "CO": "08", "CT": "09", "DE": "10", "DC": "11", "FL": "12",
	"GA": "13", "HI": "15", "ID": "16", "IL": "17", "IN": "18", "IA": "19", "KS": "20", "KY": "21", "LA": "22", "ME": "23",
	"MD": "24", "MA": "25", "MI": "26", "MN": "27", "MS": "28", "MO": "29", "MT": "30", "NE": "31", "NV": "32", "NH": "33",
	"NJ": "34", "NM": "35", "NY": "36", "NC": "37", "ND": "38", "OH": "39", "OK": "40", "OR": "41", "PA": "42", "RI": "44",
	"SC": "45", "SD": "46", "TN": "47", "TX": "48", "UT": "49", "VT": "50", "VA": "51", "WA": "53", "WV": "54", "WI": "55", "WY": "56",
}

// shape is the FIPS code of a region, "" where the map has no such state.
func shape(region string) string {
	if code, ok := fips[region]; ok {
		return code
	}
	for _, code := range fips {
		if code == region {
			return code
		}
	}
	return ""
}

func prepareMap(c *Chart, problems *diag.List) {
	seen := c.prepareRegions("state", shape, "a postal code such as CA, or a FIPS code such as 06", problems)
	if seen < len(fips) {
		c.Legend = append(c.Legend, notInData)
	}
	c.claim(c.extremesOfAll(), claim.Words("Map of the United States with values for "), claim.Rows("state"))
}

// notInData is the step of regions that the map has and the data have not.
var notInData = LegendItem{Label: "not in the data", Color: "--step-none", Symbol: "square"}

// prepareRegions judges the lines of a map, each of one region that the map knows by
// a code, and writes the legend of its steps. It returns how many regions there are.
func (c *Chart) prepareRegions(noun string, code func(string) string, expected string, problems *diag.List) int {
	region, value := c.column("region"), c.column("value")
	if !c.unit(value).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a map needs a measure as value"}, "value")
		return 0
	}
	seen := map[string]bool{}
	for _, l := range c.lines {
		name := l.Values[region].Raw()
		code := code(name)
		switch {
		case c.Of.Tainted:
		case code == "":
			c.spec.fail(problems, diag.Problem{Message: "the map has no " + noun + " " + diag.Quote(name), Expected: expected}, "region")
		case seen[code]:
			c.drawnTwice(problems, "two lines are of the "+noun+" "+diag.Quote(name), "keep one line for each "+noun+" in the aggregate")
		}
		seen[code] = true
	}
	c.Legend = c.stepLegend(value)
	return len(seen)
}

// stepLegend says what the steps of a measure are, and that some values are missing.
func (c *Chart) stepLegend(value int) []LegendItem {
	var list []LegendItem
	bounds, missing := c.steps(value)
	low, _ := c.extent(value)
	whole := c.unit(value).Whole() && !slices.ContainsFunc(bounds, func(b float64) bool { return b != math.Trunc(b) })
	for i := range len(bounds) + 1 {
		if len(c.whole) == 0 {
			break
		}
		item := LegendItem{Color: fmt.Sprintf("--step-%d", c.step(i, len(bounds))), Symbol: "square"}
		switch {
		case len(bounds) == 0:
			item.Label = "all values"
		case whole && i < len(bounds) && (i > 0 || low < bounds[0]): // 1, 2–4, 5 or more
			from, to := low, bounds[i]-1
			if i > 0 {
				from = bounds[i-1]
			}
			if item.Label = c.bound(value, from); from < to {
				item.Label += "–" + c.bound(value, to)
			}
		case i == 0:
			item.Label = "under " + c.bound(value, bounds[0])
		case i == len(bounds):
			item.Label = c.bound(value, bounds[i-1]) + " or more"
		default:
			item.Label = c.bound(value, bounds[i-1]) + "–" + c.bound(value, bounds[i])
			if bounds[i-1] < 0 { // a dash beside a minus sign
				item.Label = strings.Replace(item.Label, "–", " to ", 1)
			}
		}
		list = append(list, item)
	}
	if missing {
		list = append(list, LegendItem{Label: "not known", Color: "--step-unknown", Symbol: "square"})
	}
	return list
}

// stepOf is the colour of a value's step.
func (c *Chart) stepOf(v quantity.Value, bounds []float64) string {
	if v.IsMissing() {
		return "--step-unknown"
	}
	i := 0
	for i < len(bounds) && v.Float() >= bounds[i] {
		i++
	}
	return fmt.Sprintf("--step-%d", c.step(i, len(bounds)))
}

func (c *Chart) bound(value int, bound float64) string {
	v, err := quantity.NewValue(bound)
	if err != nil {
		return ""
	}
	return c.unit(value).Format(v, quantity.Tick)
}

const mostSteps = 5

// step spreads the steps that there are over the colours that there are, so that
// the last is always the strongest.
func (c *Chart) step(i, bounds int) int {
	if bounds == 0 {
		return mostSteps
	}
	return 1 + i*(mostSteps-1)/bounds
}

// steps are the bounds between at most five steps: those of the chart's file, or
// round ones, with about as many states in each.
func (c *Chart) steps(value int) (bounds []float64, missing bool) {
	var list []float64
	for _, l := range c.whole {
		if v := l.Values[value]; v.IsMissing() {
			missing = true
		} else {
			list = append(list, v.Float())
		}
	}
	if len(c.spec.Steps) > 0 {
		return c.spec.Steps, missing
	}
	slices.Sort(list)
	parts := min(mostSteps, len(list))
	for i := 1; i < parts; i++ {
		b := round1(list[i*len(list)/parts])
		if b > list[0] && b <= list[len(list)-1] && !slices.Contains(bounds, b) {
			bounds = append(bounds, b)
		}
	}
	return bounds, missing
}

// round1 rounds to one digit, so that bounds are numbers to remember.
func round1(f float64) float64 {
	if f == 0 {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(math.Abs(f))))
	return math.Round(f/power) * power
}

func mapOption(c *Chart, width int) (map[string]any, int) {
	region, value := c.column("region"), c.column("value")
	bounds, _ := c.steps(value)
	m := charts.NewMap()
	m.RegisterMapType("us-states")
	var data []opts.MapData
	var colors []string
	names := map[string]string{} // the map's own are FIPS codes
	for _, l := range c.lines {
		name, v := c.known(l, region), l.Values[value]
		names[shape(name)] = name
		data = append(data, opts.MapData{Name: name, Value: number(v)})
		colors = append(colors, "var("+c.stepOf(v, bounds)+")")
	}
	m.AddSeries(c.Of.Columns[value].Label, data)
	option := mapLook(base(&m.BaseConfiguration), colors)
	option["series"].([]any)[0].(map[string]any)["nameMap"] = names
	return option, width * 610 / 975
}

// mapLook gives the regions of a map their colours.
func mapLook(option map[string]any, colors []string) map[string]any {
	series := option["series"].([]any)[0].(map[string]any)
	items, _ := series["data"].([]any)
	for i, item := range items {
		item.(map[string]any)["itemStyle"] = map[string]any{"areaColor": colors[i]}
	}
	series["itemStyle"] = map[string]any{"areaColor": "var(--step-none)", "borderColor": "var(--paper)", "borderWidth": 0.75}
	series["label"] = map[string]any{"show": false}
	series["aspectScale"] = 1
	for _, side := range []string{"left", "right", "top", "bottom"} {
		series[side] = 2
	}
	return option
}
