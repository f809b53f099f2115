package generator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// days are the values of so many days that follow each other.
func days(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("(DATE '2014-02-03' + %d, %d)", i, i%97))
	}
	return strings.Join(list, ", ")
}

// TestSoundChartsPass builds charts of every kind of values that are hard to draw,
// to name or to write.
func TestSoundChartsPass(t *testing.T) {
	result := buildCharts(t, map[string]chartOf{
		"lying":          {"a text, n usd", "('A', 28300000.0049), ('B', 0), ('C', NULL), ('<b>', -5), ('-', 9007199254740993), (' x ', 0.001)", "kind: bar\nx: n\ny: a"},
		"standing":       {"a text, n percent", "('A', 12.25), ('N/A', -12.25), ('\"', NULL)", "kind: bar\nx: a\ny: n"},
		"below":          {"a text, n ratio", "('A', -1), ('B', -2.345)", "kind: bar\nx: n\ny: a"},
		"zeros":          {"a text, n count", "('A', 0), ('B', 0)", "kind: bar\nx: n\ny: a"},
		"one":            {"a text, n count", "('A', 7)", "kind: bar\nx: n\ny: a"},
		"none":           {"a text, n count", "('A', NULL)", "kind: bar\nx: n\ny: a"},
		"days":           {"a date, n count", "(DATE '2018-01-24', 1200000), (DATE '2017-02-01', 3)", "kind: bar\nx: n\ny: a"},
		"years":          {"a year, n usd", "(2017, 5), (2015, 6)", "kind: bar\nx: a\ny: n"},
		"flags":          {"a flag, n per_100k", "(true, 5), (false, 6)", "kind: bar\nx: a\ny: n"},
		"line":           {"a year, n usd", "(2015, 5), (2016, 6.5), (2018, NULL), (2019, 4), (2021, -4)", "kind: line\nx: a\ny: n"},
		"lines":          {"a year, s flag, n percent", "(2016, true, 5), (2015, true, 6), (2015, false, 5), (2019, false, NULL)", "kind: line\nx: a\ny: n\nseries: s"},
		"nameless":       {"a year, s text, n usd", "(2016, 'A', 5), (2015, 'A', 6), (2015, NULL, 5)", "kind: line\nx: a\ny: n\nseries: s"},
		"flat":           {"a year, s text, n usd", "(2015, 'A', 5), (2016, 'A', 5), (2015, 'B', 5), (2016, 'B', 5)", "kind: line\nx: a\ny: n\nseries: s"},
		"alike":          {"a year, s text, n usd", "(2015, 'York', 5), (2016, 'York', 6), (2015, 'New York', 5), (2016, 'New York', 6)", "kind: line\nx: a\ny: n\nseries: s"},
		"by-day":         {"a date, n count", "(DATE '2018-01-30', 5), (DATE '2018-01-31', 6), (DATE '2018-02-03', 4), (DATE '2018-02-04', NULL)", "kind: line\nx: a\ny: n"},
		"long-days":      {"a date, n count", days(1500), "kind: line\nx: a\ny: n"},
		"weekly":         {"a date, s text, n count", "(DATE '2018-01-02', 'A', 5), (DATE '2018-01-09', 'A', 6), (DATE '2018-01-30', 'A', 4), (DATE '2018-01-02', 'B', 1), (DATE '2018-01-09', 'B', 2)", "kind: line\nx: a\ny: n\nseries: s\nevery: week"},
		"monthly":        {"a month, n usd", "(DATE '2017-11-01', 5), (DATE '2017-12-01', 6.5), (DATE '2018-03-01', 4), (DATE '2018-04-01', -4)", "kind: line\nx: a\ny: n"},
		"month-end":      {"a date, n usd", "(DATE '2017-11-30', 5), (DATE '2017-12-31', 6.5), (DATE '2018-02-28', 4)", "kind: area\nx: a\ny: n\nevery: month"},
		"quarterly":      {"a quarter, n percent", "(DATE '2017-10-01', 5), (DATE '2018-01-01', 6.5), (DATE '2019-01-01', 4)", "kind: area\nx: a\ny: n"},
		"decades":        {"a year, n count", "(1990, 5), (2000, 6), (2010, 9), (2030, 4)", "kind: line\nx: a\ny: n\nevery: 10 years"},
		"months-of":      {"a month, n count", "(DATE '2018-01-01', 5), (DATE '2018-02-01', 6), (DATE '2018-06-01', 9)", "kind: bar\nx: a\ny: n"},
		"heat-of":        {"a month, p text, n count", "(DATE '2018-01-01', 'x', 5), (DATE '2018-02-01', 'y', 6), (DATE '2018-06-01', 'x', 9)", "kind: heatmap\nx: a\ny: p\nvalue: n"},
		"years-by":       {"p text, a month, n count", "('P', DATE '2018-01-01', 5), ('P', DATE '2018-02-01', 6), ('Q', DATE '2018-06-01', 9)", "kind: line\nx: a\ny: n\nby: p"},
		"map":            {"a text, l text, n percent", "('CA', 'California', 12.25), ('41', 'Oregon', NULL), ('TX', 'Texas', 0)", "kind: map\nregion: a\nlabel: l\nvalue: n"},
		"maps":           {"a text, l text, p text, n percent", "('CA', 'California', 'x', 12.25), ('41', 'Oregon', 'y', 3)", "kind: map\nregion: a\nlabel: l\nvalue: n\nby: p"},
		"codes":          {"a text, n percent", "('06', 12.25), ('IL', -3)", "kind: map\nregion: a\nvalue: n"},
		"insets":         {"a text, n percent", "('PR', 12.25), ('Guam', -3), ('dc', 0), ('69', NULL)", "kind: map\nregion: a\nvalue: n"},
		"regions":        {"a text, n percent", "('09110', 12.25), ('51540', 3), ('02063', NULL)", "kind: map\ngeography: us-counties-2023\nregion: a\nvalue: n"},
		"countries":      {"a text, n percent", "('FR', 12.25), ('DEU', -3), ('076', 0), ('South Korea', 1), ('XK', 7), ('TV', NULL)", "kind: map\ngeography: world\nregion: a\nvalue: n"},
		"circles":        {"a text, n usd", "('CA', 12500000), ('OR', NULL), ('TX', 0), ('RI', 1), ('PR', 4000000)", "kind: symbol-map\nregion: a\nvalue: n"},
		"circles-of":     {"a text, x number, y number, n count", "('Paris', 2.35, 48.86, 12), ('Lima', -77, -12, 7), ('Oslo', 10.75, 59.91, NULL)", "kind: symbol-map\ngeography: world\nlabel: a\nlongitude: x\nlatitude: y\nvalue: n\nhighlight: [1]"},
		"circles-by":     {"p text, a text, n usd", "('P', 'CA', 5), ('P', 'OR', NULL), ('Q', 'CA', 70)", "kind: symbol-map\nregion: a\nvalue: n\nby: p"},
		"circles-county": {"a text, l text, n usd", "('17031', 'Cook', 5), ('06037', 'Los Angeles', 12)", "kind: symbol-map\ngeography: us-counties-2017\nregion: a\nlabel: l\nvalue: n"},
		"circles-none":   {"a text, n usd", "('CA', NULL), ('OR', NULL)", "kind: symbol-map\nregion: a\nvalue: n"},
		"squares":        {"a text, l text, n percent", "('CA', 'California', 12.25), ('41', 'Oregon', NULL), ('TX', 'Texas', 0), ('DC', 'District', -3), ('PR', 'Puerto Rico', 5)", "kind: tile-grid\nregion: a\nlabel: l\nvalue: n"},
		"squares-by":     {"p text, a text, n percent", "('P', 'CA', 12.25), ('P', 'OR', NULL), ('Q', 'CA', 3)", "kind: tile-grid\nregion: a\nvalue: n\nby: p"},
		"matrix":         {"a date, y year, v flag", "(DATE '2018-01-24', 2015, true), (DATE '2018-01-24', 2016, NULL), (DATE '2018-01-25', 2015, false)", "kind: matrix\nx: y\ny: a\nvalue: v"},
		"dashes":         {"a text, y text, v text", "('-', '', '12'), ('', '-', NULL), ('b', 'a', 'N/A')", "kind: matrix\nx: y\ny: a\nvalue: v"},
		"numbers":        {"a count, y count, v count", "(1200000, 3, 1), (1300000, 3, 1), (1200000, 4, 2), (1200000, 5, 1)", "kind: matrix\nx: a\ny: y\nvalue: v"},
		"units":          {"a text, w date, s text", "('A', DATE '2018-01-24', 'x'), ('B', DATE '2017-01-24', 'y'), ('C', DATE '2017-01-24', 'x'), ('<D>', NULL, NULL)", "kind: units\nlabel: a\nx: w\nvalue: s"},
		"units-by":       {"p text, a text, s flag", "('P', 'A', true), ('P', 'B', false), ('Q', 'A', NULL), ('Q', 'C', true)", "kind: units\nlabel: a\nvalue: s\nby: p"},
		"lanes":          {"c text, a text, w date, s text", "('K', 'filed', DATE '2017-01-24', NULL), ('K', 'B', DATE '2018-01-24', 'x'), ('L', 'B', DATE '2017-01-24', 'y'), ('L', 'C', DATE '2017-01-24', 'x'), (NULL, '\"', DATE '2017-03-24', 'x')", "kind: lanes\ny: c\nlabel: a\nx: w\nvalue: s"},
		"lanes-by":       {"p text, c text, a text, w year, s text", "('P', 'K', 'filed', 2017, NULL), ('Q', 'L', 'won', 2019, 'x'), ('Q', 'K', 'lost', 2020, 'y')", "kind: lanes\ny: c\nlabel: a\nx: w\nvalue: s\nby: p"},
		"strip":          {"a text, n usd", "('A', 28300000), ('B', 0), ('C', NULL), ('<b>', -5), ('D', 28300001), ('E', 28300000)", "kind: strip\nx: n\nlabel: a\nhighlight: [A, E]"},
		"strip-rows":     {"g text, a text, n percent", "('P', 'A', 12.5), ('P', 'B', 12.5), ('Q', 'A', -1), (NULL, 'A', NULL), (NULL, 'C', 3)", "kind: strip\nx: n\nlabel: a\ny: g"},
		"ties":           {"a text, n usd", "('A', 5), ('B', 5), ('C', 1), ('D', 1), ('E', 1), ('F', 1), ('G', NULL)", "kind: bar\nx: n\ny: a"},
		"totals":         {"a text, n usd, s flag", "('A', 5, false), ('B', 3, false), ('All', 8, true)", "kind: waterfall\nx: a\ny: n\ntotal: s"},
		"strip-log":      {"a text, n usd", "('A', 28300000), ('B', 5), ('C', 700)", "kind: strip\nx: n\nlabel: a\nscale: log"},
		"dumbbell":       {"a text, s year, n usd", "('A', 2015, 5000), ('A', 2020, -6), ('B', 2015, NULL), ('B', 2020, 700), ('C', 2015, 3), ('C', 2020, 3), ('<D>', 2015, 1)", "kind: dumbbell\nx: n\ny: a\nseries: s"},
		"dumbbell-by":    {"p text, a text, s text, n percent", "('P', 'A', 'x', 5), ('P', 'A', 'y', 6), ('Q', 'A', 'x', 1), ('Q', 'B', 'y', 2)", "kind: dumbbell\nx: n\ny: a\nseries: s\nby: p"},
		"slope":          {"a text, s year, n usd", "('A', 2015, 5000), ('A', 2020, -6), ('B', 2015, NULL), ('B', 2020, 700), ('C', 2015, 3), ('C', 2020, 3), ('<D>', 2015, 1)", "kind: slope\ny: n\nx: s\nseries: a"},
		"slope-named":    {"a text, s text, n percent", "('A', 'before', 5), ('A', 'after', 6), ('B', 'before', 1), ('B', 'after', 2.5)", "kind: slope\ny: n\nx: s\nseries: a\nhighlight: [B]"},
		"apart":          {"a year, n usd", "(2015, 5), (2017, 6)", "kind: line\nx: a\ny: n"},
		"grouped":        {"a text, s text, n usd", "('A', 'x', 5000), ('A', 'y', -6), ('B', 'y', NULL), ('B', 'x', 9007199254740993)", "kind: bar\nx: n\ny: a\nseries: s"},
		"upright":        {"a year, s text, n percent", "(2015, 'x', 5.25), (2015, 'y', -6), (2016, 'y', NULL), (2017, 'x', 0)", "kind: bar\nx: a\ny: n\nseries: s"},
		"stacked":        {"a text, s text, n usd", "('A', 'x', 5000), ('A', 'y', -6), ('B', 'y', NULL), ('B', 'x', 0.1), ('B', 'z', 0.2)", "kind: bar\nx: n\ny: a\nstack: s"},
		"piled":          {"a year, s text, n count", "(2015, 'x', 5), (2015, 'y', 6), (2016, 'y', NULL), (2017, 'x', 0)", "kind: bar\nx: a\ny: n\nstack: s"},
		"area":           {"a year, n usd", "(2015, 5), (2016, 6.5), (2018, NULL), (2019, 4), (2021, -4)", "kind: area\nx: a\ny: n"},
		"areas":          {"a year, s text, n usd", "(2015, 'x', 5), (2016, 'x', 6.5), (2018, 'y', NULL), (2016, 'y', 4), (2015, 'y', 0)", "kind: area\nx: a\ny: n\nstack: s"},
		"fiscal":         {"a year, n usd", "('2015-16', 5), ('2016-17', 6.5), ('2018-19', 4)", "kind: line\nx: a\ny: n"},
		"log":            {"a year, s text, n usd", "(2015, 'A', 5), (2016, 'A', 65000), (2018, 'A', NULL), (2019, 'A', 4), (2015, 'B', 0.02), (2016, 'B', 3000000)", "kind: line\nx: a\ny: n\nseries: s\nscale: log"},
		"log-near":       {"a year, n count", "(2015, 30), (2016, 42), (2017, 180)", "kind: line\nx: a\ny: n\nscale: log"},
		"log-dots":       {"a text, n percent", "('A', 0.05), ('B', 12), ('C', 80)", "kind: dot\nx: n\ny: a\nscale: log"},
		"log-log":        {"a text, x count, y per_100k", "('A', 1000000, 5.5), ('B', 30, 7), ('C', NULL, 4), ('D', 4, NULL), ('E', 1e9::BIGINT, 0.0001)", "kind: scatter\nlabel: a\nx: x\ny: y\nscale: log-log"},
		"log-x":          {"a text, x count, y per_100k", "('A', 1000000, -5.5), ('B', 30, 7), ('E', 1e9::BIGINT, 0.0001)", "kind: scatter\nlabel: a\nx: x\ny: y\nscale: log-x"},
		"log-by":         {"p text, a year, n usd", "('P', 2015, 5), ('P', 2016, 6000), ('Q', 2015, 15)", "kind: line\nx: a\ny: n\nby: p\nscale: log"},
		"gaps":           {"a year, s text, n usd", "(2015, 'x', 5), (2016, 'x', 6.5), (2017, 'x', 7), (2018, 'x', 7), (2015, 'y', 0), (2016, 'y', 4), (2017, 'y', NULL), (2018, 'y', 2)", "kind: area\nx: a\ny: n\nstack: s"},
		"gaps-by":        {"p text, a year, s text, n usd", "('P', 2015, 'x', 5), ('P', 2016, 'x', 6.5), ('P', 2015, 'y', 0), ('Q', 2015, 'x', 3), ('Q', 2016, 'x', 4)", "kind: area\nx: a\ny: n\nstack: s\nby: p"},
		"scatter":        {"a text, x count, y per_100k", "('A', 1000000, 5.5), ('B', 0, -7), ('C', NULL, 4), ('D', 4, NULL), ('E', 1e15::BIGINT, 0.0001)", "kind: scatter\nlabel: a\nx: x\ny: y"},
		"sorts":          {"a text, s flag, x count, y percent", "('A', true, 1, 5), ('B', false, 2, -7), ('C', NULL, 1, 5)", "kind: scatter\nlabel: a\nx: x\ny: y\nseries: s"},
		"dot":            {"a text, n usd", "('A', 5), ('B', NULL), ('C', -1000000)", "kind: dot\nx: n\ny: a"},
		"dots":           {"a text, s year, n per_100k", "('A', 2014, 5), ('A', 2015, 8.25), ('B', 2014, NULL), ('B', 2015, 3), ('C', 2014, 5), ('C', 2015, 5)", "kind: dot\nx: n\ny: a\nseries: s"},
		"range":          {"a text, n percent, l percent, h percent", "('A', 5, 4, 6), ('B', NULL, 1.5, 2.5), ('C', -3, -4.5, 0), ('D', 1, NULL, 2)", "kind: range\ny: a\nvalue: n\nlow: l\nhigh: h"},
		"span":           {"a year, l usd, h usd", "(2015, 4, 6), (2016, 1.5, 2.5), (2018, NULL, NULL)", "kind: range\nx: a\nlow: l\nhigh: h"},
		"histogram":      {"a text, n per_100k", "('A', 0), ('B', 10), ('C', 10), ('D', NULL), ('E', 99.5), ('F', 100)", "kind: histogram\nlabel: a\nx: n"},
		"alike-all":      {"a text, n usd", "('A', 7), ('B', 7)", "kind: histogram\nlabel: a\nx: n\nbins: 3"},
		"small":          {"a text, n ratio", "('A', 0.1), ('B', 0.3), ('C', -0.7), ('D', 0.30000000000000004)", "kind: histogram\nlabel: a\nx: n\nbins: 7"},
		"heatmap":        {"a text, y year, n percent", "('A', 2015, 5), ('A', 2016, NULL), ('B', 2015, -12.25), ('C', 2017, 80)", "kind: heatmap\nx: y\ny: a\nvalue: n"},
		"waterfall":      {"a text, n usd, t flag", "('A', 5000000, false), ('B', -0.1, false), ('C', 0.3, NULL), ('D', 5000000.2, true), ('E', -6000000, false)", "kind: waterfall\nx: a\ny: n\ntotal: t"},
		"steps":          {"a text, n count", "('A', 5), ('B', -3), ('C', -9)", "kind: waterfall\nx: n\ny: a"},
		"panels":         {"p text, a text, n usd", "('P', 'A', 5), ('P', 'B', NULL), ('Q', 'A', -7), ('Q', 'C', 1e9::BIGINT)", "kind: bar\nx: n\ny: a\nby: p"},
		"over-time":      {"p text, a year, s text, n usd", "('P', 2015, 'x', 5), ('P', 2016, 'x', 6), ('Q', 2015, 'x', 15), ('Q', 2018, 'x', 5), ('Q', 2018, 'y', NULL)", "kind: line\nx: a\ny: n\nseries: s\nby: p"},
		"bins-by":        {"p flag, a text, n count", "(true, 'A', 1), (true, 'B', 2), (false, 'A', 40)", "kind: histogram\nlabel: a\nx: n\nby: p"},
		"maps-by":        {"p year, a text, n percent", "(2015, 'CA', 1), (2015, 'OR', NULL), (2016, 'CA', 40)", "kind: map\nregion: a\nvalue: n\nby: p"},
		"points-by":      {"p year, a text, n percent, m percent", "(2015, 'CA', 1, 3), (2015, 'OR', NULL, 5), (2016, 'CA', 40, -2)", "kind: scatter\nlabel: a\nx: n\ny: m\nby: p"},
		"ranges-by":      {"p year, a text, n percent, m percent", "(2015, 'CA', 1, 3), (2015, 'OR', NULL, 5), (2016, 'CA', -40, -2)", "kind: range\ny: a\nlow: n\nhigh: m\nby: p"},
		"cells-by":       {"p year, a text, b text, n percent", "(2015, 'CA', 'x', 3), (2015, 'OR', 'y', 5), (2016, 'CA', 'y', -2)", "kind: heatmap\ny: a\nx: b\nvalue: n\nby: p"},
		"treemap":        {"a text, n usd", "('A', 5000000), ('B', NULL), ('C', 25000.5)", "kind: treemap\nlabel: a\nvalue: n"},
		"tiles":          {"a text, p text, n count", "('A', 'x', 5), ('B', 'x', 9), ('A', 'y', 3), ('C', 'y', 600)", "kind: treemap\nlabel: a\nvalue: n\nparent: p"},
		"sankey":         {"a text, b text, n usd", "('A', 'x', 5), ('B', 'x', 9), ('A', 'y', 3000000), ('x', 'z', 14), ('B', 'y', NULL)", "kind: sankey\nsource: a\ntarget: b\nvalue: n"},
		"counties":       {"a text, l text, n percent", "('17031', 'Cook', 12.25), ('06037', 'Los Angeles', NULL), ('48201', 'Harris', 0)", "kind: map\ngeography: us-counties-2017\nregion: a\nlabel: l\nvalue: n"},
		"nothing":        {"a text, n count", "('A', 1)) WHERE (false", "kind: bar\nx: n\ny: a"},
		"no-points":      {"a year, n count", "(2015, 1)) WHERE (false", "kind: line\nx: a\ny: n"},
	})
	for _, p := range result.Problems {
		t.Error(p)
	}
}

