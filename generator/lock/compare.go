package lock

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
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
	Renamed Kind = "renamed" // an aggregate, a column, a key or a page
	Moved   Kind = "moved"   // the same value, on other pages
)

var kinds = []Kind{Changed, Added, Gone, Renamed, Moved}

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
	Fact     string   `json:"fact"` // of a rename the new name
	Was      string   `json:"was,omitempty"`
	What     string   `json:"what,omitempty"`  // of a rename: aggregate, column, key or page
	Facts    int      `json:"facts,omitempty"` // of a rename: how many are the same
	Kind     Kind     `json:"kind"`
	Reversal Reversal `json:"reversal,omitempty"`
	Test     string   `json:"test,omitempty"` // of a finding, what it tests
	Old      string   `json:"old,omitempty"`  // as a reader saw it
	New      string   `json:"new,omitempty"`
	Theirs   string   `json:"theirs,omitempty"`    // what the other side of a merge accepted
	OldValue string   `json:"old_value,omitempty"` // as machines read it
	NewValue string   `json:"new_value,omitempty"`
	Percent  string   `json:"percent,omitempty"`        // "+12.4%"; "" where it cannot be said
	Same     bool     `json:"reads_the_same,omitempty"` // the change is below what pages round to

	OldPages  []string     `json:"old_pages,omitempty"`
	OldCharts []string     `json:"old_charts,omitempty"`
	Pages     []string     `json:"pages,omitempty"`
	Places    []Occurrence `json:"places,omitempty"`     // now
	Rows      []Row        `json:"rows,omitempty"`       // that moved it
	Others    []Row        `json:"other_rows,omitempty"` // behind other lines of its aggregate: a rank falls because another line rises

	size quantity.Value // of the relative change, without its sign
}

// comparison is Compare at work.
type comparison struct {
	moves      moves
	renames    renames
	aggregates map[string]*aggregate.Aggregate // by name
	pages      map[string]bool                 // that show facts
	oldPages   map[string]bool                 // that showed some
}

// Compare lists what differs from the lock: reversals first, then the largest
// relative change first, then what is new, gone, renamed, or on other pages. A nil lock
// has no facts.
func (n *Now) Compare(ctx context.Context, lock *record.Lock, problems *diag.List) ([]Change, error) {
	if lock == nil {
		lock = &record.Lock{}
	}
	if n.same(lock) {
		return nil, nil
	}
	m, err := n.movedRows(ctx, lock)
	if err != nil {
		return nil, err
	}
	c := comparison{moves: m, renames: n.renames(lock, m), aggregates: map[string]*aggregate.Aggregate{}, pages: map[string]bool{}, oldPages: map[string]bool{}}
	left := map[string]*Shown{}
	for _, s := range n.Facts {
		left[s.Address] = s
		c.aggregates[s.Aggregate.Name] = s.Aggregate
		for _, place := range s.Places {
			c.pages[place.Page] = true
		}
	}
	for _, old := range lock.Facts {
		for _, page := range old.Pages {
			c.oldPages[c.renames.page(page)] = true
		}
	}
	var changes []Change
	for _, old := range lock.Facts {
		was := old.Fact
		old.Fact = cmp.Or(c.renames.now[was], was)
		s := left[old.Fact]
		if s == nil {
			changes = append(changes, c.gone(old))
			continue
		}
		delete(left, old.Fact)
		if change := c.change(old, was, s, problems); change != nil {
			changes = append(changes, *change)
		}
	}
	for _, address := range slices.Sorted(maps.Keys(left)) {
		changes = append(changes, c.added(left[address]))
	}
	changes = append(changes, c.keys(n.keys)...)
	comeWithTexts(changes)
	changes = append(changes, c.renames.list...)
	sortChanges(changes)
	return changes, nil
}

// same reports whether nothing differs, for which no table need be read.
func (n *Now) same(lock *record.Lock) bool {
	return slices.EqualFunc(n.Facts, lock.Facts, func(s *Shown, old record.LockedFact) bool {
		return old.Fact == s.Address && old.Reads(s.locked()) && slices.Equal(old.Pages, s.Pages())
	})
}

func sortChanges(changes []Change) {
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			-cmp.Compare(min(1, len(a.Reversal)), min(1, len(b.Reversal))),
			cmp.Compare(order(a.Same), order(b.Same)),
			bySize(a.size, b.size),
			cmp.Compare(a.Fact, b.Fact),
		)
	})
}

