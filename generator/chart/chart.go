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
// A spec is that file as it was written. A plot is what a kind draws: the rows of the
// chart, or of one panel of small multiples. Each kind has a file: prepare validates the
// rows, fills in the legend and makes the claims of which the alt text is worded (see
// package claim), and option makes what ECharts gets at a width. A rendering is that option
// at one of the three widths, made once, with `options:` laid over it: norms.go validates
// it, and it is drawn. Text is never scaled; maps, which have no text, and panels, which
// have one width, are drawn once.
//
// What ECharts does not draw, a kind draws by itself, on a paper (paper.go) that is read as ECharts' drawings
// are. What a color means is said by value (palette.go), and a symbol goes with it.
//
// To add a kind, write its file, and name it in kinds. A kind says itself what the bounds
// and the norms go by; years.go, names.go, axes.go, symbols.go, steps.go, legend.go and
// claims.go have what several kinds draw and say.
package chart

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/geography"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"

	"github.com/sourcegraph/conc/pool"
)

// Chart is a chart of a report, ready to be drawn.
type Chart struct {
	ID       string
	Part     *Part // of a file that makes several charts
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

	*plot
	panels     []*panel     // of small multiples, nil if it is none
	renderings []*rendering // at all widths, or those of panels
}

// Rounded reports whether shares that the chart shows together come to a whole, and what
// is written of them does not.
func (c *Chart) Rounded() bool {
	i := c.columnAs(AsValue)
	if i < 0 || !c.unit(i).IsShare() {
		return false
	}
	sets := map[string][]quantity.Value{}
	for _, line := range c.Of.Rows {
		sets[""] = append(sets[""], line.Values[i])
		for _, as := range []As{AsName, AsGroup, AsPanel} {
			if of := c.columnAs(as); of >= 0 {
				in := string(as) + line.Values[of].Raw()
				sets[in] = append(sets[in], line.Values[i])
			}
		}
	}
	for _, values := range sets {
		if c.unit(i).Rounded(values) {
			return true
		}
	}
	return false
}

// Table is what a chart draws, in rows and columns.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column is a column of an aggregate, and what the drawing makes of it.
type Column struct {
	aggregate.Column
	As    As
	Every string // how far apart times are, where their unit does not say it

	Log      bool     // on a logarithmic scale
	Sequence []string // the texts in their order, where that is not one by letters
}

// As says what a column is in a drawing. The page says it too, in data-as, so that
// package check can hold drawing, table and download against each other.
type As string

// A value is drawn at a name, or where a name meets a group. A label is not drawn.
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
	AsWhen   As = "when"   // the day of an event, where events have names
	AsTotal  As = "total"  // says that a step is a sum
	AsPlace  As = "place"  // a longitude or a latitude, which the table does not list
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

// File is the file of a chart.
func (s Set) File(id string) string {
	if c := s[id]; c != nil {
		return c.File
	}
	return "data/charts/" + id + ".yaml"
}

// File is a file of data/charts as its editor wrote it.
type File struct {
	Name string
	Text []byte

	unreadable bool
}

