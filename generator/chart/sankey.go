package chart

import (
	"maps"
	"slices"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// sankey draws flows, as thick as their values, from sources to targets. A target
// can be a source of other flows, but flows must not make a cycle.
var sankey = kind{
	channels: []channel{{name: "source", as: AsName}, {name: "target", as: AsGroup}, {name: "value", as: AsValue}},
	panel:    Narrow,
	named:    true,
	sums:     true,
	prepare:  prepareSankey,
	option:   sankeyOption,
}

func prepareSankey(c *plot, problems *faults) {
	from, to, value := c.column("source"), c.column("target"), c.column("value")
	if !c.unit(value).Numeric() || c.unit(from).Numeric() || c.unit(to).Numeric() {
		problems.add(diag.Problem{Message: "a sankey needs names as source and target, and a measure as value"}, "kind")
		return
	}
	c.requireUniquePlaces(from, to, problems)
	next := map[string][]string{}
	for _, l := range c.lines {
		if v := l.Values[value]; !v.IsMissing() && v.Sign() <= 0 {
			problems.add(diag.Problem{Message: "a flow without a size: " + c.write(l, from, quantity.Prose) + " to " + c.write(l, to, quantity.Prose) + ", " + c.write(l, value, quantity.Prose), Hint: "leave it out in the aggregate"}, "value")
			return
		}
		next[c.id(l, from)] = append(next[c.id(l, from)], c.id(l, to))
	}
	if name := cycle(next); name != "" {
		problems.add(diag.Problem{Message: "flows form a cycle through " + diag.Quote(name), Hint: "give what is reached again a name of its own"}, "target")
		return
	}
	c.claim(c.extremes(from, value), claim.Words("Flow chart of "), claim.Rows("flow"))
}

// cycle is a name to which a way leads back, "" if there is none.
func cycle(next map[string][]string) string {
	state := map[string]int{}
	var visit func(name string) string
	visit = func(name string) string {
		if state[name] > 0 {
			if state[name] == 1 {
				return name
			}
			return ""
		}
		state[name] = 1
		for _, n := range next[name] {
			if found := visit(n); found != "" {
				return found
			}
		}
		state[name] = 2
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(next)) {
		if found := visit(name); found != "" {
			return found
		}
	}
	return ""
}

func sankeyOption(c *plot, width int) (*option, int) {
	from, to, value := c.column("source"), c.column("target"), c.column("value")
	texts, sums, arrives, leaves := map[string]string{}, map[string]quantity.Value{}, map[string]quantity.Value{}, map[string]quantity.Value{}
	var order []string
	var links []link
	for _, l := range c.lines {
		v := l.Values[value]
		if v.IsMissing() {
			continue
		}
		for _, i := range []int{from, to} {
			name := c.id(l, i)
			if _, ok := texts[name]; !ok {
				order = append(order, name)
			}
			texts[name] = c.write(l, i, quantity.Prose)
		}
		leaves[c.id(l, from)] = leaves[c.id(l, from)].Plus(v)
		arrives[c.id(l, to)] = arrives[c.id(l, to)].Plus(v)
		links = append(links, link{c.id(l, from), c.id(l, to), number(v)})
	}
	var flows []quantity.Value
	for _, name := range order {
		sums[name] = leaves[name]
		if arrives[name].Compare(leaves[name]) > 0 && !arrives[name].IsMissing() || leaves[name].IsMissing() {
			sums[name] = arrives[name]
		}
		flows = append(flows, sums[name])
	}
	said := c.unit(value).Beside(flows)
	var nodes []item
	columns, colors, lines := map[bool]int{}, 0, 1
	for i, name := range order {
		last := leaves[name].IsMissing()
		columns[last]++
		color, position := "--chart-6", "left"
		if !last {
			color, position = symbols[colors%len(symbols)].color, "right"
			colors++
		}
		room := width*45/100 - 20
		text := broken(quantity.Title(texts[name])+" "+said[i], room)
		lines = max(lines, linesOf(text))
		nodes = append(nodes, item{Name: name, ItemStyle: filled(colored(color)), Label: &label{Label: opts.Label{Position: position, Formatter: literal(text)}}})
	}
	if len(links) == 0 {
		return newOption(), 40
	}
	return newOption(&series{
		SingleSeries: charts.SingleSeries{Type: "sankey", Draggable: opts.Bool(false)}, Data: nodes, Links: links,
		Left: num(0), Right: num(0), Top: num(8), Bottom: num(8), NodeWidth: num(8), NodeGap: num(float64(lines*lineHeight + 2)), Iterations: num(32),
		Label:     &label{Label: opts.Label{Color: ink, FontSize: fontSize, LineHeight: lineHeight}, TextBorderColor: "var(--paper)", TextBorderWidth: 3}, // over the flows
		LineStyle: &lineStyle{LineStyle: opts.LineStyle{Color: "source", Opacity: opts.Float(0.35)}, Curveness: num(0.5)},
	}), max(220, 40+(30+lines*lineHeight)*max(columns[true], columns[false]))
}
