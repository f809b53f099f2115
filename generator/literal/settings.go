package literal

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
)

// Number is a number in a text, by its offsets.
type Number struct {
	Start, End int
	Digits     bool
}

// Numbers are those of a text in a language, by its code, but for names.
func (f *Settings) Numbers(text, language string) []Number {
	key := language + "\x00" + text
	if known, ok := f.read.Load(key); ok {
		return known.([]Number)
	}
	var list []Number
	for _, e := range expressions(text, language, f.Names) {
		list = append(list, Number{e.start, e.end, e.digits})
	}
	f.read.Store(key, list)
	return list
}

// Context is a number with the word before and the word behind it in its sentence.
func Context(text string, n Number) string {
	before, after := neighbors(text, n.Start, n.End)
	return before + " " + strings.ToLower(strings.TrimSpace(text[n.Start:n.End])) + " " + after
}

// neighbors are the words before and behind a part of a text in its sentence, in small letters; "" for none.
func neighbors(text string, start, end int) (before, after string) {
	if words := splitWords(text[:start]); len(words) > 0 {
		if last := words[len(words)-1]; !strings.ContainsAny(text[last.end:start], breaks) {
			before = last.lower
		}
	}
	if words := splitWords(text[end:]); len(words) > 0 {
		if first := words[0]; !strings.ContainsAny(text[end:end+first.start], breaks) {
			after = first.lower
		}
	}
	return before, after
}

// breaks are what a sentence, or a title beside the name of the site, ends with.
const breaks = ".·:;!?\"“”—"

// NameThings makes names of what the rows of aggregates are called: their keys, and the texts
// of columns in which each row has another. "District 9" is not a count.
func (f *Settings) NameThings(aggregates aggregate.Set, language string) {
	f.things = map[string][]string{}
	for _, a := range aggregates {
		if a == nil {
			continue
		}
		for i, c := range a.Columns {
			if !c.Unit.IsText() || !slices.Contains(a.Key, c.Name) && !tellsApart(a, i) {
				continue
			}
			for _, row := range a.Rows {
				f.nameThing(Straight.Replace(strings.Join(strings.Fields(row.Values[i].Raw()), " ")), language)
			}
		}
	}
}

// NamePages makes names of what pages are called in their addresses: pages that share a title are told apart by that.
func (f *Settings) NamePages(prose *content.Files, language string) {
	for _, name := range prose.Names {
		for part := range strings.SplitSeq(strings.TrimSuffix(name, path.Ext(name)), "/") {
			if isCode(part) {
				f.nameThing(part, language)
			}
		}
	}
}

// nameThing makes a name of a text that holds a number.
func (f *Settings) nameThing(name, language string) {
	if len(name) > longestName {
		return
	}
	for _, e := range numbers(splitWords(name), language) {
		number := name[e.start:e.end]
		if number == name && !isCode(name) { // such as 29; a count is not a name because of it
			continue
		}
		if !slices.Contains(f.things[number], name) {
			f.things[number] = append(f.things[number], name)
		}
	}
}

// isCode reports whether a text is letters and digits in one: p00012, report-2018.
func isCode(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first) && strings.ContainsFunc(text, unicode.IsDigit) && !strings.ContainsFunc(text, unicode.IsSpace)
}

const longestName = 80

// NameColumns makes names of what columns are called in the files of tables: "Which of these 6 films have you seen" is a question of
// a survey, and the label of its count.
func (f *Settings) NameColumns(tables *dataset.Dataset) {
	for _, t := range tables.Tables {
		for _, field := range t.Schema.Fields {
			if name := columnWords(field.Name); strings.ContainsRune(name, ' ') {
				f.columns = append(f.columns, name)
			}
		}
	}
}

// columnWords are the words of a name, as a label has them too.
func columnWords(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " "))
}

// isColumn reports whether a number of a text is part of the name of a column, or the text is.
func (f *Settings) isColumn(text string, n expression) bool {
	words, number := columnWords(text), columnWords(text[n.start:n.end])
	return slices.ContainsFunc(f.columns, func(name string) bool {
		return strings.Contains(name, words) || strings.Contains(words, name) && strings.Contains(name, number)
	})
}

