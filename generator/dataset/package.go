package dataset

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/document"
	"broadsheet/generator/figure"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// File is the description of a report's tables.
const File = "data/datapackage.json"

// Package is data/datapackage.json: a Frictionless Data Package, version 2
// (https://datapackage.org). Three properties are ours, all of a field: unit,
// private, and source.
type Package struct {
	Schema       string        `json:"$schema,omitzero"`
	Name         string        `json:"name,omitzero"`
	ID           string        `json:"id,omitzero"`
	Title        string        `json:"title,omitzero"`
	Description  string        `json:"description,omitzero"`
	Homepage     string        `json:"homepage,omitzero"`
	Version      string        `json:"version,omitzero"`
	Created      string        `json:"created,omitzero"` // a day; the report's date, as a build reads no clock
	Keywords     []string      `json:"keywords,omitzero"`
	Licenses     []License     `json:"licenses,omitzero"`
	Sources      []SourceRef   `json:"sources,omitzero"`
	Contributors []Contributor `json:"contributors,omitzero"`
	Resources    []Resource    `json:"resources,omitzero"`
}

// License is the terms of a package or of a table.
type License struct {
	Name  string `json:"name,omitzero"`
	Path  string `json:"path,omitzero"`
	Title string `json:"title,omitzero"`
}

// SourceRef names where a package or a table comes from as a whole. What a row
// rests on is in its own source column.
type SourceRef struct {
	Title   string `json:"title,omitzero"`
	Path    string `json:"path,omitzero"`
	Email   string `json:"email,omitzero"`
	Version string `json:"version,omitzero"`
}

// Contributor made the package.
type Contributor struct {
	Title        string   `json:"title,omitzero"`
	Path         string   `json:"path,omitzero"`
	Organization string   `json:"organization,omitzero"`
	Roles        []string `json:"roles,omitzero"`
}

// Resource describes one CSV file.
type Resource struct {
	Name        string      `json:"name,omitzero"` // also the table's name in SQL
	Path        string      `json:"path,omitzero"` // relative to data/
	Type        string      `json:"type,omitzero"`
	Title       string      `json:"title,omitzero"`
	Description string      `json:"description,omitzero"`
	Format      string      `json:"format,omitzero"`
	MediaType   string      `json:"mediatype,omitzero"`
	Encoding    string      `json:"encoding,omitzero"` // defaults to "utf-8"
	Licenses    []License   `json:"licenses,omitzero"`
	Sources     []SourceRef `json:"sources,omitzero"`
	Dialect     Dialect     `json:"dialect,omitzero"`
	Schema      Schema      `json:"schema,omitzero"`
}

// Dialect is how the file is written.
type Dialect struct {
	Delimiter string `json:"delimiter,omitzero"` // defaults to ","
}

// Schema is the columns of a table and what must hold between rows.
type Schema struct {
	Fields        []Field      `json:"fields,omitzero"`
	MissingValues []string     `json:"missingValues,omitzero"` // defaults to [""]
	PrimaryKey    names        `json:"primaryKey,omitzero"`
	UniqueKeys    [][]string   `json:"uniqueKeys,omitzero"`
	ForeignKeys   []ForeignKey `json:"foreignKeys,omitzero"`
}

// ForeignKey says that values of these fields stand in another table.
type ForeignKey struct {
	Fields    names `json:"fields,omitzero"`
	Reference struct {
		Resource string `json:"resource,omitzero"` // "" is the table itself
		Fields   names  `json:"fields,omitzero"`
	} `json:"reference,omitzero"`
}

// Field is one column.
type Field struct {
	Name          string      `json:"name,omitzero"`
	Type          string      `json:"type,omitzero"` // one of types; defaults to "string"
	Format        string      `json:"format,omitzero"`
	Title         string      `json:"title,omitzero"`
	Description   string      `json:"description,omitzero"`
	Example       any         `json:"example,omitzero"`
	Unit          figure.Unit `json:"unit,omitzero"`
	Private       bool        `json:"private,omitzero"`
	Source        string      `json:"source,omitzero"`      // the column that names where its values come from; defaults to source_id, or else to the first that does
	DecimalChar   string      `json:"decimalChar,omitzero"` // defaults to "."
	GroupChar     string      `json:"groupChar,omitzero"`   // none by default
	TrueValues    []string    `json:"trueValues,omitzero"`
	FalseValues   []string    `json:"falseValues,omitzero"`
	Delimiter     string      `json:"delimiter,omitzero"` // of a list; defaults to ","
	ItemType      string      `json:"itemType,omitzero"`  // of a list; only "string"
	MissingValues []string    `json:"missingValues,omitzero"`
	Constraints   Constraints `json:"constraints,omitzero"`
}

