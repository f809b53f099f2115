package chart

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/quantity"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// What all kinds share: colours are CSS custom properties of the page, so that a
// chart follows light, dark and print; text is never smaller than 12 px.
const (
	ink        = "var(--ink)"
	quietInk   = "var(--ink-quiet)"
	ruleColor  = "var(--rule-strong)"
	faintRule  = "var(--rule)"
	fontSize   = 13
	lineHeight = 15
)

// base is what go-echarts makes of a chart, without what it adds for a page of its
// own: title, tooltip, toolbox, legend, theme colours.
func base(c *charts.BaseConfiguration) map[string]any {
	data, err := json.Marshal(c.JSON())
	if err != nil {
		panic(err) // only strings, numbers and maps go in
	}
	var option map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	if err := decoder.Decode(&option); err != nil {
		panic(err)
	}
	for _, key := range []string{"title", "tooltip", "toolbox", "legend", "color", "visualMap"} {
		delete(option, key)
	}
	option["animation"] = false
	if option["series"] == nil { // no lines
		option["series"] = []any{}
	}
	return option
}

// merge lays what the chart's file says over an option: maps key by key, lists item
// by item.
func merge(option, over map[string]any) {
	for key, value := range over {
		option[key] = merged(option[key], value)
	}
}

func merged(was, value any) any {
	switch value := value.(type) {
	case map[string]any:
		if into, ok := was.(map[string]any); ok {
			merge(into, value)
			return into
		}
		if list, ok := was.([]any); ok { // a map over a list: over each of its items
			for i := range list {
				list[i] = merged(list[i], value)
			}
			return list
		}
	case []any:
		if into, ok := was.([]any); ok {
			for i, item := range value {
				if i < len(into) {
					into[i] = merged(into[i], item)
				} else {
					into = append(into, item)
				}
			}
			return into
		}
	}
	return value
}

// number is a value as JSON, with all its digits; null where it is missing.
func number(v quantity.Value) any {
	if v.IsMissing() {
		return "-" // go-echarts leaves out null; ECharts takes "-" for no value
	}
	return json.Number(v.Raw())
}

// literal keeps ECharts from taking braces in a text for a template.
func literal(text string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(text) }

// textWidth guesses the width of a text in CSS pixels at fontSize, as there is no
// typeface at build time.
func textWidth(text string) int {
	width := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtfrI.,:;'|()[] ", r):
			width += 0.34
		case strings.ContainsRune("mwMW@%", r):
			width += 0.9
		case r >= 'A' && r <= 'Z':
			width += 0.68
		case r >= 0x2e80: // East Asian letters and emoji
			width += 1
		default:
			width += 0.56
		}
	}
	return int(math.Ceil(width * fontSize))
}

// labelColumn is the width of a column of labels, at most so wide, and the lines
// that the longest then takes. Some typefaces are wider than guessed.
func labelColumn(labels []string, most int) (width, lines int) {
	longest := 0
	for _, l := range labels {
		longest = max(longest, textWidth(l)*11/10)
	}
	if longest <= most {
		return longest, 1
	}
	most = max(most, 24)
	for _, l := range labels {
		lines = max(lines, linesOf(broken(l, most)))
	}
	return most, lines
}

// labelStyle is the form of an axis of names. They are broken only where they must
// be, by nameAxis, to the width.
func labelStyle(width, lines, margin int) map[string]any {
	style := map[string]any{"color": ink, "fontSize": fontSize, "interval": 0, "margin": margin}
	if lines > 1 {
		style["width"], style["lineHeight"] = width, lineHeight
	}
	return style
}

// nameAxis is an axis of names: ECharts has them as the drawing knows them, readers
// see the texts.
func nameAxis(known, texts []string, label map[string]any) map[string]any {
	if width, ok := label["width"].(int); ok {
		delete(label, "width")
		texts = slices.Clone(texts)
		for i := range texts {
			texts[i] = broken(texts[i], width)
		}
	}
	if !slices.Equal(known, texts) {
		written := map[string]string{}
		for i, name := range known {
			written[name] = texts[i]
		}
		label["texts"] = written
	}
	return map[string]any{"type": "category", "data": known, "axisLabel": label, "axisTick": map[string]any{"show": false}}
}

// wrap breaks a text at spaces into lines of at most so many pixels, and words that
// are wider where they must be. ECharts would do it too, but it takes every letter
// that is not English for as wide as it is high.
func wrap(text string, width int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		for textWidth(word) > width { // a word that must be broken itself
			letters := []rune(word)
			cut := max(1, len(letters)*width/(textWidth(word)+1))
			if lines[len(lines)-1] == "" {
				lines = lines[:len(lines)-1]
			}
			lines = append(lines, string(letters[:cut]), "")
			word = string(letters[cut:])
		}
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case textWidth(*last+" "+word) > width:
			lines = append(lines, word)
		default:
			*last += " " + word
		}
	}
	return lines
}

