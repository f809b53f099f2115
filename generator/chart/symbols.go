package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// symbol is the form of a point.
type symbol struct{ name, legend, color string }

// symbols differ in shape as well as in colour.
var symbols = []symbol{
	{"circle", "circle", "--chart-1"},
	{"emptyCircle", "ring", "--chart-2"},
	{"diamond", "diamond", "--chart-3"},
	{"rect", "square", "--chart-4"},
}

func (s symbol) hollow() bool { return s.name == "emptyCircle" }

// symbolLegends are what a legend calls the symbols.
func symbolLegends() []string {
	var list []string
	for _, s := range symbols {
		list = append(list, s.legend)
	}
	return list
}

// symbolSeries are points in the colour and the form of a group.
func symbolSeries(i int, group string) *series {
	form, color := symbols[i%len(symbols)], colored(seriesColor(i))
	s := &series{SingleSeries: charts.SingleSeries{Type: "scatter", Name: group, Symbol: form.name, SymbolSize: 11}}
	s.ItemStyle = &itemStyle{ItemStyle: opts.ItemStyle{Color: color, Opacity: opts.Float(1)}}
	if form.hollow() {
		s.ItemStyle.BorderColor, s.ItemStyle.BorderWidth, s.SymbolSize = color, num(2.5), 9
	}
	return s
}

// faint is the style of a point that is not singled out where others are.
func faint() *itemStyle {
	return &itemStyle{ItemStyle: opts.ItemStyle{Color: "var(--chart-quiet)", BorderColor: "var(--chart-quiet)"}}
}