// Constraints are what every value of a column must meet.
type Constraints struct {
	Required  bool   `json:"required,omitzero"`
	Unique    bool   `json:"unique,omitzero"`
	Enum      []any  `json:"enum,omitzero"`
	Pattern   string `json:"pattern,omitzero"`
	Minimum   any    `json:"minimum,omitzero"`
	Maximum   any    `json:"maximum,omitzero"`
	MinLength int    `json:"minLength,omitzero"`
	MaxLength int    `json:"maxLength,omitzero"`
}

// names is one name or a list of names.
type names []string

func (n *names) UnmarshalJSON(data []byte) error {
	var list []string
	if err := json.Unmarshal(data, &list); err == nil {
		*n = list
		return nil
	}
	var one string
	if err := json.Unmarshal(data, &one); err != nil {
		return err
	}
	*n = names{one}
	return nil
}

// Title, or the name where the package gives none.
func (f Field) Label() string {
	if f.Title != "" {
		return f.Title
	}
	return f.Name
}

var (
	types     = []string{"boolean", "date", "integer", "list", "number", "string", "year"}
	tableName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// readPackage reads and judges data/datapackage.json. Tables that cannot be
// used are left out of the result.
func readPackage(report fs.FS, problems *diag.List) (*Package, *document.Document, error) {
	data, err := fs.ReadFile(report, File)
	if err != nil {
		if !isNotExist(err) {
			return nil, nil, err
		}
		problems.Add(diag.Problem{File: File, Message: "the file is missing", Hint: "it describes each CSV file of data/: see https://datapackage.org"})
		return nil, nil, nil
	}
	var p Package
	doc := document.JSON(File, data, &p, problems)
	if doc == nil {
		return nil, nil, nil
	}
	paths := map[string]bool{}
	tables := map[string]bool{}
	for i := range p.Resources {
		r := &p.Resources[i]
		at := func(pr diag.Problem, path ...any) {
			problems.Add(doc.Problem(pr, append([]any{"resources", i}, path...)...))
		}
		switch {
		case !tableName.MatchString(r.Name):
			at(diag.Problem{Message: "the name of a table", Found: diag.Quote(r.Name), Expected: "small letters, digits and _, starting with a letter"}, "name")
		case tables[r.Name]:
			at(diag.Problem{Message: "two tables are named " + diag.Quote(r.Name)}, "name")
		}
		tables[r.Name] = true
		if !fs.ValidPath(r.Path) || !strings.HasSuffix(r.Path, ".csv") {
			at(diag.Problem{Message: "the path of a table", Found: diag.Quote(r.Path), Expected: "a .csv file inside data/"}, "path")
		} else if paths[r.Path] {
			at(diag.Problem{Message: "two tables read " + diag.Quote(r.Path)}, "path")
		}
		paths[r.Path] = true
		if _, err := r.encoding(); err != nil {
			at(diag.Problem{Message: "unknown encoding", Found: diag.Quote(r.Encoding), Expected: `a name such as "utf-8", "windows-1252" or "utf-16le"`}, "encoding")
			r.Encoding = ""
		}
		if d := r.Dialect.Delimiter; d != "" && (len(d) != 1 || d == `"` || d == "\n" || d == "\r") {
			at(diag.Problem{Message: "the delimiter", Found: diag.Quote(d), Expected: `one character, such as "," or ";"`}, "dialect", "delimiter")
			r.Dialect.Delimiter = ""
		}
		if len(r.Schema.Fields) == 0 {
			at(diag.Problem{Message: "table " + diag.Quote(r.Name) + " describes no column", Hint: `add "schema": {"fields": […]}, one for each column of the file`}, "schema")
		}
		judgeFields(r, at)
		judgeKeys(r, p.Resources, at)
	}
	return &p, doc, nil
}

// adder adds a problem at a path inside one resource.
type adder func(p diag.Problem, path ...any)

func judgeFields(r *Resource, at adder) {
	seen := map[string]bool{}
	for i := range r.Schema.Fields {
		f := &r.Schema.Fields[i]
		here := func(p diag.Problem, key string) { at(p, "schema", "fields", i, key) }
		if f.Name == "" || strings.HasPrefix(f.Name, "_") || strings.ContainsAny(f.Name, "\"\n\r\x00") {
			here(diag.Problem{Message: "the name of a column", Found: diag.Quote(f.Name), Expected: "text that does not start with _"}, "name")
		}
		if low := strings.ToLower(f.Name); seen[low] {
			here(diag.Problem{Message: "two columns are named " + diag.Quote(f.Name)}, "name")
		} else {
			seen[low] = true
		}
		if f.Type == "" {
			f.Type = "string"
		}
		if !slices.Contains(types, f.Type) {
			hint := diag.Nearest(f.Type, types)
			here(diag.Problem{Message: "unknown type " + diag.Quote(f.Type), Expected: "one of " + strings.Join(types, ", "), Hint: hint}, "type")
			f.Type = "string"
		}
		if f.Unit != "" && !f.Unit.Known() {
			here(diag.Problem{Message: "unknown unit " + diag.Quote(string(f.Unit)), Expected: "one of " + strings.Join(figure.Units(), ", "), Hint: diag.Nearest(string(f.Unit), figure.Units())}, "unit")
			f.Unit = ""
		}
		if f.Unit == "" {
			f.Unit = defaultUnit(f.Type)
		}
		if f.Format != "" && f.Format != "default" && f.Type != "date" {
			here(diag.Problem{Message: "format " + diag.Quote(f.Format) + " of a " + f.Type, Expected: "none", Hint: "only dates have a format, such as %d/%m/%Y"}, "format")
		}
		if f.ItemType != "" && f.ItemType != "string" {
			here(diag.Problem{Message: "a list of " + diag.Quote(f.ItemType), Expected: "a list of strings"}, "itemType")
		}
		if _, err := regexp.Compile(f.Constraints.Pattern); err != nil {
			at(diag.Problem{Message: "the pattern is not a regular expression", Found: diag.Quote(f.Constraints.Pattern)}, "schema", "fields", i, "constraints", "pattern")
			f.Constraints.Pattern = ""
		}
		for _, bound := range []struct {
			key   string
			value *any
		}{{"minimum", &f.Constraints.Minimum}, {"maximum", &f.Constraints.Maximum}} {
			if *bound.value != nil && !slices.Contains([]string{"integer", "number", "year", "date"}, f.Type) {
				at(diag.Problem{Message: fmt.Sprintf("a %s has no %s", f.Type, bound.key)}, "schema", "fields", i, "constraints", bound.key)
				*bound.value = nil
			}
		}
	}
}

func defaultUnit(fieldType string) figure.Unit {
	switch fieldType {
	case "integer", "number":
		return figure.Count
	case "date":
		return figure.Day
	case "year":
		return figure.Year
	case "boolean":
		return figure.YesNo
	}
	return figure.Words
}

func judgeKeys(r *Resource, all []Resource, at adder) {
	known := func(r *Resource) []string {
		var list []string
		for _, f := range r.Schema.Fields {
			list = append(list, f.Name)
		}
		return list
	}
	check := func(columns, known []string, path ...any) bool {
		ok := len(columns) > 0
		for _, c := range columns {
			if !slices.Contains(known, c) {
				at(diag.Problem{Message: "unknown column " + diag.Quote(c), Hint: diag.Nearest(c, known)}, path...)
				ok = false
			}
		}
		return ok
	}
	own := known(r)
	for i, f := range r.Schema.Fields {
		if f.Source != "" && !check([]string{f.Source}, own, "schema", "fields", i, "source") {
			r.Schema.Fields[i].Source = ""
		}
	}
	if len(r.Schema.PrimaryKey) > 0 && !check(r.Schema.PrimaryKey, own, "schema", "primaryKey") {
		r.Schema.PrimaryKey = nil
	}
	r.Schema.UniqueKeys = slices.DeleteFunc(r.Schema.UniqueKeys, func(key []string) bool {
		return !check(key, own, "schema", "uniqueKeys")
	})
	var usable []ForeignKey
	for i, key := range r.Schema.ForeignKeys {
		ok := check(key.Fields, own, "schema", "foreignKeys", i, "fields")
		target := r
		if name := key.Reference.Resource; name != "" {
			j := slices.IndexFunc(all, func(o Resource) bool { return o.Name == name })
			if j < 0 {
				var tables []string
				for _, o := range all {
					tables = append(tables, o.Name)
				}
				at(diag.Problem{Message: "unknown table " + diag.Quote(name), Hint: diag.Nearest(name, tables)}, "schema", "foreignKeys", i, "reference")
				continue
			}
			target = &all[j]
		}
		if !check(key.Reference.Fields, known(target), "schema", "foreignKeys", i, "reference") || !ok {
			continue
		}
		if len(key.Fields) != len(key.Reference.Fields) {
			at(diag.Problem{Message: "a foreign key needs as many columns on both sides"}, "schema", "foreignKeys", i)
			continue
		}
		key.Reference.Resource = target.Name
		usable = append(usable, key)
	}
	r.Schema.ForeignKeys = usable
}

// file is the table's path from the report folder.
// File is the path of its CSV file in the report folder.
func (r *Resource) File() string { return path.Join("data", r.Path) }

func (r *Resource) delimiter() byte {
	if r.Dialect.Delimiter == "" {
		return ','
	}
	return r.Dialect.Delimiter[0]
}

// encoding is nil for UTF-8.
func (r *Resource) encoding() (encoding.Encoding, error) {
	switch strings.ToLower(r.Encoding) {
	case "", "utf-8", "utf8":
		return nil, nil
	}
	return htmlindex.Get(r.Encoding)
}

// missing lists the cells of a field that mean "no value".
func (r *Resource) missing(f Field) []string {
	switch {
	case f.MissingValues != nil:
		return f.MissingValues
	case r.Schema.MissingValues != nil:
		return r.Schema.MissingValues
	}
	return []string{""}
}
