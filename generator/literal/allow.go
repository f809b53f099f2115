package literal

import (
	"strings"
	"sync/atomic"

	"broadsheet/generator/diag"
)

// allowance is a number that a page, or a chart, may hold though it is typed, such as the
// unit of a rate; or a claim that it may make without a finding.
//
//	allow_numbers: [{text: "1,000 people", reason: "the unit of the rate"}]
//	allow_claims: [{text: "mostly agree", reason: "the judgment of the desk"}]
type allowance struct {
	of           *allowed
	text, reason string
	used         atomic.Bool // files are read at once
	line, column int
}

// allowed is a key by which something is allowed.
type allowed struct{ key, what, example string }

const (
	allowKey  = "allow_numbers"
	claimsKey = "allow_claims"
)

var allowances = []*allowed{
	{allowKey, "a number", `{text: "1,000 people", reason: "the unit of the rate"}`},
	{claimsKey, "a claim", `{text: "mostly agree", reason: "the judgment of the desk"}`},
}

var allowedBy = map[string]*allowed{allowKey: allowances[0], claimsKey: allowances[1]}

func (f *file) readAllowances(problems *diag.List) {
	for _, of := range allowances {
		f.readAllowed(of, problems)
	}
}

func (f *file) readAllowed(of *allowed, problems *diag.List) {
	value, ok := f.front.Values[of.key]
	if !ok {
		return
	}
	expected := of.example
	list, ok := value.([]any)
	if !ok {
		f.fail(problems, of, diag.Problem{Message: of.key + " is not a list", Expected: "a list of items such as " + expected})
	}
	for i, item := range list {
		fields, _ := item.(map[string]any)
		text, _ := fields["text"].(string)
		reason, _ := fields["reason"].(string)
		a := &allowance{of: of, text: strings.Join(strings.Fields(text), " "), reason: strings.TrimSpace(reason)}
		switch {
		case a.text == "":
			f.fail(problems, of, diag.Problem{Message: of.what + " is allowed without its text", Expected: expected}, i)
			continue
		case a.reason == "":
			f.fail(problems, of, diag.Problem{Message: of.what + " is allowed without a reason: " + diag.Quote(a.text), Expected: expected}, i)
		}
		a.line, a.column = f.front.Position(of.key, i)
		f.allowed = append(f.allowed, a)
	}
}

func (f *file) fail(problems *diag.List, of *allowed, p diag.Problem, path ...any) {
	p.File = f.name
	p.Line, p.Column = f.front.Position(of.key, path...)
	problems.Add(p)
}

// allows reports whether a number of the text is part of what may stand there.
func (f *file) allows(text string, number expression) bool {
	return f.allowance(allowKey, text, number) != nil || f.settings != nil && f.settings.isThing(text, number)
}

// noteAllowed takes allowances for used that are of a name, which holds a number but needs none.
func (f *file) noteAllowed(text string) {
	if len(f.allowed) > 0 {
		for _, e := range numbers(splitWords(text), f.language) {
			f.allows(text, e)
		}
	}
}

// allowance is what allows a part of the text, here or in the whole report; nil if nothing does.
func (f *file) allowance(key, text string, part expression) *allowance {
	a := allowanceOf(f.allowed, key, text, part)
	if a == nil && f.settings != nil {
		a = allowanceOf(f.settings.own.allowed, key, text, part)
	}
	return a
}

func allowanceOf(allowed []*allowance, key, text string, part expression) *allowance {
	for _, a := range allowed {
		if a.of.key != key {
			continue
		}
		for from := 0; ; {
			at := strings.Index(text[from:], a.text)
			if at < 0 || from+at > part.start {
				break
			}
			if from += at; part.end <= from+len(a.text) {
				a.used.Store(true)
				return a
			}
			from++
		}
	}
	return nil
}

// checkAllowances adds a problem for each that allowed nothing.
func (f *file) checkAllowances(problems *diag.List) {
	for _, a := range f.allowed {
		if !a.used.Load() {
			problems.Add(diag.Problem{File: f.name, Line: a.line, Column: a.column, Message: a.of.what + " is allowed that is not there: " + diag.Quote(a.text), Hint: "take it out of " + a.of.key})
		}
	}
}
