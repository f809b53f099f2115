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
	"broadsheet/generator/chart"
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
	var before, after string
	if words := splitWords(text[:n.Start]); len(words) > 0 {
		if last := words[len(words)-1]; !strings.ContainsAny(text[last.end:n.Start], breaks) {
			before = last.lower
		}
	}
	if words := splitWords(text[n.End:]); len(words) > 0 {
		if first := words[0]; !strings.ContainsAny(text[n.End:n.End+first.start], breaks) {
			after = first.lower
		}
	}
	return before + " " + strings.ToLower(strings.TrimSpace(text[n.Start:n.End])) + " " + after
}

// breaks are what a sentence, or a title beside the name of the site, ends with.
const breaks = ".·:;!?\"“”—"

// NameThings makes names of what the rows of aggregates are called: their keys, and the texts
// of columns in which each row has another. "District 9" is no count.
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
		if number == name && !isCode(name) { // such as 29; a count is no name because of it
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

// Settings say which numbers of a report are no facts, beside those that are names anyway.
type Settings struct {
	Names   Names
	Strict  bool                // params.strict: notes count as problems
	things  map[string][]string // names in the data that hold a number, by the number
	columns []string            // names of columns in the files of tables, in small letters
	allowed []*allowance
	own     *file // hugo.toml

	read sync.Map // numbers by language and text: pages say the same again and again
}

// ReadSettings reads what hugo.toml says of numbers, params.names, params.allow_numbers and params.strict, and the numbers that
// files allow.
func ReadSettings(report fs.FS, prose *content.Files, charts []chart.File, problems *diag.List) (*Settings, error) {
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
	f.allowed = f.own.allowed
	var known diag.List // Check names what is wrong with these
	read := func(name string, text []byte, front content.Front) {
		of := &file{name: name, text: text, front: front}
		of.readAllowances(&known)
		for _, a := range of.allowed {
			a.text = Straight.Replace(a.text)
		}
		f.allowed = append(f.allowed, of.allowed...)
	}
	for _, name := range prose.Names {
		if page := prose.Pages[name]; page != nil {
			read(page.File, page.Text, page.Front)
		}
	}
	for _, c := range charts {
		read(c.Name, c.Text, content.ReadSettings(c.Name, c.Text))
	}
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

// Allows reports whether a number of a text is allowed, in hugo.toml or in any file of the report.
func (f *Settings) Allows(text string, n Number) bool {
	e := expression{n.Start, n.End, n.Digits}
	return allowanceOf(f.allowed, allowKey, text, e) != nil || f.isThing(text, e)
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
