package aggregate

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/diag"
	"broadsheet/generator/document"
	"broadsheet/generator/engine"
	"broadsheet/generator/figure"

	"go.yaml.in/yaml/v3"
)

// spec is a file of data/aggregates as it was written.
type spec struct {
	Title   string                `yaml:"title"`
	About   string                `yaml:"about"`
	Key     keys                  `yaml:"key"`
	Columns map[string]columnSpec `yaml:"columns"`

	name, file string
	text       string // the whole file
	sql        string // behind the comment
	sqlStart   int    // its offset in text
	line       int    // of the first line of YAML
	doc        *document.Document
	reads      []string // tables and aggregates
	names      []string // columns
	ordered    bool
	read       bool // by another aggregate
	usable     bool // can be run
	done       chan struct{}
	result     *Aggregate

	mu       sync.Mutex
	problems int
}

type columnSpec struct {
	Label     string      `yaml:"label"`
	Unit      figure.Unit `yaml:"unit"`
	Precision string      `yaml:"precision"` // the column that says how exact a value is
}

// keys is one name or a list of names.
type keys []string

func (k *keys) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*k = keys{n.Value}
		return nil
	}
	return n.Decode((*[]string)(k))
}

var nameOf = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// fail adds a problem of this file.
func (s *spec) fail(problems *diag.List, p diag.Problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.File = s.file
	s.problems++
	problems.Add(p)
}

// reject adds a problem of this file that keeps it from being run.
func (s *spec) reject(problems *diag.List, p diag.Problem) {
	s.usable = false
	s.fail(problems, p)
}

// failAt adds a problem at a place of the YAML comment.
func (s *spec) failAt(problems *diag.List, p diag.Problem, path ...any) {
	p.Line, p.Column = s.doc.At(path...)
	s.fail(problems, p)
}

// sqlLine is the line on which the SELECT starts.
func (s *spec) sqlLine() int {
	blank := len(s.sql) - len(strings.TrimLeft(s.sql, " \t\r\n"))
	line, _ := engine.Place(s.text, s.sqlStart+blank)
	return line
}

func readSpec(ctx context.Context, report fs.FS, file string, eng *engine.Engine, problems *diag.List) (*spec, error) {
	data, err := fs.ReadFile(report, file)
	if err != nil {
		return nil, err
	}
	s := &spec{
		name: strings.TrimSuffix(path.Base(file), ".sql"), file: file, text: string(data), line: 1,
		usable: true, done: make(chan struct{}),
	}
	if !nameOf.MatchString(s.name) {
		s.reject(problems, diag.Problem{Message: "the name of an aggregate", Found: diag.Quote(s.name), Expected: "small letters, digits and _, starting with a letter"})
	}
	open := strings.Index(s.text, "/*")
	end := strings.Index(s.text, "*/")
	if open < 0 || end < open || strings.TrimSpace(s.text[:open]) != "" {
		s.reject(problems, diag.Problem{Line: 1, Message: "the file does not start with a comment", Expected: "/* title: … columns: … */ before the SELECT"})
		return s, nil
	}
	s.line, _ = engine.Place(s.text, open)
	s.sqlStart = end + len("*/")
	s.sql = s.text[s.sqlStart:]

	var found diag.List
	s.doc = document.YAML(file, s.line, []byte(s.text[open+len("/*"):end]), s, &found)
	for _, p := range found.Sorted() {
		s.fail(problems, p)
	}
	if s.doc != nil {
		s.judge(problems)
	}
	s.sql = strings.TrimRight(s.sql, "; \t\r\n")
	statement, err := eng.Parse(ctx, s.sql)
	var said *engine.Error
	switch {
	case errors.As(err, &said):
		p := diag.Problem{Line: s.sqlLine(), Message: "broken SQL: " + lowerFirst(said.Message)}
		if said.Offset >= 0 {
			p.Line, p.Column = engine.Place(s.text, s.sqlStart+said.Offset)
		}
		s.reject(problems, p)
	case err != nil:
		return nil, err
	}
	s.reads, s.names, s.ordered = statement.Tables, statement.Columns, statement.Ordered
	for _, name := range statement.Functions {
		if engine.Changing(name) {
			s.reject(problems, diag.Problem{Line: s.sqlLine(), Message: name + "() gives another value at each build", Hint: "take the value from a table"})
		}
	}
	return s, nil
}

// judge checks the comment by itself.
func (s *spec) judge(problems *diag.List) {
	if s.Title == "" {
		s.fail(problems, diag.Problem{Line: s.line, Message: "title is missing", Expected: "what the aggregate says, in plain words"})
	}
	for _, name := range s.doc.Keys("columns") {
		c := s.Columns[name]
		if c.Label == "" {
			s.failAt(problems, diag.Problem{Message: "column " + diag.Quote(name) + " has no label"}, "columns", name)
		}
		if !c.Unit.Known() {
			p := diag.Problem{Message: "column " + diag.Quote(name) + " has no unit", Expected: "one of " + strings.Join(figure.Units(), ", ")}
			if c.Unit != "" {
				p.Message = "unknown unit " + diag.Quote(string(c.Unit))
				p.Hint = diag.Nearest(string(c.Unit), figure.Units())
			}
			s.failAt(problems, p, "columns", name, "unit")
		}
	}
	for _, key := range s.Key {
		if !slices.Contains(s.doc.Keys("columns"), key) {
			s.failAt(problems, diag.Problem{Message: "the key " + diag.Quote(key) + " is not among the columns", Hint: diag.Nearest(key, s.doc.Keys("columns"))}, "key")
		}
	}
}
