// Package diag holds problems: what is wrong in a report, where, and what to do about it;
// and notes, of what may be wrong.
//
// A problem is an editor's or a developer's mistake in the report directory. It is
// never a Go error: a Go error that reaches the terminal is a bug in Broadsheet
// or a failure of the machine. Every stage of the build adds to one List, so
// that one run shows all problems, sorted by place.
//
// House wording, as printed by Problem.String: lower case, no full stop, values
// in quotes, what was found before what was expected, the way out on a line of
// its own:
//
//	data/grants.csv:14:5: amount_usd (cell E14): found "28.3m", expected a whole number
//	  hint: write 28300000
//	data/grants.xlsx, sheet "2019", cell E14: amount_usd: found "28.3m", expected a whole number
//	data/grants.json, object 13: amount_usd: found "28.3m", expected a whole number
package diag

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// Problem is one mistake at one place.
//
// Line is a spreadsheet row in a CSV file (the header is row 1) and a text line
// in any other; Column counts from 1, in cells or in characters. Zero means
// that the place is the whole file, or the whole line.
type Problem struct {
	File   string `json:"file"` // slash path, relative to the report directory
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Sheet  string `json:"sheet,omitempty"` // of a workbook
	Field  string `json:"field,omitempty"` // name of the CSV column, e.g. "amount_usd"

	// Counts is what Line counts in a file that no spreadsheet opens: the "line" of a text, the "object" of JSON, the "row" of Parquet.
	// Column then counts characters.
	Counts string `json:"-"`

	Message  string `json:"message,omitempty"`  // what is wrong, where found and expected do not say it
	Found    string `json:"found,omitempty"`    // the value as it is written there
	Expected string `json:"expected,omitempty"` // e.g. "a whole number"
	Hint     string `json:"hint,omitempty"`     // one next step

	// Note is the kind of a note, which need not be a mistake: "duplicate-rows". It is "" for a
	// problem.
	Note string `json:"note,omitempty"`

	// Finding is the address of a finding that is no longer true, or goes by a value that is
	// missing, or of a fact that agrees no longer with others: what the report would say can
	// still be computed, and compared with the lock.
	Finding string `json:"finding,omitempty"`

	// Idle says that the report has something of which no page makes use: it can be computed and compared all the same.
	Idle bool `json:"-"`
}

// String renders the problem as the terminal shows it: one line, and a second
// one for the hint.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Place() + ": ")
	if p.Field != "" {
		b.WriteString(p.Field)
		if p.Line > 0 && p.Column > 0 && p.Sheet == "" && p.Counts == "" {
			fmt.Fprintf(&b, " (cell %s%d)", Letters(p.Column), p.Line)
		}
		b.WriteString(": ")
	}
	b.WriteString(p.text())
	if p.Hint != "" {
		b.WriteString("\n  hint: ")
		b.WriteString(p.Hint)
	}
	return b.String()
}

// Place is where the problem is, as an editor finds it.
func (p Problem) Place() string {
	switch {
	case p.Sheet != "" && p.Line > 0 && p.Column > 0:
		return fmt.Sprintf("%s, sheet %s, cell %s%d", p.File, Quote(p.Sheet), Letters(p.Column), p.Line)
	case p.Sheet != "" && p.Line > 0:
		return fmt.Sprintf("%s, sheet %s, row %d", p.File, Quote(p.Sheet), p.Line)
	case p.Sheet != "":
		return p.File + ", sheet " + Quote(p.Sheet)
	case p.Line > 0 && p.Counts != "" && p.Counts != "line":
		return fmt.Sprintf("%s, %s %d", p.File, p.Counts, p.Line)
	case p.Line > 0 && p.Column > 0:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return p.File
}

func (p Problem) text() string {
	var parts []string
	if p.Message != "" {
		parts = append(parts, p.Message)
	}
	if p.Found != "" {
		parts = append(parts, "found "+p.Found)
	}
	if p.Expected != "" {
		parts = append(parts, "expected "+p.Expected)
	}
	return strings.Join(parts, ", ")
}

// Letters is a column's name in a spreadsheet: 1 is "A", 27 is "AA".
func Letters(column int) string {
	var s string
	for ; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

// Quote shows a value from the report inside a message: in double quotes,
// control characters made visible, cut at 60 characters.
func Quote(value string) string {
	const most = 60
	if r := []rune(value); len(r) > most {
		value = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", value)
}

// List collects problems from stages that may run at the same time. The zero
// List is empty and ready.
type List struct {
	mu       sync.Mutex
	problems []Problem
}

// Add appends problems, in any order.
func (l *List) Add(problems ...Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problems = append(l.problems, problems...)
}

// Empty reports whether nothing is wrong so far.
func (l *List) Empty() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.problems) == 0
}

// OnlyFindings reports whether nothing is wrong but findings that are no longer true, and what no page uses.
func (l *List) OnlyFindings() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Finding == "" && !p.Idle })
}

// Sorted returns the problems by file, line, column and text, each once. Files come
// in the order in which a build reads them, so that a cause comes before what
// follows from it.
func (l *List) Sorted() []Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	sorted := slices.Clone(l.problems)
	slices.SortFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(stage(a.File), stage(b.File)),
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Sheet, b.Sheet),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.text(), b.text()),
			cmp.Compare(a.Hint, b.Hint),
		)
	})
	return slices.Compact(sorted)
}

// stage is a file's place among those that a build reads: the data package, the
// tables, the aggregates, the charts, all else.
func stage(file string) int {
	switch directory := path.Dir(file); {
	case file == "data/datapackage.json":
		return 0
	case directory == "data":
		return 1
	case directory == "data/aggregates", file == "data/aggregates":
		return 2
	case directory == "data/charts", file == "data/charts":
		return 3
	}
	return 4
}

// Count is so many of something: "1 row", "2 rows".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
