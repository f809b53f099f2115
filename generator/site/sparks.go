package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
)

// addSparks adds a column with a small line for each row: a column of another
// aggregate, which has the key of this one and one more, such as the year.
//
//	{{< table of="city_crime_change" columns="name" spark="city_crime_by_year.violent_rate" >}}
func (r *tables) addSparks(g *Grid, a *part, spark string) *diag.Problem {
	name, column, _ := strings.Cut(spark, ".")
	from, known := r.aggregates[name]
	if !known {
		return &diag.Problem{Message: "unknown aggregate " + diag.Quote(name), Hint: diag.Nearest(name, r.aggregates.Names())}
	}
	if from == nil {
		return nil
	}
	i := from.Column(column)
	switch {
	case i < 0:
		return &diag.Problem{Message: "unknown column " + diag.Quote(column) + " of " + name, Expected: `spark="aggregate.column"`, Hint: diag.Nearest(column, from.ColumnNames())}
	case !from.Columns[i].Unit.Numeric():
		return &diag.Problem{Message: "a line of " + diag.Quote(column) + ", which is not a measure", Expected: "a measure of " + name}
	case len(a.Key) == 0 || len(from.Key) != len(a.Key)+1 || !slices.Equal(from.Key[:len(a.Key)], a.Key):
		return &diag.Problem{Message: "the lines of " + name + " do not belong to those of " + a.Name, Found: "the key " + strings.Join(from.Key, ", "), Expected: strings.Join(a.Key, ", ") + ", and one more, such as year"}
	}
	label := from.Columns[i].Label
	if slices.ContainsFunc(g.Columns, func(c GridColumn) bool { return c.Label == label }) {
		label = g.voice.Say("over_time", "Label", label)
	}
	shown, room := make([]chart.Spark, len(g.Rows)), 0
	for j := range g.Rows {
		shown[j] = chart.Sparkline(from, i, a.lines[j].Key)
		room = max(room, utf8.RuneCountInString(shown[j].First))
	}
	g.Columns = append(g.Columns, GridColumn{Name: column, Label: label, Measure: from.Columns[i].Unit.MeasureBeside(label), Bare: from.Columns[i].Unit.Bare()})
	for j := range g.Rows {
		g.Rows[j].Cells = append(g.Rows[j].Cells, GridCell{Spark: &shown[j], room: room, Cell: cellOf(from, &aggregate.Row{Key: a.lines[j].Key}, column).String()})
	}
	return nil
}

// writeSpark writes a line in a cell, with a heading of its own if that is not "".
func writeSpark(w *markup.Writer, c *GridCell, label string) {
	s := c.Spark
	w.Raw("<td")
	if label != "" {
		w.Data(markup.DataLabel, label)
	}
	if s.Shapes == "" {
		w.Class(markup.Missing).Data(markup.DataCell, c.Cell).Raw(">").Text(s.Missing).Raw("</td>")
		return
	}
	w.Class(markup.Sparks).Data(markup.DataCell, c.Cell).Raw(">")
	if label != "" {
		w.Raw("<span>") // which is one beside its heading
	}
	// the shapes are made of numbers, and their label is escaped
	w.Raw("<span").Class(markup.Start).Attr("style", fmt.Sprintf("--letters: %d", c.room)).Raw(">").Text(s.First).Raw("</span> ").Raw(template.HTML(s.Shapes)).Raw(" ").Text(s.Last)
	if label != "" {
		w.Raw("</span>")
	}
	w.Raw("</td>")
}
