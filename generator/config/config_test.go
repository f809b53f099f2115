package config

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/diag"
)

type sample struct {
	Title   string            `yaml:"title" json:"title"`
	Columns map[string]column `yaml:"columns" json:"columns"`
	List    []column          `yaml:"list" json:"list"`
}

type column struct {
	Unit string `yaml:"unit" json:"unit"`
}

func problemsOf(l *diag.List) (got []string) {
	for _, p := range l.Sorted() {
		got = append(got, p.String())
	}
	return got
}

func TestYAMLKnowsWhereEverythingStands(t *testing.T) {
	var into sample
	var problems diag.List
	doc := YAML("a.sql", 2, []byte("title: x\ncolumns:\n  amount: {unit: usd}\n  rate:\n    unit: percent\nlist:\n  - unit: a\n  - unit: b\n"), &into, &problems)
	if doc == nil || !problems.Empty() {
		t.Fatal(problemsOf(&problems))
	}
	for _, tt := range []struct {
		path         []any
		line, column int
	}{
		{[]any{"title"}, 2, 1},
		{[]any{"columns", "amount", "unit"}, 4, 12},
		{[]any{"columns", "rate", "unit"}, 6, 5},
		{[]any{"columns", "rate", "nothing"}, 5, 3},
		{[]any{"list", 1, "unit"}, 9, 5},
	} {
		if line, column := doc.At(tt.path...); line != tt.line || column != tt.column {
			t.Errorf("%v stands at %d:%d, want %d:%d", tt.path, line, column, tt.line, tt.column)
		}
	}
}

