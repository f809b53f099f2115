// Package dataset turns data/datapackage.json and the files of data/ into
// checked tables in the SQL engine.
//
// A file goes through these steps, each in a file of its own:
//
//   - package.go reads the description: tables and files; dialect.go, fields.go and
//     keys.go check how the file is written, its columns and keys.
//   - sniff.go refuses what is not a CSV, though its name says so, text.go makes UTF-8 of the file's bytes, scan.go
//     cuts it into rows, those of a large file a part at a time (stream.go), header.go matches the header with the described columns, and read.go takes the rows below it.
//     What is a workbook, JSON or Parquet becomes CSV first (package tabular).
//   - column.go reads the cells of a column: numbers by number.go, days and times by
//     day.go; hint.go says of a cell that is not a value what it may be instead, and
//     declared.go of a column that is written in another way what to declare.
//   - copy.go hands the rows to the engine, a batch at a time while the next are read, and load.go makes a table of them.
//   - check.go asks the engine for each value that breaks a constraint, foreignkeys.go for those that are not in another table,
//     relations.go for rows that disagree, and notes.go, with notetexts.go for texts, for what may be a mistake. finder.go
//     lists what is found, some of each kind.
//   - rows.go reads rows of the finished table, and texts.go writes them for downloads.
//
// Nothing is guessed from a sample, rounded, dropped or replaced in silence: a
// value that is not what the package says is a problem with file, spreadsheet
// row, column, what was found and what was expected. All problems of all files
// come from one run. A table with problems is still loaded, with what can be
// read of it, so that later stages can be checked in the same run; it is marked
// Tainted, and nothing is published then.
package dataset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
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
	SHA256  string   // of its file, of a table that is fetched
	Sheet   string   // of its workbook; "" where it is none
	Tainted bool     // has problems: values may be missing from it
	Key     memo.Key // of all that its values depend on: its file, and the description

	engine  *engine.Engine
	sources func() (map[int64][]string, error) // of each row; read once, when first asked for
	head    func() ([]Row, error)              // read once, when first asked for
	written []byte                             // CSV, where the file is not
	summed  uint64                             // stands for all, see Digest
	names   []string                           // of the columns of the file
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
	first      int       // number of the first row of values

	inserts *pool.ErrorPool // rows on their way to the engine; nil where they are few
	types   []string        // of each field in the engine, once it has some rows
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
		t := newLoading(ctx, r, eng, p.key, described, problems)
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

func newLoading(ctx context.Context, r *Resource, eng *engine.Engine, key memo.Key, described []string, problems *diag.List) *loading {
	t := &loading{Table: &Table{Resource: r, engine: eng, Key: key}, described: described}
	t.found = &finder{table: t.Table, problems: problems}
	t.head = sync.OnceValues(func() ([]Row, error) { return t.readRows(ctx, "", Shown) })
	t.sources = sync.OnceValues(func() (map[int64][]string, error) { return t.readSources(ctx) })
	for _, f := range r.Schema.Fields {
		c := t.newColumn(f)
		c.isKey = (f.Type == "integer" || f.Type == "string") && t.isKey(f.Name)
		c.repeat = !c.isKey
		t.columns = append(t.columns, c)
	}
	return t
}

// fill reads the file and loads it.
func (t *loading) fill(ctx context.Context, report fs.FS, limits limit.Limits, at adder) (err error) {
	rows, err := t.read(ctx, report, limits, at)
	if t.inserts != nil {
		err = errors.Join(err, t.inserts.Wait())
	}
	if rows != nil {
		defer func() { err = errors.Join(err, rows.close()) }()
	}
	if err != nil {
		return err
	}
	if t.Bytes > largeFile {
		debug.FreeOSMemory() // the file, which is now copied
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
		if ext := tabular.Extension(f); ext == ".txt" || ext == ".dat" { // which may be notes
			continue
		}
		if !slices.Contains(known, f) && !slices.Contains(records, path.Base(f)) {
			problems.Add(diag.Problem{File: f, Message: "the file is not described", Hint: "add a resource to " + File + ", or move the file out of data/"})
		}
	}
	return nil
}

// records are files of data/ that are not tables.
var records = []string{"corrections.csv", "extracts.lock.csv", "facts.lock.csv", "fetched.lock.csv", "places.lock.csv", "revisions.lock.csv", "rows.lock.csv", "signoffs.csv"}

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

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
