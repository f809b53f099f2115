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
// TABLE_rows is lineage: the rows of that table behind a line. A row that is listed
// twice behind a sum, a count or a mean is a problem, as a join has multiplied it;
// after that check each is listed once, sorted.
//
// A file goes through four steps: spec.go reads the comment and parses the
// SELECT; run.go runs the queries, each as soon as those that it reads are done;
// derive.go follows the columns back to those of the tables; and lines.go checks what
// came out: types, units, lineage; keys.go whether the key tells the rows apart.
package aggregate

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

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
	"broadsheet/generator/progress"
	"broadsheet/generator/quantity"

	"github.com/sourcegraph/conc/pool"
)

// Aggregate is a query and its result.
type Aggregate struct {
	Name    string
	File    string // e.g. "data/aggregates/at_risk.sql"
	Title   string
	About   string
	SQL     string              // as written, without the comment
	Key     []string            // names of the columns that identify a line; none where there is one line
	Reads   []string            // tables and aggregates that the SELECT names, sorted
	Tables  []string            // tables behind it, directly or through other aggregates, sorted
	Uses    map[string][]string // of each table behind it, the columns that some query on the way names
	Limit   string              // who decides how many rows it takes; "" where that is not typed in it
	Cut     bool                // its LIMIT is reached: there may be more rows, and the last is not the last of all
	Tainted bool                // a table behind it has problems: lines and values may be missing

	Result
	Findings []Finding // what the head states of it

	byKey map[string]int // by joined key
	text  string         // of the file
}

// Result is what the SELECT yields.
type Result struct {
	Columns []Column // all but lineage, in the order of the SELECT
	Lineage []string // the tables whose rows the lines name
	Rows    []Row
}

// key is a digest of the result.
func (r Result) key() (memo.Key, error) {
	inputs := []any{r.Lineage}
	for _, c := range r.Columns {
		inputs = append(inputs, c.Name, c.Label, c.Unit.Notation(), c.PrecisionIn, c.Definition, fmt.Sprint(c.From == nil))
		for _, table := range slices.Sorted(maps.Keys(c.From)) {
			inputs = append(inputs, table, c.From[table])
		}
	}
	for _, line := range r.Rows {
		for _, v := range line.Values {
			data, err := v.MarshalBinary()
			if err != nil {
				return memo.Key{}, err
			}
			inputs = append(inputs, data)
		}
		for _, rows := range line.Lineage {
			data, err := rows.MarshalBinary()
			if err != nil {
				return memo.Key{}, err
			}
			key, err := memo.KeyOf(data) // those of all lines are a copy of what is there
			if err != nil {
				return memo.Key{}, err
			}
			inputs = append(inputs, key)
		}
	}
	return memo.KeyOf(inputs...)
}

// Column is one output column.
type Column struct {
	Name  string
	Label string
	Unit  quantity.Unit

	PrecisionIn int // place of the column that says how exact its values are, plus 1; 0 for none

	From       map[string][]string // of each table from which it is computed, the columns, none where rows are only counted; nil where it is not known
	Definition string              // who defines its values, or why they are in the query; "" where they are computed
	Texts      []engine.Literal    // that the query writes into it, by their offsets in SQL
}

// Precision is how exact the value of a column in a line is: one of
// quantity.Precisions, or "" where nothing is said.
func (a *Aggregate) Precision(line *Row, column int) quantity.Precision {
	if i := a.Columns[column].PrecisionIn; i > 0 {
		return quantity.Precision(line.Values[i-1].Raw())
	}
	return ""
}

// From is, of each table from which some columns are computed, the columns: all that the
// queries name where it is not known, or where the rows of none are listed.
func (a *Aggregate) From(columns ...Column) map[string][]string {
	from := map[string][]string{}
	listed := len(columns) == 0
	for _, c := range columns {
		if c.From == nil {
			return a.Uses
		}
		for table, names := range c.From {
			listed = listed || slices.Contains(a.Lineage, table)
			from[table] = append(from[table], names...)
		}
	}
	if !listed {
		return a.Uses
	}
	return from
}

// KeyColumns are the columns of the key.
func (a *Aggregate) KeyColumns() []Column {
	var list []Column
	for _, name := range a.Key {
		list = append(list, a.Columns[a.Column(name)])
	}
	return list
}

// Measures are the columns that are neither names nor parts of the key; all where there
// are no others.
func (a *Aggregate) Measures() []Column {
	var list []Column
	for _, c := range a.Columns {
		if !c.Unit.IsText() && !slices.Contains(a.Key, c.Name) {
			list = append(list, c)
		}
	}
	if list == nil {
		return a.Columns
	}
	return list
}

// Row is one row of the result. Row is what a table has.
type Row struct {
	Key     []string // in the order of Aggregate.Key, as machines read it
	Values  []quantity.Value
	Lineage []RowNumbers // by the tables of Aggregate.Lineage

	Written map[string]string // texts whose placeholders are replaced (package fact), as their tables have them, by column
}

