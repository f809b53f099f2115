package literal

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// allowance is a number that a page, or a chart, may hold though it is typed, such as the
// unit of a rate; or a claim that it may make without a finding. It is for one place, or for so many
// as it says.
//
//	allow_numbers: [{text: "1,000 people", reason: "the unit of the rate", times: 2}]
//	allow_claims: [{text: "mostly agree", reason: "the judgment of the desk"}]
type allowance struct {
	of           *allowed
	text, reason string
	straight     string // the text as finished pages are read
	times        int
	written      diag.Problem // where, with the problem of one that allows nothing
	rows         string       // of a text for rows, the file of their aggregate: words of each row surround it

	mu     sync.Mutex // files are read at once
	places map[place]*use
}

// place is a part of a text that an allowance covers.
type place struct {
	file         string
	line, column int
	text, at     int   // of the texts that have one place, which; and where in it
	in           sides // of what only a finished page says
}

// use is what an allowance does at a place.
type use struct {
	needed bool // not so for a name, whose number needs none
	said   string
	in     sides
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
		a := &allowance{of: of, text: strings.Join(strings.Fields(text), " "), reason: strings.TrimSpace(reason), times: 1, rows: f.fileOfRows()}
		if a.text == "" {
			f.fail(problems, of, diag.Problem{Message: of.what + " is allowed without its text", Expected: expected}, i)
			continue
		}
		if p := config.CheckReason(a.reason, diag.Problem{Message: of.what + " is allowed without a reason: " + diag.Quote(a.text), Expected: expected}); p != nil {
			f.fail(problems, of, *p, i)
		}
		if times, given := fields["times"]; given {
			if n, ok := wholeNumber(times); ok && n > 0 {
				a.times = n
			} else {
				f.fail(problems, of, diag.Problem{Message: "times", Found: fmt.Sprint(times), Expected: "in how many places the text is, such as 2"}, i, "times")
			}
		}
		a.written = diag.Problem{File: f.name, Message: of.what + " is allowed that is not there: " + diag.Quote(a.text), Hint: "take it out of " + of.key}
		a.straight = Straight.Replace(a.text)
		a.written.Line, a.written.Column = f.front.Position(of.key, i)
		f.allowed = append(f.allowed, a)
	}
}

// wholeNumber is a value of YAML or TOML.
func wholeNumber(value any) (int, bool) {
	switch n := value.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	case uint64:
		return int(n), true
	}
	return 0, false
}

func (f *file) fail(problems *diag.List, of *allowed, p diag.Problem, path ...any) {
	p.File = f.name
	p.Line, p.Column = f.front.Position(of.key, path...)
	problems.Add(p)
}

// current is the text of a file that is read now.
type current struct {
	line, column int   // where it is
	text         int   // which of those that are there
	whole        bool  // whether all of it is one place
	at           []int // where in the file each byte is, if that is known
}

// reads notes that the value of a key is read, or another text for which the file has one place.
func (f *file) reads(line, column int) {
	n := 0
	if f.now.at == nil && f.now.line == line && f.now.column == column {
		n = f.now.text + 1
	}
	f.now = current{line: line, column: column, text: n}
}

// fileOfRows is the file of the aggregate of whose rows the file is a text; "" of others.
func (f *file) fileOfRows() string {
	if f.rows == nil {
		return ""
	}
	return f.rows.File
}

// place is that of a part of the text that is read now.
func (f *file) place(at int) place {
	if f.now.at != nil {
		line, column := config.Position(f.text, max(0, f.now.at[at]))
		return place{file: f.name, line: line, column: column}
	}
	if f.now.whole {
		at = 0
	}
	return place{file: f.name, line: f.now.line, column: f.now.column, text: f.now.text, at: at}
}

// allows reports whether a number of the text is part of what may be written there.
func (f *file) allows(text string, number expression) bool {
	return f.allowance(allowKey, text, number, true) != nil || f.settings != nil && f.settings.isThing(text, number)
}

// noteAllowed takes allowances for used that are of a name, which holds a number but needs none.
func (f *file) noteAllowed(text string) {
	if len(f.allowed) > 0 {
		for _, e := range numbers(splitWords(text), f.language) {
			f.allowance(allowKey, text, e, false)
		}
	}
}

// allowance is what allows a part of the text, here or in the whole report; nil if nothing does.
func (f *file) allowance(key, text string, part expression, needed bool) *allowance {
	a, at := allowanceOf(f.allowed, key, text, part)
	if a == nil && f.settings != nil {
		a, at = allowanceOf(f.settings.own.allowed, key, text, part)
	}
	if a != nil {
		a.use(f.place(at), use{needed, a.text, between(text, at, at+len(a.text))})
	}
	return a
}

