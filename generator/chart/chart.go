// Package chart makes charts of aggregates.
//
// A chart is a file data/charts/ID.yaml: an aggregate, a kind, encodings, a title
// that states the finding.
//
//	kind: bar
//	of: at_risk_by_state
//	x: amount_usd
//	y: name
//	title: California had more at risk than all other states together
//	subtitle: Byrne JAG awards of fiscal 2017, US dollars
//
// spec.go reads and judges the file, and there is a file for each kind, which
// turns lines of the aggregate into a go-echarts option. A chart is drawn twice,
// for a narrow and for a wide column, so that text is never scaled; maps, which
// have no text, and panels of small multiples, which have one width, once. norms.go
// has the norms that a chart keeps or waives. What a chart says in words, in its table and in its
// drawing comes from the same lines by the same formatting.
package chart

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
)

// Chart is a chart of a report, ready to be drawn.
type Chart struct {
	ID       string
	File     string
	Kind     string
	Title    fact.Prose // states the finding
	Subtitle fact.Prose // measure, place, time, unit
	Note     fact.Prose
	Of       *aggregate.Aggregate
	Legend   []LegendItem // what colours and symbols mean, in the order of the data
	Said     fact.Prose   // what its file says of the picture, with facts of any aggregate
	Claims   claim.List   // the chart in a sentence or two, by the values that it draws
	Table    Table        // what is drawn, as text
	YAML     string       // its file, as it was written
	Waivers  []Waiver     // norms that it does not keep, with the reasons

	spec  *spec
	lines []aggregate.Row // those of a panel, or all
	whole []aggregate.Row // all: scales, colours and the order of names are those of the whole chart

	panels []*panel // of small multiples
}

// LegendItem says what a colour or a symbol means.
type LegendItem struct {
	Label  string
	Color  string // a CSS custom property, e.g. "--step-3"
	Symbol string // "square", "circle", "ring"
}

// Table is what a chart draws, in rows and columns.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column is a column of an aggregate, and what the drawing makes of it.
type Column struct {
	aggregate.Column
	As As
}

// As says what a column is in a drawing. The page says it too, in data-as, so that
// package check can hold drawing, table and download against each other.
type As string

// A value stands at a name, or where a name meets a group. A label is not drawn.
const (
	AsName   As = "name"  // the category of a bar, the year of a point, the state, the row of a matrix
	AsGroup  As = "group" // the line of a point, the column of a matrix
	AsPanel  As = "panel" // the panel of small multiples
	AsValue  As = "value"
	AsLow    As = "low" // the ends of an interval
	AsHigh   As = "high"
	AsAcross As = "across" // on the x axis, where that is a measure too
	AsBinned As = "binned" // a value that is counted with others of about its size
	AsLabel  As = "label"  // names a state in words
	AsTotal  As = "total"  // says that a step is a sum
)

// Cell is one value of a table.
type Cell struct {
	Text    string
	Raw     string
	Missing bool
}

// Set is all charts of a report, by id. A chart with problems is nil: what cites
// it is not to blame.
type Set map[string]*Chart

// IDs lists the charts, sorted.
func (s Set) IDs() []string { return slices.Sorted(maps.Keys(s)) }

// File is a file of data/charts as its editor wrote it.
type File struct {
	Name string
	Text []byte

	unreadable bool
}

// Load validates the charts' files. The day of the data, "" if unknown, tells
// whether a year is whole.
func Load(ctx context.Context, files []File, aggregates aggregate.Set, day string, limits limit.Limits, problems *diag.List) (Set, error) {
	set := Set{}
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if file.unreadable {
			set[idOf(file.Name)] = nil
			continue
		}
		s := readSpec(file.Name, file.Text, aggregates, problems)
		if set[s.id] = nil; s.doc == nil {
			continue
		}
		if c := s.chart(aggregates, day, limits, problems); c != nil {
			c.YAML = strings.TrimSpace(string(file.Text))
			set[s.id] = c
		}
	}
	return set, nil
}

// Files reads data/charts/*.yaml, once for all of a build.
func Files(report fs.FS, problems *diag.List) []File {
	var files []File
	for _, name := range list(report, problems) {
		text, err := fs.ReadFile(report, name)
		if err != nil {
			problems.Add(diag.Problem{File: name, Message: "the file cannot be read: " + reason(err)})
		}
		files = append(files, File{name, text, err != nil})
	}
	return files
}

// list lists the charts' files. What looks like one and is not read is a problem.
func list(report fs.FS, problems *diag.List) []string {
	const directory = "data/charts"
	entries, err := fs.ReadDir(report, directory)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems.Add(diag.Problem{File: directory, Message: "the directory cannot be read: " + reason(err)})
	}
	var files []string
	for _, entry := range entries {
		file := path.Join(directory, entry.Name())
		ending := path.Ext(file)
		switch {
		case entry.IsDir() && ending == ".yaml":
			problems.Add(diag.Problem{File: file, Message: "found a directory, expected a file"})
		case entry.IsDir():
			if inside, err := fs.Glob(report, file+"/*.yaml"); err == nil && len(inside) > 0 {
				problems.Add(diag.Problem{File: inside[0], Message: "a chart in a directory of its own", Expected: "charts in " + directory + " itself"})
			}
		case ending == ".yaml":
			files = append(files, file)
		case strings.EqualFold(ending, ".yaml") || strings.EqualFold(ending, ".yml"):
			problems.Add(diag.Problem{File: file, Message: "the name of a chart", Found: diag.Quote(ending), Expected: "the ending .yaml"})
		}
	}
	return files
}

