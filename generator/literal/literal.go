// Package literal looks for what an editor wrote that does not follow the data: numbers
// that are not facts, claims that rest on no finding, and sentences that say more than the
// finding tests on which they rest.
//
// Prose is parsed with goldmark, as Hugo does, and not searched with patterns: code, link
// addresses, footnotes and list markers are not prose, and "**12.4** percent" is one
// number.
//
// literal.go takes pages and charts; mask.go hides shortcodes, prose.go makes passages
// of Markdown; words.go, names.go, needed.go and numbers.go find the numbers of a passage;
// claims.go finds the sentences that claim something, grammar.go words for many behind one, conditions.go what words under
// {{< if >}} rest on, and tested.go holds those on a finding to its test; cells.go does so for texts of tables, queries.go for what queries write, and templates.go for templates;
// nouns.go holds the noun behind a count to its column; allow.go lets some pass, and hint.go finds the fact to write
// instead.
package literal

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/config"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
	"broadsheet/generator/rowpage"

	"github.com/sourcegraph/conc/iter"
)

// Check adds a problem for each number that an editor typed in the prose, the front
// matter and the charts of a report: a number there is a fact, or rests on a
// finding, or is in somebody's words, or is allowed with a reason.
//
//	content/_index.md:12:8: hand-typed number: "$28.3 million"
//	  hint: write {{< fact "at_risk.amount_usd" >}}
//
// It returns the sentences that claim something, and adds a problem for each title and
// description with a claim that rests on nothing. It also returns notes of facts beside the noun of another.
func Check(report fs.FS, prose *content.Files, charts []chart.File, aggregates aggregate.Set, language func(file string) *quantity.Language, settings *Settings, problems *diag.List) (claims []Claim, misplaced []diag.Problem) {
	var reads []func() *file
	counted := map[string]nouns{}
	for _, name := range prose.Names {
		if page := prose.Pages[name]; page != nil {
			base := language(name).Base()
			if counted[base] == nil {
				counted[base] = nounsOf(aggregates, base)
			}
			reads = append(reads, func() *file {
				f := readPage(page, base, aggregates, settings, problems)
				for i := range page.Calls {
					f.noun(&page.Calls[i], counted[base])
				}
				return f
			})
		}
	}
	for _, c := range charts {
		reads = append(reads, func() *file {
			return readChart(c.Name, c.Text, language(c.Name).Base(), aggregates, settings, problems)
		})
	}
	for _, name := range slices.Sorted(maps.Keys(aggregates)) {
		if aggregates[name] == nil {
			continue // its problem is known
		}
		head := aggregates[name].File
		text, err := fs.ReadFile(report, head)
		if err != nil {
			continue // likewise: the file was read before
		}
		reads = append(reads, func() *file {
			return &file{found: readHead(aggregates[name], text, language(head).Base(), settings, problems)}
		})
	}
	files := iter.Map(reads, func(read *func() *file) *file { return (*read)() })
	var found []literal
	for _, f := range files {
		found, claims = append(found, f.found...), append(claims, f.claimed...)
		if settings != nil {
			settings.allowed = append(append(settings.allowed, f.allowed...), f.tested...)
		}
		problems.Add(f.beyond...)
		misplaced = append(misplaced, f.misplaced...)
		for i := range f.claimed {
			if c := &f.claimed[i]; c.title && len(c.Open) > 0 {
				problems.Add(c.Problem())
			}
		}
	}
	addHints(found, aggregates)
	for _, t := range found {
		problems.Add(t.problem)
	}
	return claims, misplaced
}

// HasNumber reports whether Check takes a part of a text in a language for a number.
func HasNumber(text, language string) bool { return len(expressions(text, language, nil)) > 0 }

// literal is a hand-typed number.
type literal struct {
	problem diag.Problem
	text    string
	digits  bool
	where   origin
}

// origin is where a number is written, which decides what may take its place.
type origin int

const (
	inProse origin = iota
	inFrontMatter
	inParameter
	inChart
	inHead
	inCell
)

// file is a file while its numbers are looked for.
type file struct {
	name     string
	language string // its code
	settings *Settings
	text     []byte
	front    content.Front // of a chart, the whole file
	findings []finding
	allowed  []*allowance
	tested   []*allowance // of numbers that a condition tests
	now      current
	found    []literal

	aggregates aggregate.Set
	rows       *aggregate.Aggregate // of a text for rows, theirs
	calls      []content.Call
	spans      []written // of the shortcodes, once they are asked for
	claimed    []Claim
	beyond     []diag.Problem // of sentences that say more than is tested
	misplaced  []diag.Problem // facts beside a noun of another
}

