// Package config reads the YAML and JSON files of a report into Go structs,
// and remembers the position of everything.
//
// A file is parsed once into a value and a tree of positions. Later stages, which
// check what the file says, ask the tree for the line and column of the part
// that they find wrong: doc.Problem("...", "columns", "amount_usd", "unit").
//
// A key that the struct does not know is a problem, never ignored.
package config

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"

	"go.yaml.in/yaml/v3"
)

// Document is a parsed file: where each of its parts is.
type Document struct {
	File  string
	root  *node
	wrong []diag.Problem // the parts that are of a wrong type
}

// node is one value of the file. Its position is the one of its key, or of the
// value itself where it has none.
type node struct {
	line, column int
	keys         []string // of a mapping, in order
	fields       map[string]*node
	items        []*node // of a sequence

	// of a value in JSON: what it is, its text, and where, without its key
	kind    string
	raw     []byte
	valueAt [2]int
}

// YAML reads data, which starts at the given line of file, into the struct that
// into points at. What the struct cannot hold is a problem at its key, and is left
// out; all else is read. It returns nil where the file is not YAML, or not keys with
// values, each given once.
func YAML(file string, line int, data []byte, into any, problems *diag.List) *Document {
	return YAMLIn("en", file, line, data, into, problems)
}

// YAMLIn reads texts that are there in several languages in the one of the tag.
func YAMLIn(tag, file string, line int, data []byte, into any, problems *diag.List) *Document {
	var parsed yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	err := decoder.Decode(&parsed)
	if errors.Is(err, io.EOF) { // no more than blanks and comments
		err = nil
	}
	doc := &Document{File: file, root: &node{line: line, column: 1}}
	check := &typeCheck{file: file, offset: line - 1, aliased: map[*yaml.Node]bool{}}
	if err == nil {
		translation{tag, file, line - 1, problems}.apply(&parsed, reflect.TypeOf(into))
		if err = parsed.Decode(into); err != nil {
			root := parsed.Content[0]
			check.value(root, root, "", reflect.TypeOf(into))
		}
	}
	if !check.problems.Empty() { // they say what err says
		doc.wrong, err = check.problems.Sorted(), nil
		problems.Add(doc.wrong...)
	}
	if err != nil {
		p := diag.Problem{File: file, Line: line, Message: "broken YAML: " + strings.TrimPrefix(err.Error(), "yaml: ")}
		if m := yamlLine.FindStringSubmatch(strings.TrimPrefix(err.Error(), "yaml: ")); m != nil {
			n, _ := strconv.Atoi(m[1])
			if strings.HasPrefix(m[2], noKey) {
				n = max(n, stumbled(data, m[2]))
			}
			p.Line = line + n - 1
			p.Message, p.Hint = FaultOfYAML(m[2], LineOf(data, n))
			p.Message = "broken YAML: " + p.Message
		}
		problems.Add(p)
		return nil
	}
	var second yaml.Node
	if decoder.Decode(&second) == nil && len(second.Content) > 0 {
		problems.Add(diag.Problem{File: file, Line: line - 1 + second.Content[0].Line, Message: "a second YAML document, which is not read", Hint: "leave out the line --- before it"})
	}
	if len(parsed.Content) > 0 {
		doc.root = fromYAML(parsed.Content[0], line-1)
	}
	doc.unknownKeys(doc.root, reflect.TypeOf(into), "yaml", problems)
	if check.unread {
		return nil
	}
	return doc
}

// yamlLine takes the line out of the parser's messages: it gives no column.
var yamlLine = regexp.MustCompile(`(?s)^line (\d+): (.*)$`)

// Position turns a byte offset into a line and a column, both from 1.
func Position(data []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(data))
	before := data[:offset]
	line = 1 + bytes.Count(before, []byte("\n"))
	column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return line, column
}

