// Package typed looks for numbers that were typed by hand in what an editor wrote.
//
// typed.go reads the files; mask.go hides shortcodes, frontmatter.go reads keys and
// their places, prose.go makes passages of Markdown; words.go, names.go and
// numbers.go find the numbers of a passage; allow.go lets some pass, and hint.go
// finds the fact to write instead.
package typed

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/document"
)

// Numbers adds a problem for each number that an editor typed in the prose, the front
// matter and the charts of a report: a number there is a fact, or rests on a
// finding, or stands in somebody's words, or is allowed with a reason.
//
//	content/_index.md:12:8: a number typed by hand: "$28.3 million"
//	  hint: write {{< fact "at_risk.amount_usd" >}}
func Numbers(ctx context.Context, report fs.FS, aggregates aggregate.Set, problems *diag.List) error {
	var found []typed
	err := fs.WalkDir(report, "content", func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "content" {
			return nil // package site names it
		}
		if err != nil || entry.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		text, err := fs.ReadFile(report, name)
		if err != nil {
			return err
		}
		found = append(found, readPage(name, text, problems)...)
		return nil
	})
	if err != nil {
		return err
	}
	charts, err := fs.Glob(report, "data/charts/*.yaml")
	if err != nil {
		return err
	}
	for _, name := range charts {
		text, err := fs.ReadFile(report, name)
		if err != nil {
			return err
		}
		found = append(found, readChart(name, text, problems)...)
	}
	addHints(found, aggregates)
	for _, t := range found {
		problems.Add(t.problem)
	}
	return nil
}

// typed is a number that was typed.
type typed struct {
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
)

// file is a file while its numbers are looked for.
type file struct {
	name     string
	text     []byte
	masked   masked
	settings settings
	allowed  []*allowance
	found    []typed
}

func readPage(name string, text []byte, problems *diag.List) []typed {
	f := &file{name: name, text: text, masked: mask(text), settings: frontMatter(name, text)}
	f.readAllowances(problems)
	for _, key := range []string{"title", "linkTitle", "description"} {
		f.value(key, inFrontMatter, false)
	}
	body := bytes.Clone(f.masked.text)
	blank(body[:f.settings.end])
	for _, p := range passages(body) {
		f.passage(p, inProse)
	}
	for _, call := range f.masked.calls {
		if call.start < f.settings.end {
			continue
		}
		for _, p := range call.params {
			if isText(call.name, p.name) {
				f.passage(plain(text[p.start:p.end], p.start), inParameter)
			}
		}
	}
	f.judgeAllowances(problems)
	return f.found
}

func readChart(name string, text []byte, problems *diag.List) []typed {
	f := &file{name: name, text: text, masked: mask(text), settings: chartSettings(name, text)}
	f.readAllowances(problems)
	_, finding := f.settings.text("finding")
	for _, key := range []string{"title", "subtitle", "note", "alt"} {
		f.value(key, inChart, key == "title" && finding != "")
	}
	f.judgeAllowances(problems)
	return f.found
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
	for _, e := range expressions(string(p.text)) {
		if at := p.at[e.start]; (e.digits || !within(f.masked.findings, at)) && !f.allows(string(p.text), e.span) {
			f.add(at, string(p.text[e.start:e.end]), e.digits, where)
		}
	}
}

// value adds the numbers of a key's value. The value, which may be folded or
// quoted, is what counts; where a number of it stands is looked up in the file.
// Words for numbers are tested where the whole value rests on a finding.
func (f *file) value(key string, where place, tested bool) {
	name, value := f.settings.text(key)
	m := mask([]byte(value))
	if tested {
		m.findings = []span{{0, len(value)}}
	}
	p := plain(m.text, 0)
	var written []span // the numbers of the file from the key on
	var texts []string
	from := -1
	for _, e := range expressions(string(p.text)) {
		if !e.digits && within(m.findings, p.at[e.start]) || f.allows(string(p.text), e.span) {
			continue
		}
		if from < 0 {
			from = offset(f.text, f.settings.place, name)
			raw := plain(f.masked.text[from:f.settings.end], from)
			for _, e := range expressions(string(raw.text)) {
				written = append(written, span{raw.at[e.start], raw.at[e.end-1]})
				texts = append(texts, string(raw.text[e.start:e.end]))
			}
		}
		text, at := string(p.text[e.start:e.end]), from
		if i := slices.Index(texts, text); i >= 0 {
			at, written, texts = written[i].start, written[i+1:], texts[i+1:]
		}
		f.add(at, text, e.digits, where)
	}
}

// offset is where a key stands in the text.
func offset(text []byte, place func(path ...any) (line, column int), key string) int {
	line, column := place(key)
	at := 0
	for range line - 1 {
		at += 1 + bytes.IndexByte(text[at:], '\n')
	}
	return min(at+column-1, len(text))
}

func (f *file) add(at int, text string, digits bool, where place) {
	p := diag.Problem{File: f.name, Message: "a number typed by hand: " + diag.Quote(strings.TrimSpace(text))}
	p.Line, p.Column = document.Position(f.text, at)
	f.found = append(f.found, typed{p, text, digits, where})
}
