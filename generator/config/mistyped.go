package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"broadsheet/generator/diag"

	"go.yaml.in/yaml/v3"
)

// checkYAML adds a problem for each part of the file that t cannot hold, and for each
// key that is given twice. The parser's own words name Go types, and no key.
// Positions are counted from the start of the YAML, offset lines down the file. It
// reports whether all mappings were read: one with a key twice is not.
func (d *Document) checkYAML(n, key *yaml.Node, name string, t reflect.Type, offset int, problems *diag.List) (readable bool) {
	readable = true
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Tag == "!!null" {
		return true
	}
	fail := func(at *yaml.Node, p diag.Problem) {
		p.File, p.Line, p.Column = d.File, at.Line+offset, at.Column
		problems.Add(p)
	}
	wrong := func(expected, hint string) {
		p := diag.Problem{Message: name + " is " + written(n), Expected: expected, Hint: hint}
		if name == "" {
			p.Message, p.Found, readable = "", written(n), false
		}
		fail(key, p)
	}
	if n.Kind == yaml.MappingNode {
		readable = d.checkKeys(n, fail)
	}
	if e, ok := reflect.New(t).Interface().(yaml.Unmarshaler); ok {
		if n.Decode(e) != nil {
			wrong(e.(interface{ Expected() string }).Expected(), "")
		}
		return readable
	}
	switch t.Kind() {
	case reflect.Pointer:
		return d.checkYAML(n, key, name, t.Elem(), offset, problems) && readable
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			hint := ""
			if n.Kind == yaml.ScalarNode && t.Elem().Kind() != reflect.Struct {
				hint = fmt.Sprintf("write %s: [%s]", name, n.Value)
			}
			wrong("a list", hint)
			return readable
		}
		for i, item := range n.Content {
			readable = d.checkYAML(item, item, "item "+strconv.Itoa(i+1)+" of "+name, t.Elem(), offset, problems) && readable
		}
	case reflect.Map, reflect.Struct:
		if n.Kind != yaml.MappingNode {
			wrong("keys with values", "")
			return readable
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, value := n.Content[i], n.Content[i+1]
			switch {
			case k.Tag == "!!merge":
				readable = d.checkYAML(value, k, name, t, offset, problems) && readable
			case t.Kind() == reflect.Map:
				readable = d.checkYAML(value, k, k.Value, t.Elem(), offset, problems) && readable
			default:
				if f, ok := fieldOf(t, "yaml", k.Value); ok {
					readable = d.checkYAML(value, k, k.Value, f, offset, problems) && readable
				}
			}
		}
	case reflect.Interface:
	default:
		if n.Decode(reflect.New(t).Interface()) != nil {
			wrong(expected(t.Kind()), "")
		}
	}
	return readable
}

// checkKeys looks for keys that are given twice, or are not text: of a mapping that
// holds one nothing is read.
func (d *Document) checkKeys(n *yaml.Node, fail func(*yaml.Node, diag.Problem)) (readable bool) {
	readable = true
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode && key.Kind != yaml.AliasNode {
			fail(key, diag.Problem{Message: "a key is " + written(key), Expected: "a word, or text in quotes"})
			readable = false
			continue
		}
		if before, twice := first[key.Value]; twice && before.Kind == key.Kind && before.Tag == key.Tag {
			fail(key, diag.Problem{Message: fmt.Sprintf("the key %s is given twice", diag.Quote(key.Value)), Hint: "delete one of the two"})
			readable = false
		}
		first[key.Value] = key
	}
	return readable
}

// fieldOf is the type of the field that a struct type reads from a key.
func fieldOf(t reflect.Type, tag, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get(tag), ","); name == key && name != "" {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// written shows a value of the file in a message.
func written(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "keys with values"
	}
	return diag.Quote(n.Value)
}

func expected(kind reflect.Kind) string {
	switch kind {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "text"
}
