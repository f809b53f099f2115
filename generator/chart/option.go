package chart

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// The option of a chart, in the types of go-echarts. What these lack is beside them
// here, and so do settings of which zero means something, or which `options:` may give
// with decimals: a field of the outer struct wins.

type option struct {
	Animation bool      `json:"animation"` // nothing moves in a file
	Grid      *grid     `json:"grid,omitempty"`
	XAxis     *axis     `json:"xAxis,omitempty"`
	YAxis     *axis     `json:"yAxis,omitempty"`
	Series    []*series `json:"series"`
}

// newOption is an option with its series.
func newOption(list ...*series) *option { return &option{Series: append([]*series{}, list...)} }

type grid struct {
	Left            float64 `json:"left"`
	Right           float64 `json:"right"`
	Top             float64 `json:"top"`
	Bottom          float64 `json:"bottom"`
	OuterBoundsMode string  `json:"outerBoundsMode"`
}

// margins is the grid with so many pixels around it.
func margins(left, right, top, bottom int) *grid {
	return &grid{float64(left), float64(right), float64(top), float64(bottom), "none"}
}

// axis is an x axis or a y axis.
type axis struct {
	opts.XAxis
	Interval      float64    `json:"interval,omitempty"`
	Offset        float64    `json:"offset,omitempty"`
	NameGap       *float64   `json:"nameGap,omitempty"`
	NameTextStyle *textStyle `json:"nameTextStyle,omitempty"`
	AxisLabel     *axisLabel `json:"axisLabel,omitempty"`
	AxisTick      *axisTick  `json:"axisTick,omitempty"`
	BoundaryGap   types.Bool `json:"boundaryGap,omitempty"`

	Z int `json:"z,omitempty"` // above others

	holds *span // the values that it must hold, nil for names and bins
}

// span is from a value to another.
type span struct{ low, high float64 }

type axisLabel struct {
	opts.AxisLabel
	ShowMinLabel types.Bool        `json:"showMinLabel,omitempty"`
	ShowMaxLabel types.Bool        `json:"showMaxLabel,omitempty"`
	Texts        map[string]string `json:"texts,omitempty"`        // by the raw name, or the value
	CustomValues []any             `json:"customValues,omitempty"` // the names or values that are labelled, if not all are
	Interval     *float64          `json:"interval,omitempty"`
	Margin       *float64          `json:"margin,omitempty"`
	FontSize     float64           `json:"fontSize,omitempty"`
	FontWeight   any               `json:"fontWeight,omitempty"` // a word or a number
	LineHeight   float64           `json:"lineHeight,omitempty"`

	width int // at which names are broken into lines, 0 for none
}

type axisTick struct {
	opts.AxisTick
	Length *float64   `json:"length,omitempty"`
	Inside types.Bool `json:"inside,omitempty"`

	CustomValues []any `json:"customValues,omitempty"` // the values that have a line
}

type textStyle struct {
	opts.TextStyle
	FontSize   float64 `json:"fontSize,omitempty"`
	FontWeight any     `json:"fontWeight,omitempty"`
}

type series struct {
	charts.SingleSeries
	Label         *label      `json:"label,omitempty"`
	ItemStyle     *itemStyle  `json:"itemStyle,omitempty"`
	LineStyle     *lineStyle  `json:"lineStyle,omitempty"`
	MarkLine      *markLine   `json:"markLine,omitempty"`
	MarkPoint     *markPoint  `json:"markPoint,omitempty"`
	Left          *float64    `json:"left,omitempty"`
	Right         *float64    `json:"right,omitempty"`
	Top           *float64    `json:"top,omitempty"`
	Bottom        *float64    `json:"bottom,omitempty"`
	BarWidth      any         `json:"barWidth,omitempty"` // pixels, or "30%"
	BarMinWidth   any         `json:"barMinWidth,omitempty"`
	BarMaxWidth   any         `json:"barMaxWidth,omitempty"`
	ShowAllSymbol types.Bool  `json:"showAllSymbol,omitempty"`
	Z             int         `json:"z,omitempty"` // above others
	Data          []item      `json:"data,omitempty"`
	Links         []link      `json:"links,omitempty"`
	NodeWidth     *float64    `json:"nodeWidth,omitempty"`
	NodeGap       *float64    `json:"nodeGap,omitempty"`
	Iterations    *float64    `json:"layoutIterations,omitempty"`
	NodeClick     types.Bool  `json:"nodeClick,omitempty"`
	Breadcrumb    *breadcrumb `json:"breadcrumb,omitempty"`
	VisibleMin    *float64    `json:"visibleMin,omitempty"`
	ChildrenMin   *float64    `json:"childrenVisibleMin,omitempty"`
	Levels        []level     `json:"levels,omitempty"`

	// of custom series, for forms.ts
	Form       string   `json:"form,omitempty"`
	Horizontal bool     `json:"horizontal,omitempty"`
	Thick      float64  `json:"thick,omitempty"`
	Dimensions []string `json:"dimensions,omitempty"`

	nameColor string // of the name at the end of a line
}

