package chart

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/diag"
)

// `options:` changes how a chart looks, in the names of ECharts, and never what it
// says: no text, no data, no scale of another kind, no function. So the settings that
// it may hold are listed here, each with the values that it may have.
//
//	options: {yAxis: {splitNumber: 3}, series: {barWidth: 12}, grid: {left: 80}}

// setting is what a path of `options:` may hold.
type setting struct {
	path  string
	value values
	of    []string // types of series that have it; nil for all
}

// values are those that a setting may have.
type values struct {
	from, to float64  // numbers, where they differ
	words    []string // or one of these
	flag     bool     // or true and false
	off      bool     // or false alone
	color    bool     // or a colour
	percent  bool     // or so many percent, "30%"
}

func (v values) orFalse() values               { v.off = true; return v }
func numbers(from, to float64) values          { return values{from: from, to: to} }
func words(list ...string) values              { return values{words: list} }
func (v values) orPercent() values             { v.percent = true; return v }
func (v values) orNumbers(f, t float64) values { v.from, v.to = f, t; return v }

var (
	flag   = values{flag: true}
	color  = values{color: true}
	pixels = numbers(0, 300)
	any1   = numbers(-1e300, 1e300)
	weight = words("normal", "bold").orNumbers(100, 900)
)

// settings are all that `options:` may hold; AXIS is xAxis or yAxis.
var settings = slices.Concat(
	[]setting{{path: "grid.left", value: pixels}, {path: "grid.right", value: pixels}, {path: "grid.top", value: pixels}, {path: "grid.bottom", value: pixels}},
	axisSettings("xAxis", "top", "bottom"), axisSettings("yAxis", "left", "right"),
	[]setting{
		{"series.label.show", words().orFalse(), nil}, // what is shown where the program shows none has no unit
		{"series.label.color", color, nil},
		{"series.label.fontSize", numbers(12, 24), nil},
		{"series.label.fontWeight", weight, nil},
		{"series.label.distance", numbers(0, 15), nil},
		{"series.itemStyle.opacity", numbers(0.2, 1), nil},
		{"series.lineStyle.width", numbers(0.5, 8), []string{"line"}},
		{"series.lineStyle.type", words("solid", "dashed", "dotted"), []string{"line"}},
		{"series.lineStyle.opacity", numbers(0.2, 1), []string{"line", "sankey"}},
		{"series.lineStyle.curveness", numbers(0, 1), []string{"sankey"}},
		{"series.areaStyle.opacity", numbers(0.1, 1), []string{"line"}},
		{"series.symbolSize", numbers(3, 30), []string{"line", "scatter"}},
		{"series.barWidth", numbers(2, 100).orPercent(), []string{"bar"}},
		{"series.barMaxWidth", numbers(2, 200).orPercent(), []string{"bar"}},
		{"series.barMinWidth", numbers(1, 100).orPercent(), []string{"bar"}},
		{"series.barGap", values{percent: true}, []string{"bar"}},
		{"series.barCategoryGap", values{percent: true}, []string{"bar"}},
		{"series.nodeWidth", numbers(2, 40), []string{"sankey"}},
		{"series.nodeGap", numbers(2, 80), []string{"sankey"}},
		{"series.nodeAlign", words("justify", "left", "right"), []string{"sankey"}},
		{"series.layoutIterations", numbers(0, 100), []string{"sankey"}},
		{"series.left", pixels, []string{"sankey", "treemap"}},
		{"series.right", pixels, []string{"sankey", "treemap"}},
		{"series.top", pixels, []string{"sankey", "treemap"}},
		{"series.bottom", pixels, []string{"sankey", "treemap"}},
	},
)

