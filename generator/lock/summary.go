package lock

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Cause is what moved facts: rows of one file, or where none did, the query of an aggregate.
type Cause struct {
	File  string `json:"file"`
	Rows  []Row  `json:"rows,omitempty"` // none for a query
	Facts int    `json:"facts"`          // that they moved, each counted for each of its causes
	Pages int    `json:"pages"`          // on which those are, or were
}

// Entry is one distinct change: facts that had one text and have another for the same reason. Facts that are new, gone or on
// other pages are one where the reason and the pages are.
type Entry struct {
	Change          // the first of them, with the places of all
	All    []Change // in the order of changes
}

// causes are the rows to which a change is put down: its own, or else those of other lines.
func (c Change) causes() []Row {
	if len(c.Rows) > 0 {
		return c.Rows
	}
	return c.Others
}

// moved reports whether it is a fact that has another value, or is new, or is gone.
func (c Change) moved() bool { return c.Kind == Changed || c.Kind == Added || c.Kind == Gone }

// Causes lists what moved the facts, by file.
func Causes(changes []Change) []Cause {
	type sum struct {
		rows  map[string]Row
		facts int
		pages map[string]bool
	}
	byFile := map[string]*sum{}
	count := func(file string, c Change) *sum {
		s := byFile[file]
		if s == nil {
			s = &sum{rows: map[string]Row{}, pages: map[string]bool{}}
			byFile[file] = s
		}
		s.facts++
		for _, page := range slices.Concat(c.OldPages, c.Pages) {
			s.pages[page] = true
		}
		return s
	}
	for _, c := range changes {
		if !c.moved() {
			continue
		}
		if len(c.causes()) == 0 {
			if c.Kind == Changed && c.Theirs == "" {
				name, _, _ := strings.Cut(c.Fact, ".")
				count("data/aggregates/"+name+".sql", c)
			}
			continue
		}
		counted := map[string]*sum{}
		for _, r := range c.causes() {
			if counted[r.File] == nil {
				counted[r.File] = count(r.File, c)
			}
			counted[r.File].rows[r.id()] = r
		}
	}
	var list []Cause
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		s := byFile[file]
		c := Cause{File: file, Rows: slices.Collect(maps.Values(s.rows)), Facts: s.facts, Pages: len(s.pages)}
		slices.SortFunc(c.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(last(a.Row), last(b.Row)), cmp.Compare(a.Key, b.Key)) })
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(order(len(a.Rows) == 0), order(len(b.Rows) == 0)), cmp.Compare(b.Facts, a.Facts))
	})
	return list
}

// id tells rows apart.
func (r Row) id() string { return fmt.Sprint(r.File, " ", r.Row, " ", r.Key, " ", r.Kind) }

// Distinct lists each distinct change once, in the order of changes; hidden is how many facts read the same, which are left
// out unless all is set.
func Distinct(changes []Change, all bool) (list []Entry, hidden int) {
	places := map[string]int{}
	for _, c := range changes {
		if c.Same && !all {
			hidden++
			continue
		}
		key := c.distinct()
		i, known := places[key]
		if !known {
			places[key] = len(list)
			list = append(list, Entry{Change: c, All: []Change{c}})
			continue
		}
		e := &list[i]
		e.All = append(e.All, c)
		e.Pages, e.OldPages = union(e.Pages, c.Pages), union(e.OldPages, c.OldPages)
		for _, p := range c.Places {
			if !slices.Contains(e.Places, p) {
				e.Places = append(slices.Clip(e.Places), p)
			}
		}
	}
	return list, hidden
}

// distinct is the same for changes that are told as one.
func (c Change) distinct() string {
	parts := []string{string(c.Kind)}
	switch c.Kind {
	case Changed:
		parts = append(parts, c.Old, c.New, c.Theirs, c.Percent, string(c.Reversal))
	case Renamed:
		parts = append(parts, c.What, c.Was, c.Fact)
	default:
		parts = append(parts, strings.Join(c.OldPages, " "), strings.Join(c.Pages, " "))
	}
	for _, r := range c.causes() {
		parts = append(parts, r.id())
	}
	return strings.Join(parts, "\x00")
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// MovedBy are the changes that rows of a file are behind.
func MovedBy(file string, changes []Change) (moved []Change) {
	for _, c := range changes {
		if c.moved() && slices.ContainsFunc(c.causes(), func(r Row) bool { return r.File == file }) {
			moved = append(moved, c)
		}
	}
	return moved
}