// chartOf is a chart of a table that is written in SQL.
type chartOf struct{ columns, values, yaml string }

// buildCharts builds a report of such charts.
func buildCharts(t *testing.T, charts map[string]chartOf) *Result {
	t.Helper()
	result := buildTyped(t, charts, nil)
	typed := map[string]bool{} // texts that are numbers, such as a FIPS code
	for _, p := range result.Problems {
		if column, found := strings.CutPrefix(p.Message, "column \""); found && strings.HasSuffix(column, "says a number that is typed in the query") {
			column, _, _ = strings.Cut(column, "\"")
			typed[p.File+" "+column] = true
		}
	}
	if len(typed) > 0 {
		return buildTyped(t, charts, typed)
	}
	return result
}

// buildTyped takes the columns of texts, by file and name, that are numbers.
func buildTyped(t *testing.T, charts map[string]chartOf, numbers map[string]bool) *Result {
	t.Helper()
	report := fstest.MapFS{
		"hugo.toml":             {Data: []byte(`title = "Report"`)},
		"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv":            {Data: []byte("n\n1\n")},
	}
	prose := "---\ntitle: Charts\n---\n"
	for _, id := range slices.Sorted(maps.Keys(charts)) {
		c := charts[id]
		name := strings.ReplaceAll(id, "-", "_")
		var columns, names, typed []string
		for column := range strings.SplitSeq(c.columns, ", ") {
			column, unit, _ := strings.Cut(column, " ")
			names, columns = append(names, column), append(columns, fmt.Sprintf("%s: {label: %s, unit: %s}", column, strings.ToUpper(column), unit))
			if unit != "text" || numbers["data/aggregates/"+name+".sql "+column] {
				typed = append(typed, column+": For the test")
			}
		}
		report["data/aggregates/"+name+".sql"] = &fstest.MapFile{Data: fmt.Appendf(nil, "/*\ntitle: A\nkey: row\ncolumns: {row: {label: Row, unit: count}, %s}\nby definition: {%s}\n*/\nSELECT row_number() OVER () AS row, %s, (SELECT list(_row) FROM t) AS t_rows FROM (SELECT * FROM (VALUES %s)) AS v(%s)",
			strings.Join(columns, ", "), strings.Join(typed, ", "), strings.Join(names, ", "), c.values, strings.Join(names, ", "))}
		report["data/charts/"+id+".yaml"] = &fstest.MapFile{Data: []byte("of: " + name + "\ntitle: The chart " + strings.NewReplacer("0", "", "3", "", "none", "void").Replace(id) + "\nsubtitle: S, 2017, US dollars or percent per head\n" + c.yaml + "\n")}
		prose += "\n{{< chart \"" + id + "\" >}}\n"
	}
	report["content/_index.md"] = &fstest.MapFile{Data: []byte(prose)}
	result, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestAStackWithAnUnknownPartHasNoTotal: what is known of it is not all of it.
func TestAStackWithAnUnknownPartHasNoTotal(t *testing.T) {
	t.Parallel()
	result := buildCharts(t, map[string]chartOf{"parts": {
		"a text, s text, n count", "('A', 'x', 51), ('A', 'y', NULL), ('B', 'x', 30), ('B', 'y', 32)", "kind: bar\nx: n\ny: a\nstack: s",
	}})
	if len(result.Problems) > 0 {
		t.Fatal(result.Problems)
	}
	drawing, _, _ := strings.Cut(string(result.Pages["charts/parts.svg"]), "</svg>")
	if !strings.Contains(drawing, ">62</text>") || strings.Contains(drawing, ">51</text>") {
		t.Errorf("the totals are not those that are known:\n%s", drawing)
	}
}

// TestWordsAwayFromTheirPoint: words for which there is no room beside their point are near it, with a line that leads there.
func TestWordsAwayFromTheirPoint(t *testing.T) {
	t.Parallel()
	result := buildCharts(t, map[string]chartOf{"between": {
		"a year, s text, n count",
		"(2014, 'x', 50), (2015, 'x', 52), (2016, 'x', 50), (2014, 'y', 48), (2015, 'y', 50), (2016, 'y', 48), (2014, 'z', 52), (2015, 'z', 54), (2016, 'z', 52)",
		"kind: line\nx: a\ny: n\nseries: s\nannotate: {points: [{key: '2', text: Between the others}]}",
	}})
	if len(result.Problems) > 0 {
		t.Fatal(result.Problems)
	}
	drawing, _, _ := strings.Cut(string(result.Pages["charts/between.svg"]), "</svg>")
	_, after, ringed := strings.Cut(drawing, `stroke-width="1.5"/>`)
	if !ringed || !strings.Contains(after, ">Between the others</text>") || !strings.Contains(after, `stroke-width="1"/>`) {
		t.Errorf("no line leads from the point to the words:\n%s", after)
	}
}
