package lock

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"slices"
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
	Was   int    `json:"was,omitempty"` // its number in the lock
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

func digest(parts ...string) string {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // it never fails
		_, _ = h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, h.Sum64())[:3])
}

// lineDigest stands for a line of an aggregate.
func lineDigest(a *aggregate.Aggregate, line *aggregate.Row) string {
	return digest(append([]string{a.Name}, line.Key...)...)
}

func columns(t *dataset.Table) string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

// rows makes the lock of the tables.
func (n *Now) rows(ctx context.Context) ([]record.LockedRow, error) {
	behind := n.behind()
	var list []record.LockedRow
	for _, t := range n.data.Tables {
		if t.Rows > maxLocked {
			whole, err := t.Digest(ctx)
			if err != nil {
				return nil, err
			}
			list = append(list, record.LockedRow{Table: t.Name, Row: 1, Cells: columns(t), Behind: whole})
			continue
		}
		list = append(list, record.LockedRow{Table: t.Name, Row: 1, Cells: columns(t)})
		rows, err := t.All(ctx)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			var cells strings.Builder
			for _, v := range row.Values {
				cells.WriteString(digest(v.Raw()))
			}
			list = append(list, record.LockedRow{Table: t.Name, Row: row.Number, Cells: cells.String(), Behind: strings.Join(behind[t.Name][int64(row.Number)], "")})
		}
	}
	return list, nil
}

// behind lists, for each row of each table that is locked row by row, the digests of the lines with facts
// that pages show and that rest on it.
func (n *Now) behind() map[string]map[int64][]string {
	all := map[string]map[int64][]string{}
	seen := map[*aggregate.Row]bool{}
	for _, s := range n.Facts {
		if seen[s.Row] {
			continue
		}
		seen[s.Row] = true
		d := lineDigest(s.Aggregate, s.Row)
		for i, table := range s.Aggregate.Lineage {
			if t := n.data.Table(table); t == nil || t.Rows > maxLocked {
				continue
			}
			if all[table] == nil {
				all[table] = map[int64][]string{}
			}
			for _, number := range s.Row.Lineage[i] {
				all[table][number] = append(all[table][number], d)
			}
		}
	}
	for _, rows := range all {
		for number, list := range rows {
			slices.Sort(list)
			rows[number] = slices.Compact(list)
		}
	}
	return all
}

// moves is what became of the rows of each table.
type moves map[string][]move

// move is a row that differs, with the lines that rested on it.
type move struct {
	Row
	digests string // of the lines that rested on it in the lock
	changed []string
}

