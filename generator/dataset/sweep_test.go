package dataset

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// again loads a report into an engine that is used again, and empties it.
func again(ctx context.Context, report fs.FS, eng *engine.Engine, look func(*Dataset, []diag.Problem) error) error {
	var problems diag.List
	d, err := Load(ctx, report, nil, eng, nil, nil, &problems)
	if err != nil {
		return err
	}
	err = look(d, problems.Sorted())
	_, tables, listed := eng.Collect(ctx, "SELECT table_name FROM duckdb_tables()")
	for _, t := range tables {
		listed = errors.Join(listed, eng.Exec(ctx, "DROP TABLE "+engine.Name(t[0].(string))))
	}
	return errors.Join(err, listed)
}

func openEngine(tb testing.TB) *engine.Engine {
	tb.Helper()
	eng, err := engine.Open(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := eng.Close(); err != nil {
			tb.Error(err)
		}
	})
	return eng
}

// everything has each property that a description can have.
const everything = `{
	"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "p", "id": "i", "title": "T", "description": "D",
	"homepage": "https://example.org", "version": "1.0", "profile": "data-package", "image": "i.png", "created": "2018-02-01", "keywords": ["k"],
	"licenses": [{"name": "n", "path": "p", "title": "t"}], "sources": [{"title": "t", "path": "p", "email": "e", "version": "v"}],
	"contributors": [{"title": "t", "path": "p", "organization": "o", "roles": ["r"]}],
	"resources": [{"name": "t", "path": "t.csv", "type": "table", "title": "T", "description": "d", "format": "csv", "mediatype": "text/csv",
		"profile": "tabular-data-resource", "$schema": "s", "scheme": "file",
		"encoding": "utf-8", "licenses": [], "sources": [], "dialect": {"$schema": "s", "delimiter": ",", "quoteChar": "\"", "header": true, "headerRows": [1], "headerJoin": "_", "commentRows": [9],
			"commentChar": "#", "skipInitialSpace": true, "nullSequence": "NULL", "lineTerminator": "\n", "doubleQuote": true},
		"schema": {
			"$schema": "s", "fieldsMatch": "equal",
			"missingValues": ["", {"value": "NA", "label": "not asked"}], "primaryKey": ["text"], "uniqueKeys": [["text", "whole"]],
			"foreignKeys": [{"fields": ["other"], "reference": {"resource": "t", "fields": ["text"]}}],
			"fields": [
				{"name": "text", "type": "string", "format": "default", "title": "t", "description": "d", "example": "x", "unit": "text", "private": false, "source": "other", "missingValues": ["-"],
					"constraints": {"required": true, "unique": true, "enum": ["a", "b"], "pattern": "^[ab]$", "minLength": 1, "maxLength": 3}},
				{"name": "other", "type": "string"},
				{"name": "whole", "type": "integer", "groupChar": ",", "bareNumber": false, "categories": [1, {"value": 1234, "label": "many"}], "categoriesOrdered": true, "rdfType": "https://schema.org/Integer", "constraints": {"minimum": 1, "maximum": "1000000", "enum": [1, 1234]}},
				{"name": "exact", "type": "number", "decimalChar": ",", "groupChar": ".", "accounting": true, "constraints": {"minimum": 0.5, "exclusiveMaximum": 1e6, "enum": [1.5, 2]}},
				{"name": "day", "type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "2017-01-01", "enum": ["2017-12-31"]}},
				{"name": "year", "type": "year", "constraints": {"maximum": 2018}},
				{"name": "yes", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"], "constraints": {"enum": [true, "no"]}},
				{"name": "many", "type": "list", "delimiter": ";", "itemType": "string", "constraints": {"pattern": "[a;]*", "minLength": 1}},
				{"name": "days", "type": "date", "formats": ["%m/%d/%Y", "%d.%m.%y"]},
				{"name": "at", "type": "datetime", "constraints": {"minimum": "2017-01-01T00:00:00"}},
				{"name": "clock", "type": "time", "format": "%H:%M", "constraints": {"maximum": "23:00:00"}},
				{"name": "month", "type": "yearmonth", "constraints": {"enum": ["2017-12"]}},
				{"name": "span", "type": "duration"}, {"name": "object", "type": "object"}, {"name": "array", "type": "array"}, {"name": "any", "type": "any"},
				{"name": "where", "type": "geopoint", "format": "array"}, {"name": "shape", "type": "geojson"},
				{"name": "secret", "type": "integer", "private": true, "constraints": {"maximum": 9}}
			]}}]}`

const everythingRows = `text,other,whole,exact,day,year,yes,many,days,at,clock,month,span,object,array,any,where,shape,secret
a,b,"1,234","1,5",31/12/2017,2017,yes,a;a,1/24/2018,2017-12-31T23:59:00Z,9:30,2017-12,P1D,{},[],x,"[1, 2]",{},1
# a comment
b,a,1,2,NA,NA,no,,24.1.18,,,,NULL,,,,,,2
`

