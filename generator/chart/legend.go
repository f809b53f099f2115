package chart

// LegendItem says what a colour or a symbol means.
type LegendItem struct {
	Label  string
	Color  string // a CSS custom property, e.g. "--step-3"
	Symbol string // "square", "circle", "ring"
}

// groupLegend names the colours of groups in the order of the data.
func (c *plot) groupLegend(by int, symbols ...string) []LegendItem {
	_, texts := c.names(by)
	var list []LegendItem
	for i, text := range texts {
		list = append(list, LegendItem{Label: text, Color: seriesColor(i), Symbol: symbols[min(i, len(symbols)-1)]})
	}
	return list
}
