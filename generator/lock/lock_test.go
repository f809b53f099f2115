package lock

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

func of(t *testing.T, v any) quantity.Value {
	t.Helper()
	value, err := quantity.NewValue(v)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// shown is a fact a.COLUMN in a sentence of the front page.
func shown(t *testing.T, column string, unit quantity.Unit, v any) *Shown {
	a := &aggregate.Aggregate{Name: "a"}
	address := fact.Address{Name: "a", Column: column}
	f := &fact.Fact{Address: address, Aggregate: a, Column: aggregate.Column{Name: column, Unit: unit}, Row: &aggregate.Row{}, Value: of(t, v)}
	return &Shown{Fact: f, Address: address.String(), Places: []Occurrence{{Page: "/", Sentence: "It is."}}, texts: []string{f.Text(quantity.Prose)}}
}

func decimal(text string) *big.Rat {
	r, _ := new(big.Rat).SetString(text)
	return r
}

// TestCompare holds the order: reversals, then the largest change, then new, gone
// and moved.
func TestCompare(t *testing.T) {
	usd, _ := quantity.Units{}.Find("usd")
	rank, _ := quantity.Units{}.Find("rank")
	now := &Now{Facts: []*Shown{
		shown(t, "change", quantity.Percent, decimal("-1.5")),
		shown(t, "day", quantity.Day, nil),
		shown(t, "exact", usd, decimal("9007199254740993.01")),
		shown(t, "fresh", quantity.Count, int64(4)),
		shown(t, "holds", quantity.YesNo, false),
		shown(t, "large", quantity.Count, int64(30)),
		shown(t, "name", quantity.Words, "Oregon"),
		shown(t, "none", usd, int64(0)),
		shown(t, "page", quantity.Count, int64(7)),
		shown(t, "rank", rank, int64(2)),
		shown(t, "same", quantity.Count, int64(1)),
		shown(t, "share", quantity.Percent, decimal("12.449")),
		shown(t, "small", usd, int64(28_300_001)),
		shown(t, "scale", quantity.Share, decimal("0.124")),
		shown(t, "unit", usd, int64(5)),
		shown(t, "thousands", usd, int64(6000)),
	}}
	lock := &record.Lock{Facts: []record.LockedFact{
		{Fact: "a.change", Value: "1.5", Text: "1.5%", Pages: []string{"/"}},
		{Fact: "a.day", Value: "2018-01-24", Text: "Jan. 24, 2018", Pages: []string{"/"}},
		{Fact: "a.exact", Value: "9007199254740993", Text: "$9,007.2 trillion", Pages: []string{"/"}},
		{Fact: "a.gone", Value: "3", Text: "3", Pages: []string{"/x/", "/y/"}},
		{Fact: "a.holds", Value: "true", Text: "yes", Pages: []string{"/"}},
		{Fact: "a.large", Value: "10", Text: "10", Pages: []string{"/"}},
		{Fact: "a.name", Value: "California", Pages: []string{"/"}},
		{Fact: "a.none", Value: "", Text: "N/A", Pages: []string{"/"}},
		{Fact: "a.page", Value: "7", Text: "7", Pages: []string{"/x/"}},
		{Fact: "a.rank", Value: "1", Text: "1", Pages: []string{"/"}},
		{Fact: "a.same", Value: "1", Text: "1", Pages: []string{"/"}},
		{Fact: "a.share", Value: "12.401", Text: "12.4%", Pages: []string{"/"}},
		{Fact: "a.scale", Value: "12.4", Text: "12.4%", Pages: []string{"/"}},
		{Fact: "a.small", Value: "28300000", Text: "$28.3 million", Pages: []string{"/"}},
		{Fact: "a.thousands", Value: "5", Text: "5 thousand", Pages: []string{"/"}},
		{Fact: "a.unit", Value: "5", Text: "5", Pages: []string{"/"}},
	}}
	var problems diag.List
	changes, err := now.Compare(t.Context(), lock, &problems)
	if err != nil || !problems.Empty() {
		t.Fatal(err, problems.Sorted())
	}
	var got strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&got, "%s %s: %s -> %s | %s | %s | %v\n", c.Kind, c.Fact, c.Old, c.New, c.Percent, c.Reversal, c.Same)
	}
	want := `changed a.change: 1.5% -> −1.5% | −200% | sign | false
changed a.holds: yes -> no |  | finding | false
changed a.name: California -> Oregon |  | words | false
changed a.rank: 1 -> 2 |  | rank | false
changed a.large: 10 -> 30 | +200% |  | false
changed a.day: Jan. 24, 2018 -> N/A |  |  | false
changed a.none: N/A -> $0 |  |  | false
changed a.thousands: 5 thousand -> $6,000 |  |  | false
changed a.unit: 5 -> $5 |  |  | false
changed a.share: 12.4% -> 12.45% | +0.4% |  | true
changed a.small: $28,300,000 -> $28,300,001 | +0.000004% |  | true
changed a.exact: $9,007,199,254,740,993 -> $9,007,199,254,740,993.01 |  |  | true
changed a.scale: 12.4% -> 12.4% |  |  | true
new a.fresh:  -> 4 |  |  | false
gone a.gone: 3 ->  |  |  | false
moved a.page: 7 -> 7 |  |  | false
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// rowsOf makes rows of a table with the columns id, n, use; row numbers count from 2.
func rowsOf(t *testing.T, lines ...string) []dataset.Row {
	t.Helper()
	var rows []dataset.Row
	for i, line := range lines {
		row := dataset.Row{Number: i + 2}
		for _, cell := range strings.Split(line, " ") {
			row.Values = append(row.Values, of(t, cell))
		}
		rows = append(rows, row)
	}
	return rows
}

func tableOf(key []string, columns ...string) *dataset.Table {
	table := &dataset.Table{Resource: &dataset.Resource{Name: "t", Path: "t.csv"}}
	table.Schema.PrimaryKey = key
	for _, c := range columns {
		table.Fields = append(table.Fields, dataset.Field{Name: c})
	}
	return table
}

// lockedOf is the lock of rows.
func lockedOf(s salt, table *dataset.Table, rows []dataset.Row) []record.LockedRow {
	list := []record.LockedRow{{Table: "t", Cells: columns(table)}}
	for _, row := range s.keyed(table, rows) {
		list = append(list, record.LockedRow{Table: "t", Row: row.key, Cells: strings.Join(row.cells, "")})
	}
	return list
}

func TestCompareRows(t *testing.T) {
	for _, tt := range []struct {
		name     string
		columns  string
		old, now []string
		want     string // of a table with a primary key
		keyless  string // of one without, if other
	}{
		{"nothing", "id n use", []string{"a 1 x", "b 2 x"}, []string{"a 1 x", "b 2 x"}, "", ""},
		{"sorted anew", "id n use", []string{"a 1 x", "b 2 x", "c 3 x"}, []string{"c 3 x", "b 2 x", "a 1 x"}, "", ""},
		{"one cell", "id n use", []string{"a 1 x", "b 2 x"}, []string{"a 1 x", "b 5 x"}, "changed 3 b [{n 5}]", ""},
		{"moved and changed", "id n use", []string{"a 1 x", "b 2 x", "c 3 y"}, []string{"c 9 y", "a 1 x", "b 2 x"}, "changed 2 c [{n 9}]", ""},
		{"all but the key", "id n use", []string{"a 1 x", "b 2 y"}, []string{"a 1 x", "b 7 z"}, "changed 3 b [{n 7} {use z}]", "new 3 b [{id b} {n 7} {use z}]\ngone 0 b []"},
		{"another key", "id n use", []string{"a 1 x", "b 2 y"}, []string{"a 1 x", "c 2 y"}, "changed 3 c [{id c}]", ""},
		{"added, removed", "id n use", []string{"a 1 x", "b 2 y"}, []string{"a 1 x", "c 7 z"}, "new 3 c [{id c} {n 7} {use z}]\ngone 0 b []", ""},
		{"the same row twice, and then once", "id n use", []string{"a 1 x", "a 1 x"}, []string{"a 1 x"}, "gone 0 a []", ""},
		{"which of two is the changed one", "id n use", []string{"a 1 x", "b 1 x"}, []string{"a 2 x", "b 3 x"}, "changed 2 a [{n 2}]\nchanged 3 b [{n 3}]", ""},
		{"a column is new", "id n", []string{"a 1", "b 2"}, []string{"a 1 x", "b 4 x"}, "changed 3 b [{n 4}]", ""},
		{"a column is gone, another order", "use gone n id", []string{"x 0 1 a", "y 0 2 b"}, []string{"a 1 x", "b 2 z"}, "changed 3 b [{use z}]", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, key := range [][]string{{"id"}, nil} {
				const s = salt("x")
				old := lockedOf(s, tableOf(key, strings.Fields(tt.columns)...), rowsOf(t, tt.old...))
				var got []string
				for _, m := range s.compareRows(tableOf(key, "id", "n", "use"), old, rowsOf(t, tt.now...)).moved {
					got = append(got, fmt.Sprintf("%s %d %s %v", m.Kind, m.Row.Row, m.Key, m.Cells))
				}
				want := tt.want
				if key == nil && tt.keyless != "" {
					want = tt.keyless
				}
				if text := strings.Join(got, "\n"); text != want {
					t.Errorf("key %v: got\n%s\nwant\n%s", key, text, want)
				}
			}
		})
	}
}

// TestColumnsWithSpaces holds that a changed cell is that of its column where names have spaces, also in a lock that has them as they are.
func TestColumnsWithSpaces(t *testing.T) {
	const s = salt("x")
	table := tableOf([]string{"the id"}, "the id", "50% n", "use")
	old := lockedOf(s, table, rowsOf(t, "a 1 x", "b 2 x"))
	if want := "the%20id 50%25%20n use"; old[0].Cells != want {
		t.Errorf("columns %q, want %q", old[0].Cells, want)
	}
	for _, columns := range []string{old[0].Cells, "the id 50% n use"} {
		old[0].Cells = columns
		moved := s.compareRows(table, old, rowsOf(t, "a 1 x", "b 5 x")).moved
		if len(moved) != 1 || fmt.Sprint(moved[0].Cells) != "[{50% n 5}]" {
			t.Errorf("%q: %+v", columns, moved)
		}
	}
}

// TestRowsBehindAFact holds that a row that left a line, or is gone, is found by
// what the lock says of it, also where the fact is gone.
func TestRowsBehindAFact(t *testing.T) {
	a := &aggregate.Aggregate{Name: "a", Key: []string{"k"}, Tables: []string{"t"}, Result: aggregate.Result{Lineage: []string{"t"}}, Uses: map[string][]string{"t": {"n", "use"}}}
	line := &aggregate.Row{Key: []string{"CA"}, Lineage: []aggregate.RowNumbers{aggregate.NumberRows(2, 3)}}
	f := &fact.Fact{Address: lineOf(a, line), Aggregate: a, Row: line}
	const s = salt("x")
	was := s.line(f.Address)
	m := moves{salt: s, tables: map[string]tableMoves{"t": {moved: []move{
		{Row: Row{Row: 3, Kind: Changed}, changed: []string{"n"}},
		{Row: Row{Row: 2, Kind: Changed}, changed: []string{"note"}},
		{Row: Row{Row: 9, Kind: Changed}, changed: []string{"use"}, digests: "abcd" + was},
		{Row: Row{Row: 107, Kind: Gone}, digests: was},
		{Row: Row{Row: 108, Kind: Gone}, digests: "abcd"},
		{Row: Row{Row: 109, Kind: Gone}, digests: behindAll},
	}}, "other": {moved: []move{{Row: Row{Row: 2, Kind: Added}}}}}}
	numbers := func(rows []Row) (list []int) {
		for _, r := range rows {
			list = append(list, r.Row)
		}
		return list
	}
	own, others := m.behind(f, f.Address, a)
	if !slices.Equal(numbers(own), []int{3, 9, 107}) || !slices.Equal(numbers(others), []int{108, 109}) {
		t.Errorf("own %v, others %v", own, others)
	}
	own, _ = m.behind(nil, f.Address, nil)
	if !slices.Equal(numbers(own), []int{9, 107}) {
		t.Errorf("of one that is gone: %v", own)
	}
}