// otherTypes is a value of each type of JSON.
var otherTypes = []string{`null`, `true`, `-1`, `1.5`, `""`, `"abc"`, `[]`, `[null]`, `[5]`, `[""]`, `{}`, `{"a": 1}`}

// nasty are values that some language reads in its own way.
var nasty = []string{`1e400`, `"%Q"`, `"(?<x>a)"`, `"(a{1000}){1000}"`, `"a\\$"`, `"\u0000"`, `"'"`, `"_row"`, `"duckdb_tables"`, strconv.Quote(strings.Repeat("n", 300))}

// words are parts that are only shown, or of which others stand for all.
var words = regexp.MustCompile(`fields\[([1-7]|1[0-9])\]\.(name|type)$|title|Values|itemType|description|licenses|\.sources|contributors|version|example|mediatype|\$schema|rofile|scheme|rdfType|^\.[^.]*$|^\.keywords|^\.resources\[0\]\.type$`)

// replaced calls each with the description as it is when one part has another
// value, and when it is not there.
func replaced(root any, each func(path string)) {
	set := func(path string, old any, set func(any)) {
		values := otherTypes
		switch old.(type) {
		case string, float64:
			if !words.MatchString(path) {
				values = slices.Concat(otherTypes, nasty)
			}
		}
		for _, value := range values {
			set(json.RawMessage(value))
			each(path + " is " + value)
		}
		set(old)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				child, at := v[key], path+"."+key
				set(at, child, func(value any) { v[key] = value })
				delete(v, key)
				each(at + " is not there")
				v[key+"x"] = child
				each(at + " is another key")
				delete(v, key+"x")
				v[key] = child
				walk(at, child)
			}
		case []any:
			for i, child := range v {
				at := fmt.Sprintf("%s[%d]", path, i)
				set(at, child, func(value any) { v[i] = value })
				walk(at, child)
			}
		}
	}
	walk("", root)
}

