package chart

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/content"
	"broadsheet/generator/diag"
)

// Palette is what colors mean in all charts of a report: the name of a color by the value of a group, a
// category or a symbol. A chart may say otherwise for itself, in colors:
//
//	[params.palette]
//	blocked = "blue"
//	"left standing" = "orange"
//
// A color has a shape of its own, so that a symbol that means the same looks the same too, and some colors have a hollow form.
type Palette struct {
	colors map[string]string
	front  content.Front
}

// ColorNames lists what a palette calls the colors.
func ColorNames() []string {
	var list []string
	for _, s := range slices.Concat(symbols, hollows) {
		list = append(list, s.hue)
	}
	return list
}

// named is the symbol of a color.
func named(color string) (s symbol, known bool) {
	for _, s := range slices.Concat(symbols, hollows) {
		if s.hue == color {
			return s, true
		}
	}
	return symbol{}, false
}

// ReadPalette reads params.palette of hugo.toml.
func ReadPalette(report fs.FS, problems *diag.List) (Palette, error) {
	text, err := fs.ReadFile(report, "hugo.toml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Palette{}, err
	}
	p := Palette{colors: map[string]string{}, front: content.ReadParams(text)}
	given, there := p.front.Values["palette"]
	if !there {
		return p, nil
	}
	table, ok := given.(map[string]any)
	if !ok {
		problems.Add(p.problem("palette", diag.Problem{Message: "params.palette is not a table", Expected: `[params.palette], and below it a color for a value, such as blocked = "blue"`}))
		return p, nil
	}
	for _, value := range slices.Sorted(maps.Keys(table)) {
		color, isText := table[value].(string)
		if _, known := named(color); !isText || !known {
			problems.Add(p.problem(value, unknownColor(fmt.Sprint(table[value]))))
			continue
		}
		p.colors[value] = color
	}
	return p, nil
}

// problem is one at the line of hugo.toml that gives a value its color.
func (p Palette) problem(value string, of diag.Problem) diag.Problem {
	of.File = "hugo.toml"
	of.Line, of.Column = p.front.Position(value)
	return of
}

func unknownColor(color string) diag.Problem {
	return diag.Problem{Message: "unknown color " + diag.Quote(color), Expected: "one of " + strings.Join(ColorNames(), ", "), Hint: diag.Nearest(color, ColorNames())}
}

// CheckUsed adds a problem for each value of the palette that neither a chart nor a table has.
func (p Palette) CheckUsed(charts Set, inTables []string, problems *diag.List) {
	used := map[string]bool{}
	for _, value := range inTables {
		used[value] = true
	}
	for _, c := range charts {
		if c == nil {
			return // what it shows is not known
		}
		if column := c.coloredColumn(); column >= 0 {
			ids, _ := c.names(column)
			for _, id := range ids {
				used[id] = true
			}
		}
	}
	for _, value := range slices.Sorted(maps.Keys(p.colors)) {
		if !used[value] {
			problems.Add(p.problem(value, diag.Problem{
				Message: "no chart shows " + diag.Quote(value), Expected: "a value that is a group, a category or a symbol of a chart, or has a dot in a table", Hint: diag.Nearest(value, slices.Sorted(maps.Keys(used))), Idle: true,
			}))
		}
	}
}

// coloredColumn is the column whose values have colors, -1 if none has.
func (c *plot) coloredColumn() int {
	if c.spec.kind.colored == nil {
		return -1
	}
	return c.spec.kind.colored(c)
}

// byChannel is the column of the first of some channels that the chart uses.
func byChannel(channels ...string) func(c *plot) int {
	return func(c *plot) int {
		for _, name := range channels {
			if i := c.column(name); i >= 0 {
				return i
			}
		}
		return -1
	}
}

// checkColors checks the colors of the chart's file.
func (c *plot) checkColors(problems *faults) {
	s, column := c.spec, c.coloredColumn()
	if column < 0 {
		if len(s.Colors) > 0 {
			problems.add(diag.Problem{Message: s.a() + " has no colors by value"}, "colors")
		}
		return
	}
	ids, texts := c.names(column)
	for _, value := range slices.Sorted(maps.Keys(s.Colors)) {
		if _, known := named(s.Colors[value]); !known {
			problems.add(unknownColor(s.Colors[value]), "colors", value)
		}
		if !slices.Contains(ids, value) && !s.of.Tainted {
			problems.add(diag.Problem{
				Message: "unknown value " + diag.Quote(value), Expected: "a value of " + s.of.Columns[column].Name + " in " + s.of.Name, Hint: diag.Nearest(value, ids),
			}, "colors", value)
		}
	}
	if c.as(column) == AsName {
		return // each has its name beside it
	}
	of := map[symbol]string{} // texts by what they look like
	for i, id := range ids {
		form, given := c.given(id)
		if !s.kind.symbols { // they have no shape
			form = symbol{color: form.color}
		}
		if other, taken := of[form]; taken && given {
			problems.add(diag.Problem{
				Message: "two values in one color", Found: diag.Quote(other) + " and " + diag.Quote(texts[i]),
				Expected: "a color for each", Hint: "give one of them another in colors",
			}, "of")
			return
		}
		of[form] = texts[i]
	}
}

// given is the symbol that a value has in this chart, or in the whole report, if it has one.
func (c *plot) given(value string) (s symbol, ok bool) {
	color, ok := c.spec.Colors[value]
	if !ok {
		color = c.palette.colors[value]
	}
	return named(color)
}

// Keys are the colors and symbols of the values of a column of a table: those of the palette, and others for the rest.
func (p Palette) Keys(values []string) map[string]LegendItem {
	keys := map[string]LegendItem{}
	for value, s := range paintsOf(values, func(value string) (symbol, bool) { return named(p.colors[value]) }) {
		keys[value] = LegendItem{Label: value, Color: s.color, Symbol: s.legend}
	}
	return keys
}

// MostKeys is how many colors with symbols there are.
const MostKeys = maxSeries

// paints are the symbols, and so the colors, of the values of a column, in the order of names: those that are given, then
// for each other value the first whose color no value has.
func (c *plot) paints(column int) map[string]symbol {
	ids, _ := c.names(column)
	return c.paintsOf(ids)
}

func (c *plot) paintsOf(ids []string) map[string]symbol { return paintsOf(ids, c.given) }

func paintsOf(ids []string, given func(string) (symbol, bool)) map[string]symbol {
	list, taken := map[string]symbol{}, map[string]bool{}
	for _, id := range ids {
		if s, given := given(id); given {
			list[id], taken[s.color] = s, true
		}
	}
	next := 0
	for _, id := range ids {
		if _, has := list[id]; has {
			continue
		}
		if len(taken) < len(symbols) {
			for taken[symbols[next%len(symbols)].color] {
				next++
			}
		}
		list[id] = symbols[next%len(symbols)]
		next++
	}
	return list
}

// accent is the color of a value that is singled out, or of marks that no group tells apart.
func (c *plot) accent(value string) string {
	if s, given := c.given(value); given {
		return s.color
	}
	return symbols[0].color
}