// movedRows compares the tables with their lock.
func (n *Now) movedRows(ctx context.Context, locked []record.LockedRow) (moves, error) {
	byTable := map[string][]record.LockedRow{}
	for _, row := range locked {
		byTable[row.Table] = append(byTable[row.Table], row)
	}
	all := moves{}
	for _, t := range n.data.Tables {
		old := byTable[t.Name]
		if len(old) == 1 && t.Rows > maxLocked {
			if whole, err := t.Digest(ctx); err != nil || whole == old[0].Behind {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		if len(old) == 0 || t.Rows > maxLocked || len(old) == 1 && t.Rows > 0 {
			kind := Changed
			if len(old) == 0 {
				kind = Added
			}
			all[t.Name] = []move{{Row: Row{File: t.File(), Kind: kind}}}
			continue
		}
		rows, err := t.All(ctx)
		if err != nil {
			return nil, err
		}
		all[t.Name] = compareRows(t, old, rows)
	}
	return all, nil
}

// compareRows matches the rows of a table with those of the lock. Where they stand
// does not matter: a table may be sorted anew. Rows with the same cells are the
// same; of the rest, those that have most cells in common, and more than half, are
// taken for the same row, changed. Columns that only one side has are left out.
func compareRows(t *dataset.Table, old []record.LockedRow, rows []dataset.Row) []move {
	names := strings.Fields(old[0].Cells)
	old = old[1:]
	type pair struct{ was, is int } // places of a column
	var both []pair
	for is, f := range t.Fields {
		if was := slices.Index(names, f.Name); was >= 0 {
			both = append(both, pair{was, is})
		}
	}
	before := make([][]string, len(old))
	unmatched := map[string][]int{}
	for i, row := range old {
		for _, p := range both {
			start := min(p.was*digestLength, len(row.Cells))
			before[i] = append(before[i], row.Cells[start:min(start+digestLength, len(row.Cells))])
		}
		key := strings.Join(before[i], "")
		unmatched[key] = append(unmatched[key], i)
	}
	after := make([][]string, len(rows))
	gone := make([]bool, len(old))
	for i := range gone {
		gone[i] = true
	}
	var fresh []int
	for i, row := range rows {
		for _, p := range both {
			after[i] = append(after[i], digest(row.Values[p.is].Raw()))
		}
		key := strings.Join(after[i], "")
		if same := unmatched[key]; len(same) > 0 {
			gone[same[0]] = false
			unmatched[key] = same[1:]
		} else {
			fresh = append(fresh, i)
		}
	}
	var left []int
	for i := range gone {
		if gone[i] {
			left = append(left, i)
		}
	}
	file := t.File()
	var list []move
	for _, match := range pairs(before, after, left, fresh, func(was, is int) int { return max(old[was].Row-rows[is].Number, rows[is].Number-old[was].Row) }) {
		was, is := match[0], match[1]
		m := move{Row: Row{File: file, Row: rows[is].Number, Was: old[was].Row, Kind: Changed}, digests: old[was].Behind}
		for k, p := range both {
			if before[was][k] != after[is][k] {
				m.changed = append(m.changed, t.Fields[p.is].Name)
				m.Cells = append(m.Cells, Cell{t.Fields[p.is].Name, rows[is].Values[p.is].Raw()})
			}
		}
		list = append(list, m)
		left = slices.DeleteFunc(left, func(i int) bool { return i == was })
		fresh = slices.DeleteFunc(fresh, func(i int) bool { return i == is })
	}
	for _, i := range fresh {
		m := move{Row: Row{File: file, Row: rows[i].Number, Kind: Added}}
		for j, f := range t.Fields {
			if v := rows[i].Values[j]; !v.IsMissing() {
				m.Cells = append(m.Cells, Cell{f.Name, v.Raw()})
			}
		}
		list = append(list, m)
	}
	for _, i := range left {
		list = append(list, move{Row: Row{File: file, Was: old[i].Row, Kind: Gone}, digests: old[i].Behind})
	}
	slices.SortStableFunc(list, func(a, b move) int { return cmp.Compare(cmp.Or(a.Row.Row, a.Was), cmp.Or(b.Row.Row, b.Was)) })
	return list
}

// maxPairs is up to how many pairs of rows are looked at.
const maxPairs = 4_000_000

// pairs finds which rows of the lock, left, became which of now, fresh.
func pairs(before, after [][]string, left, fresh []int, distance func(was, is int) int) [][2]int {
	if len(left)*len(fresh) > maxPairs {
		return nil
	}
	type candidate struct{ was, is, same, distance int }
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
				candidates = append(candidates, candidate{was, is, same, distance(was, is)})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.same, a.same), cmp.Compare(a.distance, b.distance))
	})
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

// behind lists the rows that moved a fact: those on which its line rests, or
// rested, and the others of the tables behind its aggregate.
func (m moves) behind(f *fact.Fact) (own, others []Row) {
	a, d := f.Aggregate, lineDigest(f.Aggregate, f.Row)
	for _, table := range a.Tables {
		var numbers []int64
		if i := slices.Index(a.Lineage, table); i >= 0 {
			numbers = f.Row.Lineage[i]
		}
		for _, row := range m[table] {
			uses := a.Uses[table]
			if len(row.changed) > 0 && len(uses) > 0 && !slices.ContainsFunc(row.changed, func(c string) bool { return slices.Contains(uses, c) }) {
				continue // in columns that the query does not read
			}
			_, is := slices.BinarySearch(numbers, int64(row.Row.Row))
			if is || has(row.digests, d) {
				own = append(own, row.Row)
			} else {
				others = append(others, row.Row)
			}
		}
	}
	return own, others
}

// has reports whether a list of digests has one.
func has(list, digest string) bool {
	for ; len(list) >= digestLength; list = list[digestLength:] {
		if list[:digestLength] == digest {
			return true
		}
	}
	return false
}
