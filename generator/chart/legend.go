package chart

import (
	"cmp"
	"slices"
)

// LegendItem says what a colour or a symbol means.
type LegendItem struct {
	Label  string
	Color  string // a CSS custom property, e.g. "--step-3"
	Symbol string // "square", "circle", "ring", …
}

// groupLegend names the colors of groups in the order of the data. With no form, each has the symbol of its color.
func (c *plot) groupLegend(by int, form string) []LegendItem {
	ids, texts := c.names(by)
	paints := c.paints(by)
	some := slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(c.spec.Highlight, id) })
	var list []LegendItem
	for i, text := range texts {
		s := paints[ids[i]]
		if some && !slices.Contains(c.spec.Highlight, ids[i]) {
			s.color = quietColor
		}
		list = append(list, LegendItem{Label: text, Color: s.color, Symbol: cmp.Or(form, s.legend)})
	}
	return list
}
