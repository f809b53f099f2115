package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"
	"broadsheet/generator/quantity"
	"broadsheet/generator/tabular"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// File is the description of a report's tables.
const File = "data/datapackage.json"

// Package is data/datapackage.json: a Frictionless Data Package, version 2
// (https://datapackage.org). These properties are ours: of a field, unit, private, source,
// formats, role, and accounting; of its constraints, keyOf, constantWithin, equals and tolerance; of a table, notes, fetch and download; units, those that the report declares; and agreements.
type Package struct {
	Schema       string                 `json:"$schema,omitzero"`
	Name         string                 `json:"name,omitzero"`
	ID           string                 `json:"id,omitzero"`
	Title        string                 `json:"title,omitzero"`
	Description  string                 `json:"description,omitzero"`
	Homepage     string                 `json:"homepage,omitzero"`
	Version      string                 `json:"version,omitzero"`
	Created      string                 `json:"created,omitzero"` // a day; the report's date, as a build reads no clock
	Keywords     []string               `json:"keywords,omitzero"`
	Temporal     coverage               `json:"temporal,omitzero"` // the time that the data cover: "2016/2021"
	Spatial      coverage               `json:"spatial,omitzero"`  // and the place
	Licenses     []License              `json:"licenses,omitzero"`
	Sources      []SourceRef            `json:"sources,omitzero"`
	Contributors []Contributor          `json:"contributors,omitzero"`
	Units        []quantity.Declaration `json:"units,omitzero"`
	Resources    []Resource             `json:"resources,omitzero"`
	Profile      string                 `json:"profile,omitzero"` // of version 1
	Image        string                 `json:"image,omitzero"`
	Agreements   []Agreement            `json:"agreements,omitzero"` // between facts
	Connections  []Connection           `json:"connections,omitzero"`

	units quantity.Units // that tables and aggregates can have
	key   memo.Key       // of the file
}

// Agreement is what must hold between facts, by their addresses: all are the same, or parts come to a total.
type Agreement struct {
	Same   []string `json:"same,omitzero"`
	Sum    *Sum     `json:"sum,omitzero"`
	Reason string   `json:"reason,omitzero"` // for editors
}

// Sum is parts and their total.
type Sum struct {
	Parts []string `json:"parts,omitzero"`
	Total string   `json:"total,omitzero"`
}

// coverage is a text. The standard does not know it, so what is of another form is somebody's own, and left alone.
type coverage string

func (c *coverage) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*c = coverage(text)
	}
	return nil
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

// Resource describes one table, which is a file of data/ or a part of it.
type Resource struct {
	Name        string          `json:"name,omitzero"` // also the table's name in SQL
	Path        string          `json:"path,omitzero"` // relative to data/
	Type        string          `json:"type,omitzero"`
	Title       string          `json:"title,omitzero"`
	Description string          `json:"description,omitzero"`
	Profile     string          `json:"profile,omitzero"` // of version 1
	ProfileOf   string          `json:"$schema,omitzero"`
	Scheme      string          `json:"scheme,omitzero"`
	Format      string          `json:"format,omitzero"`
	MediaType   string          `json:"mediatype,omitzero"`
	Encoding    string          `json:"encoding,omitzero"` // defaults to "utf-8"
	Size        *int            `json:"bytes,omitzero"`
	Hash        string          `json:"hash,omitzero"` // "sha256:…"; MD5 where it names no method
	Licenses    []License       `json:"licenses,omitzero"`
	Sources     []SourceRef     `json:"sources,omitzero"`
	Dialect     Dialect         `json:"dialect,omitzero"`
	Schema      Schema          `json:"schema,omitzero"`
	Data        json.RawMessage `json:"data,omitzero"` // not read
	Silenced    silences        `json:"notes,omitzero"`
	Fetch       *Fetch          `json:"fetch,omitzero"` // nil where somebody puts the file there
	Download    string          `json:"download,omitzero"`
	Withheld    string          `json:"downloadReason,omitzero"` // why nobody can download it

	unusable bool // cannot be a table of the engine
	unnamed  bool // has a column without a usable name, which is left out of the schema
	latest   int  // the last year that two digits can stand for
}