// behind is how many rows of tables all lines name.
func (r Result) behind() (n int) {
	for _, line := range r.Rows {
		for _, rows := range line.Lineage {
			n += rows.Len()
		}
	}
	return n
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

// Part is the aggregate with some of its rows.
func (a *Aggregate) Part(rows []Row) *Aggregate {
	part := *a
	part.Rows, part.byKey = rows, map[string]int{}
	for i, row := range rows {
		part.byKey[joinKey(row.Key)] = i
	}
	return &part
}

// Row is the line with that key, or nil. Without a key it is the one line.
func (a *Aggregate) Row(key ...string) *Row {
	if i := a.Index(key...); i >= 0 {
		return &a.Rows[i]
	}
	return nil
}

// Index is the place of that line among Lines, or -1.
func (a *Aggregate) Index(key ...string) int {
	if i, ok := a.byKey[joinKey(key)]; ok {
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
func Load(ctx context.Context, report fs.FS, data *dataset.Dataset, eng *engine.Engine, limits limit.Limits, answers *memo.Memo, problems *diag.List) (Set, error) {
	files, err := list(report, problems)
	if err != nil {
		return nil, err
	}
	l := &loader{
		data: data, engine: eng, limits: limits, answers: answers, problems: problems,
		turns: make(chan struct{}, runtime.GOMAXPROCS(0)), noTurn: make(chan struct{}),
	}
	if err := l.readSpecs(ctx, report, files); err != nil {
		return nil, err
	}
	if err := l.runAll(ctx, l.order()); err != nil {
		return nil, err
	}
	if err := l.checkNulls(ctx); err != nil {
		return nil, err
	}
	set := Set{}
	for name, s := range l.specs {
		// A name that could not be run is known all the same, without a result: what
		// cites it is not to blame.
		set[name] = s.result
	}
	return set, nil
}

// readSpecs reads the files, and finds what each reads of the others.
func (l *loader) readSpecs(ctx context.Context, report fs.FS, files []string) error {
	specs := make([]*spec, len(files))
	reading := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, file := range files {
		reading.Go(func(ctx context.Context) (err error) {
			specs[i], err = l.readSpec(ctx, report, file)
			return err
		})
	}
	if err := reading.Wait(); err != nil {
		return err
	}
	l.specs = map[string]*execution{}
	for _, s := range specs {
		if l.data.Table(s.name) != nil {
			s.reject(l.problems, diag.Problem{Message: "an aggregate has the name of the table " + diag.Quote(s.name), Hint: "rename the file"})
		}
		l.specs[s.name] = &execution{spec: s, done: make(chan struct{})}
	}
	for _, s := range l.specs {
		for _, read := range s.mentions {
			if other := l.specs[read.Name]; other != nil {
				other.read = true
			}
		}
		l.rejectUnknown(s)
	}
	return nil
}

// runAll runs aggregates, each as soon as those that it reads are done. They come in
// an order in which those are before it.
func (l *loader) runAll(ctx context.Context, order []*execution) error {
	running := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError()
	computed := progress.Count(ctx, len(order), "aggregate")
	for _, s := range order {
		running.Go(func(ctx context.Context) error {
			defer close(s.done)
			defer computed()
			if err := l.run(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s.file, err)
			}
			return nil
		})
	}
	return running.Wait()
}

// list is the files of data/aggregates, sorted.
func list(report fs.FS, problems *diag.List) ([]string, error) {
	entries, err := fs.ReadDir(report, directory)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			problems.Add(diag.Problem{File: directory, Message: "the directory cannot be read"})
		}
		return nil, nil
	}
	var files []string
	for _, entry := range entries {
		file := path.Join(directory, entry.Name())
		switch ext := path.Ext(file); {
		case strings.HasPrefix(entry.Name(), "."):
		case ext == ".sql" && entry.IsDir():
			problems.Add(diag.Problem{File: file, Message: "found a directory, expected a file"})
		case ext == ".sql":
			files = append(files, file)
		case strings.EqualFold(ext, ".sql"):
			problems.Add(diag.Problem{File: file, Message: "the name of an aggregate's file", Found: diag.Quote(ext), Expected: `".sql"`, Hint: "rename the file"})
		}
	}
	return files, nil
}

const directory = "data/aggregates"

// order lists the aggregates, those that one reads before it. Where some read each
// other, it rejects them, and reports each cycle once, at its first name.
func (l *loader) order() []*execution {
	var sorted []*execution
	var path []string // from the aggregate that was begun with
	visited := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		s := l.specs[name]
		if s == nil {
			return
		}
		if i := slices.Index(path, name); i >= 0 {
			cycle := append(slices.Clone(path[i:]), name)
			s.reject(l.problems, diag.Problem{Line: s.line, Message: "aggregates form a cycle: " + strings.Join(cycle, " -> ")})
			for _, other := range cycle {
				l.specs[other].usable = false
			}
			return
		}
		if visited[name] {
			return
		}
		visited[name] = true
		path = append(path, name)
		for _, read := range s.mentions {
			visit(read.Name)
		}
		path = path[:len(path)-1]
		sorted = append(sorted, s)
	}
	for _, name := range slices.Sorted(maps.Keys(l.specs)) {
		visit(name)
	}
	return sorted
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
