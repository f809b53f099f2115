package lock

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/record"
)

// Row is a row of a table that differs from the lock.
type Row struct {
	File  string `json:"file"`
	Row   int    `json:"row,omitempty"` // now; 0 where it is gone, or where the file is too long to name rows
	Key   string `json:"key,omitempty"` // its primary key, or how it begins; of a row that is gone, as it was
	Kind  Kind   `json:"kind"`          // Changed, Added or Gone
	Cells []Cell `json:"cells,omitempty"`
}

// Cell is a value of such a row, as it is now. Of a changed row they are those
// that changed.
type Cell struct {
	Column string `json:"column"`
	Value  string `json:"value"`
}

// maxLocked is the number of rows up to which a table is locked row by row. Of a
// longer one only a digest of the whole is kept: its rows would be most of the
// repository.
const maxLocked = 10_000

// digestLength is how many characters stand for a cell, or for a line of an
// aggregate: 24 bits, so that hardly one of a hundred thousand changed cells would
// go unnoticed.
const digestLength = 4

// salt is in each digest, so that nobody has a list of what digests stand for.
type salt string

func (s salt) digest(parts ...string) string {
	text := []byte(s)
	for _, p := range parts {
		text = append(strconv.AppendInt(text, int64(len(p)), 10), ':')
		text = append(text, p...)
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:3])
}

// line stands for a line of an aggregate.
func (s salt) line(of fact.Address) string {
	return s.digest(append([]string{"line", of.Name}, of.Key...)...)
}

func lineOf(a *aggregate.Aggregate, line *aggregate.Row) fact.Address {
	return fact.Address{Name: a.Name, Key: line.Key}
}

// cells are the digests of the cells of a row.
func (s salt) cells(t *dataset.Table, row *dataset.Row) []string {
	list := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		list[i] = s.digest(t.Name, f.Name, row.Values[i].Raw())
	}
	return list
}

// keyedRow is a row of a table as it is now.
type keyedRow struct {
	*dataset.Row
	key   string // by which the lock knows it
	cells []string
}

// A key is as long as this, and what is behind is left out.
const longKey, longBeginning = 60, 24

// digestMark is between how a row without a primary key begins and its digest.
const digestMark = " ~"

// keyed gives each row of a table its key: the primary key, or else how the row begins, so that rows stay in one order and
// somebody knows which it is, and a digest of its cells.
func (s salt) keyed(t *dataset.Table, rows []dataset.Row) []keyedRow {
	var columns []int
	for _, name := range t.Schema.PrimaryKey {
		i := slices.IndexFunc(t.Fields, func(f dataset.Field) bool { return f.Name == name })
		if i < 0 { // private
			columns = nil
			break
		}
		columns = append(columns, i)
	}
	list := make([]keyedRow, len(rows))
	seen := map[string]int{}
	for n := range rows {
		row := &rows[n]
		k := keyedRow{Row: row, cells: s.cells(t, row)}
		var parts []string
		for _, i := range columns {
			parts = append(parts, row.Values[i].Raw())
		}
		whole := strings.Join(parts, ",")
		switch {
		case columns != nil && whole != "" && len(whole) <= longKey && !strings.Contains(whole, digestMark):
			k.key = whole
		case columns != nil:
			k.key = beginning(whole) + digestMark + s.digest(append([]string{"key"}, parts...)...)
		default:
			if len(row.Values) > 0 {
				k.key = beginning(row.Values[0].Raw())
			}
			k.key += digestMark + s.digest(append([]string{"row"}, k.cells...)...)
		}
		if seen[k.key]++; seen[k.key] > 1 { // a row that is there twice
			k.key += digestMark + strconv.Itoa(seen[k.key])
		}
		list[n] = k
	}
	return list
}

func beginning(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return strings.ReplaceAll(string(runes[:min(len(runes), longBeginning)]), digestMark, "~")
}

// readable is a key without its digest.
func readable(key string) string {
	text, _, _ := strings.Cut(key, digestMark)
	return text
}

