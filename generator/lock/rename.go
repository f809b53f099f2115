package lock

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/fact"
	"broadsheet/generator/record"
)

// An aggregate, a column, a key or a page that is called something else is a rename, and not as many facts gone as are
// new. It is known by its values: more than half of its facts are what those under the new name are. A key must also rest
// on the same rows, as two lines of small counts are often alike.

// What is renamed.
const (
	anAggregate = "aggregate"
	aColumn     = "column"
	aKey        = "key"
	aPage       = "page"
)

// keySeparator is between the parts of a key.
const keySeparator = ", "

// renames is what is called something else now.
type renames struct {
	now   map[string]string       // the address of now by that in the lock
	pages map[string]string       // likewise
	lines map[string]fact.Address // the line in the lock by that of now, of another key
	list  []Change
}

// page is what a page of the lock is called now.
func (r renames) page(was string) string { return cmp.Or(r.pages[was], was) }

// renamer finds the facts that are only called something else.
type renamer struct {
	now        *Now
	moves      moves
	gone       map[string]record.LockedFact // and not yet found under another address
	added      map[string]*Shown            // likewise
	goneAt     map[string]fact.Address
	aggregates map[string]bool // that have facts that are neither gone nor added
	columns    map[[2]string]bool
	found      renames
}

func (n *Now) renames(lock *record.Lock, m moves) renames {
	r := renamer{
		now: n, moves: m, gone: map[string]record.LockedFact{}, added: map[string]*Shown{}, goneAt: map[string]fact.Address{},
		aggregates: map[string]bool{}, columns: map[[2]string]bool{}, found: renames{now: map[string]string{}, pages: map[string]string{}, lines: map[string]fact.Address{}},
	}
	for _, f := range lock.Facts {
		if at, ok := fact.ParseAddress(f.Fact); ok {
			r.gone[f.Fact], r.goneAt[f.Fact] = f, at
		}
	}
	for _, s := range n.Facts {
		if _, both := r.gone[s.Address]; both {
			delete(r.gone, s.Address)
			r.aggregates[s.Fact.Address.Name] = true
			r.columns[[2]string{s.Fact.Address.Name, s.Fact.Address.Column}] = true
		} else {
			r.added[s.Address] = s
		}
	}
	if len(r.gone) > 0 && len(r.added) > 0 {
		r.byName(anAggregate)
		r.byName(aColumn)
		r.keys()
	}
	r.renamedPages(lock)
	return r.found
}

// byName finds aggregates, or columns, of which no fact has its address any more.
func (r *renamer) byName(what string) {
	name := func(a fact.Address) string {
		if what == anAggregate {
			return a.Name
		}
		return fact.Address{Name: a.Name, Column: a.Column}.String()
	}
	stays := func(a fact.Address) bool {
		if what == anAggregate {
			return r.aggregates[a.Name]
		}
		return r.columns[[2]string{a.Name, a.Column}]
	}
	old, fresh := map[string][]string{}, map[string][]string{}
	for address := range r.gone {
		if at := r.goneAt[address]; !stays(at) {
			old[name(at)] = append(old[name(at)], address)
		}
	}
	for address, s := range r.added {
		if at := s.Fact.Address; !stays(at) {
			fresh[name(at)] = append(fresh[name(at)], address)
		}
	}
	for _, was := range slices.Sorted(maps.Keys(old)) {
		best, most := "", 0
		for _, is := range slices.Sorted(maps.Keys(fresh)) {
			if what == aColumn && strings.SplitN(was, ".", 2)[0] != strings.SplitN(is, ".", 2)[0] {
				continue
			}
			equal := 0
			for _, address := range old[was] {
				if s := r.added[r.under(address, is, what)]; s != nil && r.equal(address, s) {
					equal++
				}
			}
			if 2*equal > max(len(old[was]), len(fresh[is])) && equal > most {
				best, most = is, equal
			}
		}
		if best == "" {
			continue
		}
		n := 0
		for _, address := range old[was] {
			n += r.take(address, r.under(address, best, what))
		}
		delete(fresh, best)
		r.found.list = append(r.found.list, Change{Kind: Renamed, What: what, Fact: best, Was: was, Facts: n})
	}
}

// under is an address with another aggregate, or another column.
func (r *renamer) under(address, name, what string) string {
	at := r.goneAt[address]
	if what == anAggregate {
		at.Name = name
	} else if other, ok := fact.ParseAddress(name); ok {
		at.Column = other.Column
	}
	return at.String()
}

// equal reports whether a fact of the lock reads as one of now.
func (r *renamer) equal(address string, s *Shown) bool {
	return r.gone[address].Reads(s.locked())
}

