package chart

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"broadsheet"
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
	region, value := c.column("region"), c.column("value")
	if !c.unit(value).Numeric() {
		c.spec.fail(problems, diag.Problem{Message: "a map needs a measure as value"}, "value")
		return
	}
	seen := map[string]bool{}
	for _, l := range c.lines {
		code := l.Values[region].Raw()
		switch {
		case countyShapes()[code] == nil && !c.Of.Tainted:
			c.spec.fail(problems, diag.Problem{Message: "the map has no county " + diag.Quote(code), Expected: "a FIPS code of five digits, such as 17031"}, "region")
		case seen[code] && !c.Of.Tainted:
			c.drawnTwice(problems, "two lines are of the county "+diag.Quote(code), "keep one line for each county in the aggregate")
		}
		seen[code] = true
	}
	c.Legend = append(c.stepLegend(value), LegendItem{Label: "not in the data", Color: "--step-none", Symbol: "square"})
	names := c.column("label")
	if names < 0 {
		names = region
	}
	what := "1 county"
	if n := len(c.lines); n != 1 {
		what = fmt.Sprintf("%d counties", n)
	}
	c.Alt = fmt.Sprintf("Map of the United States with values for %s. %s", what, c.extremes(names, value))
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
