package literal

import (
	"strings"

	"broadsheet/generator/diag"
)

// allowance is a number that a page, or a chart, may hold though it is typed, such
// as the unit of a rate.
//
//	allow_numbers: [{text: "1,000 people", reason: "the unit of the rate"}]
type allowance struct {
	text         string
	used         bool
	line, column int
}

const allowKey = "allow_numbers"

func (f *file) readAllowances(problems *diag.List) {
	value, ok := f.front.Values[allowKey]
	if !ok {
		return
	}
	const expected = `{text: "1,000 people", reason: "the unit of the rate"}`
	list, ok := value.([]any)
	if !ok {
		f.fail(problems, diag.Problem{Message: allowKey + " is not a list", Expected: "a list of items such as " + expected})
	}
	for i, item := range list {
		fields, _ := item.(map[string]any)
		text, _ := fields["text"].(string)
		reason, _ := fields["reason"].(string)
		a := &allowance{text: strings.Join(strings.Fields(text), " ")}
		switch {
		case a.text == "":
			f.fail(problems, diag.Problem{Message: "a number is allowed without its text", Expected: expected}, i)
			continue
		case strings.TrimSpace(reason) == "":
			f.fail(problems, diag.Problem{Message: "a number is allowed without a reason: " + diag.Quote(a.text), Expected: expected}, i)
		}
		a.line, a.column = f.front.Position(allowKey, i)
		f.allowed = append(f.allowed, a)
	}
}

func (f *file) fail(problems *diag.List, p diag.Problem, path ...any) {
	p.File = f.name
	p.Line, p.Column = f.front.Position(allowKey, path...)
	problems.Add(p)
}

// allows reports whether a number of the text is part of what may stand there.
func (f *file) allows(text string, number expression) bool {
	return allows(f.allowed, text, number) || f.settings != nil && allows(f.settings.own.allowed, text, number)
}

// noteAllowed takes allowances for used that are of a name, which holds a number but needs none.
func (f *file) noteAllowed(text string) {
	if len(f.allowed) > 0 {
		for _, e := range numbers(splitWords(text), f.language) {
			f.allows(text, e)
		}
	}
}

func allows(allowed []*allowance, text string, number expression) bool {
	for _, a := range allowed {
		for from := 0; ; {
			at := strings.Index(text[from:], a.text)
			if at < 0 || from+at > number.start {
				break
			}
			if from += at; number.end <= from+len(a.text) {
				a.used = true
				return true
			}
			from++
		}
	}
	return false
}

// checkAllowances adds a problem for each that allowed nothing.
func (f *file) checkAllowances(problems *diag.List) {
	for _, a := range f.allowed {
		if !a.used {
			problems.Add(diag.Problem{File: f.name, Line: a.line, Column: a.column, Message: "a number is allowed that is not there: " + diag.Quote(a.text), Hint: "take it out of " + allowKey})
		}
	}
}
