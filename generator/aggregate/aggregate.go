// Package aggregate runs the report's named SQL queries.
//
// An aggregate is a file data/aggregates/NAME.sql: YAML in the first comment, then
// one SELECT over tables and over other aggregates.
//
//	/*
//	title: Byrne JAG money at risk, by state
//	about: Fiscal 2017 awards of the states, counties and cities that got the letter.
//	key: state
//	columns:
//	  state: {label: State, unit: text}
//	  amount_usd: {label: At risk, unit: usd}
//	*/
//	SELECT state, sum(amount_usd)::BIGINT AS amount_usd, list(_row) AS grants_rows
//	FROM grants GROUP BY state
//
// What it reads is found from the parsed SQL, and not declared. An output column
// TABLE_rows is lineage: the rows of that table behind a line, sorted, each once.
//
// A file lives through three steps: spec.go reads the comment and parses the
// SELECT; Load runs the queries, each as soon as those that it reads are done; and
// rows.go judges what came out: keys, kinds, units, lineage.
package aggregate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/figure"
	"broadsheet/generator/limit"

	"golang.org/x/sync/errgroup"
)

// Aggregate is a query and its result.
type Aggregate struct {
	Name    string
	File    string // e.g. "data/aggregates/at_risk.sql"
	Title   string
	About   string
	SQL     string              // as written, without the comment
	Key     []string            // names of the columns that identify a line; none where there is one line
	Columns []Column            // all but lineage, in the order of the SELECT
	Lineage []string            // the tables whose rows the lines name
	Reads   []string            // tables and aggregates that the SELECT names, sorted
	Tables  []string            // tables behind it, directly or through other aggregates, sorted
	Uses    map[string][]string // of each table behind it, the columns that some query on the way names
	Lines   []Line
	Tainted bool // a table behind it has problems: lines and values may be missing

	lines map[string]int // by joined key
}

// Column is one output column.
type Column struct {
	Name  string
	Label string
	Unit  figure.Unit

	precision int // place of the column that says how exact its values are, plus 1; 0 for none
}

// Precision is how exact the value of a column in a line is: one of
// figure.Precisions, or "" where nothing is said.
func (a *Aggregate) Precision(line *Line, column int) figure.Precision {
	if i := a.Columns[column].precision; i > 0 {
		return figure.Precision(line.Values[i-1].Raw())
	}
	return ""
}

// Line is one row of the result. Row is what a table has.
type Line struct {
	Key    []string // in the order of Aggregate.Key, as machines read it
	Values []figure.Value
	Rows   [][]int64 // spreadsheet rows, by the tables of Aggregate.Lineage
}

// Column is the place of a column among Columns, or -1.
func (a *Aggregate) Column(name string) int {
	return slices.IndexFunc(a.Columns, func(c Column) bool { return c.Name == name })
}

// ColumnNames lists the columns.
func (a *Aggregate) ColumnNames() []string {
	var names []string
	for _, c := range a.Columns {
		names = append(names, c.Name)
	}
	return names
}

// Line is the line with that key, or nil. Without a key it is the one line.
func (a *Aggregate) Line(key ...string) *Line {
	if i := a.Place(key...); i >= 0 {
		return &a.Lines[i]
	}
	return nil
}

// Place is the place of that line among Lines, or -1.
func (a *Aggregate) Place(key ...string) int {
	if i, ok := a.lines[joinKey(key)]; ok {
		return i
	}
	return -1
}

func joinKey(key []string) string { return strings.Join(key, "\x00") }

// Set is all aggregates of a report, by name.
type Set map[string]*Aggregate

// Names lists the aggregates, sorted.
func (s Set) Names() []string { return slices.Sorted(maps.Keys(s)) }

