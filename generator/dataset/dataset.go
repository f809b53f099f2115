// Package dataset turns data/datapackage.json and the CSV files of data/ into
// checked tables in the SQL engine.
//
// A file goes through these steps, each in a file of its own:
//
//   - package.go reads the description: tables and files; dialect.go, fields.go and
//     keys.go check how the file is written, its columns and keys.
//   - sniff.go refuses what is no CSV, text.go makes UTF-8 of the file's bytes, scan.go
//     cuts it into rows, and read.go matches the header with the described columns.
//   - column.go reads the cells of a column: numbers by number.go, days and times by
//     day.go; hint.go says of a cell that is no value what it may be instead, and
//     declared.go of a column that is written in another way what to declare.
//   - copy.go hands the rows to the engine, and load.go makes a table of them.
//   - check.go asks the engine for each value that breaks a constraint, relations.go for rows
//     that disagree, and notes.go for what may be a mistake.
//
// Nothing is guessed from a sample, rounded, dropped or replaced in silence: a
// value that is not what the package says is a problem with file, spreadsheet
// row, column, what was found and what was expected. All problems of all files
// come from one run. A table with problems is still loaded, with what can be
// read of it, so that later stages can be checked in the same run; it is marked
// Tainted, and nothing is published then.
package dataset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
	"broadsheet/generator/progress"
	"broadsheet/generator/quantity"
	"broadsheet/generator/tabular"

	"github.com/sourcegraph/conc/pool"
)

// Dataset is the checked tables of a report.
type Dataset struct {
	Package *Package
	Tables  []*Table // in the order of the package

	doc *config.Document // of the package
}

// Units are those that columns of the report can have.
func (d *Dataset) Units() quantity.Units {
	if d.Package == nil {
		return quantity.Units{}
	}
	return d.Package.units
}

// Table is one CSV file. In SQL it is a table of the same name, whose columns
// are the fields that are not private and _row, the row in a spreadsheet.
type Table struct {
	*Resource
	Fields  []Field  // those that are not private, in the order of the package
	Rows    int      // without the header
	Bytes   int      // of its file
	Tainted bool     // has problems: values may be missing from it
	Key     memo.Key // of all that its values depend on: its file, and the description

	engine  *engine.Engine
	sources func() (map[int64][]string, error) // of each row; read once, when first asked for
	head    func() ([]Row, error)              // read once, when first asked for
	written []byte                             // CSV, where the file is not
	header  []int                              // of each field of the schema, its place in the file, from 0; -1 if absent
}

// loading is a table while it is read and checked.
type loading struct {
	*Table
	found      *finder
	columns    []*column // of each field of the schema
	unlabelled []int     // places of columns that have no name and, so far, no value
	described  []string  // files of data/ that some table has
	gaps       bool      // rows are missing from it, so a foreign key into it says nothing
}

// Names lists the tables.
func (d *Dataset) Names() []string {
	var names []string
	for _, t := range d.Tables {
		names = append(names, t.Name)
	}
	return names
}

// Table is the table of that name, or nil.
func (d *Dataset) Table(name string) *Table {
	for _, t := range d.Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Broken reports whether there may be a table of that name which cannot be read: the reason is reported.
func (d *Dataset) Broken(name string) bool {
	return d.doc == nil || slices.ContainsFunc(d.Package.Resources, func(r Resource) bool { return r.Name == name && r.unusable })
}

// Place is the place of a column in the file, from 1; 0 if the file has none of that name.
func (t *Table) Place(field string) int {
	i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == field })
	if i < 0 || i >= len(t.header) {
		return 0
	}
	return t.header[i] + 1
}

