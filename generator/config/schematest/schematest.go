// Package schematest holds the JSON Schemas of docs/schema to the Go types into which the
// program reads the same files: each key of one is a key of the other, and each has a
// description. A key that is new is a property in docs/schema/NAME.json, with a
// description for whoever writes the file.
package schematest

import (
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"slices"
	"testing"

	"broadsheet"
	"broadsheet/generator/config"
)

// Schema is a part of a JSON Schema.
type Schema struct {
	Description string
	Type        any
	Properties  map[string]*Schema
	Required    []string
	Items       *Schema
	Enum        []any
	AnyOf       []*Schema
	AllOf       []*Schema
	If, Then    *Schema
	Const       any
	Ref         string `json:"$ref"`
	Definitions map[string]*Schema
	Additional  json.RawMessage `json:"additionalProperties"`

	Never bool `json:"-"` // the schema "false"
}

func (s *Schema) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		s.Never = true
		return nil
	}
	type plain Schema
	return json.Unmarshal(data, (*plain)(s))
}

// Each is the schema of all values of an object, by whatever key; nil where it has none.
func (s *Schema) Each(t testing.TB) *Schema {
	t.Helper()
	each := &Schema{}
	if err := json.Unmarshal(s.Additional, each); err != nil {
		t.Fatal(err)
	}
	return each
}

// Read reads docs/schema/NAME.json.
func Read(t testing.TB, name string) *Schema {
	t.Helper()
	data, err := broadsheet.Schemas.ReadFile(path.Join("docs/schema", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Schema{}
	if err := json.Unmarshal(data, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// Compare compares a schema with the type that the program reads; tag is that of the
// fields, yaml or json.
func Compare(t testing.TB, name string, into any, tag string) {
	t.Helper()
	root, checked := Read(t, name), map[*Schema]bool{}
	compare(t, root, checked, name, root, reflect.TypeOf(into), tag)
}

func compare(t testing.TB, root *Schema, checked map[*Schema]bool, at string, s *Schema, of reflect.Type, tag string) {
	t.Helper()
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if s.Description == "" {
		t.Errorf("docs/schema: %s has no description", at)
	}
	if s.Ref != "" {
		if s = root.Definitions[path.Base(s.Ref)]; checked[s] {
			return
		}
		checked[s] = true
	}
	if len(s.AnyOf) > 0 || reflect.PointerTo(of).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return // more than one form
	}
	switch of.Kind() {
	case reflect.Slice:
		if s.Items != nil && of.Elem().Kind() == reflect.Struct {
			compare(t, root, checked, at+"[]", s.Items, of.Elem(), tag)
		}
	case reflect.Map:
		var values Schema
		if of.Elem().Kind() == reflect.Struct {
			if err := json.Unmarshal(s.Additional, &values); err != nil {
				t.Fatalf("docs/schema: %s: %v", at, err)
			}
			compare(t, root, checked, at+".*", &values, of.Elem(), tag)
		}
	case reflect.Struct:
		known := config.Known(of, tag)
		for _, key := range slices.Sorted(maps.Keys(known)) {
			if s.Properties[key] == nil {
				t.Errorf("docs/schema: %s.%s is missing, which the program reads", at, key)
				continue
			}
			compare(t, root, checked, at+"."+key, s.Properties[key], known[key], tag)
		}
		for _, key := range slices.Sorted(maps.Keys(s.Properties)) {
			if known[key] == nil {
				t.Errorf("docs/schema: %s.%s is a key that the program does not read", at, key)
			}
		}
	}
}

// Words are the texts of an enum, also one beside others.
func (s *Schema) Words() []string {
	var list []string
	for _, part := range append(slices.Clone(s.AnyOf), s) {
		for _, word := range part.Enum {
			if text, ok := word.(string); ok {
				list = append(list, text)
			}
		}
	}
	slices.Sort(list)
	return list
}
