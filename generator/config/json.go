package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// JSON reads data into the struct that into points at. It returns nil where the
// file cannot be read, after adding a problem for each part that is of the wrong
// type.
func JSON(file string, data []byte, into any, problems *diag.List) *Document {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	broken := func(offset int, p diag.Problem) *Document {
		p.File = file
		p.Line, p.Column = Position(data, offset)
		problems.Add(p)
		return nil
	}
	if !utf8.Valid(data) {
		return broken(validUTF8(data), diag.Problem{Message: "the file is not UTF-8", Hint: "save it as UTF-8"})
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, new(json.RawMessage)); errors.As(err, &syntax) {
		p, at := faultOfJSON(err.Error(), data, int(syntax.Offset)-1)
		return broken(at, p)
	}
	doc := &Document{File: file, root: fromJSON(data)}
	var wrong diag.List
	doc.checkTypes(doc.root, "", reflect.TypeOf(into), &wrong)
	if wrong.Empty() {
		if err := json.Unmarshal(data, into); err != nil { // unreachable, but for what checkTypes does not know
			wrong.Add(diag.Problem{File: file, Message: "broken JSON: " + err.Error()})
		}
	}
	doc.unknownKeys(doc.root, reflect.TypeOf(into), "json", problems)
	if problems.Add(wrong.Sorted()...); !wrong.Empty() {
		return nil
	}
	return doc
}

// validUTF8 is how many bytes from the start are UTF-8.
func validUTF8(data []byte) int {
	n := 0
	for n < len(data) {
		r, size := utf8.DecodeRune(data[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// The kinds of values, as messages name them.
const (
	aText    = "text in quotes"
	aNumber  = "a number"
	aTruth   = "true or false"
	aList    = "a list"
	anObject = "an object"
	aNull    = "null"
)

// expecter is a type that reads more than one kind of value, and says which.
type expecter interface {
	json.Unmarshaler
	Expected() string
}

// checkTypes adds a problem for each part of the tree that t cannot hold, and for
// what JSON allows and nobody means: a key twice, a zero byte.
func (d *Document) checkTypes(n *node, name string, t reflect.Type, problems *diag.List) {
	switch t.Kind() {
	case reflect.Pointer:
		d.checkTypes(n, name, t.Elem(), problems)
		return
	case reflect.Map: // of somebody else
		return
	}
	fail := func(p diag.Problem) {
		p.File, p.Line, p.Column = d.File, n.valueAt[0], n.valueAt[1]
		problems.Add(p)
	}
	expect := func(kind, expected string) bool {
		if n.kind != kind && n.kind != aNull {
			fail(diag.Problem{Message: strings.TrimSpace(name + " is " + n.kind), Expected: expected})
		}
		return n.kind == kind
	}
	if len(n.fields) < len(n.keys) {
		sorted := slices.Sorted(slices.Values(n.keys))
		for i, key := range sorted[1:] {
			if key == sorted[i] {
				fail(diag.Problem{Message: "the key " + diag.Quote(key) + " is here twice"})
			}
		}
	}
	var text string
	if n.kind == aText && json.Unmarshal(n.raw, &text) == nil && strings.Contains(text, "\x00") {
		fail(diag.Problem{Message: "a text with a zero byte"})
	}
	if e, ok := reflect.New(t).Interface().(expecter); ok {
		if n.kind != aNull && e.UnmarshalJSON(n.raw) != nil {
			fail(diag.Problem{Message: name + " is " + n.kind, Expected: e.Expected()})
		}
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		if expect(anObject, "an object") {
			for i := range t.NumField() {
				f := t.Field(i)
				key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				if child := n.fields[key]; child != nil && key != "" {
					d.checkTypes(child, key, f.Type, problems)
				}
			}
		}
	case reflect.Slice:
		if t == reflect.TypeFor[json.RawMessage]() {
			return
		}
		if expect(aList, "a list") {
			for _, item := range n.items {
				d.checkTypes(item, name, t.Elem(), problems)
			}
		}
	case reflect.String:
		expect(aText, "text in quotes")
	case reflect.Bool:
		expect(aTruth, "true or false")
	case reflect.Int:
		if expect(aNumber, "a whole number") && json.Unmarshal(n.raw, new(int)) != nil {
			fail(diag.Problem{Message: name, Found: string(n.raw), Expected: "a whole number"})
		}
	}
}

// fromJSON walks the tokens of valid JSON.
func fromJSON(data []byte) *node {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	at, line, column := 0, 1, 1 // the place of the last node: one pass over the data finds all
	here := func() *node {      // the next token's place
		offset := int(dec.InputOffset())
		for offset < len(data) && strings.IndexByte(" \t\r\n,:", data[offset]) >= 0 {
			offset++
		}
		between := data[at:offset]
		if end := bytes.LastIndexByte(between, '\n'); end >= 0 {
			line += bytes.Count(between, []byte("\n"))
			between, column = between[end+1:], 1
		}
		at, column = offset, column+utf8.RuneCount(between)
		return &node{line: line, column: column, valueAt: [2]int{line, column}}
	}
	var value func() *node
	value = func() *node {
		n := here()
		start := at
		defer func() { n.raw = data[start:dec.InputOffset()] }()
		token, err := dec.Token()
		if err != nil { // unreachable: the data was decoded before
			return n
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '[' {
				n.kind = aList
				for dec.More() {
					n.items = append(n.items, value())
				}
			} else {
				n.kind, n.fields = anObject, map[string]*node{}
				for dec.More() {
					place := here()
					key, _ := dec.Token()
					child := value()
					child.line, child.column = place.line, place.column
					name, _ := key.(string)
					n.keys = append(n.keys, name)
					n.fields[name] = child
				}
			}
			_, _ = dec.Token() // the closing bracket
		case string:
			n.kind = aText
		case json.Number:
			n.kind = aNumber
		case bool:
			n.kind = aTruth
		case nil:
			n.kind = aNull
		}
		return n
	}
	return value()
}
