package chart

import (
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

func prepareMap(c *plot, problems *faults) {
	seen := c.prepareRegions("state", shape, "a postal code such as CA, or a FIPS code such as 06", problems)
	if seen < len(fips) {
		c.legend = append(c.legend, notInData)
	}
	c.claim(c.extremesOfAll(), claim.Words("Map of the United States with values for "), claim.Rows("state"))
}

// notInData is the step of regions that the map has and the data have not.
var notInData = LegendItem{Label: "not in the data", Color: "--step-none", Symbol: "square"}

// prepareRegions validates the lines of a map, each of one region that the map knows by
// a code, and writes the legend of its steps. It returns how many regions there are.
func (c *plot) prepareRegions(noun string, code func(string) string, expected string, problems *faults) int {
	region, value := c.column("region"), c.column("value")
	if !c.unit(value).Numeric() {
		problems.add(diag.Problem{Message: "a map needs a measure as value"}, "value")
		return 0
	}
	seen := map[string]bool{}
	for _, l := range c.lines {
		name := l.Values[region].Raw()
		code := code(name)
		switch {
		case code == "":
			problems.add(diag.Problem{Message: "the map has no " + noun + " " + diag.Quote(name), Expected: expected}, "region")
		case seen[code]:
			problems.drawnTwice("two lines are of the "+noun+" "+diag.Quote(name), "keep one line for each "+noun+" in the aggregate")
		}
		seen[code] = true
	}
	c.legend = c.stepLegend(value)
	return len(seen)
}

func mapOption(c *plot, width int) (*option, int) {
	region, value := c.column("region"), c.column("value")
	bounds, _ := c.steps(value)
	var data []item
	names := map[string]string{} // the map's own are FIPS codes
	for _, l := range c.lines {
		name := c.id(l, region)
		names[shape(name)] = name
		data = append(data, c.regionItem(name, l.Values[value], bounds))
	}
	s := c.regions("us-states", data)
	s.NameMap = names
	return newOption(s), width * 610 / 975
}

// regionItem is a region in the colour of its step.
func (c *plot) regionItem(name string, v quantity.Value, bounds []float64) item {
	return item{Name: name, Value: number(v), ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{AreaColor: colored(c.stepOf(v, bounds))}}}
}

// regions are the series of a map.
func (c *plot) regions(mapType string, data []item) *series {
	return &series{
		SingleSeries: charts.SingleSeries{Type: "map", Name: c.of.Columns[c.column("value")].Label, MapType: mapType}, Data: data,
		ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{AreaColor: "var(--step-none)", BorderColor: "var(--paper)"}, BorderWidth: num(0.75)},
		Label:     hidden(), AspectScale: 1, Left: num(2), Right: num(2), Top: num(2), Bottom: num(2),
	}
}