func axisSettings(axis string, sides ...string) []setting {
	list := []setting{
		{path: "position", value: words(sides...)},
		{path: "offset", value: numbers(0, 100)},
		{path: "min", value: any1},
		{path: "max", value: any1},
		{path: "splitNumber", value: numbers(1, 20)},
		{path: "nameGap", value: numbers(0, 100)},
		{path: "nameLocation", value: words("start", "middle", "end")},
		{path: "nameTextStyle.color", value: color},
		{path: "nameTextStyle.fontSize", value: numbers(12, 24)},
		{path: "nameTextStyle.fontWeight", value: weight},
		{path: "axisLabel.color", value: color},
		{path: "axisLabel.fontSize", value: numbers(12, 24)},
		{path: "axisLabel.fontWeight", value: weight},
		{path: "axisLabel.margin", value: numbers(0, 60)},
		{path: "axisLabel.rotate", value: numbers(-90, 90)},
		{path: "axisLabel.hideOverlap", value: flag},
		{path: "axisLabel.interval", value: numbers(0, 1000)},
		{path: "axisTick.show", value: flag},
		{path: "axisTick.length", value: numbers(0, 20)},
		{path: "axisTick.inside", value: flag},
		{path: "axisTick.alignWithLabel", value: flag},
	}
	for _, line := range []string{"axisLine", "splitLine"} {
		list = append(list, setting{path: line + ".show", value: flag})
	}
	for _, line := range []string{"axisLine", "splitLine", "axisTick"} {
		list = append(list, setting{path: line + ".lineStyle.color", value: color}, setting{path: line + ".lineStyle.width", value: numbers(0.5, 8)},
			setting{path: line + ".lineStyle.type", value: words("solid", "dashed", "dotted")}, setting{path: line + ".lineStyle.opacity", value: numbers(0, 1)})
	}
	for i := range list {
		list[i].path = axis + "." + list[i].path
	}
	return list
}

// String says which values there are: `a number from 0 to 300`.
func (v values) String() string {
	list := slices.Clone(v.words)
	if v.flag {
		list = append(list, "true")
	}
	if v.flag || v.off {
		list = append(list, "false")
	}
	if v.color {
		list = append(list, "a colour such as #c00 or var(--chart-1)")
	}
	switch {
	case v.from == any1.from:
		list = append(list, "a number")
	case v.from != v.to:
		list = append(list, fmt.Sprintf("a number from %v to %v", v.from, v.to))
	}
	if v.percent {
		list = append(list, `a share such as "30%"`)
	}
	return strings.Join(list, " or ")
}

// holds reports whether a value of the file is one of these.
func (v values) holds(value any) bool {
	switch value := value.(type) {
	case bool:
		return v.flag || v.off && !value
	case int:
		return v.inRange(float64(value))
	case float64:
		return v.inRange(value)
	case string:
		percent, isPercent := strings.CutSuffix(value, "%")
		n, err := strconv.ParseFloat(percent, 64)
		return slices.Contains(v.words, value) || v.color && svg.Color.MatchString(value) || v.percent && isPercent && err == nil && n >= -100 && n <= 300
	}
	return false
}

func (v values) inRange(n float64) bool { return v.from != v.to && n >= v.from && n <= v.to } // not a number is in none

// checkOptions adds a problem for each setting that `options:` may not hold.
func (c *Chart) checkOptions(problems *faults) {
	if len(c.spec.Options) == 0 {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(c.spec.Options)) {
		c.checkSetting(c.spec.Options[key], key, []any{"options", key}, c.renderings[0].option, problems)
	}
}

