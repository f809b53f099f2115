package chart

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"sync"

	"broadsheet"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// counties colours counties by a measure, as a map does states, on the shapes of
// the states. There are 3,100 of them: a drawing has only those of its data, and
// their shapes go to ECharts with the option.
var counties = kind{
	channels: []channel{{name: "region", as: AsName}, {name: "label", optional: true, as: AsLabel}, {name: "value", as: AsValue}},
	scaled:   true,
	isMap:    true,
	steps:    true,
	panel:    Narrow,
	prepare:  prepareCounties,
	option:   countiesOption,
}

// countyShapes is the geometry of each county by FIPS code, as JSON.
var countyShapes = sync.OnceValue(func() map[string]json.RawMessage {
	shapes := map[string]json.RawMessage{}
	z, err := gzip.NewReader(bytes.NewReader(broadsheet.Counties))
	if err != nil {
		panic(err) // it is part of the program
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		code, shape, _ := strings.Cut(lines.Text(), "\t")
		shapes[code] = json.RawMessage(shape)
	}
	return shapes
})

func prepareCounties(c *Chart, problems *diag.List) {
	code := func(region string) string {
		if countyShapes()[region] == nil {
			return ""
		}
		return region
	}
	c.prepareRegions("county", code, "a FIPS code of five digits, such as 17031", problems)
	c.Legend = append(c.Legend, notInData)
	c.claim(c.extremesOfAll(), claim.Words("Map of the United States with values for "), claim.Part{Count: "rows", Noun: "county", Plural: "counties"})
}

func countiesOption(c *Chart, width int) (map[string]any, int) {
	region, value := c.column("region"), c.column("value")
	bounds, _ := c.steps(value)
	m := charts.NewMap()
	m.RegisterMapType("us-counties")
	var data []opts.MapData
	var colors []string
	var shapes []any
	for _, l := range c.lines {
		code, v := l.Values[region].Raw(), l.Values[value]
		data = append(data, opts.MapData{Name: code, Value: number(v)})
		colors = append(colors, "var("+c.stepOf(v, bounds)+")")
		shapes = append(shapes, map[string]any{"type": "Feature", "properties": map[string]any{"name": code}, "geometry": countyShapes()[code]})
	}
	m.AddSeries(c.Of.Columns[value].Label, data)
	option := mapLook(base(&m.BaseConfiguration), colors)
	option["shapes"] = shapes
	return option, width * 610 / 975
}
