// Package literal looks for hand-typed numbers in what an editor wrote: those that
// are not facts.
//
// Prose is parsed with goldmark, as Hugo does, and not searched with patterns: code, link
// addresses, footnotes and list markers are not prose, and "**12.4** percent" is one
// number. Number words are English only.
//
// literal.go takes pages and charts; mask.go hides shortcodes, prose.go makes passages
// of Markdown; words.go, names.go and numbers.go find the numbers of a passage;
// allow.go lets some pass, and hint.go finds the fact to write instead.
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
)

// Check adds a problem for each number that an editor typed in the prose, the front
// matter and the charts of a report: a number there is a fact, or rests on a
// finding, or is in somebody's words, or is allowed with a reason.
//
//	content/_index.md:12:8: hand-typed number: "$28.3 million"
//	  hint: write {{< fact "at_risk.amount_usd" >}}
func Check(report fs.FS, prose *content.Files, charts []chart.File, aggregates aggregate.Set, language func(file string) *quantity.Language, settings *Settings, problems *diag.List) {
	var found []literal
	for _, name := range prose.Names {
		if page := prose.Pages[name]; page != nil {
			found = append(found, readPage(page, language(name).Base(), settings, problems)...)
		}
	}
	for _, file := range charts {
		found = append(found, readChart(file.Name, file.Text, language(file.Name).Base(), settings, problems)...)
	}
	for _, name := range slices.Sorted(maps.Keys(aggregates)) {
		if aggregates[name] == nil {
			continue // its problem is known
		}
		text, err := fs.ReadFile(report, aggregates[name].File)
		if err != nil {
			continue // likewise: the file was read before
		}
		found = append(found, readHead(aggregates[name].File, text, language(aggregates[name].File).Base(), settings, problems)...)
	}
	addHints(found, aggregates)
	for _, t := range found {
		problems.Add(t.problem)
	}
}

// HasNumber reports whether Check takes a part of a text for a number.
func HasNumber(text string) bool { return len(expressions(text, english, nil)) > 0 }

// literal is a hand-typed number.
type literal struct {
	problem diag.Problem
	text    string
	digits  bool
	where   place
}

// place is where a number stands, which decides what may take its place.
type place int

const (
	inProse place = iota
	inFrontMatter
	inParameter
	inChart
	inHead
)

// file is a file while its numbers are looked for.
type file struct {
	name     string
	language string // its code
	settings *Settings
	text     []byte
	front    content.Front // of a chart, the whole file
	findings []content.Span
	allowed  []*allowance
	found    []literal
}

func readPage(page *content.Page, language string, settings *Settings, problems *diag.List) []literal {
	m := mask(page)
	f := &file{name: page.File, language: language, settings: settings, text: page.Text, front: page.Front, findings: m.findings}
	f.readAllowances(problems)
	for _, key := range []string{"title", "linkTitle", "description"} {
		f.value(key, inFrontMatter, false)
	}
	// line ends in place of the front matter keep offsets as in the file
	for _, p := range passages(append(bytes.Repeat([]byte("\n"), f.front.End), m.text[f.front.End:]...)) {
		f.passage(p, inProse)
	}
	for _, call := range m.calls {
		for _, a := range call.Arguments {
			if isText(call.Name, a.Name) {
				f.passage(plain(f.text[a.Start:a.End], a.Start), inParameter)
			}
		}
	}
	f.checkAllowances(problems)
	return f.found
}

func readChart(name string, text []byte, language string, settings *Settings, problems *diag.List) []literal {
	f := &file{name: name, language: language, settings: settings, text: text, front: content.ReadSettings(name, text)}
	f.readAllowances(problems)
	finding := f.front.Text("finding")
	for _, key := range []string{"title", "subtitle", "note", "alt"} {
		f.value(key, inChart, key == "title" && finding != "")
	}
	f.checkAllowances(problems)
	return f.found
}

// readHead reads the texts of the comment at the head of a query.
func readHead(name string, text []byte, language string, settings *Settings, problems *diag.List) []literal {
	start, end := bytes.Index(text, []byte("/*")), bytes.Index(text, []byte("*/"))
	if start < 0 || end < start {
		return nil
	}
	// line ends in place of the rest keep lines as in the file
	head := bytes.Clone(text[:end])
	fillSpaces(head[:start+2])
	f := &file{name: name, language: language, settings: settings, text: text, front: content.ReadSettings(name, head)}
	f.readAllowances(problems)
	for _, key := range []string{"title", "about"} {
		f.value(key, inHead, false)
	}
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
	if shortcode == "choose" {
		return parameter != "" && parameter != "of"
	}
	return slices.Contains([]string{"alt", "attr", "caption", "label", "note", "speaker", "subtitle", "summary", "title"}, parameter)
}

// passage adds the numbers of a passage of the file.
func (f *file) passage(p *passage, where place) {
	f.noteAllowed(string(p.text))
	for _, e := range expressions(string(p.text), f.language, f.settings.names()) {
		if at := p.at[e.start]; (e.digits || !within(f.findings, at)) && !f.allows(string(p.text), e) {
			f.add(at, string(p.text[e.start:e.end]), e.digits, where)
		}
	}
}

// value adds the numbers of a key's value. The value, which may be folded or
// quoted, is what counts; where a number of it stands is looked up in the file.
// Words for numbers are tested where the whole value rests on a finding.
func (f *file) value(key string, where place, tested bool) {
	texts, ok := f.front.Values[key].(map[string]any)
	if !ok || !config.IsTranslated(slices.Collect(maps.Keys(texts))) {
		f.line(key, f.front.Text(key), f.language, where, tested)
		return
	}
	for _, tag := range slices.Sorted(maps.Keys(texts)) {
		base, _, _ := strings.Cut(tag, "-")
		if text, ok := texts[tag].(string); ok {
			f.line(key, text, base, where, tested)
		}
	}
}

// line checks one text of a value.
func (f *file) line(key, value, language string, where place, tested bool) {
	m := mask(content.ReadLine(value))
	if tested {
		m.findings = []content.Span{{Start: 0, End: len(value)}}
	}
	p := plain(m.text, 0)
	f.noteAllowed(string(p.text))
	var written []int // the numbers of the file from the key on
	var texts []string
	from := -1
	for _, e := range expressions(string(p.text), language, f.settings.names()) {
		if !e.digits && within(m.findings, p.at[e.start]) || f.allows(string(p.text), e) {
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
		f.add(at, text, e.digits, where)
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

func (f *file) add(at int, text string, digits bool, where place) {
	p := diag.Problem{File: f.name, Message: "hand-typed number: " + diag.Quote(strings.TrimSpace(text))}
	p.Line, p.Column = config.Position(f.text, at)
	f.found = append(f.found, literal{p, text, digits, where})
}
