package chart

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/geography"
	"broadsheet/generator/quantity"
)

// spec is a file of data/charts as it was written.
type spec struct {
	Kind     string `yaml:"kind"`
	Of       string `yaml:"of"`
	Title    string `yaml:"title"`
	Subtitle string `yaml:"subtitle"`
	Note     string `yaml:"note"`
	Alt      string `yaml:"alt"`     // said of the picture before what the program says of it
	Finding  string `yaml:"finding"` // the fact, true or false, on which the title rests

	X      string `yaml:"x"`
	Y      string `yaml:"y"`
	Series string `yaml:"series"` // one line, or colour, for each of its values
	Stack  string `yaml:"stack"`  // the same, one on the other
	Value  string `yaml:"value"`
	Low    string `yaml:"low"` // the ends of an interval
	High   string `yaml:"high"`
	Region string `yaml:"region"` // a shape of the geography, by one of its codes
	Label  string `yaml:"label"`  // names a region, a point, a tile, …
	Source string `yaml:"source"` // where a flow comes from
	Target string `yaml:"target"` // and where it goes
	Parent string `yaml:"parent"` // what a tile is a part of
	Total  string `yaml:"total"`  // a flag: this step says what all up to it come to
	By     string `yaml:"by"`     // a panel for each of its values
	Each   string `yaml:"each"`   // a chart for each of its values

	Longitude string `yaml:"longitude"` // in degrees, east and north
	Latitude  string `yaml:"latitude"`

	Geography  string            `yaml:"geography"` // the shapes of a map
	ID         string            `yaml:"id"`        // the property by which data name the shapes of a geography of the report's own
	Projection string            `yaml:"projection"`
	View       string            `yaml:"view"`  // what a map shows: "data" or "whole"
	Every      string            `yaml:"every"` // how far apart the times are: "10 years"
	Bins       int               `yaml:"bins"`  // of a histogram, about
	Scale      string            `yaml:"scale"` // a logarithmic one
	Steps      []float64         `yaml:"steps"` // the bounds between the colours of a map or a heat map
	Annotate   *annotations      `yaml:"annotate"`
	Link       string            `yaml:"link"`      // a directory of content/ with a page for each row
	Highlight  []string          `yaml:"highlight"` // keys, names or groups to single out
	Colors     map[string]string `yaml:"colors"`    // by value; else the report's palette has them
	Options    map[string]any    `yaml:"options"`   // merged into what ECharts gets
	Waive      []struct {
		Norm   string `yaml:"norm"`
		Reason string `yaml:"reason"`
	} `yaml:"waive"`

	AllowNumbers []struct { // package literal checks them
		Text   string `yaml:"text"`
		Reason string `yaml:"reason"`
		Times  any    `yaml:"times"`
	} `yaml:"allow_numbers"`
	AllowClaims []struct { // and these
		Text   string `yaml:"text"`
		Reason string `yaml:"reason"`
		Times  any    `yaml:"times"`
	} `yaml:"allow_claims"`

	id   string
	file string
	doc  *config.Document
	kind *kind
	of   *aggregate.Aggregate

	geography *geography.Geography // of a map

	part    *Part        // of a file that makes several charts
	restsOn []*fact.Fact // the cells on which its words depend
}

// kind is a way to draw. Each has a file.
type kind struct {
	channels []channel
	panel    int // how wide a panel of small multiples is, in pixels

	// What the bounds and the norms go by.
	scaled   bool   // has no text, so that one drawing serves all widths
	isMap    bool   // it is drawn on a geography
	binned   bool   // rows are counted in bins, so that there may be any number of them
	steps    bool   // colours stand for steps of a measure
	named    bool   // every name is written beside its mark
	overTime bool   // every time from the first to the last has a place on x
	trend    bool   // it may show how a measure goes on over time
	sums     bool   // values are parts of something that they come to
	fromZero bool   // the length of a mark is what is read, and starts at zero
	groups   string // what groups are called, where not groups
	faint    bool   // there may be any number of groups where some are highlighted

	symbols bool              // groups differ in shape as well as in color
	colored func(c *plot) int // the column whose values have colors; nil where none has

	logarithmic bool // a measure may have such a scale, as its place is what is read

	// unlabelled is the breach of the norm direct-labels at a width, nil if there is
	// none. A kind without it is labelled as it is drawn.
	unlabelled func(c *plot, s *rendering) *diag.Problem

	atPoints *kind // the same, with places by longitude and latitude

	// prepare validates the lines, fills in the legend, and says what the chart claims.
	prepare func(c *plot, problems *faults)
	// option is the ECharts option for a width, and the height that it needs.
	option func(c *plot, width int) (o *option, height int)
	// draw draws what ECharts does not; nil where it does.
	draw func(c *plot, width, height int) svg.Drawing
}