// Load reads and runs data/aggregates/*.sql.
func Load(ctx context.Context, report fs.FS, data *dataset.Dataset, eng *engine.Engine, limits limit.Limits, problems *diag.List) (Set, error) {
	files, err := fs.Glob(report, "data/aggregates/*.sql")
	if err != nil {
		return nil, err
	}
	read := make([]*spec, len(files))
	var reading errgroup.Group
	reading.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range files {
		reading.Go(func() (err error) {
			read[i], err = readSpec(ctx, report, file, eng, problems)
			return err
		})
	}
	if err := reading.Wait(); err != nil {
		return nil, err
	}
	specs := map[string]*spec{}
	for _, s := range read {
		if data.Table(s.name) != nil {
			s.reject(problems, diag.Problem{Message: "an aggregate has the name of the table " + diag.Quote(s.name), Hint: "rename the file"})
		}
		specs[s.name] = s
	}
	for _, s := range specs {
		for _, read := range s.reads {
			if other := specs[read]; other != nil {
				other.read = true
			}
		}
	}
	rejectCircles(specs, problems)

	set := Set{}
	results := make([]*Aggregate, len(files))
	var group errgroup.Group
	for i, name := range slices.Sorted(maps.Keys(specs)) {
		s := specs[name]
		group.Go(func() error {
			defer close(s.done)
			for _, read := range s.reads {
				if other := specs[read]; other != nil && other != s && s.usable {
					<-other.done
					if other.result == nil {
						s.usable = false // the reason is reported there
					}
				}
			}
			if !s.usable {
				return nil
			}
			result, err := s.run(ctx, data, specs, eng, problems)
			if err != nil {
				return fmt.Errorf("%s: %w", s.file, err)
			}
			s.result, results[i] = result, result
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, a := range results {
		if a != nil {
			set[a.Name] = a
		}
	}
	// The names that could not be run are known all the same: what cites them
	// is not to blame.
	for name, s := range specs {
		if s.result == nil {
			set[name] = nil
		}
	}
	return set, nil
}

// rejectCircles marks aggregates that read each other, and reports each circle
// once, at its first name.
func rejectCircles(specs map[string]*spec, problems *diag.List) {
	const (
		open = 1 + iota // on the path; 0 is not visited
		closed
	)
	state := map[string]int{}
	var path []string
	var visit func(name string)
	visit = func(name string) {
		s := specs[name]
		if s == nil || state[name] == closed {
			return
		}
		if state[name] == open {
			circle := append(slices.Clone(path[slices.Index(path, name):]), name)
			s.reject(problems, diag.Problem{Line: s.line, Message: "aggregates depend on each other in a circle: " + strings.Join(circle, " -> ")})
			for _, other := range circle {
				specs[other].usable = false
			}
			return
		}
		state[name] = open
		path = append(path, name)
		for _, read := range s.reads {
			visit(read)
		}
		path = path[:len(path)-1]
		state[name] = closed
	}
	for _, name := range slices.Sorted(maps.Keys(specs)) {
		visit(name)
	}
}

// run executes one aggregate whose inputs exist.
func (s *spec) run(ctx context.Context, data *dataset.Dataset, specs map[string]*spec, eng *engine.Engine, problems *diag.List) (*Aggregate, error) {
	a := &Aggregate{Name: s.name, File: s.file, Title: s.Title, About: s.About, SQL: strings.TrimSpace(s.sql), Key: s.Key, Reads: s.reads}
	a.Uses = map[string][]string{}
	for _, read := range s.reads {
		if t := data.Table(read); t != nil {
			a.Tables = append(a.Tables, read)
			a.Tainted = a.Tainted || t.Tainted
			a.Uses[read] = append(a.Uses[read], t.Named(s.names)...)
		} else if other := specs[read]; other != nil {
			a.Tables = append(a.Tables, other.result.Tables...)
			a.Tainted = a.Tainted || other.result.Tainted
			for table, columns := range other.result.Uses {
				a.Uses[table] = append(a.Uses[table], columns...)
			}
		}
	}
	slices.Sort(a.Tables)
	a.Tables = slices.Compact(a.Tables)

	columns, rows, prefix, err := s.execute(ctx, eng)
	if err != nil {
		return nil, s.sqlProblem(err, prefix, data, specs, problems)
	}
	if s.doc == nil {
		return nil, nil // the comment cannot be read
	}
	a.read(s, columns, rows, data, problems)
	if s.problems > 0 {
		return nil, nil
	}
	return a, nil
}

// execute runs the SELECT. Only what another aggregate reads becomes a table. An
// error's offset counts from behind the prefix.
func (s *spec) execute(ctx context.Context, eng *engine.Engine) (columns []engine.Column, rows [][]any, prefix int, err error) {
	query := s.sql
	if s.read {
		create := "CREATE TABLE " + engine.Name(s.name) + " AS "
		if err := eng.Exec(ctx, create+s.sql); err != nil {
			return nil, nil, len(create), err
		}
		query = "SELECT * FROM " + engine.Name(s.name)
	}
	columns, rows, err = eng.Collect(ctx, query)
	return columns, rows, 0, err
}

// sqlProblem turns what the engine says of the query into a problem at its place
// in the user's file. Any other error is passed on.
func (s *spec) sqlProblem(err error, prefix int, data *dataset.Dataset, specs map[string]*spec, problems *diag.List) error {
	var said *engine.Error
	if !errors.As(err, &said) {
		return err
	}
	p := diag.Problem{Line: s.sqlLine(), Message: "broken SQL: " + lowerFirst(said.Message)}
	if said.Offset >= prefix {
		p.Line, p.Column = engine.Place(s.text, s.sqlStart+said.Offset-prefix)
	}
	if strings.Contains(said.Message, "verflow") {
		p.Message, _, _ = strings.Cut(strings.TrimRight(p.Message, "!"), ". You might")
		p.Hint = "compute with a wider type, such as n::HUGEINT or n::DECIMAL(38, 2)"
	}
	if len(said.Candidates) > 0 {
		p.Hint = "near it: " + strings.Join(said.Candidates, ", ")
	}
	if name, ok := strings.CutPrefix(said.Message, "Table with name "); ok {
		name, _, _ = strings.Cut(name, " ")
		known := append(data.Names(), slices.Collect(maps.Keys(specs))...)
		p.Message = "unknown table or aggregate " + diag.Quote(name)
		p.Hint = diag.Nearest(name, known)
	}
	s.fail(problems, p)
	return nil
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