// reason is what the system says of a file, without the name.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// chart makes the chart of a judged file; nil where it has problems.
func (s *spec) chart(aggregates aggregate.Set, created string, limits limit.Limits, problems *diag.List) *Chart {
	c := &Chart{ID: s.id, File: s.file, Kind: s.Kind, Of: s.of, spec: s}
	read := func(key, text string) fact.Prose {
		prose, wrong := fact.ParseProse(aggregates, text)
		for _, p := range wrong {
			s.judge(problems, p, key)
		}
		return prose
	}
	c.Title, c.Subtitle, c.Note = read("title", s.Title), read("subtitle", s.Subtitle), read("note", s.Note)
	c.Said = read("alt", s.Alt)
	if s.Finding != "" {
		if wrong := fact.CheckFinding(aggregates, s.Finding, s.Title); wrong != nil {
			s.judge(problems, *wrong, "finding")
		}
		if finding, _ := fact.Find(aggregates, s.Finding); finding != nil {
			c.Title = c.Title.Resting(finding)
		}
	}
	if s.failed || s.of == nil {
		return nil
	}
	c.Waivers = s.readWaivers(problems)
	c.lines, c.whole = s.of.Rows, s.of.Rows
	if c.checkBounds(limits, problems); s.failed {
		return nil
	}
	if c.column("by") >= 0 {
		c.preparePanels(problems)
	} else {
		s.kind.prepare(c, problems)
	}
	if !s.failed && !s.of.Tainted {
		c.checkOptions(problems)
	}
	if !s.failed {
		c.judgeNorms(created, problems)
	}
	if s.failed {
		return nil
	}
	c.Table = c.table()
	return c
}

// column is the place of an encoding's column among those of the aggregate.
func (c *Chart) column(channel string) int { return c.Of.Column(c.spec.encoding(channel)) }

func (c *Chart) unit(column int) quantity.Unit { return c.Of.Columns[column].Unit }

// write writes one value of a line.
func (c *Chart) write(line aggregate.Row, column int, style quantity.Style) string {
	return c.unit(column).Format(line.Values[column], style)
}

// known is a value as the drawing knows it: raw, so that what was drawn can be held
// against the table and the download.
func (c *Chart) known(line aggregate.Row, column int) string {
	v := line.Values[column]
	if raw := v.Raw(); raw != "" {
		return raw
	}
	return c.unit(column).Format(quantity.Value{}, quantity.Prose)
}

// highlighted reports whether the chart's file singles the line out.
func (c *Chart) highlighted(line aggregate.Row) bool {
	return slices.ContainsFunc(line.Key, func(k string) bool { return slices.Contains(c.spec.Highlight, k) })
}

// as says what a column is in the drawing.
func (c *Chart) as(column int) As {
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
func (c *Chart) columnAs(as As) int {
	for _, channel := range c.spec.channels() {
		if i := c.column(channel.name); i >= 0 && c.as(i) == as {
			return i
		}
	}
	return -1
}

// table lists what is drawn: names first, then measures.
func (c *Chart) table() Table {
	var t Table
	var columns []int
	for _, numeric := range []bool{false, true} {
		for _, channel := range c.spec.channels() {
			i := c.column(channel.name)
			if i >= 0 && c.unit(i).Numeric() == numeric && !slices.Contains(columns, i) {
				columns = append(columns, i)
			}
		}
	}
	for _, i := range columns {
		t.Columns = append(t.Columns, Column{c.Of.Columns[i], c.as(i)})
	}
	for _, line := range c.lines {
		var row []Cell
		for _, i := range columns {
			v := line.Values[i]
			row = append(row, Cell{Text: c.unit(i).Format(v, quantity.InTable), Raw: v.Raw(), Missing: v.IsMissing()})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Widths of the columns that a chart is drawn for, in CSS pixels.
const (
	Narrow = 340
	Wide   = 700
)

// Scaled reports whether one drawing serves every width.
func (c *Chart) Scaled() bool { return c.spec.kind.scaled && c.panels == nil }

// Draw draws the chart for a column of the given width.
func (c *Chart) Draw(ctx context.Context, d *svg.Drawer, width int) (svg.Drawing, error) {
	if c.panels != nil {
		return c.drawPanels(ctx, d, width)
	}
	return c.drawOne(ctx, d, width)
}

// option is what ECharts gets for a width: what the kind makes of the lines, with
// what the chart's file says in its own words.
func (c *Chart) option(width int) (map[string]any, int) {
	option, height := c.spec.kind.option(c, width)
	c.over(option)
	return option, height
}

func (c *Chart) drawOne(ctx context.Context, d *svg.Drawer, width int) (svg.Drawing, error) {
	option, height := c.option(width)
	data, err := json.Marshal(option)
	if err != nil {
		return svg.Drawing{}, fmt.Errorf("%s: %w", c.File, err)
	}
	drawing, err := d.Draw(ctx, data, width, height)
	if err != nil {
		return svg.Drawing{}, fmt.Errorf("%s: %w", c.File, err)
	}
	return drawing, nil
}

// Shows lists the facts that the picture shows: measures, and what a matrix tells
// apart, of each line; then those of its description.
func (c *Chart) Shows() []*fact.Fact {
	var columns []int
	for _, channel := range c.spec.kind.channels {
		i := c.column(channel.name)
		if i >= 0 && (c.unit(i).Numeric() || channel.name == "value") && !slices.Contains(c.Of.Key, c.Of.Columns[i].Name) {
			columns = append(columns, i)
		}
	}
	var list []*fact.Fact
	for i := range c.lines {
		for _, j := range columns {
			list = append(list, fact.FromCell(c.Of, &c.lines[i], j))
		}
	}
	return append(list, c.Said.Facts()...)
}