// channel is an encoding that a kind knows.
type channel struct {
	name     string
	optional bool
	as       As // "" where the column decides: a measure is a value, all else a name
}

var kinds = map[string]*kind{
	"area":       &area,
	"bar":        &bar,
	"box":        &box,
	"bump":       &bump,
	"calendar":   &calendar,
	"dot":        &dot,
	"heatmap":    &heatmap,
	"dumbbell":   &dumbbell,
	"funnel":     &funnel,
	"histogram":  &histogram,
	"lanes":      &lanes,
	"line":       &line,
	"map":        &areaMap,
	"matrix":     &matrix,
	"range":      &interval,
	"sankey":     &sankey,
	"scatter":    &scatter,
	"slope":      &slope,
	"strip":      &strip,
	"symbol-map": &symbolMap,
	"tile-grid":  &tileGrid,
	"treemap":    &treemap,
	"units":      &units,
	"waterfall":  &waterfall,
}

// elsewhere are the words of other programs for kinds of charts, and what to write here.
var elsewhere = map[string]string{
	"column": "kind: bar, with the names on x and the measure on y", "bars": "kind: bar", "barh": "kind: bar, with the measure on x", "stacked": "kind: bar, with stack",
	"pie": "lengths are compared more easily than angles: kind: bar, or kind: treemap for parts of a whole", "donut": "lengths are compared more easily than angles: kind: bar, or kind: treemap for parts of a whole",
	"doughnut": "lengths are compared more easily than angles: kind: bar, or kind: treemap for parts of a whole",
	"waffle":   "kind: units", "pictogram": "kind: units", "unit": "kind: units", "swimlanes": "kind: lanes", "swimlane": "kind: lanes", "gantt": "kind: lanes", "timeline": "kind: lanes", "choropleth": "kind: map", "timeseries": "kind: line", "spline": "kind: line", "point": "kind: scatter, or kind: dot", "bubble": "kind: scatter", "lollipop": "kind: dot", "beeswarm": "kind: strip", "swarm": "kind: strip", "slopegraph": "kind: slope", "slope-chart": "kind: slope", "ranks": "kind: bump", "ranking": "kind: bump", "arrow": "kind: dumbbell", "boxplot": "kind: box", "box-plot": "kind: box", "violin": "kind: box, or kind: histogram", "calendar-heatmap": "kind: calendar",
	"symbolmap": "kind: symbol-map", "bubble-map": "kind: symbol-map", "point-map": "kind: symbol-map", "tilegrid": "kind: tile-grid", "tile-map": "kind: tile-grid", "hexmap": "kind: tile-grid",
	"table": `a table is not a chart: {{< table of="AGGREGATE" >}}`,
}

var continents = []string{"europe", "africa", "asia", "north-america", "south-america", "americas", "oceania", "eu"}

// encodings are all that some kind knows, each with the column that it shows, in
// the order in which they are checked.
func (s *spec) encodings() [][2]string {
	return [][2]string{
		{"x", s.X}, {"y", s.Y}, {"series", s.Series}, {"stack", s.Stack}, {"value", s.Value}, {"low", s.Low}, {"high", s.High}, {"region", s.Region},
		{"label", s.Label}, {"source", s.Source}, {"target", s.Target}, {"parent", s.Parent}, {"total", s.Total}, {"by", s.By}, {"longitude", s.Longitude}, {"latitude", s.Latitude},
	}
}

// encoding is the column that a channel shows, "" if none.
func (s *spec) encoding(channel string) string {
	for _, e := range s.encodings() {
		if e[0] == channel {
			return e[1]
		}
	}
	return ""
}

// channels are those of the kind, and the one that every kind has.
func (s *spec) channels() []channel {
	return append([]channel{{name: "by", optional: true, as: AsPanel}}, s.kind.channels...)
}

// a is the kind with its article.
func (s *spec) a() string {
	if strings.ContainsRune("aeiou", rune(s.Kind[0])) {
		return "an " + s.Kind
	}
	return "a " + s.Kind
}

