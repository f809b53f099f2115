// Package extract reads the queries whose results are tables of the report: data/extracts/NAME.sql gives the rows of the table NAME,
// where they outgrow one machine. Servers are asked by `broadsheet fetch` alone (package warehouse); a build opens no connection, and
// holds the query and the table to what fetch recorded (Set.Check). So the trace of a number ends at a query that can be run again, and
// at a table that everybody has.
//
// The file starts with YAML in its first comment, then one SELECT in the SQL of the server:
//
//	from        the connection, by its name in data/datapackage.json
//	parameters  values that the SELECT names as {year}: numbers, texts, and lists of these
//	count       a SELECT that counts the rows that are read, where the server does not say it
//	sample      a SELECT of the rows behind the result, of which some are picked by a seed and a column that tells them apart
//
// The columns, the key and the units of the table are in data/datapackage.json, as those of every other table: there, types,
// constraints, keys, sources and licences are checked and published in one way.
//
//	extract.go  files, and what a build checks
//	query.go    the SELECT with its parameters
package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/record"
)

// Extract is a query whose result is a table.
type Extract struct {
	Table      *dataset.Resource
	File       string
	Connection dataset.Connection
	SQL        string  // as the server gets it
	Count      string  // likewise; "" for none
	Sample     *Sample // nil for none
	Ordered    bool    // whether the rows come in the same order each time
	Record     *record.Extracted

	text  string
	parts []part
}

// head is what the first comment says.
type head struct {
	From       string           `yaml:"from"`
	Parameters map[string]value `yaml:"parameters"`
	Count      string           `yaml:"count"`
	Sample     *Sample          `yaml:"sample"`
}

// Sample is some of the rows behind a result, which stay where they are. The same rows and the same seed give the same sample.
type Sample struct {
	Of   string `yaml:"of"`
	By   string `yaml:"by"`
	Rows int    `yaml:"rows"`
	Seed int    `yaml:"seed"`

	SQL string `yaml:"-"` // as the server gets it
}

// mostSampled is how many rows a sample can have: readers look at them.
const mostSampled = 1000

// Set is the extracts of a report, by their tables.
type Set map[string]*Extract

// Load reads the queries. Those with problems are left out.
func Load(report fs.FS, p *dataset.Package, limits limit.Limits, problems *diag.List) (Set, error) {
	entries, err := fs.ReadDir(report, dataset.Extracts)
	if errors.Is(err, fs.ErrNotExist) || p == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	records, err := record.ReadExtracted(report, problems)
	if err != nil {
		return nil, err
	}
	set := Set{}
	for _, entry := range entries {
		name, isSQL := strings.CutSuffix(entry.Name(), ".sql")
		if sampleOf, is := strings.CutSuffix(entry.Name(), sampleSuffix); is && !entry.IsDir() && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == sampleOf+".sql" }) {
			continue
		}
		if strings.HasPrefix(entry.Name(), ".") { // such as what a killed fetch leaves
			continue
		}
		if entry.IsDir() || !isSQL {
			problems.Add(diag.Problem{File: path.Join(dataset.Extracts, entry.Name()), Message: "the file is not a query", Expected: "NAME.sql, with the name of a table", Hint: "move it out of " + dataset.Extracts})
			continue
		}
		e, err := read(report, p, name, limits, problems)
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		if i := slices.IndexFunc(records, func(r record.Extracted) bool { return r.Table == name }); i >= 0 {
			e.Record = &records[i]
		}
		set[name] = e
	}
	return set, nil
}