// columns are the names of the columns, with spaces between them and none in them.
func columns(t *dataset.Table) string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, escaped.Replace(f.Name))
	}
	return strings.Join(names, " ")
}

var (
	escaped   = strings.NewReplacer("%", "%25", " ", "%20")
	unescaped = strings.NewReplacer("%20", " ", "%25", "%")
)

// lockedColumns reads what columns wrote. Locks once had names with the spaces in them: these are those of the table, if it has the same columns.
func lockedColumns(t *dataset.Table, text string) (names []string) {
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	if strings.Join(names, " ") == text {
		return names
	}
	names = strings.Split(text, " ")
	for i := range names {
		names[i] = unescaped.Replace(names[i])
	}
	return names
}

// rows makes the lock of the tables.
func (n *Now) rows(ctx context.Context, s salt) ([]record.LockedRow, error) {
	behind := n.behind(s)
	var list []record.LockedRow
	for _, t := range n.data.Tables {
		if t.Rows > maxLocked {
			list = append(list, record.LockedRow{Table: t.Name, Cells: columns(t), Behind: t.Digest()})
			continue
		}
		list = append(list, record.LockedRow{Table: t.Name, Cells: columns(t)})
		rows, err := t.All(ctx)
		if err != nil {
			return nil, err
		}
		first := len(list)
		for _, row := range s.keyed(t, rows) {
			list = append(list, record.LockedRow{Table: t.Name, Row: row.key, Cells: strings.Join(row.cells, ""), Behind: behind[t.Name][int64(row.Number)]})
		}
		slices.SortFunc(list[first:], func(a, b record.LockedRow) int { return cmp.Compare(a.Row, b.Row) })
	}
	return list, nil
}

// A row that is behind more lines than maxBehind is taken to be behind all of its table.
const (
	maxBehind = 30
	behindAll = "*"
)

// behind has, for each row of each table that is locked row by row, the digests of the lines with facts
// that pages show and that rest on it.
func (n *Now) behind(s salt) map[string]map[int64]string {
	all := map[string]map[int64][]string{}
	seen := map[*aggregate.Row]bool{}
	for _, shown := range n.Facts {
		if seen[shown.Row] {
			continue
		}
		seen[shown.Row] = true
		d := s.line(lineOf(shown.Aggregate, shown.Row))
		for i, table := range shown.Aggregate.Lineage {
			if t := n.data.Table(table); t == nil || t.Rows > maxLocked {
				continue
			}
			if all[table] == nil {
				all[table] = map[int64][]string{}
			}
			for number := range shown.Row.Lineage[i].All() {
				all[table][number] = append(all[table][number], d)
			}
		}
	}
	joined := map[string]map[int64]string{}
	for table, rows := range all {
		joined[table] = map[int64]string{}
		for number, list := range rows {
			slices.Sort(list)
			if list = slices.Compact(list); len(list) > maxBehind {
				list = []string{behindAll}
			}
			joined[table][number] = strings.Join(list, "")
		}
	}
	return joined
}

// has reports whether a list of digests has one.
func has(list, digest string) bool {
	if list == behindAll {
		return true
	}
	for ; len(list) >= digestLength; list = list[digestLength:] {
		if list[:digestLength] == digest {
			return true
		}
	}
	return false
}

// tableMoves is what became of the rows of a table.
type tableMoves struct {
	moved []move
	was   map[int64]string // of each row that was in the lock, the digests of the lines that rested on it
}

// moves is what became of the rows of each table.
type moves struct {
	salt   salt
	tables map[string]tableMoves
}

// move is a row that differs, with the lines that rested on it.
type move struct {
	Row
	digests string // of the lines that rested on it in the lock
	changed []string
}