// idOf is the id of the chart in a file.
func idOf(file string) string { return strings.TrimSuffix(path.Base(file), ".yaml") }

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func readSpec(file string, data []byte, aggregates aggregate.Set, own map[string]*geography.File, list *diag.List) (*spec, *faults, error) {
	s := &spec{file: file, id: idOf(file)}
	var found diag.List
	s.doc = config.YAMLIn(aggregates.Language().Tag(), file, 1, data, s, &found)
	list.Add(found.Sorted()...)
	problems := &faults{list: list, doc: s.doc, failed: !found.Empty()}
	if s.doc == nil { // what it says is not known
		return s, problems, nil
	}
	if !idForm.MatchString(s.id) {
		list.Add(diag.Problem{File: file, Message: "the name of a chart", Found: diag.Quote(s.id), Expected: "small letters, digits and -"})
	}
	if s.Title == "" && !s.doc.Mistyped("title") {
		problems.add(diag.Problem{Message: "title is missing", Expected: "the finding, in a sentence"})
	}
	if s.Subtitle == "" && !s.doc.Mistyped("subtitle") {
		problems.add(diag.Problem{Message: "subtitle is missing", Expected: "measure, place, time and unit"})
	}
	names := slices.Sorted(maps.Keys(kinds))
	s.kind = kinds[s.Kind]
	if s.kind != nil && s.kind.atPoints != nil && s.Longitude+s.Latitude != "" {
		s.kind = s.kind.atPoints
	}
	switch {
	case s.kind != nil || s.doc.Mistyped("kind"):
	case s.Kind == "counties": // as earlier versions had it
		problems.add(diag.Problem{Message: "unknown kind \"counties\"", Expected: "kind: map, with geography: us-counties-2017 or us-counties-2023"}, "kind")
	default:
		problems.add(diag.Problem{Message: "unknown kind " + diag.Quote(s.Kind), Expected: "one of " + strings.Join(names, ", "), Hint: cmp.Or(elsewhere[strings.ToLower(s.Kind)], diag.Nearest(s.Kind, names))}, "kind")
	}
	of, known := aggregates[s.Of]
	if !known && !s.doc.Mistyped("of") {
		problems.add(diag.Problem{Message: "unknown aggregate " + diag.Quote(s.Of), Hint: diag.Nearest(s.Of, aggregates.Names())}, "of")
	}
	s.of = of
	if s.kind != nil && of != nil {
		s.checkEncodings(problems)
		return s, problems, s.findGeography(own, problems)
	}
	return s, problems, nil
}

func (s *spec) checkEncodings(problems *faults) {
	known := map[string]bool{}
	for _, channel := range s.channels() {
		known[channel.name] = true
		name := s.encoding(channel.name)
		switch {
		case s.doc.Mistyped(channel.name):
		case name == "" && !channel.optional:
			problems.add(diag.Problem{Message: s.a() + " needs " + channel.name, Expected: "a column of " + s.of.Name + ": " + strings.Join(s.of.ColumnNames(), ", ")}, "kind")
		case name != "" && s.of.Column(name) < 0:
			problems.add(diag.Problem{Message: "unknown column " + diag.Quote(name), Expected: "a column of " + s.of.Name + ": " + strings.Join(s.of.ColumnNames(), ", "), Hint: diag.Nearest(name, s.of.ColumnNames())}, channel.name)
		}
	}
	if s.kind == &symbolMapAtPoints && s.Region != "" {
		problems.add(diag.Problem{Message: "a place by region, and by longitude and latitude", Expected: "one of them"}, "region")
		return
	}
	var names []string
	for _, c := range s.kind.channels {
		names = append(names, c.name)
	}
	for _, e := range s.encodings() {
		if e[1] != "" && !known[e[0]] {
			problems.add(diag.Problem{Message: s.a() + " has no " + e[0], Expected: strings.Join(names, ", ")}, e[0])
		}
	}
	of := map[string]string{} // channels by their column
	for _, channel := range s.channels() {
		name := s.encoding(channel.name)
		if other, used := of[name]; used && name != "" {
			problems.add(diag.Problem{Message: "column " + diag.Quote(name) + " is " + other + " already", Expected: "another column for " + channel.name}, channel.name)
		}
		of[name] = channel.name
	}
	if s.Bins != 0 && !s.kind.binned {
		problems.add(diag.Problem{Message: s.a() + " has no bins"}, "bins")
	}
	if s.Bins < 0 || s.Bins > maxBins {
		problems.add(diag.Problem{Message: fmt.Sprintf("%d bins", s.Bins), Expected: fmt.Sprintf("from 1 to %d", maxBins)}, "bins")
	}
	if s.Every != "" {
		s.checkEvery(problems)
	}
	if s.Each != "" && s.of.Column(s.Each) < 0 {
		problems.add(diag.Problem{Message: "unknown column " + diag.Quote(s.Each), Expected: "a column of " + s.of.Name + ": " + strings.Join(s.of.ColumnNames(), ", "), Hint: diag.Nearest(s.Each, s.of.ColumnNames())}, "each")
	}
	s.checkScaleKey(problems)
	if len(s.Steps) > 0 && !s.kind.steps {
		problems.add(diag.Problem{Message: s.a() + " has no steps"}, "steps")
	}
	if len(s.Steps) >= maxSteps || !slices.IsSorted(s.Steps) || len(slices.Compact(slices.Clone(s.Steps))) < len(s.Steps) {
		problems.add(diag.Problem{Message: "the steps of a chart", Expected: fmt.Sprintf("at most %d bounds, from the lowest to the highest", maxSteps-1)}, "steps")
	}
}

