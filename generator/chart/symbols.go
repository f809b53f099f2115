package chart

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// symbol is the form of a point, by the name that ECharts has for it, and its color.
type symbol struct{ name, legend, color, hue string }

// symbols differ in shape as well as in color. Groups get the first ones, in this order.
var symbols = []symbol{
	{"circle", "circle", "--chart-1", "blue"},
	{"triangle", "triangle", "--chart-2", "orange"},
	{"diamond", "diamond", "--chart-3", "green"},
	{"rect", "square", "--chart-4", "purple"},
	{"emptyCircle", "ring", "--chart-5", "gold"},
	{"emptyRect", "frame", "--chart-6", "gray"},
	{"emptyDiamond", "kite", "--chart-7", "red"},
}

// hollows are what a palette may name beside them, for what means the same with less certainty.
var hollows = []symbol{
	{"emptyCircle", "ring", "--chart-1", "hollow blue"},
	{"emptyTriangle", "tent", "--chart-2", "hollow orange"},
	{"emptyDiamond", "kite", "--chart-3", "hollow green"},
	{"emptyRect", "frame", "--chart-4", "hollow purple"},
}

func (s symbol) hollow() bool { return strings.HasPrefix(s.name, "empty") }

// symbolSeries are points in the colour and the form of a group.
func symbolSeries(form symbol, group string) *series {
	color := colored(form.color)
	s := &series{SingleSeries: charts.SingleSeries{Type: "scatter", Name: group, Symbol: form.name, SymbolSize: 11}}
	s.ItemStyle = &itemStyle{ItemStyle: opts.ItemStyle{Color: color, Opacity: opts.Float(1)}}
	if form.hollow() {
		s.ItemStyle.BorderColor, s.ItemStyle.BorderWidth, s.SymbolSize = color, num(2.5), 9
	}
	return s
}

// formOf is the symbol of a group; where there is none, that of all points.
func (c *plot) formOf(by int, group string) symbol {
	if by < 0 {
		return symbols[0]
	}
	return c.paints(by)[group]
}

// faint is the style of a point that is not singled out where others are.
func faint() *itemStyle {
	return &itemStyle{ItemStyle: opts.ItemStyle{Color: colored(quietColor), BorderColor: colored(quietColor)}}
}