// Schema is the columns of a table and what must hold between rows.
type Schema struct {
	Fields        []Field      `json:"fields,omitzero"`
	ProfileOf     string       `json:"$schema,omitzero"`
	FieldsMatch   names        `json:"fieldsMatch,omitzero"`   // "equal" by default: all columns, in any order
	MissingValues marks        `json:"missingValues,omitzero"` // defaults to [""]
	PrimaryKey    names        `json:"primaryKey,omitzero"`
	UniqueKeys    [][]string   `json:"uniqueKeys,omitzero"`
	ForeignKeys   []ForeignKey `json:"foreignKeys,omitzero"`
}

// ForeignKey says that values of these fields must be in another table.
type ForeignKey struct {
	Fields    names `json:"fields,omitzero"`
	Reference struct {
		Resource string `json:"resource,omitzero"` // "" is the table itself
		Fields   names  `json:"fields,omitzero"`
	} `json:"reference,omitzero"`
}

// Field is one column.
type Field struct {
	Name          string            `json:"name,omitzero"`
	Type          string            `json:"type,omitzero"`    // one of types; defaults to "string"
	Format        string            `json:"format,omitzero"`  // of a day or a time, as strptime has it
	Formats       []string          `json:"formats,omitzero"` // where there are several
	Title         string            `json:"title,omitzero"`
	Description   string            `json:"description,omitzero"`
	Example       json.RawMessage   `json:"example,omitzero"`
	UnitName      string            `json:"unit,omitzero"`
	Private       bool              `json:"private,omitzero"`
	Source        string            `json:"source,omitzero"`      // the column that names where its values come from; defaults to source_id, or else to the first that does
	DecimalChar   string            `json:"decimalChar,omitzero"` // defaults to "."
	GroupChar     string            `json:"groupChar,omitzero"`   // none by default
	BareNumber    *bool             `json:"bareNumber,omitzero"`  // false: there may be signs beside the digits, as in $5 or 5 km
	Accounting    bool              `json:"accounting,omitzero"`  // (5) is -5
	TrueValues    []string          `json:"trueValues,omitzero"`
	FalseValues   []string          `json:"falseValues,omitzero"`
	Delimiter     string            `json:"delimiter,omitzero"` // of a list; defaults to ","
	ItemType      string            `json:"itemType,omitzero"`  // of a list; only "string"
	MissingValues marks             `json:"missingValues,omitzero"`
	Categories    []json.RawMessage `json:"categories,omitzero"` // values, or objects with a value and a label
	Ordered       bool              `json:"categoriesOrdered,omitzero"`
	RDFType       string            `json:"rdfType,omitzero"`
	Role          string            `json:"role,omitzero"` // of a text: one of roles
	Constraints   Constraints       `json:"constraints,omitzero"`

	Unit     quantity.Unit `json:"-"` // of that name; that of the type, where the field names none
	place    int           // in the list of fields, as in the file
	stored   string        // the engine's type for its values, once they are read
	offset   string        // from universal time, of its times
	sample   string        // one of its values as the file has it, for messages
	exponent int64         // the first row of a number with an exponent, as spreadsheets write it; 0 for none
}

// Constraints are what every value of a column must meet.
type Constraints struct {
	Required         bool              `json:"required,omitzero"`
	Unique           bool              `json:"unique,omitzero"`
	Enum             []json.RawMessage `json:"enum,omitzero"`
	Pattern          string            `json:"pattern,omitzero"`
	Minimum          json.RawMessage   `json:"minimum,omitzero"`
	Maximum          json.RawMessage   `json:"maximum,omitzero"`
	ExclusiveMinimum json.RawMessage   `json:"exclusiveMinimum,omitzero"`
	ExclusiveMaximum json.RawMessage   `json:"exclusiveMaximum,omitzero"`
	MinLength        int               `json:"minLength,omitzero"`
	MaxLength        int               `json:"maxLength,omitzero"`
	JSONSchema       json.RawMessage   `json:"jsonSchema,omitzero"` // not checked

	KeyOf          names           `json:"keyOf,omitzero"`          // tables: each value is the primary key of a row of one of them
	ConstantWithin names           `json:"constantWithin,omitzero"` // columns: where they are the same, this one is
	Equals         string          `json:"equals,omitzero"`         // what the value comes to, by the columns of its row
	Tolerance      json.RawMessage `json:"tolerance,omitzero"`      // how far it may be off
}