// movedRows compares the tables with their lock.
func (n *Now) movedRows(ctx context.Context, lock *record.Lock) (moves, error) {
	all := moves{salt: salt(lock.Salt), tables: map[string]tableMoves{}}
	if len(lock.Rows) == 0 {
		return all, nil
	}
	byTable := map[string][]record.LockedRow{}
	for _, row := range lock.Rows {
		byTable[row.Table] = append(byTable[row.Table], row)
	}
	for _, t := range n.data.Tables {
		old := byTable[t.Name]
		if len(old) == 1 && t.Rows > maxLocked && t.Digest() == old[0].Behind {
			continue
		}
		if len(old) == 0 || t.Rows > maxLocked || len(old) == 1 && old[0].Behind != "" {
			kind := Changed
			if len(old) == 0 {
				kind = Added
			}
			all.tables[t.Name] = tableMoves{moved: []move{{Row: Row{File: t.File(), Kind: kind}}}}
			continue
		}
		rows, err := t.All(ctx)
		if err != nil {
			return all, err
		}
		all.tables[t.Name] = all.salt.compareRows(t, old, rows)
	}
	for name, old := range byTable {
		if n.data.Table(name) == nil && len(old) > 0 {
			all.tables[name] = tableMoves{moved: []move{{Row: Row{File: name, Kind: Gone}, digests: behindAll}}}
		}
	}
	return all, nil
}

// compareRows matches the rows of a table with those of the lock: by their key; then those
// with the same cells, and of the rest those that have most cells in common, and more than half, are
// taken for the same row, changed. Columns that only one side has are left out.
func (s salt) compareRows(t *dataset.Table, old []record.LockedRow, rows []dataset.Row) tableMoves {
	names := lockedColumns(t, old[0].Cells)
	old = old[1:]
	type pair struct{ was, is int } // places of a column
	var both []pair
	for is, f := range t.Fields {
		if was := slices.Index(names, f.Name); was >= 0 {
			both = append(both, pair{was, is})
		}
	}
	before, byKey := make([][]string, len(old)), map[string]int{}
	for i, row := range old {
		for _, p := range both {
			start := min(p.was*digestLength, len(row.Cells))
			before[i] = append(before[i], row.Cells[start:min(start+digestLength, len(row.Cells))])
		}
		byKey[row.Row] = i
	}
	now := s.keyed(t, rows)
	after := make([][]string, len(now))
	for i, row := range now {
		for _, p := range both {
			after[i] = append(after[i], row.cells[p.is])
		}
	}
	m := tableMoves{was: map[int64]string{}}
	isOld, isNew := make([]bool, len(old)), make([]bool, len(now)) // matched
	match := func(was, is int) {
		isOld[was], isNew[is] = true, true
		m.was[int64(now[is].Number)] = old[was].Behind
		if slices.Equal(before[was], after[is]) {
			return
		}
		moved := move{Row: Row{File: t.File(), Row: now[is].Number, Key: readable(now[is].key), Kind: Changed}, digests: old[was].Behind}
		for k, p := range both {
			if before[was][k] != after[is][k] {
				moved.changed = append(moved.changed, t.Fields[p.is].Name)
				moved.Cells = append(moved.Cells, Cell{t.Fields[p.is].Name, now[is].Values[p.is].Raw()})
			}
		}
		m.moved = append(m.moved, moved)
	}
	for is, row := range now {
		if was, ok := byKey[row.key]; ok {
			match(was, is)
		}
	}
	rest := map[string][]int{}
	for was := range old {
		if !isOld[was] {
			cells := strings.Join(before[was], "")
			rest[cells] = append(rest[cells], was)
		}
	}
	for is := range now {
		if same := rest[strings.Join(after[is], "")]; !isNew[is] && len(same) > 0 {
			rest[strings.Join(after[is], "")] = same[1:]
			match(same[0], is)
		}
	}
	for _, p := range pairs(before, after, unmatched(isOld), unmatched(isNew)) {
		match(p[0], p[1])
	}
	for _, is := range unmatched(isNew) {
		moved := move{Row: Row{File: t.File(), Row: now[is].Number, Key: readable(now[is].key), Kind: Added}}
		for j, f := range t.Fields {
			if v := now[is].Values[j]; !v.IsMissing() {
				moved.Cells = append(moved.Cells, Cell{f.Name, v.Raw()})
			}
		}
		m.moved = append(m.moved, moved)
	}
	for _, was := range unmatched(isOld) {
		m.moved = append(m.moved, move{Row: Row{File: t.File(), Key: readable(old[was].Row), Kind: Gone}, digests: old[was].Behind})
	}
	slices.SortStableFunc(m.moved, func(a, b move) int { return cmp.Compare(last(a.Row.Row), last(b.Row.Row)) })
	return m
}