func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

// keys lists the parts of keys that pages show and that are others now, of lines that are renamed.
func (c *comparison) keys(shown []*Shown) (changes []Change) {
	for _, s := range shown {
		was, renamed := c.renames.lines[s.line()]
		i := slices.Index(s.Aggregate.Key, s.Column.Name)
		if !renamed || i >= len(was.Key) || was.Key[i] == s.Fact.Address.Key[i] {
			continue
		}
		old := fact.Address{Name: was.Name, Column: s.Column.Name, Key: was.Key}
		before, _ := s.Column.Unit.Read(was.Key[i])
		out := Change{
			Fact: s.Address, Was: old.String(), Kind: Changed, Old: s.Column.Unit.Format(before, quantity.Prose), New: s.prose(), OldValue: was.Key[i], NewValue: s.raw(),
			OldPages: s.Pages(), OldCharts: s.charts(), Pages: s.Pages(), Places: s.Places,
		}
		out.Rows, out.Others = c.moves.behind(s.Fact, old, s.Aggregate)
		changes = append(changes, out)
	}
	return changes
}

func (c *comparison) gone(old record.LockedFact) Change {
	g := Change{Fact: old.Fact, Kind: Gone, Old: old.Said(), OldValue: old.Value, OldPages: old.Pages, OldCharts: old.Charts}
	if at, ok := fact.ParseAddress(old.Fact); ok {
		g.Rows, g.Others = c.moves.behind(nil, at, c.aggregates[at.Name])
		if at.Name == madePages && len(g.Rows) == 0 || c.comesWithPage(at, g.Rows, g.Others, old.Pages, c.pages) {
			g.Others = c.moves.of(Gone)
		}
	}
	return g
}

// comesWithPage reports whether no row behind a fact moved, but a page came or went with it, or it is the name of a
// source, of which other rows than its own decide whether it is shown. Any row that moved may be why.
func (c *comparison) comesWithPage(at fact.Address, own, others []Row, pages []string, known map[string]bool) bool {
	isKnown := func(page string) bool { return known[page] }
	return len(own)+len(others) == 0 && (at.Name == sourcesTable || !slices.ContainsFunc(pages, isKnown))
}

// comeWithTexts puts facts that came or went, though no row behind them moved, down to the other changes of their pages: a
// text of a table that cites them is another one, or a condition holds no longer.
func comeWithTexts(changes []Change) {
	byPage := map[string][]Row{}
	for _, c := range changes {
		if c.moved() {
			for _, page := range union(c.OldPages, c.Pages) {
				byPage[page] = append(byPage[page], c.Rows...)
			}
		}
	}
	for i := range changes {
		c := &changes[i]
		if c.Kind != Added && c.Kind != Gone || len(c.causes()) > 0 {
			continue
		}
		seen := map[string]bool{}
		for _, page := range union(c.OldPages, c.Pages) {
			for _, row := range byPage[page] {
				if !seen[row.id()] {
					seen[row.id()] = true
					c.Others = append(c.Others, row)
				}
			}
		}
	}
}

func (c *comparison) added(s *Shown) Change {
	a := Change{Fact: s.Address, Kind: Added, New: s.prose(), NewValue: s.raw(), Pages: s.Pages(), Places: s.Places}
	a.Rows, a.Others = c.rows(s, s.Fact.Address)
	if c.comesWithPage(s.Fact.Address, a.Rows, a.Others, a.Pages, c.oldPages) {
		a.Others = c.moves.of(Added)
	}
	return a
}

