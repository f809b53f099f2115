package chart

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/quantity"
)

// LegendItem says what a colour or a symbol means.
type LegendItem struct {
	Label  string
	Color  string // a CSS custom property, e.g. "--step-3"
	Symbol string // "square", "circle", "ring", …
}

// titled is a legend's or a group's words with a capital, as titles have one; eBay stays.
func titled(words string) string {
	_, size := utf8.DecodeRuneInString(words)
	if second, _ := utf8.DecodeRuneInString(words[size:]); unicode.IsUpper(second) {
		return words
	}
	return quantity.Capitalize(words)
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