func readPage(page *content.Page, language string, aggregates aggregate.Set, settings *Settings, problems *diag.List) *file {
	m := mask(page)
	f := &file{name: page.File, language: language, settings: settings, text: page.Text, front: page.Front, findings: m.findings, aggregates: aggregates, calls: page.Calls}
	if rowpage.IsTemplate(page.File) {
		f.rows = aggregates[page.Front.Text("rows")]
	}
	f.readAllowances(problems)
	for _, key := range []string{"title", "linkTitle", "description"} {
		f.value(key, inFrontMatter, "")
	}
	// line ends in place of the front matter keep offsets as in the file
	for _, p := range passages(append(bytes.Repeat([]byte("\n"), f.front.End), m.text[f.front.End:]...)) {
		f.passage(p, inProse)
		f.claims(p)
	}
	for i := range page.Calls {
		f.agreement(&page.Calls[i])
	}
	for _, call := range m.calls {
		for _, a := range call.Arguments {
			if isText(call.Name, a.Name) {
				p := plain(f.text[a.Start:a.End], a.Start)
				f.passage(p, inParameter)
				if call.Name != "choose" && call.Name != "plural" { // which rest on a fact
					f.claims(p)
				}
			}
		}
	}
	f.checkAllowances(problems)
	return f
}

func readChart(name string, text []byte, language string, aggregates aggregate.Set, settings *Settings, problems *diag.List) *file {
	f := &file{name: name, language: language, settings: settings, text: text, front: content.ReadSettings(name, text), aggregates: aggregates}
	if f.front.Text("each") != "" {
		f.rows = aggregates[f.front.Text("of")]
	}
	f.readAllowances(problems)
	finding := f.front.Text("finding")
	for _, key := range []string{"title", "subtitle", "note", "alt"} {
		on := ""
		if key == "title" {
			on = finding
		}
		f.value(key, inChart, on)
	}
	for _, t := range annotated(f.front.Values["annotate"], language) {
		f.reads(f.front.Position("annotate"))
		f.line("annotate", t.text, t.language, inChart, "")
		f.claimsOf("annotate", t, "")
	}
	f.checkAllowances(problems)
	return f
}

// annotated are the words of the annotations of a chart, in the order of the file's lists.
func annotated(value any, language string) (list []translated) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			list = append(list, annotated(item, language)...)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			switch text, isText := v[key].(string); {
			case !isText && key == "text": // one for each language
				texts, _ := v[key].(map[string]any)
				for _, tag := range slices.Sorted(maps.Keys(texts)) {
					base, _, _ := strings.Cut(tag, "-")
					if text, ok := texts[tag].(string); ok {
						list = append(list, translated{text, base})
					}
				}
			case !isText:
				list = append(list, annotated(v[key], language)...)
			case key == "text":
				list = append(list, translated{text, language})
			}
		}
	}
	return list
}

// readHead reads the texts of the comment at the head of a query, and those that the query itself writes.
func readHead(a *aggregate.Aggregate, text []byte, language string, settings *Settings, problems *diag.List) []literal {
	start, end := bytes.Index(text, []byte("/*")), bytes.Index(text, []byte("*/"))
	if start < 0 || end < start {
		return nil
	}
	// line ends in place of the rest keep lines as in the file
	head := bytes.Clone(text[:end])
	fillSpaces(head[:start+2])
	f := &file{name: a.File, language: language, settings: settings, text: text, front: content.ReadSettings(a.File, head)}
	f.readAllowances(problems)
	for _, key := range []string{"title", "about"} {
		f.value(key, inHead, "")
	}
	f.labels(a)
	f.query(a, end+2)
	f.checkAllowances(problems)
	return f.found
}

func fillSpaces(text []byte) {
	for i, b := range text {
		if b != '\n' {
			text[i] = ' '
		}
	}
}

// isText reports whether a reader sees the parameter of a shortcode.
func isText(shortcode, parameter string) bool {
	if shortcode == "choose" || shortcode == "plural" {
		return parameter != "" && parameter != "of" && parameter != "than"
	}
	return slices.Contains([]string{"alt", "attr", "caption", "label", "note", "speaker", "subtitle", "summary", "title"}, parameter)
}

