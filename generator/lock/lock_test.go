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
	return &Shown{Fact: f, Address: address.String(), Places: []Occurrence{{Page: "/", Sentence: "It is."}}}
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
		shown(t, "unit", usd, int64(5)),
	}}
	lock := &record.Lock{Facts: []record.LockedFact{
		{Fact: "a.change", Value: "1.5", Text: "1.5 percent", Pages: "/"},
		{Fact: "a.day", Value: "2018-01-24", Text: "Jan. 24, 2018", Pages: "/"},
		{Fact: "a.exact", Value: "9007199254740993", Text: "$9,007.2 trillion", Pages: "/"},
		{Fact: "a.gone", Value: "3", Text: "3", Pages: "/x/ /y/"},
		{Fact: "a.holds", Value: "true", Text: "yes", Pages: "/"},
		{Fact: "a.large", Value: "10", Text: "10", Pages: "/"},
		{Fact: "a.name", Value: "California", Text: "California", Pages: "/"},
		{Fact: "a.none", Value: "", Text: "N/A", Pages: "/"},
		{Fact: "a.page", Value: "7", Text: "7", Pages: "/x/"},
		{Fact: "a.rank", Value: "1", Text: "1", Pages: "/"},
		{Fact: "a.same", Value: "1", Text: "1", Pages: "/"},
		{Fact: "a.share", Value: "12.401", Text: "12.4 percent", Pages: "/"},
		{Fact: "a.small", Value: "28300000", Text: "$28.3 million", Pages: "/"},
		{Fact: "a.unit", Value: "5", Text: "5", Pages: "/"},
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
	want := `changed a.change: 1.5 percent -> −1.5 percent | −200% | sign | false
changed a.holds: yes -> no |  | finding | false
changed a.name: California -> Oregon |  | words | false
changed a.rank: 1 -> 2 |  | rank | false
changed a.large: 10 -> 30 | +200% |  | false
changed a.share: 12.4 percent -> 12.45 percent | +0.4% |  | true
changed a.small: $28,300,000 -> $28,300,001 | +0.000004% |  | false
changed a.exact: $9,007,199,254,740,993 -> $9,007,199,254,740,993.01 |  |  | true
changed a.day: Jan. 24, 2018 -> N/A |  |  | false
changed a.none: N/A -> $0 |  |  | false
changed a.unit: 5 -> $5 |  |  | false
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

func lockedOf(names string, rows []dataset.Row) []record.LockedRow {
	list := []record.LockedRow{{Table: "t", Row: 1, Cells: names}}
	for _, row := range rows {
		cells := ""
		for _, v := range row.Values {
			cells += digest(v.Raw())
		}
		list = append(list, record.LockedRow{Table: "t", Row: row.Number, Cells: cells, Behind: digest("a", row.Values[0].Raw())})
	}
	return list
}

func TestCompareRows(t *testing.T) {
	table := &dataset.Table{Resource: &dataset.Resource{Name: "t", Path: "t.csv"}, Fields: []dataset.Field{{Name: "id"}, {Name: "n"}, {Name: "use"}}}
	for _, tt := range []struct {
		name     string
		columns  string
		old, now []string
		want     string
	}{
		{"nothing", "id n use", []string{"a 1 x", "b 2 x"}, []string{"a 1 x", "b 2 x"}, ""},
		{"sorted anew", "id n use", []string{"a 1 x", "b 2 x", "c 3 x"}, []string{"c 3 x", "b 2 x", "a 1 x"}, ""},
		{"one cell", "id n use", []string{"a 1 x", "b 2 x"}, []string{"a 1 x", "b 5 x"}, "changed 3 was 3 [{n 5}]"},
		{"moved and changed", "id n use", []string{"a 1 x", "b 2 x", "c 3 y"}, []string{"c 9 y", "a 1 x", "b 2 x"}, "changed 2 was 4 [{n 9}]"},
		{"added, removed", "id n use", []string{"a 1 x", "b 2 y"}, []string{"a 1 x", "c 7 z"}, "new 3 was 0 [{id c} {n 7} {use z}]\ngone 0 was 3 []"},
		{"the same row twice, and then once", "id n use", []string{"a 1 x", "a 1 x"}, []string{"a 1 x"}, "gone 0 was 3 []"},
		{"which of two is the changed one", "id n use", []string{"a 1 x", "b 1 x"}, []string{"a 2 x", "b 3 x"}, "changed 2 was 2 [{n 2}]\nchanged 3 was 3 [{n 3}]"},
		{"a column is new", "id n", []string{"a 1", "b 2"}, []string{"a 1 x", "b 4 x"}, "changed 3 was 3 [{n 4}]"},
		{"a column is gone, another order", "use gone n id", []string{"x 0 1 a", "y 0 2 b"}, []string{"a 1 x", "b 2 z"}, "changed 3 was 3 [{use z}]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			old := lockedOf(tt.columns, rowsOf(t, tt.old...))
			var got []string
			for _, m := range compareRows(table, old, rowsOf(t, tt.now...)) {
				got = append(got, fmt.Sprintf("%s %d was %d %v", m.Kind, m.Row.Row, m.Was, m.Cells))
			}
			if text := strings.Join(got, "\n"); text != tt.want {
				t.Errorf("got\n%s\nwant\n%s", text, tt.want)
			}
		})
	}
}

// TestRowsBehindAFact holds that a row that left a line, or is gone, is found by
// what the lock says of it.
func TestRowsBehindAFact(t *testing.T) {
	a := &aggregate.Aggregate{Name: "a", Key: []string{"k"}, Tables: []string{"t"}, Result: aggregate.Result{Lineage: []string{"t"}}, Uses: map[string][]string{"t": {"n", "use"}}}
	line := &aggregate.Row{Key: []string{"CA"}, Lineage: [][]int64{{2, 3}}}
	f := &fact.Fact{Aggregate: a, Row: line}
	was := lineDigest(a, line)
	m := moves{"t": {
		{Row: Row{Row: 3, Kind: Changed}, changed: []string{"n"}},
		{Row: Row{Row: 2, Kind: Changed}, changed: []string{"note"}},
		{Row: Row{Row: 9, Kind: Changed}, changed: []string{"use"}, digests: "abcd" + was},
		{Row: Row{Was: 7, Kind: Gone}, digests: was},
		{Row: Row{Was: 8, Kind: Gone}, digests: "abcd"},
	}, "other": {{Row: Row{Row: 2, Kind: Added}}}}
	own, others := m.behind(f)
	numbers := func(rows []Row) (list []int) {
		for _, r := range rows {
			list = append(list, max(r.Row, r.Was))
		}
		return list
	}
	if !slices.Equal(numbers(own), []int{3, 9, 7}) || !slices.Equal(numbers(others), []int{8}) {
		t.Errorf("own %v, others %v", own, others)
	}
}
