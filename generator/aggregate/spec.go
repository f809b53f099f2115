package aggregate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/finding"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
	"broadsheet/generator/quantity"

	"go.yaml.in/yaml/v3"
)

// spec is a file of data/aggregates as it was written, and what its SELECT reads.
type spec struct {
	Title   string                `yaml:"title"`
	About   string                `yaml:"about"`
	Key     keys                  `yaml:"key"`
	Columns map[string]columnSpec `yaml:"columns"`

	Findings    map[string]finding.Spec `yaml:"findings"`
	Repeats     map[string]string       `yaml:"repeats"`       // of tables whose rows may count more than once, the reason
	Definitions map[string]string       `yaml:"by definition"` // of columns with numbers that the query types, who defines them

	AllowNumbers []struct { // in title and about; package literal reads them
		Text   string `yaml:"text"`
		Reason string `yaml:"reason"`
		Times  any    `yaml:"times"`
	} `yaml:"allow_numbers"`

	name, file string
	text       string // the whole file
	sql        string // behind the comment
	sqlStart   int    // its offset in text
	line       int    // of the first line of YAML
	doc        *config.Document
	mentions   []engine.Mention // what is in FROM
	reads      []string         // the tables and aggregates among them
	names      []string         // columns
	ordered    bool
	limit      int  // of rows, 0 without one
	usable     bool // can be run

	mu       sync.Mutex
	problems int
	alike    map[string]*alike // problems of rows, by their kind
}

