package chart

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/document"
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
	Value  string `yaml:"value"`
	Region string `yaml:"region"` // a state: its postal code or its FIPS code
	Label  string `yaml:"label"`  // names a region in the table

	Highlight []string `yaml:"highlight"` // keys of lines to single out

	AllowNumbers []struct { // package check judges them
		Text   string `yaml:"text"`
		Reason string `yaml:"reason"`
	} `yaml:"allow_numbers"`

	id     string
	file   string
	doc    *document.Document
	kind   *kind
	of     *aggregate.Aggregate
	failed bool
}

// kind is a way to draw. Each has a file.
type kind struct {
	channels []channel
	scaled   bool // has no text, so that one drawing serves all widths

	// prepare judges the lines and fills in the legend and the alt text.
	prepare func(c *Chart, problems *diag.List)
	// option is the ECharts option for a width, and the height that it needs.
	option func(c *Chart, width int) (option map[string]any, height int)
}

// channel is an encoding that a kind knows.
type channel struct {
	name     string
	optional bool
	as       As // "" where the column decides: a measure is a value, all else a name
}

var kinds = map[string]*kind{
	"bar":    &bar,
	"line":   &line,
	"map":    &usMap,
	"matrix": &matrix,
}

// encoding is the column that a channel shows, "" if none.
func (s *spec) encoding(channel string) string {
	return map[string]string{"x": s.X, "y": s.Y, "series": s.Series, "value": s.Value, "region": s.Region, "label": s.Label}[channel]
}

// fail adds a problem at a key of the file.
func (s *spec) fail(problems *diag.List, p diag.Problem, path ...any) {
	s.failed = true
	problems.Add(s.doc.Problem(p, path...))
}

// judge adds a problem of the words. Of a chart whose finding is no longer true the
// rest can be drawn all the same.
func (s *spec) judge(problems *diag.List, p diag.Problem, key string) {
	if p.Finding != "" {
		problems.Add(s.doc.Problem(p, key))
		return
	}
	s.fail(problems, p, key)
}

var idOf = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func readSpec(file string, data []byte, aggregates aggregate.Set, problems *diag.List) *spec {
	s := &spec{file: file, id: strings.TrimSuffix(path.Base(file), ".yaml")}
	var found diag.List
	s.doc = document.YAML(file, 1, data, s, &found)
	problems.Add(found.Sorted()...)
	s.failed = !found.Empty()
	if s.doc == nil {
		s.doc = &document.Document{File: file}
		s.failed = true
		return s
	}
	if !idOf.MatchString(s.id) {
		problems.Add(diag.Problem{File: file, Message: "the name of a chart", Found: diag.Quote(s.id), Expected: "small letters, digits and -"})
	}
	if s.Title == "" {
		s.fail(problems, diag.Problem{Message: "title is missing", Expected: "the finding, in a sentence"})
	}
	if s.Subtitle == "" {
		s.fail(problems, diag.Problem{Message: "subtitle is missing", Expected: "measure, place, time and unit"})
	}
	names := slices.Sorted(maps.Keys(kinds))
	if s.kind = kinds[s.Kind]; s.kind == nil {
		s.fail(problems, diag.Problem{Message: "unknown kind " + diag.Quote(s.Kind), Expected: "one of " + strings.Join(names, ", "), Hint: diag.Nearest(s.Kind, names)}, "kind")
	}
	of, known := aggregates[s.Of]
	if !known {
		s.fail(problems, diag.Problem{Message: "unknown aggregate " + diag.Quote(s.Of), Hint: diag.Nearest(s.Of, aggregates.Names())}, "of")
	}
	s.of = of
	if s.kind != nil && of != nil {
		s.judgeEncodings(problems)
	}
	return s
}

func (s *spec) judgeEncodings(problems *diag.List) {
	known := map[string]bool{}
	for _, channel := range s.kind.channels {
		known[channel.name] = true
		name := s.encoding(channel.name)
		switch {
		case name == "" && !channel.optional:
			s.fail(problems, diag.Problem{Message: "a " + s.Kind + " needs " + channel.name, Expected: "a column of " + s.of.Name + ": " + strings.Join(s.of.ColumnNames(), ", ")}, "kind")
		case name != "" && s.of.Column(name) < 0:
			s.fail(problems, diag.Problem{Message: "unknown column " + diag.Quote(name), Expected: "a column of " + s.of.Name + ": " + strings.Join(s.of.ColumnNames(), ", "), Hint: diag.Nearest(name, s.of.ColumnNames())}, channel.name)
		}
	}
	for _, name := range []string{"x", "y", "series", "value", "region", "label"} {
		if s.encoding(name) != "" && !known[name] {
			s.fail(problems, diag.Problem{Message: "a " + s.Kind + " has no " + name}, name)
		}
	}
	if s.of.Tainted {
		return
	}
	for _, key := range s.Highlight {
		if !slices.ContainsFunc(s.of.Lines, func(l aggregate.Line) bool { return slices.Contains(l.Key, key) }) {
			s.fail(problems, diag.Problem{Message: "unknown key " + diag.Quote(key), Expected: "a key of " + s.of.Name}, "highlight")
		}
	}
}
