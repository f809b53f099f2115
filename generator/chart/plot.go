package chart

import (
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/fact"
	"broadsheet/generator/geography"
	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

// plot is what a kind draws: the lines of a chart, or of a panel of small multiples.
type plot struct {
	spec  *spec
	of    *aggregate.Aggregate
	lines []aggregate.Row
	whole []aggregate.Row // of all panels: scales, colours and the order of names are those of the whole chart
	day   string          // of the data, e.g. "2018-02-01"; "" if unknown

	palette Palette

	legend []LegendItem
	notes  []note

	references []*fact.Fact   // at whose values annotations are
	view       geography.View // of a map
	claims     claim.List
}

// part is a plot of some of the lines.
func (c *plot) part(lines []aggregate.Row) *plot {
	return &plot{spec: c.spec, of: c.of, lines: lines, whole: c.whole, day: c.day, palette: c.palette}
}

// column is the place of an encoding's column among those of the aggregate.
func (c *plot) column(channel string) int { return c.of.Column(c.spec.encoding(channel)) }

func (c *plot) unit(column int) quantity.Unit { return c.of.Columns[column].Unit }

// book is the phrases of the language in which the chart is written.
func (c *plot) book() *phrase.Book { return bookOf(c.of) }

func bookOf(a *aggregate.Aggregate) *phrase.Book {
	if a == nil || len(a.Columns) == 0 {
		return phrase.In("en")
	}
	return phrase.In(a.Columns[0].Unit.Language().Tag())
}

// write writes one value of a line.
func (c *plot) write(line aggregate.Row, column int, style quantity.Style) string {
	return c.unit(column).Format(line.Values[column], style)
}

// id is a value as the drawing has it: raw, so that what was drawn can be held
// against the table and the download.
func (c *plot) id(line aggregate.Row, column int) string {
	v := line.Values[column]
	if raw := v.Raw(); raw != "" {
		return raw
	}
	return c.unit(column).Format(quantity.Value{}, quantity.Prose)
}

// highlighted reports whether the chart's file singles the line out, by its key or by a name that is drawn.
func (c *plot) highlighted(line aggregate.Row) bool {
	return slices.ContainsFunc(c.singled(line), func(k string) bool { return slices.Contains(c.spec.Highlight, k) })
}

// singled are the values of a line by which a chart's file can single it out.
func (c *plot) singled(line aggregate.Row) []string {
	list := slices.Clone(line.Key)
	for _, channel := range c.spec.channels() {
		if i := c.column(channel.name); i >= 0 && c.unit(i).IsText() {
			list = append(list, c.id(line, i))
		}
	}
	return list
}

// as says what a column is in the drawing.
func (c *plot) as(column int) As {
	for _, channel := range c.spec.channels() {
		if c.column(channel.name) == column && channel.as != "" {
			return channel.as
		}
	}
	if c.unit(column).Numeric() {
		return AsValue
	}
	return AsName
}

// columnAs is the column that is that in the drawing, -1 if none is.
func (c *plot) columnAs(as As) int {
	for _, channel := range c.spec.channels() {
		if i := c.column(channel.name); i >= 0 && c.as(i) == as {
			return i
		}
	}
	return -1
}

// table lists what is drawn: names first, then measures.
func (c *plot) table() Table {
	var t Table
	var columns []int
	for _, numeric := range []bool{false, true} {
		for _, channel := range c.spec.channels() {
			i := c.column(channel.name)
			if i >= 0 && channel.as != AsPlace && c.unit(i).Numeric() == numeric && !slices.Contains(columns, i) {
				columns = append(columns, i)
			}
		}
	}
	for _, i := range columns {
		column := Column{Column: c.of.Columns[i], As: c.as(i)}
		if c.unit(i).IsTime() && (column.As == AsName || column.As == AsGroup || column.As == AsWhen) {
			column.Every = c.spec.Every
		}
		column.Log = c.isLog(i)
		if c.unit(i).IsText() {
			var texts []string
			for _, line := range c.lines {
				if v := line.Values[i]; !v.IsMissing() {
					texts = append(texts, v.Raw())
				}
			}
			column.Sequence = c.unit(i).Language().Sequence(texts)
		}
		t.Columns = append(t.Columns, column)
	}
	for _, line := range c.lines {
		var row []Cell
		for _, i := range columns {
			v := line.Values[i]
			row = append(row, Cell{Text: c.unit(i).Format(v, c.unit(i).InChart()), Raw: v.Raw(), Missing: v.IsMissing()})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