type columnSpec struct {
	Label     string `yaml:"label"`
	Unit      string `yaml:"unit"`
	Precision string `yaml:"precision"` // the column that says how exact a value is
	Small     bool   `yaml:"small"`     // of percents: all are below 1, as they should
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

// Expected says what a key can be.
func (k *keys) Expected() string { return "a column or a list of columns" }

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

// alike is a problem that several rows have.
type alike struct {
	first diag.Problem
	rows  int
}

// failRow adds a problem of a row at a place of the YAML comment, which other rows may have too: they are one problem.
func (s *spec) failRow(kind string, p diag.Problem, path ...any) {
	if s.alike == nil {
		s.alike = map[string]*alike{}
	}
	if s.alike[kind] == nil {
		p.Line, p.Column = s.doc.At(path...)
		s.alike[kind] = &alike{first: p}
	}
	s.alike[kind].rows++
}

// addAlike adds the problems of rows.
func (s *spec) addAlike(problems *diag.List) {
	for _, found := range s.alike {
		p := found.first
		if found.rows > 1 {
			p.Found += fmt.Sprintf(" and %d more", found.rows-1)
		}
		s.fail(problems, p)
	}
}

// sqlLine is the line on which the SELECT starts.
func (s *spec) sqlLine() int {
	blank := len(s.sql) - len(strings.TrimLeft(s.sql, " \t\r\n"))
	line, _ := config.Position([]byte(s.text), s.sqlStart+blank)
	return line
}

// readSpec reads a file of an aggregate, and parses it.
func (l *loader) readSpec(ctx context.Context, report fs.FS, file string) (*spec, error) {
	s := &spec{
		name: strings.TrimSuffix(path.Base(file), ".sql"), file: file, line: 1,
		usable: true,
	}
	if len(s.name) > longestName || !nameOf.MatchString(s.name) {
		s.reject(l.problems, diag.Problem{
			Message: "the name of an aggregate", Found: diag.Quote(s.name),
			Expected: fmt.Sprintf("at most %d small letters, digits and _, starting with a letter", longestName), Hint: "rename the file",
		})
	}
	if info, err := fs.Stat(report, file); err == nil && info.Size() > int64(l.limits.Get(limit.QuerySize)) {
		s.reject(l.problems, l.limits.Exceeded(limit.QuerySize, "a file of "+diag.Count(int(info.Size()), "character")))
		return s, nil
	}
	data, err := fs.ReadFile(report, file)
	if err != nil {
		return nil, err
	}
	s.text = string(data)
	if !s.splitText(l.data.Units().Language().Tag(), l.problems) {
		return s, nil
	}
	if s.doc != nil {
		s.validate(l.data.Units(), l.problems)
	}
	key, err := memo.KeyOf(s.sql)
	if err != nil {
		return nil, err
	}
	statement, err := memo.Do(l.answers, "query", key, func() (engine.Statement, error) { return l.engine.Parse(ctx, s.sql) })
	var said *engine.Error
	switch {
	case errors.As(err, &said):
		s.reject(l.problems, s.broken(said))
	case err != nil:
		return nil, err
	}
	s.mentions, s.names, s.ordered = statement.Tables, statement.Columns, statement.Ordered
	s.limit = statement.Limit
	for _, impure := range statement.Impure {
		s.reject(l.problems, s.at(diag.Problem{Message: impure.Message, Hint: impure.Hint}, impure.Offset))
	}
	return s, nil
}

const longestName = 100

// splitText cuts the file into its first comment, which it reads, and the SELECT. It
// reports whether there is one.
func (s *spec) splitText(language string, problems *diag.List) bool {
	head, line, start, wrong := config.CutHead(s.text)
	if wrong != nil {
		if wrong.Expected == "" {
			wrong.Expected = "/* title: … columns: … */ before the SELECT"
		}
		s.reject(problems, *wrong)
		return false
	}
	s.line, s.sqlStart = line, start
	s.sql = strings.TrimRight(s.text[s.sqlStart:], "; \t\r\n")

	var found diag.List
	s.doc = config.YAMLIn(language, s.file, s.line, []byte(head), s, &found)
	for _, p := range found.Sorted() {
		s.fail(problems, p)
	}
	if s.doc != nil && s.doc.Mistyped("columns") { // then nothing is known of them
		s.doc = nil
	}
	return true
}

// validate checks the comment by itself.
func (s *spec) validate(units quantity.Units, problems *diag.List) {
	if s.Title == "" && !s.doc.Mistyped("title") {
		s.fail(problems, diag.Problem{Line: s.line, Message: "title is missing", Expected: "what the aggregate says, in plain words"})
	}
	s.checkText(problems, s.Title, "title")
	s.checkText(problems, s.About, "about")
	for _, name := range s.doc.Keys("columns") {
		c := s.Columns[name]
		s.checkText(problems, c.Label, "columns", name, "label")
		if name == "" || strings.ContainsAny(name, "\t\r\n") || unprintable(name) != "" {
			s.failAt(problems, diag.Problem{Message: "the name of a column", Found: diag.Quote(name), Expected: "text of one line", Hint: "name it with AS in the SELECT"}, "columns", name)
		}
		if s.doc.Mistyped("columns", name) {
			continue
		}
		if c.Label == "" && !s.doc.Mistyped("columns", name, "label") {
			s.failAt(problems, diag.Problem{Message: "column " + diag.Quote(name) + " has no label"}, "columns", name)
		}
		if _, ok := units.Find(c.Unit); !ok && !s.doc.Mistyped("columns", name, "unit") {
			p := diag.Problem{Message: "column " + diag.Quote(name) + " has no unit", Expected: units.Expected()}
			if c.Unit != "" {
				p.Message = "unknown unit " + diag.Quote(c.Unit)
				p.Hint = units.Nearest(c.Unit)
			}
			s.failAt(problems, p, "columns", name, "unit")
		}
	}
	s.checkReasons(problems, "repeats", s.Repeats)
	s.checkReasons(problems, definitions, s.Definitions)
	for _, name := range s.doc.Keys(definitions) {
		if name != limited && !slices.Contains(s.doc.Keys("columns"), name) {
			s.failAt(problems, diag.Problem{Message: "unknown column " + diag.Quote(name), Hint: diag.Nearest(name, s.doc.Keys("columns"))}, definitions, name)
		}
	}
	for i, key := range s.Key {
		if slices.Contains(s.Key[:i], key) {
			s.failAt(problems, diag.Problem{Message: "the key " + diag.Quote(key) + " is given twice"}, "key")
		}
		if !slices.Contains(s.doc.Keys("columns"), key) {
			p := diag.Problem{Message: "the key " + diag.Quote(key) + " is not among the columns", Hint: diag.Nearest(key, s.doc.Keys("columns"))}
			if parts := strings.Split(key, ","); len(parts) > 1 {
				p.Hint = "several columns are a list: key: [" + key + "]"
			}
			s.failAt(problems, p, "key")
		}
	}
}

// checkReasons checks that each entry of a mapping gives its reason.
func (s *spec) checkReasons(problems *diag.List, key string, reasons map[string]string) {
	for _, name := range s.doc.Keys(key) {
		s.checkText(problems, reasons[name], key, name)
		if p := config.CheckReason(reasons[name], diag.Problem{Message: key + ": " + diag.Quote(name) + " has no reason", Expected: "why, in a few words"}); p != nil && !s.doc.Mistyped(key, name) {
			s.failAt(problems, *p, key, name)
		}
	}
}

// checkText looks for what no page can show in a text of the comment.
func (s *spec) checkText(problems *diag.List, text string, path ...any) {
	if found := unprintable(text); found != "" {
		s.failAt(problems, diag.Problem{Found: found, Expected: "text"}, path...)
	}
}
