package chart

import (
	"encoding/json"

	"broadsheet/generator/quantity"
)

// What all kinds share: colours are CSS custom properties of the page, so that a
// chart follows light, dark and print; text is never smaller than 12 px.
const (
	ink        = "var(--ink)"
	quietInk   = "var(--ink-quiet)"
	ruleColor  = "var(--rule-strong)"
	faintRule  = "var(--rule)"
	quietColor = "--chart-quiet" // of what is not singled out
	fontSize   = 13
	lineHeight = 15
)

// number is a value as JSON, with all its digits; null where it is missing.
func number(v quantity.Value) any {
	if v.IsMissing() {
		return "-" // go-echarts leaves out null; ECharts takes "-" for no value
	}
	return json.Number(v.Raw())
}