// Load validates the charts' files. Maps may be drawn on the report's own geographies. The day of the data, "" if unknown, tells
// whether a year is whole.
func Load(ctx context.Context, files []File, aggregates aggregate.Set, own map[string]*geography.File, day string, palette Palette, limits limit.Limits, problems *diag.List) (Set, error) {
	made := make([]Set, len(files))
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, file := range files {
		group.Go(func() error {
			if file.unreadable {
				made[i] = Set{idOf(file.Name): nil}
				return ctx.Err()
			}
			s, faults, err := readSpec(file.Name, file.Text, aggregates, own, problems)
			if err != nil {
				return fmt.Errorf("%s: %w", file.Name, err)
			}
			if made[i], err = newCharts(s, aggregates, day, palette, limits, faults); err != nil {
				return fmt.Errorf("%s: %w", file.Name, err)
			}
			for _, c := range made[i] {
				if c != nil {
					c.YAML = strings.TrimSpace(string(file.Text))
				}
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	set := Set{}
	for i := range made {
		for _, id := range made[i].IDs() {
			if other, taken := set[id]; taken && other != nil {
				problems.Add(diag.Problem{File: files[i].Name, Message: "another chart is called " + diag.Quote(id) + " already", Found: other.File, Hint: "rename this file"})
			}
			set[id] = made[i][id]
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

// newChart makes the chart of a file; nil where it has problems.
func newChart(s *spec, aggregates aggregate.Set, day string, palette Palette, limits limit.Limits, problems *faults) (*Chart, error) {
	c := &Chart{ID: s.id, Part: s.part, File: s.file, Kind: s.Kind, Of: s.of}
	read := func(key, text string) fact.Prose {
		prose, wrong := fact.ParseProse(aggregates, text)
		for _, p := range wrong {
			problems.addText(p, key)
		}
		return prose
	}
	c.Title, c.Subtitle, c.Note = read("title", s.Title), read("subtitle", s.Subtitle), read("note", s.Note)
	c.Said = read("alt", s.Alt)
	if s.Finding != "" {
		if wrong := fact.CheckFinding(aggregates, s.Finding, s.Title); wrong != nil {
			problems.addText(*wrong, "finding")
		}
		if finding, _ := fact.Find(aggregates, s.Finding); finding != nil {
			c.Title = c.Title.Resting(finding)
		}
	}
	if s.of == nil || s.kind == nil {
		return nil, nil
	}
	c.plot = &plot{spec: s, of: s.of, lines: s.of.Rows, whole: s.of.Rows, day: day, palette: palette, references: s.restsOn}
	if c.checkHighlight(problems); problems.failed {
		return nil, nil
	}
	c.Waivers = s.readWaivers(problems)
	c.checkColors(problems)
	if c.checkBounds(limits, problems); problems.failed {
		return nil, nil
	}
	if s.of.Tainted {
		return nil, nil // its data have problems, which are told: it would be drawn of what is left of them
	}
	c.sayScale()
	if c.column("by") >= 0 {
		c.preparePanels(problems)
	} else {
		s.kind.prepare(c.plot, problems)
	}
	if !problems.failed {
		c.prepareNotes(aggregates, problems)
	}
	if !problems.failed {
		if err := c.makeRenderings(problems); err != nil {
			return nil, err
		}
	}
	if problems.failed {
		return nil, nil
	}
	for _, item := range c.legend {
		item.Label = quantity.Title(item.Label)
		c.Legend = append(c.Legend, item)
	}
	c.Claims, c.Table = c.claims, c.table()
	return c, nil
}

// Alt is the chart in a sentence or two.
func (c *Chart) Alt() string { return c.Claims.In(bookOf(c.Of)) }

// Widths that a chart is drawn for, in CSS pixels. A drawing shows in columns of 12/13 of its width or more, so that its text has
// 12 pixels at least, up to where the next one does: .drawing of the style sheet.
const (
	Narrow = 320 // a phone
	Middle = 480 // a tablet beside another window, the column of another site
	Wide   = 700
)

// Widths are all of them.
var Widths = []int{Narrow, Middle, Wide}

// Scaled reports whether one drawing serves every width.
func (c *Chart) Scaled() bool { return c.spec.kind.scaled && c.panels == nil }

// Draw draws the chart for a column of the given width.
func (c *Chart) Draw(ctx context.Context, d *svg.Drawer, width int) (svg.Drawing, error) {
	var drawing svg.Drawing
	var err error
	if c.panels != nil {
		drawing, err = c.drawPanels(ctx, d, width)
	} else {
		drawing, err = c.renderings[slices.Index(Widths, width)].draw(ctx, d, c.ID)
	}
	if err != nil {
		return svg.Drawing{}, fmt.Errorf("%s: %w", c.File, err)
	}
	return drawing, nil
}

// Measures are the columns that the picture measures, or that a matrix tells apart, of
// which the sources are those of the picture: what its rows are called comes from
// elsewhere. Where it has none they are all columns.
func (c *Chart) Measures() []aggregate.Column {
	var list []aggregate.Column
	for _, channel := range c.spec.kind.channels {
		i := c.column(channel.name)
		if i >= 0 && (c.unit(i).Numeric() || channel.name == "value") && !slices.Contains(c.Of.Key, c.Of.Columns[i].Name) {
			list = append(list, c.Of.Columns[i])
		}
	}
	if list == nil {
		return c.Of.Columns
	}
	return list
}

// Shows lists the facts that the picture shows: what its channels hold in each line, parts of the key among them; then those
// of its description.
func (c *Chart) Shows() []*fact.Fact {
	var columns []int
	for _, channel := range c.spec.channels() {
		if i := c.column(channel.name); i >= 0 && !slices.Contains(columns, i) {
			columns = append(columns, i)
		}
	}
	of := c.Of
	if c.Part != nil {
		of = c.Part.whole // in which a fact is looked up
	}
	var list []*fact.Fact
	for i := range c.lines {
		for _, j := range columns {
			list = append(list, fact.FromCell(of, &c.lines[i], j))
		}
	}
	return append(append(list, c.references...), c.Said.Facts()...)
}
