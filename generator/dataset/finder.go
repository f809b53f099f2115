package dataset

import (
	"sync"

	"broadsheet/generator/diag"
)

// finder collects the problems of one table and caps those of one kind, so that
// a column of a million wrong values is one screen and not a million lines.
type finder struct {
	table    *Table
	problems *diag.List

	mu     sync.Mutex
	counts map[string]int
}

// any reports whether the table has a problem.
func (f *finder) any() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.table.Tainted
}

const maxOfAKind = 20

// value shows a value in a message, unless its column is private, or any is where nobody
// knows which it is.
func (f *finder) value(field, value string) string {
	for _, other := range f.table.Schema.Fields {
		if other.Private && (other.Name == field || field == "") {
			return ""
		}
	}
	return diag.Quote(value)
}

// add reports a problem of this table. Problems of one kind beyond the twentieth
// are only counted.
func (f *finder) add(kind string, p diag.Problem) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.table.Tainted = true
	if f.counts == nil {
		f.counts = map[string]int{}
	}
	if f.counts[kind]++; f.counts[kind] > maxOfAKind {
		return
	}
	f.problems.Add(f.table.InFile(p))
}

// addHinted is add with a hint that takes time to find, and is only looked for where
// the problem is listed.
func (f *finder) addHinted(kind string, p diag.Problem, hint func() string) {
	f.mu.Lock()
	listed := f.counts[kind] < maxOfAKind
	f.mu.Unlock()
	if listed {
		p.Hint = hint()
	}
	f.add(kind, p)
}

// more says at the first problem of a kind that is not listed how many there are, of total.
func (f *finder) more(field string, line, column, total int) {
	f.problems.Add(f.table.InFile(diag.Problem{Line: line, Column: column, Field: field, Message: diag.Count(total-maxOfAKind, "more problem") + " of this kind"}))
}
