package chart

import (
	"strings"
	"testing"
)

// TestOptionsChangeLooksAndNotWords tries what would make a chart say something else
// than its data, run code, or stop ECharts.
func TestOptionsChangeLooksAndNotWords(t *testing.T) {
	const at = "data/charts/c.yaml:7:"
	for options, want := range map[string]string{
		`{xAxis: {axisLabel: {show: true, formatter: "{value}00"}}}`: at + `43: options: xAxis.axisLabel.formatter`,
		`{xAxis: {name: "99 million"}}`:                              at + `19: options: xAxis.name`,
		`{yAxis: {axisLabel: {formatter: "{value} lies"}}}`:          at + `31: options: yAxis.axisLabel.formatter`,
		`{textStyle: {fontFamily: '"><script>alert()</script>'}}`:    at + `11: options: unknown setting "textStyle"`,
		`{title: {text: "9"}}`:                                       at + `11: options: title`,
		`{__proto__: {a: 1}}`:                                        at + `11: options: unknown setting "__proto__"`,
		`{series: null}`:                                             at + `11: options: series, found nothing, expected settings: label`,
		`{series: [1]}`:                                              at + `20: options: series, found 1, expected settings: label`,
		`{series: [{}, {}]}`:                                         at + `11: options for 2 series, expected 1: that is what the chart has`,
		`{series: {type: custom}}`:                                   at + `20: options: series.type`,
		`{series: {data: [5]}}`:                                      at + `20: options: series.data`,
		`{series: {barMinHeight: 100}}`:                              at + `20: options: unknown setting "series.barMinHeight"`,
		`{series: {label: {show: true}}}`:                            at + `28: options: series.label.show, found true, expected false`,
		`{series: {label: {fontSize: 4}}}`:                           at + `28: options: series.label.fontSize, found 4, expected a number from 12 to 24`,
		`{series: {label: {color: "url(x)"}}}`:                       at + `28: options: series.label.color, found "url(x)", expected a colour such as`,
		`{series: {label: {colour: red}}}`:                           "did you mean \"series.label.color\"?",
		`{series: {nodeWidth: 5}}`:                                   at + `20: a bar has no nodeWidth`,
		`{series: {barWidth: .nan}}`:                                 at + `20: options: series.barWidth, found NaN, expected a number from 2 to 100 or a share such as "30%"`,
		`{series: {barWidth: .inf}}`:                                 at + `20: options: series.barWidth, found +Inf`,
		`{series: {barWidth: 2020-01-01}}`:                           at + `20: options: series.barWidth, found something else`,
		`{geo: {map: us-states}}`:                                    at + `11: options: unknown setting "geo"`,
		`{xAxis: [{}, {}]}`:                                          at + `11: options: xAxis, found a list, expected settings: position, offset, min`,
		`{xAxis: {type: log}}`:                                       at + `19: options: xAxis.type`,
		`{xAxis: {inverse: true}}`:                                   at + `19: options: xAxis.inverse`,
		`{xAxis: {min: 2}}`:                                          at + `19: options: xAxis.min, found 2, expected 0 or less`,
		`{xAxis: {max: 4}}`:                                          at + `19: options: xAxis.max, found 4, expected 5 or more`,
		`{xAxis: {max: 1e300}}`:                                      at + `19: options: xAxis.max, found 1`,
		`{xAxis: {min: abc}}`:                                        at + `19: options: xAxis.min, found "abc", expected a number`,
		`{yAxis: {min: 0}}`:                                          at + `19: options: yAxis.min, and that axis has names`,
		`{1: 2}`:                                                     at + `11: options: unknown setting "1"`,
		`{grid: {1: 2}}`:                                             at,
		`{grid: {left: 300}}`:                                        at + `1: options: the margins leave no room in a column of 320 pixels`,
		`[a]`:                                                        "data/charts/c.yaml:7",
		`x`:                                                          "data/charts/c.yaml:7",
	} {
		c, said := load(t, "kind: bar\nx: n\ny: name\noptions: "+options+"\n", "A,,5,\nB,,3,\n")
		if !strings.Contains(said, want) || c != nil {
			t.Errorf("%s: got %q, want %q", options, said, want)
		}
	}
}

// TestScalesFollowOptions looks whether ticks are round and written by the one rule
// where the chart's file sets the bounds.
func TestScalesFollowOptions(t *testing.T) {
	for yaml, want := range map[string][]string{
		"kind: line\nx: year\ny: n\noptions: {yAxis: {min: 4900000}}\n":                  {">$4,900,000<", ">$5,100,000<"},
		"kind: line\nx: year\ny: n\noptions: {yAxis: {max: 20000000, splitNumber: 2}}\n": {">$0<", ">$10M<", ">$20M<"},
		"kind: area\nx: year\ny: n\noptions: {yAxis: {min: -5000000}}\n":                 {">−$6M<", ">$0<", ">$6M<"},
		"kind: dot\nx: n\ny: name\noptions: {xAxis: {min: 0}}\n":                         {">$0<", ">$6M<"},
	} {
		c, said := load(t, yaml, "A,2015,5000000,\nB,2016,5100000,\n")
		if said != "" {
			t.Errorf("%q: %s", yaml, said)
			continue
		}
		for _, text := range want {
			if s := shapes(t, c)[1]; !strings.Contains(s, text) {
				t.Errorf("%q: no %s in the drawing", yaml, text)
			}
		}
	}
}