// allowanceOf is the first that covers a part of a text, and where in the text it begins.
func allowanceOf(allowed []*allowance, key, text string, part expression) (*allowance, int) {
	for _, a := range allowed {
		if a.of.key == key {
			if at := covers(a.text, text, part); at >= 0 {
				return a, at
			}
		}
	}
	return nil, -1
}

// covers is where in a text words begin that a part is in, -1 if it is in none.
func covers(words, text string, part expression) int {
	for from := 0; ; from++ {
		at := strings.Index(text[from:], words)
		if at < 0 || from+at > part.start {
			return -1
		}
		if from += at; part.end <= from+len(words) {
			return from
		}
	}
}

func (a *allowance) use(at place, u use) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.places == nil {
		a.places = map[place]*use{}
	}
	if known := a.places[at]; known != nil {
		known.needed = known.needed || u.needed
		return
	}
	a.places[at] = &u
}

// checkAllowances adds a problem for each that allowed nothing, or less than it is for, and for each place beyond that.
func (f *file) checkAllowances(problems *diag.List) {
	for _, a := range f.allowed {
		problems.Add(a.check()...)
	}
}

func (a *allowance) check() (problems []diag.Problem) {
	var needed []place
	for at, u := range a.places {
		if u.needed {
			needed = append(needed, at)
		}
	}
	slices.SortFunc(needed, func(a, b place) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), cmp.Compare(a.text, b.text), cmp.Compare(a.at, b.at), strings.Compare(a.in.before, b.in.before), strings.Compare(a.in.after, b.in.after))
	})
	switch {
	case len(a.places) == 0:
		return []diag.Problem{a.written}
	case len(a.places) < a.times:
		p := a.written
		p.Message = a.of.what + " is allowed in more places than it is in: " + diag.Quote(a.text)
		p.Found, p.Expected, p.Hint = diag.Count(len(a.places), "place"), diag.Count(a.times, "place"), "write "+a.timesAs(len(a.places))
		if len(a.places) == 1 {
			p.Hint = "take times out of it"
		}
		return []diag.Problem{p}
	}
	for i := a.times; i < len(needed); i++ {
		at := needed[i]
		problems = append(problems, diag.Problem{
			File: at.file, Line: at.line, Column: at.column, Message: a.of.what + " in one place more than it is allowed in: " + diag.Quote(a.places[at].said),
			Found: fmt.Sprintf("place %d of %d", i+1, len(needed)), Expected: fmt.Sprintf("%s, by %s:%d", diag.Count(a.times, "place"), a.written.File, a.written.Line),
			Hint: "let it follow the data, as other numbers and claims do; or allow it here, too: " + a.timesAs(len(needed)),
		})
	}
	return problems
}

// timesAs is how the file of the allowance says in how many places it is for.
func (a *allowance) timesAs(n int) string {
	if path.Ext(a.written.File) == ".toml" {
		return fmt.Sprintf("times = %d", n)
	}
	return fmt.Sprintf("times: %d", n)
}

// says reports whether a finished page says a number as the files of the report do where it is allowed: with one of the words beside
// it. In a text for rows each row may have other words there.
func (a *allowance) says(file string, in sides) bool {
	if a.rows != "" {
		return file == a.written.File || file == a.rows // whose rows make the pages
	}
	for u := range maps.Values(a.places) {
		if u.in.matches(in) {
			return true
		}
	}
	return false
}

// sides are the words before and behind a part of a text.
type sides struct{ before, after string }

// unknown is a neighbor in whose place a shortcode is.
const unknown = "…"

// between is the words beside a part of a text.
func between(text string, start, end int) (in sides) {
	in.before, in.after = neighbors(text, start, end)
	in.before, in.after = Straight.Replace(in.before), Straight.Replace(in.after)
	if strings.HasSuffix(strings.TrimRight(text[:start], " ("), string(filler)) {
		in.before = unknown
	}
	if strings.HasPrefix(strings.TrimLeft(text[end:], " "), string(filler)) {
		in.after = unknown
	}
	return in
}

// matches reports whether two parts have the same word on one side, if there is one, or both sides.
func (s sides) matches(d sides) bool {
	same := func(a, b string) bool { return a == unknown || b == unknown || a == b && a != "" }
	return s == d || same(s.before, d.before) || same(s.after, d.after)
}
