package chart

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/geography"
	"broadsheet/generator/markup"
)

// areaMap colours the shapes of a geography by a measure in classes, with a colour of its
// own for those without a value. It should be a rate: the eye takes large areas for
// large numbers.
//
// ECharts does not draw it: paths and colours are known, and all that is left is to write
// them, which for 3,000 counties takes ECharts seconds.
var areaMap = kind{
	channels: []channel{{name: "region", as: AsName}, {name: "label", optional: true, as: AsLabel}, {name: "value", as: AsValue}},
	scaled:   true,
	isMap:    true,
	steps:    true,
	panel:    smallPanel,
	prepare:  prepareMap,
	option:   mapOption,
	draw:     drawMap,
}

// notInData is the colour of shapes that the map has and the data have not.
func (c *plot) notInData() LegendItem {
	return LegendItem{Label: c.book().Say("not_in_data"), Color: "--step-none", Symbol: "square"}
}

func prepareMap(c *plot, problems *faults) {
	value, g := c.column("value"), c.spec.geography
	if !c.unit(value).Numeric() {
		problems.add(diag.Problem{Message: "a map needs a measure as value"}, "value")
		return
	}
	seen := c.findShapes(problems)
	c.view = g.Whole()
	if c.spec.View != "whole" {
		c.view = g.ViewOf(seen)
	}
	c.legend = c.classLegend(value)
	if slices.ContainsFunc(g.Shapes, func(s geography.Shape) bool { return !s.Inset && !slices.Contains(seen, g.Find(s.ID)) }) {
		c.legend = append(c.legend, c.notInData())
	}
	what := "Map with values for "
	if g.Place != "" {
		what = "Map of " + g.Place + " with values for "
	}
	c.claim(c.extremesOfAll(), claim.Words(what), c.shapesClaimed())
}

// findShapes finds the shapes of the lines. A code without one is a problem, and so are two of one.
func (c *plot) findShapes(problems *faults) []*geography.Shape {
	region, g := c.column("region"), c.spec.geography
	seen := map[*geography.Shape]bool{}
	var list []*geography.Shape
	var unknown []string
	for _, l := range c.lines {
		name := l.Values[region].Raw()
		switch shape := g.Find(name); {
		case shape == nil:
			unknown = append(unknown, name)
		case seen[shape]:
			problems.drawnTwice("two lines are of the "+g.Noun+" "+diag.Quote(name), "keep one line for each "+g.Noun+" in the aggregate")
		default:
			seen[shape] = true
			list = append(list, shape)
		}
	}
	c.addUnknown(unknown, problems)
	return list
}

// shapesClaimed is how many shapes have a line.
func (c *plot) shapesClaimed() claim.Part {
	g := c.spec.geography
	shapes := claim.Rows(g.Noun)
	if g.Plural != g.Noun+"s" {
		shapes.Plural = g.Plural
	}
	return shapes
}

// addUnknown adds a problem for the codes without a shape, one for each way out.
func (c *plot) addUnknown(codes []string, problems *faults) {
	const most = 5
	g := c.spec.geography
	all := geography.With(codes...)
	byHint := map[string][]string{}
	var hints []string
	for _, code := range codes {
		hint := hintOf(g, code, c.of.Columns[c.column("region")].Name, all)
		if byHint[hint] == nil {
			hints = append(hints, hint)
		}
		if quoted := diag.Quote(code); !slices.Contains(byHint[hint], quoted) {
			byHint[hint] = append(byHint[hint], quoted)
		}
	}
	for _, hint := range hints {
		list := byHint[hint]
		shape := " has no shape "
		if len(list) > 1 {
			shape = " has no shapes "
		}
		named := strings.Join(list[:min(most, len(list))], ", ")
		if more := len(list) - most; more > 0 {
			named += fmt.Sprintf(" and %d more", more)
		}
		problems.add(diag.Problem{Message: g.Name + shape + named, Expected: g.Example, Hint: hint}, "region")
	}
}

// hintOf is the way out for a code that has no shape, where the given geographies have all
// such codes.
func hintOf(g *geography.Geography, code, column string, others []string) string {
	if strings.TrimSpace(code) == "" {
		return "leave the row out: WHERE " + column + " IS NOT NULL"
	}
	if shape := g.Find("0" + code); shape != nil {
		return fmt.Sprintf("a leading zero is lost: lpad(%s, %d, '0')", column, len(shape.ID))
	}
	if len(others) == 0 {
		others = geography.With(code)
	}
	switch len(others) {
	case 0:
		return ""
	case 1:
		return others[0] + " has: geography: " + others[0]
	}
	return strings.Join(others, " and ") + " have: geography: " + others[0]
}

// mapOption has no series: what a map looks like is not ECharts' business.
func mapOption(c *plot, width int) (*option, int) {
	return newOption(), c.mapHeight(width)
}

// drawMap writes the shapes, those without data as one.
func drawMap(c *plot, width, height int) svg.Drawing {
	region, value, g := c.column("region"), c.column("value"), c.spec.geography
	classes := c.classes(value)
	drawn := map[*geography.Shape]int{} // by place among the lines
	for i, l := range c.lines {
		if shape := g.Find(l.Values[region].Raw()); shape != nil {
			drawn[shape] = i
		}
	}
	below := g
	if base := geography.Get(g.Base); base != nil && 2*len(drawn) < len(g.Shapes) {
		below = base
	}
	path := (*geography.Shape).Drawn
	if c.view != g.Whole() {
		path = c.view.Drawn
	}
	var empty, marks strings.Builder
	for i := range below.Shapes {
		if s := &below.Shapes[i]; !s.Inset {
			if _, ok := drawn[s]; !ok {
				empty.WriteString(path(s))
			}
		}
	}
	for i := range g.Shapes {
		line, ok := drawn[&g.Shapes[i]]
		if !ok {
			continue
		}
		v := c.lines[line].Values[value]
		fmt.Fprintf(&marks, `<path d="%s" fill="%s" `+markup.DataName.Attr("%s")+` `+markup.DataValue.Attr("%s")+"/>\n",
			path(&g.Shapes[i]), colored(classes.color(v)), html.EscapeString(c.id(c.lines[line], region)), v.Raw())
	}
	move, scale := c.onto(width)
	border := 0.75
	if len(drawn) > crowded {
		border = 0.4
	}
	shapes := `<g transform="` + move + `" stroke="var(--paper)" stroke-width="` + short(border/scale) + `" stroke-linejoin="round">` + "\n"
	if empty.Len() > 0 {
		shapes += `<path d="` + empty.String() + `" fill="` + colored(c.notInData().Color) + `"/>` + "\n"
	}
	return svg.Drawing{Width: width, Height: height, Shapes: shapes + marks.String() + "</g>"}
}

// onto moves the view onto paper of a width.
func (c *plot) onto(width int) (move string, scale float64) {
	scale = float64(width) / c.view.Width
	if c.view.X == 0 && c.view.Y == 0 {
		return "scale(" + short(scale) + ")", scale
	}
	return fmt.Sprintf("matrix(%.6g,0,0,%.6g,%.6g,%.6g)", scale, scale, -c.view.X*scale, -c.view.Y*scale), scale
}

func short(n float64) string { return strconv.FormatFloat(n, 'g', 4, 64) }

// crowded is the number of shapes from which borders are drawn as hairlines.
const crowded = 500