// broken is a label in lines. The page's typeface may be wider than the guess, but a
// word that just fits stays whole.
func broken(text string, width int) string {
	if textWidth(text)*11/10 <= width {
		return text
	}
	narrow := width * 9 / 10
	if longest := longestWord([]string{text}); longest <= width {
		narrow = max(narrow, longest)
	}
	return strings.Join(wrap(text, narrow), "\n")
}

func linesOf(label string) int { return 1 + strings.Count(label, "\n") }

// extent is the smallest and the largest value of a column; 0, 0 if there is none.
func (c *Chart) extent(column int) (low, high float64) {
	first := true
	for _, line := range c.whole {
		v := line.Values[column]
		if v.IsMissing() {
			continue
		}
		f := v.Float()
		if first {
			low, high, first = f, f, false
		}
		low, high = min(low, f), max(high, f)
	}
	return low, high
}

// ticks are round numbers from at or below low to at or above high, about so many.
func ticks(low, high float64, about int) []float64 {
	return ticksOver(min(low, 0), max(high, 0), about)
}

// tidy takes away what binary fractions add: 29 times 0.2 is 5.800000000000001.
func tidy(f float64) float64 {
	tidy, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64)
	if err != nil {
		return f
	}
	return tidy
}

// ticksOver are ticks that need not start at zero.
func ticksOver(low, high float64, about int) []float64 {
	if high == low {
		high = low + 1
	}
	raw := (high - low) / float64(about)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, m := range []float64{1, 2, 5} {
		if raw <= m*power*1.0000001 {
			step = m * power
			break
		}
	}
	var list []float64
	for i := math.Floor(low/step + 1e-9); ; i++ {
		list = append(list, tidy(i*step))
		if i*step >= high-step*1e-9 {
			return list
		}
	}
}

// axisOver is an axis of round numbers in the unit of a column, from zero, over
// given values, and the width of its widest label.
func (c *Chart) axisOver(name string, column int, low, high float64, about int) (axis map[string]any, widest int) {
	return c.scaleOf(name, column, low, high, min(low, 0), max(high, 0), about)
}

// looseAxis is one that does not need zero: of points, whose place and not whose
// length is read.
func (c *Chart) looseAxis(name string, column int, low, high float64, about int) (axis map[string]any, widest int) {
	return c.scaleOf(name, column, low, high, low, high, about)
}

// scaleOf is the axis of that name, which holds low to high and goes from bound to
// bound.
func (c *Chart) scaleOf(name string, column int, low, high, from, to float64, about int) (axis map[string]any, widest int) {
	from, to, about = c.asked(name, low, high, from, to, about)
	axis, widest = c.axisAt(column, ticksOver(from, to, about))
	axis[holdsKey] = []float64{low, high}
	return axis, widest
}

// hiddenAxis is an axis of values that stand at the marks themselves.
func (c *Chart) hiddenAxis(name string, low, high float64) map[string]any {
	from, to, _ := c.asked(name, low, high, low, high, 0)
	return map[string]any{"type": "value", "show": false, "min": from, "max": to, holdsKey: []float64{low, high}}
}

// valueAxis is the name of the axis that has the values of marks beside names.
func valueAxis(lying bool) string {
	if lying {
		return "xAxis"
	}
	return "yAxis"
}

func (c *Chart) axisAt(column int, list []float64) (axis map[string]any, widest int) {
	texts := map[string]string{}
	for i, text := range c.tickTexts(column, list) {
		texts[strconv.FormatFloat(list[i], 'f', -1, 64)] = text
		widest = max(widest, textWidth(text))
	}
	return map[string]any{
		"type": "value", "min": list[0], "max": list[len(list)-1], "interval": list[1] - list[0],
		"axisLabel": map[string]any{"texts": texts, "color": quietInk, "fontSize": fontSize},
		"axisLine":  map[string]any{"show": false}, "axisTick": map[string]any{"show": false},
		"splitLine": map[string]any{"lineStyle": map[string]any{"color": faintRule}},
	}, widest
}

// tickTexts writes round numbers in the unit of a column.
func (c *Chart) tickTexts(column int, list []float64) []string {
	values := make([]quantity.Value, len(list))
	for i, t := range list {
		values[i], _ = quantity.NewValue(t) // ticks are finite
	}
	return c.unit(column).Ticks(values)
}

// seriesColor is the colour of the series at a place.
func seriesColor(i int) string { return fmt.Sprintf("--chart-%d", 1+i%mostSeries) }

// longestWord is the width of the longest word of the texts, in pixels.
func longestWord(texts []string) int {
	longest := 0
	for _, t := range texts {
		for word := range strings.FieldsSeq(t) {
			longest = max(longest, textWidth(word))
		}
	}
	return longest
}