// item is a mark.
type item struct {
	Name      string     `json:"name,omitempty"`
	Value     any        `json:"value,omitempty"`
	Label     *label     `json:"label,omitempty"`
	ItemStyle *itemStyle `json:"itemStyle,omitempty"`

	SymbolSize float64 `json:"symbolSize,omitempty"` // if not that of the series

	Children []item `json:"children,omitempty"`

	// of custom series, for forms.ts
	Color     string `json:"color,omitempty"`
	Text      string `json:"text,omitempty"`
	TextColor string `json:"textColor,omitempty"`
	Position  string `json:"position,omitempty"`
}

// link is a flow.
type link struct {
	Source string `json:"source"`
	Target string `json:"target"`
	Value  any    `json:"value"`
}

type label struct {
	opts.Label
	Distance        *float64 `json:"distance,omitempty"`
	Offset          []int    `json:"offset,omitempty"`
	FontWeight      any      `json:"fontWeight,omitempty"`
	Padding         any      `json:"padding,omitempty"` // all around, or of each side from the top on
	Overflow        string   `json:"overflow,omitempty"`
	TextBorderColor string   `json:"textBorderColor,omitempty"`
	TextBorderWidth float64  `json:"textBorderWidth,omitempty"`

	Rich map[string]*label `json:"rich,omitempty"` // of parts of the text
}

type itemStyle struct {
	opts.ItemStyle
	BorderWidth *float64 `json:"borderWidth,omitempty"`
}

type lineStyle struct {
	opts.LineStyle
	Curveness *float64 `json:"curveness,omitempty"`
}

// level is the style of the tiles of a depth.
type level struct {
	ItemStyle *itemStyle `json:"itemStyle"`
}

type breadcrumb struct {
	Show bool `json:"show"`
}

// markLine is lines through or between points.
type markLine struct {
	Symbol    string          `json:"symbol"`
	Silent    bool            `json:"silent"`
	Z         int             `json:"z,omitempty"`
	Label     *label          `json:"label,omitempty"`
	Data      []any           `json:"data"` // a point on an axis, or two points
	LineStyle *opts.LineStyle `json:"lineStyle,omitempty"`
}

// markPoint is texts at points.
type markPoint struct {
	Symbol     string  `json:"symbol"`
	SymbolSize int     `json:"symbolSize"`
	Data       []point `json:"data"`
	Label      *label  `json:"label,omitempty"`
}

// point is a point by its values on both axes, or a value on one.
type point struct {
	Coord        []any     `json:"coord,omitempty"`
	SymbolOffset []float64 `json:"symbolOffset,omitempty"`
	Label        *label    `json:"label,omitempty"`
	XAxis        *float64  `json:"xAxis,omitempty"`
	YAxis        *float64  `json:"yAxis,omitempty"`
}

func num(n float64) *float64 { return &n }

func colored(name string) string { return "var(" + name + ")" }

func filled(color string) *itemStyle { return &itemStyle{ItemStyle: opts.ItemStyle{Color: color}} }

// hidden is a label that is not shown.
func hidden() *label { return &label{Label: opts.Label{Show: opts.Bool(false)}} }

// axisOf is the axis of that name, nil if the chart has none.
func (o *option) axisOf(name string) *axis {
	switch name {
	case "xAxis":
		return o.XAxis
	case "yAxis":
		return o.YAxis
	}
	return nil
}

// has reports whether a chart has what is set under a key of `options:`.
func (o *option) has(key string) bool {
	switch key {
	case "grid":
		return o.Grid != nil
	case "series":
		return len(o.Series) > 0
	}
	return o.axisOf(key) != nil
}

// axes are those that there are.
func (o *option) axes() []*axis {
	var list []*axis
	for _, a := range []*axis{o.XAxis, o.YAxis} {
		if a != nil {
			list = append(list, a)
		}
	}
	return list
}

// merge lays the settings of `options:` over an option. Scales have followed them already.
func (o *option) merge(settings map[string]any) error {
	over := func(into, value any) error {
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		return json.Unmarshal(text, into)
	}
	for key, value := range settings {
		var err error
		switch key {
		case "grid":
			err = over(o.Grid, value)
		case "xAxis", "yAxis":
			rest, _ := value.(map[string]any)
			rest = maps.Clone(rest)
			for _, scale := range []string{"min", "max", "splitNumber"} {
				delete(rest, scale)
			}
			err = over(o.axisOf(key), rest)
		case "series":
			list, each := value.([]any)
			for i, s := range o.Series {
				switch {
				case err != nil:
				case !each:
					err = over(s, value)
				case i < len(list):
					err = over(s, list[i])
				}
			}
		}
		if err != nil {
			return fmt.Errorf("options: %s: %w", key, err)
		}
	}
	return nil
}