func read(report fs.FS, p *dataset.Package, name string, limits limit.Limits, problems *diag.List) (*Extract, error) {
	e := &Extract{File: path.Join(dataset.Extracts, name+".sql")}
	var found diag.List
	defer func() { problems.Add(found.Sorted()...) }()
	fail := func(p diag.Problem) { p.File = e.File; found.Add(p) }
	if info, err := fs.Stat(report, e.File); err == nil && info.Size() > int64(limits.Get(limit.QuerySize)) {
		fail(limits.Exceeded(limit.QuerySize, "a file of "+diag.Count(int(info.Size()), "character")))
		return nil, nil
	}
	data, err := fs.ReadFile(report, e.File)
	if err != nil {
		return nil, err
	}
	e.text = string(data)
	text, line, start, wrong := config.CutHead(e.text)
	if wrong != nil {
		if wrong.Expected == "" {
			wrong.Expected = "/* from: CONNECTION */ before the SELECT"
		}
		fail(*wrong)
		return nil, nil
	}
	var h head
	doc := config.YAML(e.File, line, []byte(text), &h, &found)
	if doc == nil {
		return nil, nil
	}
	failAt := func(p diag.Problem, at ...any) { p.Line, p.Column = doc.At(at...); fail(p) }
	if c := p.Connection(h.From); c != nil {
		e.Connection = *c
	} else if h.From == "" {
		fail(diag.Problem{Line: line, Message: "from is missing", Expected: "the name of a connection of " + dataset.File})
	} else {
		hint := diag.Nearest(h.From, p.ConnectionNames())
		if hint == "" {
			hint = `add it to "connections" of ` + dataset.File
		}
		failAt(diag.Problem{Message: "unknown connection " + diag.Quote(h.From), Hint: hint}, "from")
	}
	q := query{driver: e.Connection.Driver, parameters: h.Parameters, used: map[string]bool{}}
	run, wrong := q.render(e.text[start:])
	if wrong != nil {
		wrong.Line, wrong.Column = config.Position(data, start+wrong.Column)
		fail(*wrong)
	}
	e.SQL, e.parts, e.Ordered = run.sql, run.parts, run.ordered
	for i := range e.parts {
		e.parts[i].in += start
	}
	if h.Count != "" {
		run, wrong := q.render(h.Count)
		if wrong != nil {
			wrong.Column = 0
			failAt(*wrong, "count")
		}
		e.Count = run.sql
	}
	if h.Sample != nil && !doc.Mistyped("sample") {
		h.Sample.read(&q, doc, failAt)
		e.Sample = h.Sample
	}
	for _, name := range doc.Keys("parameters") {
		if !q.used[name] && !doc.Mistyped("parameters", name) {
			failAt(diag.Problem{Message: "the SELECT does not name the parameter " + diag.Quote(name), Expected: "{" + name + "}"}, "parameters", name)
		}
	}
	if i := slices.IndexFunc(p.Resources, func(r dataset.Resource) bool { return r.Name == name }); i >= 0 {
		e.Table = &p.Resources[i]
		if p := unfit(e.Table); p != nil {
			fail(*p)
		}
	} else {
		var names []string
		for _, r := range p.Resources {
			names = append(names, r.Name)
		}
		hint := diag.Nearest(name, names)
		if hint == "" {
			hint = fmt.Sprintf(`describe the columns of the result: {"name": %q, "path": "%s.csv", "schema": {"fields": […]}}`, name, name)
		}
		fail(diag.Problem{Message: "no table of " + dataset.File + " has the name " + diag.Quote(name), Hint: hint})
	}
	if !found.Empty() {
		return nil, nil
	}
	return e, nil
}

// unfit is the problem of a table whose file fetch could not write, or not alone.
func unfit(t *dataset.Resource) *diag.Problem {
	in := "table " + diag.Quote(t.Name)
	switch {
	case t.Fetch != nil:
		return &diag.Problem{Message: in + " is published elsewhere too", Hint: "take fetch out of its description"}
	case path.Ext(t.Path) != ".csv":
		return &diag.Problem{Message: in + " has the file " + diag.Quote(t.Path), Expected: "a path that ends with .csv"}
	case !reflect.DeepEqual(t.Dialect, dataset.Dialect{}) || t.Encoding != "" && !strings.EqualFold(t.Encoding, "utf-8"):
		return &diag.Problem{Message: in + " has a dialect or an encoding", Expected: "neither: what fetch writes is CSV in UTF-8, with commas"}
	}
	for _, f := range t.Schema.Fields {
		if f.Private {
			return &diag.Problem{Message: "column " + diag.Quote(f.Name) + " of " + in + " is private", Hint: "leave it out of the SELECT"}
		}
	}
	return nil
}

// Digest tells one query from another, and one server.
func (e *Extract) Digest() string {
	text := e.Connection.Server() + "\n" + e.SQL + "\n" + e.Count
	if e.Sample != nil {
		text += "\n" + e.Sample.SQL
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Check holds the queries and their tables to what fetch recorded. A table without a file is named where tables are read.
func (s Set) Check(report fs.FS, problems *diag.List) error {
	for name, e := range s {
		digest, err := Digest(report, e.Table.File())
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		p := diag.Problem{File: e.File, Hint: "run the query: broadsheet fetch " + name}
		switch {
		case e.Record == nil:
			p.Message = record.ExtractedFile + " does not say by which query " + diag.Quote(e.Table.File()) + " was made"
			p.Hint = "commit " + record.ExtractedFile + " beside the table, as fetch wrote it, or run the query: broadsheet fetch " + name
		case e.Record.Query != e.Digest():
			p.Message = "the query or its server changed since it was run"
		case e.Record.SHA256 != digest:
			p.File, p.Message = e.Table.File(), "the file was edited since the query was run"
			p.Hint = "correct values in the query, or in a table of your own; to take what the server has, delete the file, and run: broadsheet fetch " + name
		case e.Sample != nil:
			sample, err := Digest(report, SampleFile(name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if sample == e.Record.Sample {
				continue
			}
			p.File, p.Message = SampleFile(name), "the file is not the sample that the query gave"
			p.Hint = "delete it, and run: broadsheet fetch " + name
		default:
			continue
		}
		problems.Add(p)
	}
	return nil
}

// Digest is the digest of a file.
func Digest(report fs.FS, name string) (digest string, err error) {
	file, err := report.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
