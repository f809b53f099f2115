package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"broadsheet/generator/diag"

	"go.yaml.in/yaml/v3"
)

// typeCheck adds a problem for each part of a YAML file that its Go type cannot hold,
// and for each key that is given twice. The parser's own words name Go types, and no
// key.
type typeCheck struct {
	file     string
	offset   int                 // lines before the YAML
	aliased  map[*yaml.Node]bool // each is checked once, as they can contain each other
	unread   bool                // there is a mapping of which nothing is read, as a key of it is wrong
	problems diag.List
}

// value checks the value of a key; of an item of a list, key is the item.
func (c *typeCheck) value(n, key *yaml.Node, name string, t reflect.Type) {
	if n.Kind == yaml.AliasNode {
		if n = n.Alias; c.aliased[n] {
			return
		}
		c.aliased[n] = true
	}
	if n.Tag == "!!null" {
		return
	}
	if n.Kind == yaml.MappingNode {
		c.keys(n)
	}
	if e, ok := reflect.New(t).Interface().(yaml.Unmarshaler); ok {
		if n.Decode(e) != nil {
			c.mistyped(n, key, name, e.(interface{ Expected() string }).Expected(), "")
		}
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		c.value(n, key, name, t.Elem())
	case reflect.Slice:
		if n.Kind == yaml.SequenceNode {
			c.items(n, name, t.Elem())
			return
		}
		hint := ""
		if n.Kind == yaml.ScalarNode && t.Elem().Kind() != reflect.Struct {
			hint = fmt.Sprintf("write %s: [%s]", name, n.Value)
		}
		c.mistyped(n, key, name, "a list", hint)
	case reflect.Map, reflect.Struct:
		if n.Kind == yaml.MappingNode {
			c.fields(n, name, t)
		} else {
			c.unread = c.unread || name == ""
			c.mistyped(n, key, name, "keys with values", "")
		}
	case reflect.Interface:
		switch n.Kind {
		case yaml.SequenceNode:
			c.items(n, name, t)
		case yaml.MappingNode:
			c.fields(n, name, reflect.TypeFor[map[string]any]())
		}
	default:
		if n.Decode(reflect.New(t).Interface()) != nil {
			c.mistyped(n, key, name, expected(t.Kind()), "")
		}
	}
}

func (c *typeCheck) items(n *yaml.Node, name string, t reflect.Type) {
	for i, item := range n.Content {
		c.value(item, item, "item "+strconv.Itoa(i+1)+" of "+name, t)
	}
}

func (c *typeCheck) fields(n *yaml.Node, name string, t reflect.Type) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Tag == "!!merge":
			c.value(value, key, name, t)
		case t.Kind() == reflect.Map:
			c.value(value, key, key.Value, t.Elem())
		default:
			if f, ok := fieldOf(t, "yaml", key.Value); ok {
				c.value(value, key, key.Value, f)
			}
		}
	}
}

// keys looks for keys that are given twice, or are not text.
func (c *typeCheck) keys(n *yaml.Node) {
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode && key.Kind != yaml.AliasNode {
			c.unread = true
			c.fail(key, diag.Problem{Message: "a key is " + written(key), Expected: "a word, or text in quotes"})
			continue
		}
		if before, twice := first[key.Value]; twice && before.Kind == key.Kind && before.Tag == key.Tag {
			c.unread = true
			c.fail(key, diag.Problem{Message: fmt.Sprintf("the key %s is given twice", diag.Quote(key.Value)), Hint: "delete one of the two"})
		}
		first[key.Value] = key
	}
}

func (c *typeCheck) mistyped(n, key *yaml.Node, name, expected, hint string) {
	p := diag.Problem{Message: name + " is " + written(n), Expected: expected, Hint: hint}
	if name == "" {
		p.Message, p.Found = "", written(n)
	}
	c.fail(key, p)
}

func (c *typeCheck) fail(at *yaml.Node, p diag.Problem) {
	p.File, p.Line, p.Column = c.file, at.Line+c.offset, at.Column
	c.problems.Add(p)
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
