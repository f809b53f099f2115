package config

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/diag"

	"go.yaml.in/yaml/v3"
)

// A text for readers may be there in several languages, by their tags:
//
//	title: {en: Rents rose, de: Die Mieten stiegen}
//
// A file is read in one of them.

// translation is a mapping that stands for a text, read in a language.
type translation struct {
	tag      string
	file     string
	offset   int
	problems *diag.List
}

var tagForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]+)*$`)

// IsTranslated reports whether all keys of a mapping are tags of languages.
func IsTranslated(keys []string) bool {
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return !tagForm.MatchString(key) })
}

// InLanguage is the key that is meant in a language: its tag, or that of the language without a region; false for none.
func InLanguage(keys []string, tag string) (string, bool) {
	base, _, _ := strings.Cut(tag, "-")
	for _, want := range []string{tag, base} {
		if i := slices.IndexFunc(keys, func(key string) bool { return strings.EqualFold(key, want) }); i >= 0 {
			return keys[i], true
		}
	}
	return "", false
}

// apply puts the text of the language in place of each translation that is read into a text.
func (t translation) apply(n *yaml.Node, of reflect.Type) {
	switch {
	case of.Kind() == reflect.Pointer:
		t.apply(n, of.Elem())
	case n.Kind == yaml.DocumentNode && len(n.Content) > 0:
		t.apply(n.Content[0], of)
	case n.Kind == yaml.SequenceNode && of.Kind() == reflect.Slice:
		for _, item := range n.Content {
			t.apply(item, of.Elem())
		}
	case n.Kind == yaml.MappingNode:
		known := map[string]reflect.Type{}
		if of.Kind() == reflect.Struct {
			known = Known(of, "yaml")
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			field, ok := known[key.Value]
			if of.Kind() == reflect.Map {
				field, ok = of.Elem(), true
			}
			switch {
			case !ok:
			case field.Kind() == reflect.String && value.Kind == yaml.MappingNode:
				t.text(key, value)
			default:
				t.apply(value, field)
			}
		}
	}
}

func (t translation) text(key, value *yaml.Node) {
	var keys []string
	for i := 0; i+1 < len(value.Content); i += 2 {
		keys = append(keys, value.Content[i].Value)
	}
	if !IsTranslated(keys) {
		return
	}
	in, ok := InLanguage(keys, t.tag)
	if !ok {
		t.problems.Add(diag.Problem{File: t.file, Line: key.Line + t.offset, Column: key.Column, Message: key.Value + " is not there in the language " + diag.Quote(t.tag), Found: strings.Join(keys, ", ")})
		in = keys[0]
	}
	text := *value.Content[2*slices.Index(keys, in)+1]
	*value = text
}
