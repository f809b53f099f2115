package generator

import (
	"fmt"
	"strings"
	"testing"
)

// TestChartsHaveAnyName draws names that mean something to an engine, a markup
// language or a spreadsheet in every place where a chart has a name.
func TestChartsHaveAnyName(t *testing.T) {
	names := []string{
		"__proto__", "hasOwnProperty", "constructor", "toString", "valueOf", "length", "name", "value", "series", "-", "NaN", "null", "undefined", "0", "1", "true",
		"=1", "'=1", "''=1", "+1", "-1", "@a", "<![CDATA[", "]]>", "&lt;&NewLine;", "&amp;", "<!--", "{a}", "{value}", "{a|b}", "%s", "\\n", `"`, "'", "`", "$1",
		"👩‍👩‍👧", "🇺🇸", "שלום", "\u202eabc", "é", "a  b",
	}
	var points, flows, tree, groups []string
	for i, name := range names {
		q := "'" + strings.ReplaceAll(name, "'", "''") + "'"
		other := "'" + strings.ReplaceAll(names[(i+1)%len(names)], "'", "''") + "'"
		points = append(points, fmt.Sprintf("(%s, %s, %d, %d)", q, other, i+1, i+3))
		flows = append(flows, fmt.Sprintf("(%s, 'to ' || %s, %d, 1)", q, q, 100+i), fmt.Sprintf("('from ' || %s, %s, %d, 1)", q, q, 100+i))
		tree = append(tree, fmt.Sprintf("(%s, %s, %d, 1)", q, other, 100+i))
		for year := range 2 {
			groups = append(groups, fmt.Sprintf("(%s, '%d', %d, 1)", q, 2015+year, i+year))
		}
	}
	const columns = "a text, b text, n count, m count"
	charts := map[string]chartOf{
		"bars":      {columns, strings.Join(points, ", "), "kind: bar\nx: n\ny: a"},
		"upright":   {columns, strings.Join(points[:6], ", "), "kind: bar\nx: a\ny: n"},
		"dots":      {columns, strings.Join(points, ", "), "kind: dot\nx: n\ny: a"},
		"scatter":   {columns, strings.Join(points, ", "), "kind: scatter\nlabel: a\nx: n\ny: m"},
		"range":     {columns, strings.Join(points, ", "), "kind: range\ny: a\nlow: n\nhigh: m"},
		"histogram": {columns, strings.Join(points, ", "), "kind: histogram\nlabel: a\nx: n"},
		"waterfall": {columns, strings.Join(points, ", "), "kind: waterfall\nx: n\ny: a"},
		"treemap":   {columns, strings.Join(tree, ", "), "kind: treemap\nlabel: a\nvalue: n"},
		"tiles":     {columns, strings.Join(tree, ", "), "kind: treemap\nlabel: a\nvalue: n\nparent: b"},
		"sankey":    {columns, strings.Join(flows, ", "), "kind: sankey\nsource: a\ntarget: b\nvalue: n"},
		"heatmap":   {columns, strings.Join(groups, ", "), "kind: heatmap\nx: b\ny: a\nvalue: n"},
		"across":    {columns, strings.Join(groups[:20], ", "), "kind: heatmap\nx: a\ny: b\nvalue: n"},
		"matrix":    {columns, strings.Join(points, ", "), "kind: matrix\nx: a\ny: b\nvalue: m"},
		"panels":    {columns, strings.Join(points, ", "), "kind: bar\nx: n\ny: a\nby: b"},
	}
	for i := range 6 {
		part := strings.Join(groups[14*i:min(14*i+14, len(groups))], ", ")
		charts["line-"+string(rune('a'+i))] = chartOf{"a text, b year, n count, m count", part, "kind: line\nx: b\ny: n\nseries: a"}
		charts["area-"+string(rune('a'+i))] = chartOf{"a text, b year, n count, m count", part, "kind: area\nx: b\ny: n\nstack: a"}
		charts["group-"+string(rune('a'+i))] = chartOf{"a text, b text, n count, m count", part, "kind: bar\nx: n\ny: b\nseries: a"}
		charts["stack-"+string(rune('a'+i))] = chartOf{"a text, b text, n count, m count", part, "kind: bar\nx: n\ny: b\nstack: a"}
	}
	charts["matrix"] = chartOf{"a text, b text, n text, m count", "('x', 'y', '__proto__', 1), ('x', 'z', 'constructor', 1), ('w', 'z', '<![CDATA[', 1)", "kind: matrix\nx: a\ny: b\nvalue: n"}
	for _, p := range buildCharts(t, charts).Problems {
		t.Error(p)
	}
}
