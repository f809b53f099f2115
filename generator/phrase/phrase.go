// Package phrase is what the program and its theme say on the pages of a report, in each
// language: the files of i18n/, which Hugo reads for the templates as well.
//
//	rows: {one: "{{ .N }} row", other: "{{ .N }} rows"}
//
// English is the list of what there is to say; TestEachLanguageSaysEverything holds the
// others to it. A language without a file is spoken to in English. A report says
// something in its own way by a file of its own, such as i18n/en.yaml, for templates.
package phrase

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"broadsheet"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// Book is the phrases of a language.
type Book struct {
	phrases map[string]form
	keys    map[string]string // of phrases by their text
	zeroOne bool              // none is in the singular as one is, as in French
	file    []byte
}

// form is a phrase; one and other where it depends on a number.
type form struct{ One, Other string }

func (f *form) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		f.Other = n.Value
		return nil
	}
	type plain form
	return n.Decode((*plain)(f))
}

const english = "en"

// books are those of i18n/, by their language.
var books = sync.OnceValue(func() map[string]*Book {
	files, err := fs.Glob(broadsheet.Phrases, "i18n/*.yaml")
	if err != nil {
		panic(err) // the pattern is sound
	}
	all := map[string]*Book{}
	for _, file := range files {
		b := &Book{keys: map[string]string{}}
		if b.file, err = broadsheet.Phrases.ReadFile(file); err == nil {
			err = yaml.Unmarshal(b.file, &b.phrases)
		}
		if err != nil {
			panic(fmt.Sprintf("%s: %v", file, err)) // the program was built of it
		}
		for key, f := range b.phrases {
			b.keys[f.Other] = key
		}
		name := strings.TrimSuffix(path.Base(file), ".yaml")
		b.zeroOne = name == "fr"
		all[name] = b
	}
	return all
})

// In is the book of a language, by its BCP 47 tag.
func In(tag string) *Book {
	subtag, _, _ := strings.Cut(tag, "-")
	if b := cmp.Or(books()[tag], books()[subtag]); b != nil {
		return b
	}
	parsed, _ := language.Parse(tag)
	base, _ := parsed.Base()
	return cmp.Or(books()[base.String()], books()[english])
}

// File is i18n/LANGUAGE.yaml, for Hugo.
func (b *Book) File() []byte { return b.file }

// Say is a phrase, with values by their names in it: "Title", title.
func (b *Book) Say(key string, values ...string) string {
	return fill(b.phrases[key].Other, values)
}

// Count is a phrase of a number of things, which is written as N.
func (b *Book) Count(key string, n int, written string) string {
	f := b.phrases[key]
	text := f.Other
	if f.One != "" && (n == 1 || n == 0 && b.zeroOne) {
		text = f.One
	}
	return fill(text, []string{"N", written})
}

// Translate is the phrase of which this is the English; what is none stays, and so does
// the space around it.
func (b *Book) Translate(text string) string {
	trimmed := strings.TrimSpace(text)
	key, ok := books()[english].keys[trimmed]
	if !ok {
		return text
	}
	return strings.Replace(text, trimmed, b.phrases[key].Other, 1)
}

// Has reports whether there is such a phrase.
func Has(key string) bool { _, ok := books()[english].phrases[key]; return ok }

// fill writes values in the place of {{ .Name }}. It is done a hundred thousand times for a site, most of them with one value.
func fill(text string, values []string) string {
	before, rest, found := strings.Cut(text, "{{ .")
	if !found {
		return text
	}
	var b strings.Builder
	for ; found; before, rest, found = strings.Cut(rest, "{{ .") {
		b.WriteString(before)
		name, after, _ := strings.Cut(rest, " }}")
		value := "{{ ." + name + " }}"
		for i := 0; i+1 < len(values); i += 2 {
			if values[i] == name {
				value = values[i+1]
			}
		}
		b.WriteString(value)
		rest = after
	}
	b.WriteString(before)
	return b.String()
}

// ofScripts are phrases that scripts say, beside those that only they do.
var ofScripts = []string{"from", "how_computed", "rows_behind", "to", "where_number"}

// Script is the phrases of the scripts of a page, as one statement.
func (b *Book) Script() string {
	said := map[string]string{}
	for key, f := range b.phrases {
		if name, ok := strings.CutPrefix(key, "js_"); ok {
			said[name] = f.Other
		}
	}
	for _, key := range ofScripts {
		said[key] = b.phrases[key].Other
	}
	text, err := json.Marshal(said)
	if err != nil {
		panic(err) // texts
	}
	return "const phrases=" + string(text) + ";\n"
}
