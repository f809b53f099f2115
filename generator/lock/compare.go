package lock

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Kind says what became of a fact.
type Kind string

// The kinds, in the order in which they are listed.
const (
	Changed Kind = "changed"
	Added   Kind = "new"
	Gone    Kind = "gone"
	Moved   Kind = "moved" // the same value, on other pages
)

var kinds = []Kind{Changed, Added, Gone, Moved}

// Reversal says in what way the words around a fact may have become wrong.
type Reversal string

// The reversals.
const (
	Sign    Reversal = "sign"    // what rose falls
	Rank    Reversal = "rank"    // another place in an order
	Finding Reversal = "finding" // what was true is false
	Words   Reversal = "words"   // a text, by which words may be chosen
)

// Change is a fact that differs from the lock.
type Change struct {
	Fact     string   `json:"fact"`
	Kind     Kind     `json:"kind"`
	Reversal Reversal `json:"reversal,omitempty"`
	Old      string   `json:"old,omitempty"` // as a reader saw it
	New      string   `json:"new,omitempty"`
	OldValue string   `json:"old_value,omitempty"` // as machines read it
	NewValue string   `json:"new_value,omitempty"`
	Percent  string   `json:"percent,omitempty"`        // "+12.4%"; "" where it cannot be said
	Same     bool     `json:"reads_the_same,omitempty"` // the change is below what pages round to

	OldPages []string     `json:"old_pages,omitempty"`
	Pages    []string     `json:"pages,omitempty"`
	Places   []Occurrence `json:"places,omitempty"`     // now
	Rows     []Row        `json:"rows,omitempty"`       // that moved it
	Others   []Row        `json:"other_rows,omitempty"` // behind other lines of its aggregate: a rank falls because another line rises

	size quantity.Value // of the relative change, without its sign
}

// Compare lists what differs from the lock: reversals first, then the largest
// relative change first, then what is new, gone, or on other pages. A nil lock
// has no facts.
func (n *Now) Compare(ctx context.Context, lock *record.Lock, problems *diag.List) ([]Change, error) {
	if lock == nil {
		lock = &record.Lock{}
	}
	var changes []Change
	var moved []*Shown // of each change, nil for those that are gone
	i, j := 0, 0
	for i < len(lock.Facts) || j < len(n.Facts) {
		order := -1 // which of the two lists has the next address
		switch {
		case i == len(lock.Facts):
			order = 1
		case j < len(n.Facts):
			order = cmp.Compare(lock.Facts[i].Fact, n.Facts[j].Address)
		}
		switch {
		case order < 0:
			old := lock.Facts[i]
			changes = append(changes, Change{Fact: old.Fact, Kind: Gone, Old: old.Text, OldValue: old.Value, OldPages: strings.Fields(old.Pages)})
			moved = append(moved, nil)
			i++
		case order > 0:
			s := n.Facts[j]
			changes = append(changes, Change{Fact: s.Address, Kind: Added, New: s.prose(), NewValue: s.raw(), Pages: strings.Fields(s.Pages()), Places: s.Places})
			moved = append(moved, s)
			j++
		default:
			if c := change(lock.Facts[i], n.Facts[j], problems); c != nil {
				changes = append(changes, *c)
				moved = append(moved, n.Facts[j])
			}
			i, j = i+1, j+1
		}
	}
	if slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == Changed }) && len(lock.Rows) > 0 {
		moves, err := n.movedRows(ctx, lock.Rows)
		if err != nil {
			return nil, err
		}
		for k := range changes {
			if changes[k].Kind == Changed {
				changes[k].Rows, changes[k].Others = moves.behind(moved[k].Fact)
			}
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			-cmp.Compare(min(1, len(a.Reversal)), min(1, len(b.Reversal))),
			bySize(a.size, b.size),
			cmp.Compare(a.Fact, b.Fact),
		)
	})
	return changes, nil
}

// readsAs reports whether pages that show the fact would read the same with another
// value.
func (s *Shown) readsAs(other quantity.Value) bool {
	for _, style := range []quantity.Style{quantity.Prose, quantity.Short, quantity.InTable} {
		if s.Column.Unit.Format(other, style) != s.Text(style) {
			return false
		}
	}
	return !slices.Contains(s.cited, s.Text(quantity.Exact)) || s.Column.Unit.Format(other, quantity.Exact) == s.Text(quantity.Exact)
}

// Differs is the problem of a report that is to be published as it was accepted.
func Differs(accepted *record.Lock, changes []Change) []diag.Problem {
	if accepted == nil {
		return []diag.Problem{{File: record.LockFile, Message: "the file is missing", Hint: "run: broadsheet accept"}}
	}
	if len(changes) == 0 {
		return nil
	}
	const most = 3
	var names []string
	for _, c := range changes[:min(most, len(changes))] {
		names = append(names, c.Fact)
	}
	message := "what the report shows differs from the lock: " + strings.Join(names, ", ")
	if more := len(changes) - len(names); more > 0 {
		message += fmt.Sprintf(" and %d more", more)
	}
	return []diag.Problem{{File: record.LockFile, Message: message, Hint: "to see the changes, run: broadsheet diff; to accept them, run: broadsheet accept"}}
}

// bySize puts the larger first, and those whose size cannot be said behind.
func bySize(a, b quantity.Value) int {
	if a.IsMissing() || b.IsMissing() {
		return a.Compare(b)
	}
	return b.Compare(a)
}

// change compares one fact with its place in the lock; nil if both are the same.
func change(old record.LockedFact, s *Shown, problems *diag.List) *Change {
	unit := s.Column.Unit
	raw, text, pages := s.raw(), s.prose(), s.Pages()
	before, _ := unit.Read(old.Value) // missing where the fact had another unit
	if !unit.IsFormatOf(before, old.Text) && !quantity.IsFormatOf(old.Value, old.Text) {
		problems.Add(old.ByHand())
		return nil
	}
	c := &Change{
		Fact: s.Address, Kind: Changed, Old: old.Text, New: text, OldValue: old.Value, NewValue: raw,
		OldPages: strings.Fields(old.Pages), Pages: strings.Fields(pages), Places: s.Places,
	}
	if old.Value == raw {
		if old.Text == text && old.Pages == pages {
			return nil
		}
		if old.Text == text {
			c.Kind = Moved
		}
		return c
	}
	if old.Text == text {
		c.Old, c.New = unit.Distinguish(before, s.Value)
		c.Same = s.readsAs(before)
	}
	if percent, ok := before.Change(s.Value); ok && !unit.IsRank() {
		c.size = percent.Abs()
		c.Percent = quantity.Percent.Format(percent, quantity.Exact)
		if short := quantity.Percent.Format(percent, quantity.Short); short != "0%" && short != "\u22120%" {
			c.Percent = short
		}
		switch percent.Sign() {
		case 1:
			c.Percent = "+" + c.Percent
		case 0: // too small for words
			c.Percent = ""
		}
	}
	switch {
	case unit.IsFlag():
		c.Reversal = Finding
	case unit.IsRank():
		c.Reversal = Rank
	case unit.IsText():
		c.Reversal = Words
	case before.Sign()*s.Value.Sign() < 0:
		c.Reversal = Sign
	}
	return c
}