// passage adds the numbers of a passage of the file.
func (f *file) passage(p *passage, where origin) {
	text := string(p.text)
	f.now = current{at: p.at}
	f.noteAllowed(text)
	for _, e := range expressions(text, f.language, f.settings.names()) {
		at := p.at[e.start]
		f.number(at, text, f.language, e, findingAt(f.findings, at), where)
	}
	if len(f.findings) > 0 {
		f.testNames(text, func(i int) int { return p.at[i] }, func(i int) *finding { return findingAt(f.findings, p.at[i]) })
	}
	f.testNamesUnder(text, p.at)
}

// number adds a number of a text, unless it is allowed, or is in words that rest on a
// finding which tests it.
func (f *file) number(at int, text, language string, e expression, on *finding, where origin) {
	written := text[e.start:e.end]
	switch {
	case f.allows(text, e):
	case !e.digits && f.testedUnder(at, written, language):
		f.tested = append(f.tested, &allowance{of: allowedBy[allowKey], straight: strings.TrimSpace(written), written: diag.Problem{File: f.name}, rows: f.fileOfRows()})
	case on == nil || e.digits:
		f.add(at, written, e.digits, where)
	default:
		if cited := f.on(on.address); !f.testsNumber(cited, written, language) {
			f.untested(at, written, cited)
		}
	}
}

// value adds the numbers of a key's value. The value, which may be folded or
// quoted, is what counts; where a number of it is written is looked up in the file.
// Words for numbers are tested where the whole value rests on a finding.
func (f *file) value(key string, where origin, on string) {
	for _, t := range f.texts(key) {
		f.reads(f.front.Position(key))
		f.line(key, t.text, t.language, where, on)
		f.claimsOf(key, t, on)
	}
}

// translated is a text of a value, in its language.
type translated struct{ text, language string }

// texts are those of a key: one, or one for each language.
func (f *file) texts(key string) (list []translated) {
	if texts, ok := f.front.Values[key].(map[string]any); ok && config.IsTranslated(slices.Collect(maps.Keys(texts))) {
		return inLanguages(texts)
	}
	return []translated{{f.front.Text(key), f.language}}
}

func inLanguages(texts map[string]any) (list []translated) {
	for _, tag := range slices.Sorted(maps.Keys(texts)) {
		base, _, _ := strings.Cut(tag, "-")
		if text, ok := texts[tag].(string); ok {
			list = append(list, translated{text, base})
		}
	}
	return list
}

// line checks one text of a value.
func (f *file) line(key, value, language string, where origin, on string) {
	m := mask(content.ReadLine(value))
	if on != "" {
		m.findings = []finding{{content.Span{Start: 0, End: len(value)}, on}}
	}
	p := plain(m.text, 0)
	f.noteAllowed(string(p.text))
	var written []int // the numbers of the file from the key on
	var texts []string
	from := -1
	for _, e := range expressions(string(p.text), language, f.settings.names()) {
		resting := findingAt(m.findings, p.at[e.start])
		if f.allows(string(p.text), e) || !e.digits && resting != nil && f.testsNumber(f.on(resting.address), string(p.text[e.start:e.end]), language) {
			continue
		}
		if from < 0 {
			line, column := f.front.Position(key)
			from = offset(f.text, line, column)
			raw := plain(mask(content.ReadLine(string(f.text[from:f.front.End]))).text, from)
			for _, e := range expressions(string(raw.text), language, f.settings.names()) {
				written = append(written, raw.at[e.start])
				texts = append(texts, string(raw.text[e.start:e.end]))
			}
		}
		text, at := string(p.text[e.start:e.end]), from
		if i := slices.Index(texts, text); i >= 0 {
			at, written, texts = written[i], written[i+1:], texts[i+1:]
		}
		f.number(at, string(p.text), language, e, resting, where)
	}
	if len(m.findings) > 0 {
		line, column := f.front.Position(key)
		from = offset(f.text, line, column)
		f.testNames(string(p.text), func(int) int { return from }, func(i int) *finding { return findingAt(m.findings, p.at[i]) })
	}
}

// offset is the offset of a line and a column in the text.
func offset(text []byte, line, column int) int {
	at := 0
	for range line - 1 {
		at += 1 + bytes.IndexByte(text[at:], '\n')
	}
	return min(at+column-1, len(text))
}

func (f *file) add(at int, text string, digits bool, where origin) {
	p := diag.Problem{File: f.name, Message: "hand-typed number: " + diag.Quote(strings.TrimSpace(text))}
	p.Line, p.Column = config.Position(f.text, at)
	f.found = append(f.found, literal{p, text, digits, where})
}