// checkSetting checks what is at a path, e.g. "series.label.show", at `at` in the file.
func (c *plot) checkSetting(value any, path string, at []any, drawn *option, problems *faults) {
	fail := func(p diag.Problem) { problems.add(p, at...) }
	i := slices.IndexFunc(settings, func(s setting) bool { return s.path == path })
	inner := slices.ContainsFunc(settings, func(s setting) bool { return strings.HasPrefix(s.path, path+".") })
	axis, _, _ := strings.Cut(path, ".")
	switch list, isList := value.([]any); {
	case i < 0 && !inner:
		fail(unknownSetting(path))
	case !drawn.has(axis):
		fail(diag.Problem{Message: c.spec.a() + " has no " + axis})
	case path == "series" && isList:
		if n := len(drawn.Series); len(list) > n {
			fail(diag.Problem{Message: fmt.Sprintf("options for %d series", len(list)), Expected: fmt.Sprintf("%d: that is what the chart has", n)})
			return
		}
		for j, item := range list {
			c.checkSetting(item, path, append(slices.Clone(at), j), drawn, problems)
		}
	case inner:
		keys, ok := value.(map[string]any)
		if !ok {
			fail(diag.Problem{Message: "options: " + path, Found: described(value), Expected: "settings: " + strings.Join(under(path), ", ")})
			return
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			c.checkSetting(keys[key], path+"."+key, append(slices.Clone(at), key), drawn, problems)
		}
	case !settings[i].value.holds(value):
		fail(diag.Problem{Message: "options: " + path, Found: described(value), Expected: settings[i].value.String()})
	case settings[i].of != nil && !slices.ContainsFunc(drawn.Series, func(s *series) bool { return slices.Contains(settings[i].of, s.Type) }):
		fail(diag.Problem{Message: c.spec.a() + " has no " + strings.TrimPrefix(path, "series.")})
	default:
		c.checkScale(value, path, axis, drawn, fail)
	}
}

// checkScale checks that an axis of values holds all of them.
func (c *plot) checkScale(value any, path, axis string, drawn *option, fail func(diag.Problem)) {
	_, name, _ := strings.Cut(path, ".")
	if axis != "xAxis" && axis != "yAxis" || !slices.Contains([]string{"min", "max", "splitNumber"}, name) {
		return
	}
	holds := drawn.axisOf(axis).holds
	if drawn.axisOf(axis).Type == "log" {
		fail(diag.Problem{Message: "options: " + path + ", and that axis is logarithmic: it goes from a round number to another"})
		return
	}
	if holds == nil {
		fail(diag.Problem{Message: "options: " + path + ", and that axis has names, or bins"})
		return
	}
	n, _ := toFloat(value)
	low, high := holds.low, holds.high
	bound := func(end float64) string { return strconv.FormatFloat(end, 'f', -1, 64) }
	hint := "an axis shows every value"
	if c.spec.kind.fromZero {
		hint += ", and zero, as it is the length that is read"
	}
	switch {
	case name == "min" && n > low:
		fail(diag.Problem{Message: "options: " + path, Found: described(value), Expected: bound(low) + " or less", Hint: hint})
	case name == "max" && n < high:
		fail(diag.Problem{Message: "options: " + path, Found: described(value), Expected: bound(high) + " or more", Hint: hint})
	case name != "splitNumber" && !reasonable(n, low, high):
		fail(diag.Problem{Message: "options: " + path, Found: described(value), Expected: "a bound near the values, which go from " + bound(low) + " to " + bound(high)})
	}
}

// reasonable reports whether a bound is near the values: far from them, all would be
// one line.
func reasonable(bound, low, high float64) bool {
	return math.Abs(bound) <= 1000*max(math.Abs(low), math.Abs(high), 1)
}

// asked is the scale of an axis of values as the chart's file wants it. What it may
// not want, checkScale says.
func (c *plot) asked(axis string, holds, over span, about int) (span, int) {
	settings, _ := c.spec.Options[axis].(map[string]any)
	if n, ok := toFloat(settings["min"]); ok && n <= holds.low && reasonable(n, holds.low, holds.high) {
		over.low = n
	}
	if n, ok := toFloat(settings["max"]); ok && n >= holds.high && reasonable(n, holds.low, holds.high) {
		over.high = n
	}
	if n, ok := toFloat(settings["splitNumber"]); ok && n >= 1 && n <= 20 {
		about = int(n)
	}
	return over, about
}