// change compares one fact with its place in the lock, where its address was another one if it is renamed; nil if both
// are the same.
func (c *comparison) change(old record.LockedFact, was string, s *Shown, problems *diag.List) *Change {
	unit, now := s.Column.Unit, s.locked()
	before, _ := unit.Read(old.Value) // missing where the fact had another unit
	if s.reads == "" && !s.namesSource() && old.Text != "" && old.Value[:min(1, len(old.Value))] != "#" && !unit.IsFormatOf(before, old.Text) && !quantity.IsFormatOf(old.Value, old.Text) {
		problems.Add(old.ByHand())
		return nil
	}
	var oldPages []string
	for _, page := range old.Pages {
		oldPages = append(oldPages, c.renames.page(page))
	}
	slices.Sort(oldPages)
	out := &Change{
		Fact: s.Address, Kind: Changed, Old: old.Said(), New: s.prose(), OldValue: old.Value, NewValue: now.Value,
		OldPages: slices.Compact(oldPages), OldCharts: old.Charts, Pages: s.Pages(), Places: s.Places,
	}
	if was != s.Address {
		out.Was = was
	}
	if old.Theirs != nil {
		if old.Theirs.Reads(now) {
			return nil // one side accepted it
		}
		out.Theirs = old.Theirs.Said()
	}
	if old.Reads(now) {
		if slices.Equal(out.OldPages, out.Pages) {
			return nil
		}
		out.Kind, out.Old = Moved, out.New
		return out
	}
	out.Rows, out.Others = c.rows(s, addressOf(was, s))
	if old.Value == now.Value { // in words only, as of another unit
		return out
	}
	if s.reads == "" && old.Opens() && now.Opens() { // what changed may be behind what the lock has
		if out.Old == now.Text {
			out.New = lineEnds.Replace(s.Text(quantity.Prose))
		}
		return out
	}
	otherUnit := old.Text != "" && !unit.IsFormatOf(before, old.Text) // in which the number is another, and no larger or smaller
	if s.reads == "" && !unit.IsText() && !otherUnit {
		out.Same = s.readsAs(before)
		if old.Said() == now.Said() {
			out.Old, out.New = unit.Distinguish(before, s.Value)
		}
	} else {
		out.Same = (s.reads != "" || otherUnit) && old.Said() == now.Said() // another source of the same name
	}
	c.measure(out, before, s)
	if otherUnit {
		out.Percent, out.size = "", quantity.Value{}
	}
	return out
}

// rows are those that moved a fact. What a content adapter calls a page it takes from a line that nobody knows, so that it may
// be any row that moved, and is one that holds the text.
func (c *comparison) rows(s *Shown, was fact.Address) (own, others []Row) {
	if s.Fact.Address.Name != madePages || len(s.Aggregate.Tables) > 0 {
		own, others = c.moves.behind(s.Fact, was, s.Aggregate)
		for _, row := range c.moves.tables[sourcesTable].moved {
			if s.reads != "" && int64(row.Row.Row) == s.source && !slices.ContainsFunc(own, func(r Row) bool { return r.id() == row.id() }) {
				own = append(own, row.Row)
			}
		}
		return own, others
	}
	for _, row := range c.moves.all() {
		if slices.ContainsFunc(row.Cells, func(cell Cell) bool { return cell.Value == s.Value.Raw() }) {
			own = append(own, row)
		} else {
			others = append(others, row)
		}
	}
	return own, others
}

func addressOf(text string, s *Shown) fact.Address {
	if at, ok := fact.ParseAddress(text); ok {
		return at
	}
	return s.Fact.Address
}

// measure says how large a change is, and whether it turns something round.
func (c *comparison) measure(out *Change, before quantity.Value, s *Shown) {
	unit := s.Column.Unit
	if percent, ok := before.Change(s.Value); ok && !unit.IsRank() {
		out.size = percent.Abs()
		written := quantity.Percent.In(unit.Language())
		out.Percent = written.Format(percent, quantity.Exact)
		if short := written.Format(percent, quantity.Short); strings.ContainsAny(short, "123456789") {
			out.Percent = short
		}
		switch percent.Sign() {
		case 1:
			out.Percent = "+" + out.Percent
		case 0: // too small for words
			out.Percent = ""
		}
	}
	switch {
	case unit.IsFlag():
		out.Reversal, out.Test = Finding, s.Test()
	case unit.IsRank():
		out.Reversal = Rank
	case unit.IsText() && len(s.texts) > 0: // a sentence may choose its words by it
		out.Reversal = Words
	case before.Sign()*s.Value.Sign() < 0:
		out.Reversal = Sign
	}
}

// Differs is the problem of a report that is to be published as it was accepted.
func Differs(accepted *record.Lock, changes []Change) []diag.Problem {
	switch {
	case accepted == nil:
		return []diag.Problem{{File: record.LockFile, Message: "the file is missing", Hint: "run: broadsheet accept"}}
	case len(changes) == 0:
		return nil
	}
	const most = 3
	var names []string
	for _, c := range changes[:min(most, len(changes))] {
		names = append(names, c.Fact)
	}
	message := "what the report shows differs from the lock: "
	for i, name := range names {
		if i > 0 {
			message += ", "
		}
		message += name
	}
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