// tellsApart reports whether each row has a text of its own in a column.
func tellsApart(a *aggregate.Aggregate, column int) bool {
	seen := map[string]bool{}
	for _, row := range a.Rows {
		text := row.Values[column].Raw()
		if text == "" || seen[text] {
			return false
		}
		seen[text] = true
	}
	return len(seen) > 1
}

// isThing reports whether a number of a text is part of such a name.
func (f *Settings) isThing(text string, n expression) bool {
	return f.isNamed(text, n, len(text)+1)
}

// isInName reports whether a number of a text is part of such a name, and the name not all of the text: each row
// may have another text without being called that.
func (f *Settings) isInName(text string, n expression) bool { return f.isNamed(text, n, len(text)) }

// isNamed looks for names that are shorter than below.
func (f *Settings) isNamed(text string, n expression, below int) bool {
	for _, name := range f.things[text[n.start:n.end]] {
		if len(name) >= below {
			continue
		}
		for from := 0; ; from++ {
			at := strings.Index(text[from:], name)
			if at < 0 {
				break
			}
			if from += at; from <= n.start && n.end <= from+len(name) && isWhole(text, from, from+len(name)) {
				return true
			}
		}
	}
	return false
}

// Straight makes straight quotation marks of curly ones.
var Straight = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)

// Settings say which numbers of a report are not facts, beside those that are names anyway.
type Settings struct {
	Names   Names
	Strict  bool                // params.strict: notes count as problems
	things  map[string][]string // names in the data that hold a number, by the number
	columns []string            // names of columns in the files of tables, in small letters
	allowed []*allowance        // in the files of pages and charts
	own     *file               // hugo.toml

	read sync.Map // numbers by language and text: pages say the same again and again
}

// ReadSettings reads what hugo.toml says of numbers, params.names, params.allow_numbers and params.strict.
func ReadSettings(report fs.FS, problems *diag.List) (*Settings, error) {
	text, err := fs.ReadFile(report, "hugo.toml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	params := content.ReadParams(text)
	f := &Settings{own: &file{name: "hugo.toml", front: params}, Strict: params.Values["strict"] == true}
	if list, ok := params.Values["names"]; ok {
		f.Names = readNames(params, list, problems)
	}
	f.own.readAllowances(problems)
	return f, nil
}

func readNames(params content.Front, list any, problems *diag.List) Names {
	items, ok := list.([]any)
	var own []string
	for _, item := range items {
		name, isText := item.(string)
		ok = ok && isText && strings.TrimSpace(name) != ""
		own = append(own, name)
	}
	if !ok {
		p := diag.Problem{File: "hugo.toml", Message: "params.names is not a list of texts", Expected: `names of things, in which # is for a number, such as ["Studio 54", "Notice #"]`}
		p.Line, p.Column = params.Position("names")
		problems.Add(p)
		return nil
	}
	return ReadNames(own)
}

// CheckUsed adds a problem for each number that hugo.toml allows and that is on no page.
func (f *Settings) CheckUsed(problems *diag.List) { f.own.checkAllowances(problems) }

// Allows reports whether a number of a page that a file made is allowed: in hugo.toml, or in a file of the report that says it with
// one of the words beside it, as pages repeat each other.
func (f *Settings) Allows(file, text string, n Number) bool {
	e := expression{n.Start, n.End, n.Digits}
	for _, a := range f.allowed {
		if at := covers(a.straight, text, e); a.of.key == allowKey && at >= 0 && a.says(file, between(text, at, at+len(a.straight))) {
			return true
		}
	}
	if a, at := allowanceOf(f.own.allowed, allowKey, text, e); a != nil {
		if in := between(text, at, at+len(a.text)); !a.says(file, in) { // from a template, or the like
			a.use(place{file: a.written.File, line: a.written.Line, column: a.written.Column, in: in}, use{true, strings.TrimSpace(in.before + " " + a.text + " " + in.after), in})
		}
		return true
	}
	return f.isThing(text, e)
}

func (f *Settings) names() Names {
	if f == nil {
		return nil
	}
	return f.Names
}

// Key tells one set of names from another.
func (f *Settings) Key() string {
	if f == nil {
		return ""
	}
	var b strings.Builder
	for _, n := range f.Names {
		b.WriteString(n.String() + "\n")
	}
	return b.String()
}