// checkMargins checks that the margins of `options:` leave the labels of the axes where they are seen.
func (c *Chart) checkMargins(problems *faults) {
	own, _ := c.spec.Options["grid"].(map[string]any)
	for _, side := range slices.Sorted(maps.Keys(own)) {
		n, _ := toFloat(own[side])
		least := 0.0
		for _, s := range c.renderings {
			if g := s.option.Grid; g != nil {
				least = max(least, map[string]float64{"left": g.Left, "right": g.Right, "top": g.Top, "bottom": g.Bottom}[side])
			}
		}
		if n < least {
			problems.add(diag.Problem{Message: "options: grid." + side + " cuts the labels off", Found: described(own[side]), Expected: fmt.Sprintf("%v or more", least)}, "options", "grid", side)
		}
	}
}

// checkRoom checks that the margins of `options:` leave room for the chart.
func (c *Chart) checkRoom(problems *faults) {
	const least = 100 // pixels
	if len(c.spec.Options) == 0 {
		return
	}
	for _, s := range c.renderings {
		narrow := func(left, right, top, bottom float64) bool {
			return left+right > float64(s.width-least) || top+bottom > float64(s.height-least/4)
		}
		tight := s.option.Grid != nil && narrow(s.option.Grid.Left, s.option.Grid.Right, s.option.Grid.Top, s.option.Grid.Bottom)
		for _, one := range s.option.Series {
			tight = tight || narrow(orZero(one.Left), orZero(one.Right), orZero(one.Top), orZero(one.Bottom))
		}
		if tight {
			problems.add(diag.Problem{Message: fmt.Sprintf("options: the margins leave no room in a column of %d pixels", s.width), Hint: "make left, right, top and bottom smaller"}, "options")
			return
		}
	}
}

func orZero(n *float64) float64 {
	if n == nil {
		return 0
	}
	return *n
}

// unknownSetting is the problem of a path that is not listed.
func unknownSetting(path string) diag.Problem {
	p := diag.Problem{Message: "options: unknown setting " + diag.Quote(path)}
	last := path[strings.LastIndex(path, ".")+1:]
	switch {
	case slices.Contains([]string{"formatter", "name", "text", "title", "subtext", "data", "dataset", "rich"}, last):
		p.Message = "options: " + path + " cannot be set"
		p.Hint = "what a chart says comes from its data; write your own words in title, subtitle, note and alt"
		return p
	case last == "type" || last == "inverse" || last == "logBase" || last == "scale":
		p.Message = "options: " + path + " cannot be set"
		p.Hint = "each kind of chart has its own axes and series, on which its values are checked"
		if strings.HasSuffix(path, "Axis.type") {
			p.Hint += "; a logarithmic scale is scale: log"
		}
		return p
	}
	var paths []string
	for _, s := range settings {
		paths = append(paths, s.path)
	}
	p.Hint = diag.Nearest(path, paths)
	if p.Hint == "" {
		parent := path[:max(0, strings.LastIndex(path, "."))]
		for parent != "" && len(under(parent)) == 0 {
			parent = parent[:max(0, strings.LastIndex(parent, "."))]
		}
		p.Expected = "one of " + strings.Join(under(parent), ", ")
	}
	return p
}

// under lists the keys that a path of `options:` may have.
func under(path string) []string {
	var list []string
	for _, s := range settings {
		rest := s.path
		if path != "" {
			var ok bool
			if rest, ok = strings.CutPrefix(s.path, path+"."); !ok {
				continue
			}
		}
		if key, _, _ := strings.Cut(rest, "."); !slices.Contains(list, key) {
			list = append(list, key)
		}
	}
	return list
}

// described is a value of the file, in words.
func described(value any) string {
	switch value := value.(type) {
	case nil:
		return "nothing"
	case string:
		return diag.Quote(value)
	case bool, int, float64:
		return fmt.Sprint(value)
	case []any:
		return "a list"
	case map[string]any:
		return "settings"
	}
	return "something else"
}

func toFloat(value any) (float64, bool) {
	switch value := value.(type) {
	case int:
		return float64(value), true
	case float64:
		return value, true
	}
	return 0, false
}