// marks are the cells that mean "no value".
type marks []string

// UnmarshalJSON reads texts, and objects of a value and a label.
func (m *marks) UnmarshalJSON(data []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil || list == nil {
		return err
	}
	*m = marks{}
	for _, item := range list {
		value, ok := categoryOf(item).(string)
		if !ok {
			return errors.New("no text")
		}
		*m = append(*m, value)
	}
	return nil
}

// Expected says what UnmarshalJSON reads.
func (marks) Expected() string { return "a list of texts in quotes" }

// categoryOf is the value of a category, or of a mark: itself, or that of an object.
func categoryOf(raw json.RawMessage) any {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return nil
	}
	if labelled, ok := value.(map[string]any); ok {
		return labelled["value"]
	}
	return value
}

// names is one name or a list of names.
type names []string

func (n *names) UnmarshalJSON(data []byte) error {
	var one string
	if err := json.Unmarshal(data, &one); err == nil {
		*n = names{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(n))
}

// Expected says what UnmarshalJSON reads.
func (names) Expected() string { return "a name or a list of names" }

// Label is the title, or the name where the package gives none.
func (f Field) Label() string {
	if f.Title != "" {
		return f.Title
	}
	return f.Name
}

var (
	types = []string{
		"any", "array", "boolean", "date", "datetime", "duration", "geojson", "geopoint", "integer", "list", "number", "object", "string", "time", "year", "yearmonth",
	}
	tableName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// readPackage reads and checks data/datapackage.json. Of tables that cannot be used
// it says so, and of columns it leaves them out.
func readPackage(ctx context.Context, report fs.FS, language *quantity.Language, eng *engine.Engine, limits limit.Limits, answers *memo.Memo, problems *diag.List) (*Package, *config.Document, error) {
	data, err := fs.ReadFile(report, File)
	if err != nil {
		if !isNotExist(err) {
			return nil, nil, err
		}
		problems.Add(diag.Problem{File: File, Message: "the file is missing", Hint: "it describes each CSV file of data/: see https://datapackage.org"})
		return nil, nil, nil
	}
	var p Package
	doc := config.JSON(File, data, &p, problems)
	if doc == nil {
		return nil, nil, nil
	}
	if day, _, _ := strings.Cut(p.Created, "T"); p.Created != "" {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			problems.Add(doc.Problem(diag.Problem{Message: "created is not a day", Found: diag.Quote(p.Created), Expected: "a day, such as 2018-02-01"}, "created"))
		}
		p.Created = day
	}
	if p.key, err = memo.KeyOf(data); err != nil {
		return nil, nil, err
	}
	p.units = p.units.In(language)
	for i, declaration := range p.Units {
		if key, wrong := p.units.Declare(declaration); wrong != nil {
			problems.Add(doc.Problem(*wrong, "units", i, key))
		}
	}
	p.checkConnections(doc, problems)
	in := func(i int) adder {
		return func(p diag.Problem, path ...any) {
			problems.Add(doc.Problem(p, append([]any{"resources", i}, path...)...))
		}
	}
	key, err := memo.KeyOf() // of the program, and so of its engine
	if err != nil {
		return nil, nil, err
	}
	taken, err := memo.Do(answers, "views", key, func() ([]string, error) { return eng.Views(ctx) })
	if err != nil {
		return nil, nil, err
	}
	paths := map[string]bool{}
	for i := range p.Resources {
		r := &p.Resources[i]
		at := in(i)
		if p, ok := checkName(r.Name, taken); !ok {
			r.unusable = true
			at(p, "name")
		} else {
			taken = append(taken, r.Name)
		}
		r.latest = p.latestYear()
		r.checkFile(paths, at)
		r.checkSilences(at)
		r.checkFetch(at)
		r.checkDownload(at)
		switch n := len(r.Schema.Fields); {
		case n == 0:
			r.unusable = true
			at(diag.Problem{Message: "table " + diag.Quote(r.Name) + " describes no column", Hint: `add "schema": {"fields": […]}, one for each column of the file`}, "schema")
		case n > limits.Get(limit.Columns):
			r.unusable = true
			at(limits.Exceeded(limit.Columns, diag.Count(n, "column")), "schema", "fields")
		default:
			keys := func(field int) []string { return doc.Keys("resources", i, "schema", "fields", field) }
			if err := checkFields(ctx, eng, answers, r, p.units, keys, at); err != nil {
				return nil, nil, err
			}
		}
	}
	for i := range p.Resources {
		if r := &p.Resources[i]; !r.unusable {
			checkKeys(r, p.Resources, in(i))
			r.checkRelations(in(i))
		}
	}
	return &p, doc, nil
}

// adder adds a problem at a path inside one resource.
type adder func(p diag.Problem, path ...any)

// longestName is how long names may be that become names of files.
const longestName = 100

// checkName checks the name of a table, which its page and file have too.
func checkName(name string, taken []string) (diag.Problem, bool) {
	p := diag.Problem{Message: "the name of a table", Found: diag.Quote(name), Expected: "small letters, digits and _, starting with a letter"}
	switch {
	case !tableName.MatchString(name):
		return p, false
	case len(name) > longestName:
		p.Expected = fmt.Sprintf("at most %d characters", longestName)
		return p, false
	case !slices.Contains(taken, name):
		return p, true
	}
	return diag.Problem{Message: "the name " + diag.Quote(name) + " is taken", Hint: "no two tables have one name, nor has a table that of a view of the SQL engine"}, false
}

// checkFile checks how the file is described.
func (r *Resource) checkFile(paths map[string]bool, at adder) {
	control := strings.ContainsFunc(r.Path, unicode.IsControl)
	if control || !fs.ValidPath(r.Path) || tabular.Extension(r.Path) == "" || len(r.Path) > 2*longestName {
		r.unusable = true
		at(diag.Problem{Message: "the path of a table", Found: diag.Quote(r.Path), Expected: "a file inside data/ that ends with one of " + strings.Join(tabular.Extensions, ", ")}, "path")
	} else if part := r.part(); paths[part] {
		at(diag.Problem{Message: "two tables read " + diag.Quote(r.Path)}, "path")
	} else {
		paths[part] = true
	}
	if _, err := r.encoding(); err != nil {
		at(diag.Problem{Message: "unknown encoding", Found: diag.Quote(r.Encoding), Expected: `a name such as "utf-8", "windows-1252" or "utf-16le"`}, "encoding")
		r.Encoding = ""
	}
	if isNull(r.Data) {
		r.checkDialect(at)
		return
	}
	r.unusable = true
	at(diag.Problem{Message: "a table with its rows in " + File, Hint: "write them to a .csv file in data/, and name it with \"path\""}, "data")
}

// part is what the table is of its file: of a workbook, a sheet.
func (r *Resource) part() string {
	return fmt.Sprint(r.Path, "\n", r.Dialect.SheetName, "\n", r.Dialect.SheetNumber, "\n", r.Dialect.Property)
}

// File is the path of its file in the report directory.
func (r *Resource) File() string { return path.Join("data", r.Path) }

// encoding is nil for UTF-8.
func (r *Resource) encoding() (encoding.Encoding, error) {
	switch strings.ToLower(r.Encoding) {
	case "", "utf-8", "utf8":
		return nil, nil
	}
	return htmlindex.Get(r.Encoding)
}

// Missing lists the cells of a field that mean "no value".
func (r *Resource) Missing(f Field) []string {
	list := []string{""}
	switch {
	case f.MissingValues != nil:
		list = f.MissingValues
	case r.Schema.MissingValues != nil:
		list = r.Schema.MissingValues
	}
	if null := r.Dialect.NullSequence; null != nil {
		list = append(slices.Clone(list), *null)
	}
	return list
}