// At is the place of the part that path leads to, e.g. At("columns", "rate",
// "unit") or At("resources", 2); of its nearest parent where it is not there.
func (d *Document) At(path ...any) (line, column int) {
	n, _ := d.find(path)
	return n.line, n.column
}

// Keys lists the keys of the mapping that path leads to, in the order of the file.
func (d *Document) Keys(path ...any) []string {
	if n, whole := d.find(path); whole {
		return n.keys
	}
	return nil
}

// Mistyped reports whether the part that path leads to is of a wrong type. That is a
// problem already; it is not missing too.
func (d *Document) Mistyped(path ...any) bool {
	n, whole := d.find(path)
	return whole && slices.ContainsFunc(d.wrong, func(p diag.Problem) bool { return p.Line == n.line && p.Column == n.column })
}

// find is the part that path leads to; its nearest parent where it is not there.
func (d *Document) find(path []any) (n *node, whole bool) {
	n = d.root
	for _, step := range path {
		var next *node
		switch s := step.(type) {
		case string:
			next = n.fields[s]
		case int:
			if s < len(n.items) {
				next = n.items[s]
			}
		}
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// Problem is p at the place that path leads to.
func (d *Document) Problem(p diag.Problem, path ...any) diag.Problem {
	p.File = d.File
	p.Line, p.Column = d.At(path...)
	return p
}

// unknownKeys compares the tree with the struct type that it was read into.
func (d *Document) unknownKeys(n *node, t reflect.Type, tag string, problems *diag.List) {
	switch t.Kind() {
	case reflect.Pointer:
		d.unknownKeys(n, t.Elem(), tag, problems)
	case reflect.Slice:
		for _, item := range n.items {
			d.unknownKeys(item, t.Elem(), tag, problems)
		}
	case reflect.Map:
		for _, field := range n.fields {
			d.unknownKeys(field, t.Elem(), tag, problems)
		}
	case reflect.Struct:
		known := Known(t, tag)
		for _, key := range n.keys {
			field := n.fields[key]
			if ft, ok := known[key]; ok {
				d.unknownKeys(field, ft, tag, problems)
				continue
			}
			names := slices.Sorted(maps.Keys(known))
			hint := diag.Nearest(key, names)
			if hint == "" && tag == "json" {
				owner := ownerOf(key, t, nil)
				if owner == "" {
					continue // of somebody else, as a data package may have them
				}
				hint = "it belongs to " + owner
			}
			if hint == "" {
				hint = "known here: " + strings.Join(names, ", ")
			}
			problems.Add(diag.Problem{File: d.File, Line: field.line, Column: field.column, Message: "unknown key " + diag.Quote(key), Hint: hint})
		}
	}
}

// ownerOf names the part below t that has a key, as in "constraints"; "" where none has.
func ownerOf(key string, t reflect.Type, above []reflect.Type) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || slices.Contains(above, t) {
		return ""
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if len(above) > 0 && name == key {
			return "here" // and is named by what it is part of
		}
		if name == "" {
			continue
		}
		switch owner := ownerOf(key, f.Type, append(above, t)); owner {
		case "":
		case "here":
			return diag.Quote(name)
		default:
			return owner
		}
	}
	return ""
}

// Known is what a file may say where it is read into a struct: the keys, with their types.
func Known(t reflect.Type, tag string) map[string]reflect.Type {
	known := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get(tag), ","); name != "" && name != "-" {
			known[name] = f.Type
		}
	}
	return known
}

func fromYAML(n *yaml.Node, offset int) *node {
	out := &node{line: n.Line + offset, column: n.Column}
	switch n.Kind {
	case yaml.MappingNode:
		out.fields = map[string]*node{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			child := fromYAML(n.Content[i+1], offset)
			child.line, child.column = key.Line+offset, key.Column
			out.keys = append(out.keys, key.Value)
			out.fields[key.Value] = child
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			out.items = append(out.items, fromYAML(item, offset))
		}
	}
	return out
}