// Load reads the report's package and all of its tables into the engine.
func Load(ctx context.Context, report fs.FS, language *quantity.Language, eng *engine.Engine, limits limit.Limits, answers *memo.Memo, problems *diag.List) (*Dataset, error) {
	p, doc, err := readPackage(ctx, report, language, eng, limits, answers, problems)
	if err != nil || p == nil {
		return &Dataset{Package: &Package{units: quantity.Units{}.In(language)}}, err
	}
	d := &Dataset{Package: p, doc: doc}
	if large(report, p) {
		if err := eng.UseAllCores(ctx); err != nil {
			return nil, err
		}
	}
	all := map[string]*loading{}
	var described []string
	for _, r := range p.Resources {
		described = append(described, r.File())
	}
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	loaded := progress.Count(ctx, len(p.Resources), "table")
	for i := range p.Resources {
		r := &p.Resources[i]
		if r.unusable {
			continue
		}
		t := &loading{Table: &Table{Resource: r, engine: eng, Key: p.key}, described: described}
		t.found = &finder{table: t.Table, problems: problems}
		t.head = sync.OnceValues(func() ([]Row, error) { return t.readRows(ctx, "", Shown) })
		t.sources = sync.OnceValues(func() (map[int64][]string, error) { return t.readSources(ctx) })
		for _, f := range r.Schema.Fields {
			t.columns = append(t.columns, t.newColumn(f))
		}
		d.Tables, all[t.Name] = append(d.Tables, t.Table), t
		group.Go(func() error {
			at := func(p diag.Problem, path ...any) {
				problems.Add(doc.Problem(p, append([]any{"resources", i}, path...)...))
			}
			if err := t.fill(ctx, report, limits, at); err != nil {
				return fmt.Errorf("%s: %w", t.File(), err)
			}
			defer loaded()
			return t.unlessSound(answers, "rows", []any{t.Name, t.Key}, func() error { return t.checkRows(ctx) })
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := checkForeignKeys(ctx, all, answers); err != nil {
		return nil, err
	}
	for _, t := range all {
		if err := t.drop(ctx); err != nil {
			return nil, err
		}
	}
	return d, undescribed(report, p, problems)
}

// fill reads the file and loads it.
func (t *loading) fill(ctx context.Context, report fs.FS, limits limit.Limits, at adder) (err error) {
	rows, err := t.read(ctx, report, limits, at)
	if err != nil {
		return err
	}
	if rows != nil && rows.size > largeFile {
		debug.FreeOSMemory() // the file, which is now copied
	}
	if rows != nil {
		defer func() { err = errors.Join(err, rows.close()) }()
	}
	return t.load(ctx, rows)
}

// large reports whether some table gains from several cores. Small ones lose: the
// threads cost more than the work.
func large(report fs.FS, p *Package) bool {
	return slices.ContainsFunc(p.Resources, func(r Resource) bool {
		info, err := fs.Stat(report, r.File())
		return err == nil && info.Size() > largeFile
	})
}

const largeFile = 8 << 20

// tableFiles are the files of data/ that may be tables.
func tableFiles(report fs.FS) (files []string) {
	entries, _ := fs.ReadDir(report, "data") // without data/ there are none
	for _, e := range entries {
		if !e.IsDir() && tabular.Extension(e.Name()) != "" && e.Name() != path.Base(File) {
			files = append(files, path.Join("data", e.Name()))
		}
	}
	return files
}

// undescribed reports files of data/ that the package does not know, and
// record files excepted, which Broadsheet writes itself.
func undescribed(report fs.FS, p *Package, problems *diag.List) error {
	var known []string
	for _, r := range p.Resources {
		known = append(known, r.File())
	}
	for _, f := range tableFiles(report) {
		if !slices.Contains(known, f) && !slices.Contains(records, path.Base(f)) {
			problems.Add(diag.Problem{File: f, Message: "the file is not described", Hint: "add a resource to " + File + ", or move the file out of data/"})
		}
	}
	return nil
}

// records are files of data/ that are no tables.
var records = []string{"corrections.csv", "facts.lock.csv", "fetched.lock.csv", "places.lock.csv", "rows.lock.csv"}

// Row is one row of a table as pages show it.
type Row struct {
	Number int // in a spreadsheet; the header is row 1
	Values []quantity.Value
}

// Shown is how many rows of a table pages show.
const Shown = 1000

// Head returns the first rows of the table, at most Shown, with the values of
// Fields.
func (t *Table) Head() ([]Row, error) { return t.head() }

// All returns all rows.
func (t *Table) All(ctx context.Context) ([]Row, error) {
	if t.Rows <= Shown {
		return t.head()
	}
	return t.readRows(ctx, "", t.Rows)
}

// Pick returns the rows with those numbers, in the order of the file.
func (t *Table) Pick(ctx context.Context, numbers []int64) ([]Row, error) {
	if t.Rows <= Shown {
		head, err := t.head()
		if err != nil {
			return nil, err
		}
		wanted := make(map[int64]bool, len(numbers))
		for _, n := range numbers {
			wanted[n] = true
		}
		var rows []Row
		for _, row := range head {
			if wanted[int64(row.Number)] {
				rows = append(rows, row)
			}
		}
		return rows, nil
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	return t.readRows(ctx, "WHERE "+among(numbers), len(numbers))
}

// among is the SQL condition that a row has one of those numbers. They are one text, as
// the engine parses that a hundred times as fast as a long list.
func among(numbers []int64) string {
	var list []byte
	for i, n := range numbers {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, n, 10)
	}
	return "_row IN (SELECT unnest(string_split('" + string(list) + "', ',')::BIGINT[]))"
}

func (t *Table) readRows(ctx context.Context, where string, most int) ([]Row, error) {
	columns := []string{"_row"}
	for _, f := range t.Fields {
		name := engine.Name(f.Name)
		columns = append(columns, cmp.Or(f.said(), name))
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT %s FROM %s %s ORDER BY _row LIMIT %d", strings.Join(columns, ", "), engine.Name(t.Name), where, most))
	if err != nil {
		return nil, err
	}
	head := make([]Row, 0, len(rows))
	for _, raw := range rows {
		number, _ := raw[0].(int64)
		row := Row{Number: int(number)}
		for i, v := range raw[1:] {
			value, err := quantity.NewValue(v)
			if err != nil {
				return nil, err
			}
			if t.Fields[i].Type == "yearmonth" {
				value, _ = t.Fields[i].Unit.Of(value)
			}
			row.Values = append(row.Values, value)
		}
		head = append(head, row)
	}
	return head, nil
}

// Named lists the fields of the table among the names of columns; all for "*".
func (t *Table) Named(columns []string) []string {
	var named []string
	for _, f := range t.Fields {
		if slices.Contains(columns, "*") || slices.Contains(columns, strings.ToLower(f.Name)) {
			named = append(named, f.Name)
		}
	}
	return named
}

// Names reports whether a field tells the rows of the table apart, or is their name: it
// belongs to the primary key or else to the first unique key, or is called name or title.
func (t *Table) Names(field string) bool {
	key := t.Schema.PrimaryKey
	if len(key) == 0 && len(t.Schema.UniqueKeys) > 0 {
		key = t.Schema.UniqueKeys[0]
	}
	return slices.Contains(key, field) || t.field(field).Constraints.Unique || field == "name" || field == "title"
}

// SourcesOf counts, for each source, the rows among the given that rest on it, as
// far as the named fields go: the population and the crime figures of a state
// have sources of their own.
func (t *Table) SourcesOf(rows []int64, fields []string) (map[string]int, error) {
	all, err := t.sources()
	if err != nil {
		return nil, err
	}
	columns := t.sourceColumns()
	if len(columns) == 0 {
		return nil, nil
	}
	wanted := map[string]bool{}
	for _, f := range t.Fields {
		if slices.Contains(fields, f.Name) && !slices.Contains(columns, f.Name) {
			wanted[cmp.Or(f.Source, columns[0])] = true
		}
	}
	if len(wanted) == 0 { // rows that are only counted
		wanted[columns[0]] = true
	}
	counts := map[string]int{}
	for _, row := range rows {
		for i, id := range all[row] {
			if id != "" && wanted[columns[i]] {
				counts[id]++
			}
		}
	}
	return counts, nil
}

// RowsOfSources lists, for each source, the rows that name it, sorted.
func (t *Table) RowsOfSources() (map[string][]int64, error) {
	all, err := t.sources()
	if err != nil {
		return nil, err
	}
	rows := map[string][]int64{}
	for number, ids := range all {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			if id != "" {
				rows[id] = append(rows[id], number)
			}
		}
	}
	for id := range rows {
		slices.Sort(rows[id])
	}
	return rows, nil
}

// sourceColumns are the columns that point into the table of sources, the one that
// speaks for the row first: source_id, or else the first.
func (t *Table) sourceColumns() []string {
	var columns []string
	for _, f := range t.Fields {
		for _, key := range t.Schema.ForeignKeys {
			if key.Reference.Resource == "sources" && len(key.Fields) == 1 && key.Fields[0] == f.Name {
				columns = append(columns, f.Name)
			}
		}
	}
	if i := slices.Index(columns, "source_id"); i > 0 {
		columns[0], columns[i] = columns[i], columns[0]
	}
	return columns
}

// NamesSources reports whether each row says where it comes from.
func (t *Table) NamesSources() bool { return len(t.sourceColumns()) > 0 }

// readSources reads the source columns of each row.
func (t *Table) readSources(ctx context.Context) (map[int64][]string, error) {
	columns := t.sourceColumns()
	if len(columns) == 0 {
		return nil, nil
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT _row, %s FROM %s", columnList(columns), engine.Name(t.Name)))
	if err != nil {
		return nil, err
	}
	sources := make(map[int64][]string, len(rows))
	for _, row := range rows {
		number, _ := row[0].(int64)
		for _, v := range row[1:] {
			id, _ := v.(string)
			sources[number] = append(sources[number], id)
		}
	}
	return sources, nil
}

// finder collects the problems of one table and caps those of one kind, so that
// a column of a million wrong values is one screen and not a million lines.
type finder struct {
	table    *Table
	problems *diag.List

	mu     sync.Mutex
	counts map[string]int
}

// any reports whether the table has a problem.
func (f *finder) any() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.table.Tainted
}

const maxOfAKind = 20

// value shows a value in a message, unless its column is private, or any is where nobody
// knows which it is.
func (f *finder) value(field, value string) string {
	for _, other := range f.table.Schema.Fields {
		if other.Private && (other.Name == field || field == "") {
			return ""
		}
	}
	return diag.Quote(value)
}

// add reports a problem of this table. Problems of one kind beyond the twentieth
// are only counted.
func (f *finder) add(kind string, p diag.Problem) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.table.Tainted = true
	if f.counts == nil {
		f.counts = map[string]int{}
	}
	if f.counts[kind]++; f.counts[kind] > maxOfAKind {
		return
	}
	p.File = f.table.File()
	f.problems.Add(p)
}

// addHinted is add with a hint that takes time to find, and is only looked for where
// the problem is listed.
func (f *finder) addHinted(kind string, p diag.Problem, hint func() string) {
	f.mu.Lock()
	listed := f.counts[kind] < maxOfAKind
	f.mu.Unlock()
	if listed {
		p.Hint = hint()
	}
	f.add(kind, p)
}

// more says at the first problem of a kind that is not listed how many there are, of total.
func (f *finder) more(field string, line, column, total int) {
	f.problems.Add(diag.Problem{File: f.table.File(), Line: line, Column: column, Field: field, Message: diag.Count(total-maxOfAKind, "more problem") + " of this kind"})
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