// TestNoDescriptionIsAnError replaces each part of a description by values of every
// kind: each is read, or is a problem at a place, in the program's own words.
func TestNoDescriptionIsAnError(t *testing.T) {
	t.Parallel()
	eng := openEngine(t)
	report := fstest.MapFS{File: {Data: []byte(everything)}, "data/t.csv": {Data: []byte(everythingRows)}}
	if err := again(t.Context(), report, eng, func(_ *Dataset, found []diag.Problem) error {
		if len(found) > 0 {
			return fmt.Errorf("%v", found)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal([]byte(everything), &root); err != nil {
		t.Fatal(err)
	}
	replaced(root, func(path string) {
		text, err := json.MarshalIndent(root, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		report[File] = &fstest.MapFile{Data: text}
		err = again(t.Context(), report, eng, func(_ *Dataset, found []diag.Problem) error {
			for _, p := range found {
				said := strings.ToLower(p.String())
				if p.File == File && p.Line == 0 {
					return fmt.Errorf("no place: %s", said)
				}
				for _, foreign := range []string{" json: ", "go value", "duckdb", "binder", "parser error", "broken json"} {
					if strings.Contains(said, foreign) && !strings.Contains(path, "duckdb") {
						return fmt.Errorf("%q in %s", foreign, said)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
	})
}

// FuzzLoad holds that no file is an error, and what encoding/csv reads, arrives as
// that reads it.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{"1,2\n", "x,\"He said \"\"no\"\"\nand left.\"", "\"\",\n", ",\n,\n", "a,b\r\nc,d", "a,b\rc,d\r", "\"a\r\nb\",c\n", "a,\"open\nb,c\n", "5\" pipe,x\n", "\x00,a\n", "\x10e,\x1f\n", "\x10,\x10x\n", "a,b,c\n", " a, \"b\"\n", "é,\xff\n", "\n\na,b\n\n", "'a',NULL\n", "\\,\\N\n", "#,\t\n", ",,,\n,\n"} {
		f.Add([]byte(s))
	}
	eng := openEngine(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		text := append([]byte("a,b\n"), data...)
		report := fstest.MapFS{"data/t.csv": {Data: text}, "data/u.csv": {Data: text}, File: {Data: []byte(`{"resources": [
			{"name": "t", "path": "t.csv", "schema": {"missingValues": [], "fields": [{"name": "a"}, {"name": "b"}]}},
			{"name": "u", "path": "u.csv", "schema": {"fields": [{"name": "a"}, {"name": "b"}]}}]}`)}}
		err := again(context.Background(), report, eng, func(d *Dataset, found []diag.Problem) error {
			_, rows, err := eng.Collect(context.Background(), "SELECT a, b FROM t ORDER BY _row")
			if _, err := d.Table("u").Head(); err != nil {
				return err
			}
			if err != nil || len(rows) != d.Tables[0].Rows {
				return fmt.Errorf("%d rows of %d, %v", len(rows), d.Tables[0].Rows, err)
			}
			// encoding/csv takes CR for text, and CRLF in a cell for LF
			if !utf8.Valid(text) || bytes.ContainsAny(text, "\r\x00") {
				return nil
			}
			want, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
			if err != nil {
				return nil
			}
			for _, p := range found {
				switch {
				case p.Message == "a blank row", p.Message == "the table has no rows":
				case p.Message == "the header again", p.Expected == "text", strings.HasPrefix(p.Message, "a merge conflict"):
					return nil // no row, or no value, for a person
				default:
					return errors.New(p.String())
				}
			}
			var got [][]string
			for _, row := range rows {
				got = append(got, []string{row[0].(string), row[1].(string)})
			}
			if !slices.EqualFunc(got, want[1:], func(a, b []string) bool { return slices.Equal(a, b) }) {
				return fmt.Errorf("got %q, want %q", got, want[1:])
			}
			return nil
		})
		if err != nil {
			t.Errorf("%q: %v", data, err)
		}
	})
}

// FuzzCast holds that no value is an error, that a value of a private column is never
// said, and that whole numbers are those of Go.
func FuzzCast(f *testing.F) {
	for _, s := range []string{"1", "-1", "1,5", "1,234", "1.234,5", "12345678901234567890", "2017-12-31", "infinity", "1e3", "true", "-0", "2017", "a;b", "31/12/2017", "\x10", "١", "1e-05", ".5", "5.", "+5", "\u22125", "1.2E+07", "1e400", "1e-400", "2016.0", "(1,234)", "$5", "12 km", "1e-30", "123456789012345678901234567890.1234567891", "2017-12-31T23:59:00+02:00", "23:59", "2017-12", "P1DT2H", "{}", "-77.04, 38.91", "1/24/18", "3 May 2017"} {
		f.Add(s)
	}
	eng := openEngine(f)
	types := []string{
		`"type": "integer"`, `"type": "integer", "groupChar": ","`, `"type": "number"`, `"type": "number", "decimalChar": ",", "groupChar": "."`,
		`"type": "date"`, `"type": "date", "format": "%d/%m/%Y"`, `"type": "year"`, `"type": "boolean"`, `"type": "list"`, `"type": "string"`,
		`"type": "datetime"`, `"type": "time"`, `"type": "yearmonth"`, `"type": "duration"`, `"type": "object"`, `"type": "geopoint"`, `"type": "any"`, `"type": "date", "formats": ["%m/%d/%y", "%d %B %Y"]`,
		`"type": "number", "bareNumber": false, "accounting": true`, `"type": "datetime", "format": "%d.%m.%Y %H:%M %z"`,
		`"type": "integer", "private": true, "constraints": {"maximum": 3}`, `"type": "string", "private": true, "constraints": {"enum": ["0"]}`,
	}
	var fields []string
	for i, kind := range types {
		fields = append(fields, fmt.Sprintf(`{"name": "c%d", %s}`, i, kind))
	}
	f.Fuzz(func(t *testing.T, value string) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		var head, row []string
		for i := range types {
			head, row = append(head, fmt.Sprintf("c%d", i)), append(row, value)
		}
		if err := errors.Join(w.WriteAll([][]string{head, row})); err != nil {
			t.Fatal(err)
		}
		report := one(`"schema": {"fields": [`+strings.Join(fields, ", ")+`]}`, b.String())
		err := again(context.Background(), report, eng, func(d *Dataset, found []diag.Problem) error {
			rows, err := d.Tables[0].Head()
			if err != nil || len(rows) != 1 {
				return err // a blank value, or one that is not text
			}
			for _, p := range found {
				private := p.Field == "c20" || p.Field == "c21"
				if private && strings.Contains(p.Found+p.Hint, strings.Trim(diag.Quote(value), `"`)) && len(value) > 6 {
					return errors.New(p.String())
				}
			}
			for i := range 3 { // numbers are those of Go
				n, ok := new(big.Rat).SetString(value)
				got := rows[0].Values[i].Raw()
				if i == 1 || got == "" || !ok {
					continue
				}
				if read, ok := new(big.Rat).SetString(got); !ok || read.Cmp(n) != 0 && d.Tables[0].Fields[i].stored != "DOUBLE" {
					return fmt.Errorf("got %s", got)
				}
			}
			if n, err := strconv.ParseInt(value, 10, 64); err == nil && strconv.FormatInt(n, 10) == value && rows[0].Values[0].Raw() != value {
				return fmt.Errorf("got %s", rows[0].Values[0].Raw())
			}
			return nil
		})
		if err != nil {
			t.Errorf("%q: %v", value, err)
		}
	})
}