// take pairs a fact of the lock with one of now, and counts it.
func (r *renamer) take(was, is string) int {
	if r.added[is] == nil {
		return 0
	}
	r.found.now[was] = is
	delete(r.added, is)
	delete(r.gone, was)
	return 1
}

// keys finds lines of which the key is another.
func (r *renamer) keys() {
	type line struct{ name, key string }
	old, fresh := map[line][]string{}, map[line][]string{}
	at := func(a fact.Address) line { return line{a.Name, strings.Join(a.Key, keySeparator)} }
	for address := range r.gone {
		old[at(r.goneAt[address])] = append(old[at(r.goneAt[address])], address)
	}
	byName := map[string][]line{}
	for address, s := range r.added {
		l := at(s.Fact.Address)
		if fresh[l] == nil {
			byName[l.name] = append(byName[l.name], l)
		}
		fresh[l] = append(fresh[l], address)
	}
	order := func(a, b line) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key)) }
	facts := map[[2]string]int{} // by both keys
	for _, was := range slices.SortedFunc(maps.Keys(old), order) {
		var best line
		most := 0
		slices.SortFunc(byName[was.name], order)
		for _, is := range byName[was.name] {
			if len(fresh[is]) == 0 || was.key == is.key {
				continue
			}
			first := r.added[fresh[is][0]]
			if first == nil || !r.sameRows(r.goneAt[old[was][0]], first) {
				continue
			}
			equal := 0
			for _, address := range old[was] {
				if s := r.added[r.withKey(address, first)]; s != nil && r.equal(address, s) {
					equal++
				}
			}
			if 2*equal > max(len(old[was]), len(fresh[is])) && equal > most {
				best, most = is, equal
			}
		}
		if most == 0 {
			continue
		}
		first := r.added[fresh[best][0]]
		for _, address := range old[was] {
			facts[[2]string{was.key, best.key}] += r.take(address, r.withKey(address, first))
		}
		r.found.lines[first.line()] = r.goneAt[old[was][0]]
		fresh[best] = nil
	}
	for _, pair := range slices.SortedFunc(maps.Keys(facts), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		r.found.list = append(r.found.list, Change{Kind: Renamed, What: aKey, Fact: pair[1], Was: pair[0], Facts: facts[pair]})
	}
}

// line is by what the lines of aggregates are told apart.
func (s *Shown) line() string {
	return fact.Address{Name: s.Aggregate.Name, Key: s.Row.Key}.String()
}

func (r *renamer) withKey(address string, line *Shown) string {
	at := r.goneAt[address]
	at.Key = line.Fact.Address.Key
	return at.String()
}

// sameRows reports whether most rows of a line rested on those of a line of the lock. Where nothing is known of rows, values
// alone decide.
func (r *renamer) sameRows(was fact.Address, s *Shown) bool {
	d := r.moves.salt.line(was)
	rows, same := 0, 0
	for i, table := range s.Aggregate.Lineage {
		for number := range s.Row.Lineage[i].All() {
			rows++
			if list := r.moves.tables[table].was[number]; list != behindAll && has(list, d) {
				same++
			}
		}
	}
	return rows == 0 || 2*same > rows
}

// renamedPages finds pages that are gone, of which another, new one shows most facts.
func (r *renamer) renamedPages(lock *record.Lock) {
	old, fresh := map[string]map[string]bool{}, map[string]map[string]bool{}
	add := func(pages map[string]map[string]bool, page, address string) {
		if pages[page] == nil {
			pages[page] = map[string]bool{}
		}
		pages[page][address] = true
	}
	for _, f := range lock.Facts {
		for _, page := range f.Pages {
			add(old, page, cmp.Or(r.found.now[f.Fact], f.Fact))
		}
	}
	for _, s := range r.now.Facts {
		for _, page := range s.Pages() {
			add(fresh, page, s.Address)
		}
	}
	for page := range old {
		if fresh[page] != nil || r.now.has != nil && r.now.has(page) { // the page of a chart only counts until another shows it
			delete(old, page)
			delete(fresh, page)
		}
	}
	for page := range fresh {
		if old[page] != nil {
			delete(fresh, page)
		}
	}
	for _, was := range slices.Sorted(maps.Keys(old)) {
		best, most := "", 0
		for _, is := range slices.Sorted(maps.Keys(fresh)) {
			both := 0
			for address := range old[was] {
				if fresh[is][address] {
					both++
				}
			}
			if 2*both > max(len(old[was]), len(fresh[is])) && both > most {
				best, most = is, both
			}
		}
		if best == "" {
			continue
		}
		r.found.pages[was] = best
		r.found.list = append(r.found.list, Change{Kind: Renamed, What: aPage, Fact: best, Was: was, Facts: most})
		delete(fresh, best)
	}
}