func TestWrongTypesInYAMLAreSaidInPlainWords(t *testing.T) {
	type size int
	type kinds struct {
		Text  string             `yaml:"text"`
		Yes   bool               `yaml:"yes"`
		Count size               `yaml:"count"`
		Share *float64           `yaml:"share"`
		List  []string           `yaml:"list"`
		Map   map[string]*column `yaml:"map"`
	}
	for text, want := range map[string]string{
		"text: [a]":                   "3:1: text is a list, expected text",
		"text: {a: b}":                "3:1: text is keys with values, expected text",
		"yes: maybe":                  `3:1: yes is "maybe", expected true or false`,
		"count: x":                    `3:1: count is "x", expected a whole number`,
		"share: x":                    `3:1: share is "x", expected a number`,
		"list: a":                     `3:1: list is "a", expected a list` + "\n  hint: write list: [a]",
		"list: [[a]]":                 "3:8: item 1 of list is a list, expected text",
		"list: {a: b}":                "3:1: list is keys with values, expected a list",
		"map: [a]":                    "3:1: map is a list, expected keys with values",
		"map: 5":                      `3:1: map is "5", expected keys with values`,
		"map: {a: 5}":                 `3:7: a is "5", expected keys with values`,
		"map: {a: {unit: [x]}}":       "3:11: unit is a list, expected text",
		"map: {[a]: {unit: x}}":       "3:7: a key is a list, expected a word, or text in quotes",
		"text":                        `3:1: found "text", expected keys with values`,
		"[a]":                         "3:1: found a list, expected keys with values",
		"text: a #\nb\ntext: b":       "4: broken YAML: could not find expected ':'",
		"text: a\nyes: true\ntext: b": "5:1: the key \"text\" is given twice\n  hint: delete one of the two",
	} {
		var into kinds
		var problems diag.List
		text = strings.ReplaceAll(text, `\n`, "\n")
		YAML("a.yaml", 3, []byte(text), &into, &problems)
		if got := problemsOf(&problems); len(got) != 1 || got[0] != "a.yaml:"+want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestTheRestOfAFileWithAWrongTypeIsRead(t *testing.T) {
	var into sample
	var problems diag.List
	doc := YAML("a.yaml", 1, []byte("title: x\ncolumns: [a]\nlist: 5\nlits: []\n"), &into, &problems)
	want := []string{
		"a.yaml:2:1: columns is a list, expected keys with values",
		`a.yaml:3:1: list is "5", expected a list`,
		"a.yaml:4:1: unknown key \"lits\"\n  hint: did you mean \"list\"?",
	}
	if got := problemsOf(&problems); doc == nil || into.Title != "x" || !slices.Equal(got, want) {
		t.Errorf("%v: got %q, want %q", into, got, want)
	}
}

func TestJSONKnowsWhereEverythingStands(t *testing.T) {
	var into sample
	var problems diag.List
	doc := JSON("a.json", []byte("{\n  \"title\": \"ü\", \"columns\": {\"a\": {\"unit\": \"usd\"}},\n\t\"list\": [{\"unit\": \"a\"},\n {\"unit\": \"b\"}]\n}\n"), &into, &problems)
	if doc == nil || !problems.Empty() {
		t.Fatal(problemsOf(&problems))
	}
	for _, tt := range []struct {
		path         []any
		line, column int
	}{
		{[]any{"title"}, 2, 3},
		{[]any{"columns", "a", "unit"}, 2, 35},
		{[]any{"list", 0}, 3, 11},
		{[]any{"list", 1, "unit"}, 4, 3},
	} {
		if line, column := doc.At(tt.path...); line != tt.line || column != tt.column {
			t.Errorf("%v stands at %d:%d, want %d:%d", tt.path, line, column, tt.line, tt.column)
		}
	}
}

func TestBrokenFilesAndUnknownKeysHavePlaces(t *testing.T) {
	for name, tt := range map[string]struct {
		read func(*diag.List)
		want string
	}{
		"yaml": {
			func(l *diag.List) { YAML("c.yaml", 1, []byte("title: \"x\ncolumns: y\n"), &sample{}, l) },
			"c.yaml:3: broken YAML: found unexpected end of stream\n  hint: look further up for a quote or bracket that is not closed",
		},
		"json": {
			func(l *diag.List) { JSON("c.json", []byte("{\n \"title\": \"x\",\n}"), &sample{}, l) },
			"c.json:2:14: broken JSON: a comma too many at the end of line 2",
		},
		"json without a comma": {
			func(l *diag.List) { JSON("c.json", []byte("{\n \"title\": \"x\"\n \"b\": 1}"), &sample{}, l) },
			"c.json:2:14: broken JSON: a comma is missing at the end of line 2",
		},
		"json without a comma in a list": {
			func(l *diag.List) { JSON("c.json", []byte("[1 2]"), &sample{}, l) },
			"c.json:1:3: broken JSON: a comma is missing",
		},
		"a colon": {
			func(l *diag.List) {
				YAML("c.yaml", 1, []byte("kind: bar\ntitle: Estonia: the \"most\"\nof: y\n"), &sample{}, l)
			},
			"c.yaml:2: broken YAML: a text with \": \" in it\n  hint: put the text in quotation marks: title: \"Estonia: the \\\"most\\\"\"",
		},
		"words behind a quoted text": {
			func(l *diag.List) {
				YAML("c.yaml", 1, []byte("# chart\nkind: bar\ntitle: \"Most\"\nof: \"Violent crimes\", 2016\nx: a\n"), &sample{}, l)
			},
			"c.yaml:4: broken YAML: words behind the second quotation mark\n  hint: put the whole text between the two",
		},
		"a line without a key": {
			func(l *diag.List) {
				YAML("c.yaml", 1, []byte("# chart\nkind: bar\n- title: Most\nof: y\n"), &sample{}, l)
			},
			"c.yaml:3: broken YAML: a line that is not KEY: VALUE\n  hint: write it so, below the start of the other keys; or put a text of several lines in quotation marks",
		},
		"json type": {
			func(l *diag.List) { JSON("c.json", []byte("{\n \"title\": 12}"), &sample{}, l) },
			"c.json:2:11: title is a number, expected text in quotes",
		},
		"unknown": {
			func(l *diag.List) { YAML("c.yaml", 1, []byte("titel: x\n"), &sample{}, l) },
			"c.yaml:1:1: unknown key \"titel\"\n  hint: did you mean \"title\"?",
		},
	} {
		var problems diag.List
		tt.read(&problems)
		got := problemsOf(&problems)
		if len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"title": "x", "list": [{"unit": "a"}, null, [1, 2]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems diag.List
		if doc := JSON("x.json", data, &sample{}, &problems); doc == nil && problems.Empty() {
			t.Error("no document and no problem")
		}
	})
}

func FuzzYAML(f *testing.F) {
	f.Add([]byte("title: x\nlist: [a, {unit: b}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems diag.List
		if doc := YAML("x.yaml", 1, data, &sample{}, &problems); doc == nil && problems.Empty() {
			t.Error("no document and no problem")
		}
	})
}
