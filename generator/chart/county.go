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

func prepareCounties(c *plot, problems *faults) {
	code := func(region string) string {
		if countyShapes()[region] == nil {
			return ""
		}
		return region
	}
	c.prepareRegions("county", code, "a FIPS code of five digits, such as 17031", problems)
	c.legend = append(c.legend, notInData)
	c.claim(c.extremesOfAll(), claim.Words("Map of the United States with values for "), claim.Part{Count: "rows", Noun: "county", Plural: "counties"})
}

func countiesOption(c *plot, width int) (*option, int) {
	region, value := c.column("region"), c.column("value")
	bounds, _ := c.steps(value)
	var data []item
	var shapes []feature
	for _, l := range c.lines {
		code, v := l.Values[region].Raw(), l.Values[value]
		data = append(data, c.regionItem(code, v, bounds))
		shapes = append(shapes, feature{"Feature", featureName{code}, countyShapes()[code]})
	}
	o := newOption(c.regions("us-counties", data))
	o.Shapes = shapes
	return o, width * 610 / 975
}
