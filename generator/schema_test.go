package generator

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// described is a file that a schema describes, as the values in it; nil for others.
func described(name string, data []byte) (schema string, value any, err error) {
	switch {
	case name == "hugo.toml":
		err = toml.Unmarshal(data, &value)
		return "hugo", value, err
	case name == "data/datapackage.json":
		err = json.Unmarshal(data, &value)
		return "datapackage", value, err
	case path.Dir(name) == "data/charts" && path.Ext(name) == ".yaml":
		err = yaml.Unmarshal(data, &value)
		return "chart", value, err
	case path.Dir(name) == "data/aggregates" && path.Ext(name) == ".sql":
		_, head, _ := strings.Cut(string(data), "/*")
		head, _, _ = strings.Cut(head, "*/")
		err = yaml.Unmarshal([]byte(head), &value)
		return "aggregate", value, err
	case path.Dir(name) == "data/extracts" && path.Ext(name) == ".sql":
		_, head, _ := strings.Cut(string(data), "/*")
		head, _, _ = strings.Cut(head, "*/")
		err = yaml.Unmarshal([]byte(head), &value)
		return "extract", value, err
	}
	return "", nil, nil
}

// schemas returns a function that holds a file of a report to its schema.
func schemas(t *testing.T) func(name string, data []byte) (known bool, err error) {
	compiler := jsonschema.NewCompiler()
	compiled := map[string]*jsonschema.Schema{}
	for _, name := range []string{"hugo", "datapackage", "chart", "aggregate", "extract"} {
		data, err := broadsheet.Schemas.ReadFile("docs/schema/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		if err := compiler.AddResource(name, schema); err != nil {
			t.Fatal(err)
		}
		if compiled[name], err = compiler.Compile(name); err != nil {
			t.Fatal(err)
		}
	}
	return func(name string, data []byte) (known bool, err error) {
		schema, value, err := described(name, data)
		if schema == "" || err != nil {
			return schema != "", err
		}
		plain, err := json.Marshal(value) // numbers and days as JSON has them
		if err != nil {
			return true, err
		}
		value, err = jsonschema.UnmarshalJSON(bytes.NewReader(plain))
		if err != nil {
			return true, err
		}
		return true, compiled[schema].Validate(value)
	}
}

// TestReportsFollowTheSchemas: what builds is what editors accept.
func TestReportsFollowTheSchemas(t *testing.T) {
	validate := schemas(t)
	for _, report := range []string{"..", "testdata/report", "scaffold/example"} {
		count := 0
		err := fs.WalkDir(os.DirFS(report), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() {
				if name != "." && name != "data" && path.Dir(name) != "data" {
					return fs.SkipDir
				}
				return nil
			}
			data, err := fs.ReadFile(os.DirFS(report), name)
			if err != nil {
				return err
			}
			known, err := validate(name, data)
			if err != nil {
				t.Errorf("%s: %v", path.Join(report, name), err)
			}
			if known {
				count++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if count < 5 {
			t.Errorf("%s: only %d files have a schema", report, count)
		}
	}
}

// TestMistakesAreRefusedTwice: what an editor marks is what a build names.
func TestMistakesAreRefusedTwice(t *testing.T) {
	validate := schemas(t)
	sound := fstest.MapFS{
		"hugo.toml":             {Data: []byte("title = \"R\"\n[params]\ncontact = \"desk@example.org\"\n")},
		"content/_index.md":     {Data: []byte("---\ntitle: Home\n---\n{{< chart \"c\" >}}\n")},
		"data/datapackage.json": {Data: []byte(`{"created": "2018-03-01", "resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "name", "type": "string"}, {"name": "n", "type": "integer", "unit": "count"}]}}]}`)},
		"data/t.csv":            {Data: []byte("name,n\na,1\nb,2\n")},
		"data/aggregates/a.sql": {Data: []byte("/*\ntitle: A\nkey: name\ncolumns:\n  name: {label: Name, unit: text}\n  n: {label: N, unit: count}\n*/\nSELECT name, n, [_row] AS t_rows FROM t")},
		"data/charts/c.yaml":    {Data: []byte("kind: bar\nof: a\nx: n\ny: name\ntitle: More of b\nsubtitle: Things in March 2018, in numbers\nwaive: [{norm: source, reason: invented figures}]\n")},
	}
	result, err := Build(t.Context(), sound, Options{})
	if err != nil || result.Pages == nil {
		t.Fatal(err, result.Problems)
	}
	for _, change := range []struct{ file, old, new string }{
		{"hugo.toml", `title = "R"`, `[params]`},
		{"hugo.toml", `contact = "desk@example.org"`, `archive = "no"`},
		{"data/datapackage.json", `"path": "t.csv"`, `"path": "t.pdf"`},
		{"data/datapackage.json", `"name": "t"`, `"name": "T t"`},
		{"data/datapackage.json", `"fields"`, `"feilds"`},
		{"data/datapackage.json", `"type": "integer"`, `"type": "intger"`},
		{"data/datapackage.json", `"type": "integer"`, `"type": 5`},
		{"data/datapackage.json", `"unit": "count"`, `"private": "yes"`},
		{"data/datapackage.json", `"unit": "count"`, `"constraints": {"enum": []}`},
		{"data/datapackage.json", `"unit": "count"`, `"constraints": {"minLength": -1}`},
		{"data/datapackage.json", `"path": "t.csv"`, `"path": "t.csv", "dialect": {"delimiter": ";;"}`},
		{"data/aggregates/a.sql", "title: A\n", ""},
		{"data/aggregates/a.sql", "label: N, ", ""},
		{"data/aggregates/a.sql", ", unit: count", ""},
		{"data/aggregates/a.sql", "label: N", "lable: N"},
		{"data/aggregates/a.sql", "key: name", "key: {name: x}"},
		{"data/charts/c.yaml", "kind: bar", "kind: pie"},
		{"data/charts/c.yaml", "kind: bar", "kind: line\nhigh: n"},
		{"data/charts/c.yaml", "x: n\n", ""},
		{"data/charts/c.yaml", "of: a\n", ""},
		{"data/charts/c.yaml", "title: More of b\n", ""},
		{"data/charts/c.yaml", "subtitle:", "subtitel:"},
		{"data/charts/c.yaml", "norm: source", "norm: sources"},
		{"data/charts/c.yaml", ", reason: invented figures", ""},
		{"data/charts/c.yaml", "x: n\n", "x: n\nbins: -1\n"},
		{"data/charts/c.yaml", "x: n\n", "x: n\nhighlight: b\n"},
	} {
		report := maps.Clone(sound)
		text := strings.Replace(string(sound[change.file].Data), change.old, change.new, 1)
		if text == string(sound[change.file].Data) {
			t.Fatalf("%s holds no %q", change.file, change.old)
		}
		report[change.file] = &fstest.MapFile{Data: []byte(text)}
		if known, err := validate(change.file, []byte(text)); !known || err == nil {
			t.Errorf("%s: the schema accepts %q", change.file, change.new)
		}
		result, err := Build(t.Context(), report, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Problems) == 0 {
			t.Errorf("%s: the program accepts %q", change.file, change.new)
		}
	}
}