// checkHighlight checks that what the chart's file singles out is there.
func (c *plot) checkHighlight(problems *faults) {
	if c.of.Tainted || len(c.spec.Highlight) == 0 {
		return
	}
	known := map[string]bool{}
	for _, l := range c.lines {
		for _, value := range c.singled(l) {
			known[value] = true
		}
	}
	for _, value := range c.spec.Highlight {
		if !known[value] {
			problems.add(diag.Problem{
				Message: "unknown value " + diag.Quote(value), Expected: "a key of " + c.of.Name + ", or a name or a group of the chart", Hint: diag.Nearest(value, slices.Sorted(maps.Keys(known))),
			}, "highlight")
		}
	}
}

// findGeography looks up the shapes of a map: those of the report, by the name of their file,
// or built-in ones.
func (s *spec) findGeography(own map[string]*geography.File, problems *faults) error {
	keys := [][2]string{{"geography", s.Geography}, {"id", s.ID}, {"projection", s.Projection}, {"view", s.View}}
	for _, key := range keys {
		switch {
		case key[1] == "" || s.doc.Mistyped(key[0]):
		case !s.kind.isMap:
			problems.add(diag.Problem{Message: s.a() + " has no " + key[0]}, key[0])
		case key[0] == "view" && key[1] != "data" && key[1] != "whole":
			problems.add(diag.Problem{Message: "unknown view " + diag.Quote(key[1]), Expected: "data or whole"}, key[0])
		case key[0] == "projection" && !slices.Contains(geography.Projections, key[1]):
			problems.add(diag.Problem{
				Message: "unknown projection " + diag.Quote(key[1]), Expected: "one of " + strings.Join(geography.Projections, ", "), Hint: diag.Nearest(key[1], geography.Projections),
			}, key[0])
		}
	}
	if !s.kind.isMap || problems.failed {
		return nil
	}
	name := cmp.Or(s.Geography, geography.Default)
	if file, ok := own[name]; ok {
		return s.ownGeography(name, file, problems)
	}
	if s.geography = geography.Get(name); s.geography == nil {
		names := slices.Concat(geography.Names, slices.Sorted(maps.Keys(own)))
		hint := diag.Nearest(name, names)
		if slices.Contains(continents, strings.ToLower(name)) {
			hint = "geography: world has all countries, and a map shows those of the data and what is around them"
		}
		problems.add(diag.Problem{
			Message: "unknown geography " + diag.Quote(name), Expected: "one of " + strings.Join(names, ", ") + ", or a file of " + geography.Directory, Hint: hint,
		}, "geography")
		return nil
	}
	for _, key := range keys[1:3] {
		if key[1] != "" {
			problems.add(diag.Problem{Message: name + " is built in, with its " + key[0]}, key[0])
		}
	}
	return nil
}

// checkEvery checks the period of times, which a column of x or y has.
func (s *spec) checkEvery(problems *faults) {
	p, ok := quantity.ParsePeriod(s.Every)
	if !ok {
		problems.add(diag.Problem{Message: "every", Found: diag.Quote(s.Every), Expected: "days, weeks, months, quarters or years, such as 10 years"}, "every")
		return
	}
	for _, name := range []string{s.X, s.Y} {
		if i := s.of.Column(name); name != "" && i >= 0 && !s.of.Columns[i].Unit.Period().IsZero() {
			if unit := s.of.Columns[i].Unit; p.Finer(unit) {
				problems.add(diag.Problem{Message: "every", Found: diag.Quote(s.Every), Expected: "at least a " + unit.Period().String() + ", as " + name + " has the unit " + unit.String()}, "every")
			}
			return
		}
	}
	problems.add(diag.Problem{Message: s.a() + " without times", Found: "every: " + s.Every, Expected: "a column of years, quarters, months or days on x or y"}, "every")
}

// ownGeography makes the geography of a file that the report has.
func (s *spec) ownGeography(name string, file *geography.File, problems *faults) error {
	if file == nil || s.of.Tainted { // which has problems, which are told
		problems.failed = true
		return nil
	}
	choice := geography.Choice{ID: s.ID, Projection: s.Projection}
	if region := s.of.Column(s.Region); region >= 0 {
		for _, row := range s.of.Rows {
			choice.Codes = append(choice.Codes, row.Values[region].Raw())
		}
	}
	g, err := file.Geography(name, choice)
	var unfit *geography.Unfit
	if errors.As(err, &unfit) {
		problems.add(unfit.Problem, unfit.At)
		return nil
	}
	s.geography = g
	return err
}