// last puts rows that are gone behind the others.
func last(row int) int {
	if row == 0 {
		return int(^uint(0) >> 1)
	}
	return row
}

func unmatched(matched []bool) (list []int) {
	for i, is := range matched {
		if !is {
			list = append(list, i)
		}
	}
	return list
}

// maxPairs is up to how many pairs of rows are looked at.
const maxPairs = 4_000_000

// pairs finds which rows of the lock, left, became which of now, fresh.
func pairs(before, after [][]string, left, fresh []int) [][2]int {
	if len(left)*len(fresh) > maxPairs {
		return nil
	}
	type candidate struct{ was, is, same int }
	var candidates []candidate
	for _, was := range left {
		for _, is := range fresh {
			same := 0
			for k := range before[was] {
				if before[was][k] == after[is][k] {
					same++
				}
			}
			if 2*same > len(before[was]) || same > 0 && len(before[was]) == 2 {
				candidates = append(candidates, candidate{was, is, same})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.same, a.same) })
	var found [][2]int
	takenWas, takenIs := map[int]bool{}, map[int]bool{}
	for _, c := range candidates {
		if !takenWas[c.was] && !takenIs[c.is] {
			takenWas[c.was], takenIs[c.is] = true, true
			found = append(found, [2]int{c.was, c.is})
		}
	}
	return found
}

// behind lists the rows that moved a fact: those on which its line rests, or rested, and the others of the tables behind
// its aggregate. f is nil where it is gone, and then rows of all tables that it rested on are found.
func (m moves) behind(f *fact.Fact, was fact.Address, a *aggregate.Aggregate) (own, others []Row) {
	d := m.salt.line(was)
	for _, table := range m.behindOf(a) {
		var numbers aggregate.RowNumbers
		if f != nil {
			if i := slices.Index(f.Aggregate.Lineage, table); i >= 0 {
				numbers = f.Row.Lineage[i]
			}
		}
		for _, row := range m.tables[table].moved {
			if a != nil {
				uses := a.Uses[table]
				if len(row.changed) > 0 && len(uses) > 0 && !slices.ContainsFunc(row.changed, func(c string) bool { return slices.Contains(uses, c) }) {
					continue // in columns that the query does not read
				}
			}
			is := numbers.Has(int64(row.Row.Row))
			switch {
			case is || row.digests != behindAll && has(row.digests, d):
				own = append(own, row.Row)
			case a != nil || row.digests == behindAll:
				others = append(others, row.Row)
			}
		}
	}
	return own, others
}

// behindOf are the tables behind an aggregate; all for one that is gone.
func (m moves) behindOf(a *aggregate.Aggregate) []string {
	if a != nil {
		return a.Tables
	}
	var all []string
	for name := range m.tables {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// of are the rows that moved in a way; all that moved where none did so.
func (m moves) of(kind Kind) []Row {
	all := m.all()
	if is := func(r Row) bool { return r.Kind == kind }; slices.ContainsFunc(all, is) {
		return slices.DeleteFunc(all, func(r Row) bool { return !is(r) })
	}
	return all
}

// all are the rows that moved, of all tables.
func (m moves) all() (list []Row) {
	for _, table := range m.behindOf(nil) {
		for _, row := range m.tables[table].moved {
			list = append(list, row.Row)
		}
	}
	return list
}
