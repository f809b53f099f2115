package finding

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

// trial is a statement while it is tested.
type trial struct {
	*Spec
	t    *Table
	book *phrase.Book
	of   int   // the column of, or -1
	rows []int // among which the statement is
	mine []int // that it is about

	holds   bool
	why     string
	facing  []string // what the disproof names: the nearest rival and its value, a sum
	than    int      // the row that it is compared with, or -1
	against string   // what it is compared with, in words
}

// Test tests a statement that Check finds nothing wrong with.
func (s *Spec) Test(t Table) Result {
	x := &trial{Spec: s, t: &t, of: t.column(s.Of), than: -1, book: phrase.In(language(t))}
	if x.choose() {
		claims[s.Claim].test(x)
	}
	if x.why != "" {
		x.holds = false
	}
	r := Result{Holds: x.holds, Why: x.why, Says: x.says(), Disproof: x.disproof(), Mentions: x.mentions(), Rows: slices.Clone(x.rows)}
	switch s.Claim {
	case "largest", "smallest", "rank", "majority", "all", "none", "most", "only", "count":
	default:
		r.Rows = slices.Clone(x.mine)
		if x.than >= 0 {
			r.Rows = append(r.Rows, x.than)
		}
	}
	slices.Sort(r.Rows)
	r.Rows = slices.Compact(r.Rows)
	return r
}

func language(t Table) string {
	for _, c := range t.Columns {
		return c.Unit.Language().Tag()
	}
	return ""
}

// fail says why the statement does not hold.
func (x *trial) fail(format string, words ...any) {
	if x.why == "" {
		x.why = fmt.Sprintf(format, words...)
	}
	x.holds = false
}

// choose finds the rows of the statement. It fails where it is not known which they are.
func (x *trial) choose() bool {
	for i := range x.t.Rows {
		switch x.t.meets(i, x.Where) {
		case unknown:
			x.fail("it is not known whether %s is among the rows, as a value is missing", x.t.name(i))
		case yes:
			if x.Known && x.of >= 0 && x.t.Rows[i].Values[x.of].IsMissing() || x.Known && x.t.meets(i, x.Is) == unknown {
				continue
			}
			x.rows = append(x.rows, i)
		}
	}
	x.haveAll()
	for _, i := range x.rows {
		is := yes
		if !x.For.empty() {
			is = x.t.has(i, x.For)
		}
		switch is {
		case unknown:
			x.fail("it is not known whether it is about %s, as a value is missing", x.t.name(i))
		case yes:
			x.mine = append(x.mine, i)
		}
	}
	for _, key := range x.For.Keys {
		if !slices.ContainsFunc(x.mine, func(i int) bool { return x.t.has(i, Selection{Keys: []string{key}}) == yes }) {
			x.fail("no row has the key %q", key)
		}
	}
	if len(x.mine) == 0 && x.Claim != "count" {
		x.fail("there is no row to speak of")
	}
	return x.why == ""
}

// haveAll fails where a part of a key that the statement lists among its rows is of none: it would be about the others.
func (x *trial) haveAll() {
	for _, name := range x.t.Key {
		column, list := x.t.column(name), x.Where[name]
		if len(list) < 2 || column < 0 {
			continue
		}
		for _, key := range list {
			if !slices.ContainsFunc(x.t.Rows, func(r Row) bool { return same(r.Values[column], key) }) {
				x.fail("no row has the key %q", key)
			}
		}
	}
}

// value is what a row has in the column of. It fails where that is nothing.
func (x *trial) value(row int) (quantity.Value, bool) {
	v := x.t.Rows[row].Values[x.of]
	if v.IsMissing() {
		x.fail("the value of %s is missing", x.t.name(row))
	}
	return v, !v.IsMissing()
}

// written is a value of the column of as a reader sees it.
func (x *trial) written(v quantity.Value) string {
	return x.t.Columns[x.of].Unit.Format(v, quantity.Prose)
}

// order compares two values of the column of as a reader sees them: those that read the
// same are the same.
func (x *trial) order(v, w quantity.Value) int {
	if x.written(v) == x.written(w) {
		return 0
	}
	return v.Compare(w)
}

// single is the one row that a statement is about.
func (x *trial) single() (row int, ok bool) {
	if len(x.mine) != 1 {
		x.fail("it is about %d rows, and should be about one", len(x.mine))
		return 0, false
	}
	return x.mine[0], true
}

func (x *trial) isMine(row int) bool { return slices.Contains(x.mine, row) }

// extreme is of largest and smallest: every row that is meant is beyond every other.
func (x *trial) extreme() {
	sign := 1
	if x.Claim == "smallest" {
		sign = -1
	}
	nearest, last := -1, -1 // the nearest of the others, and of those that are meant
	for _, i := range x.rows {
		v, ok := x.value(i)
		if !ok {
			return
		}
		at, side := &nearest, sign
		if x.isMine(i) {
			at, side = &last, -sign
		}
		if *at < 0 || v.Compare(x.t.Rows[*at].Values[x.of])*side > 0 {
			*at = i
		}
	}
	if nearest < 0 {
		x.fail("there is no other row")
		return
	}
	v, w := x.t.Rows[last].Values[x.of], x.t.Rows[nearest].Values[x.of]
	x.facing = []string{x.t.name(nearest), x.written(w)}
	switch order := x.order(v, w) * sign; {
	case order == 0:
		x.fail("%s and %s both have %s", x.t.name(last), x.t.name(nearest), x.written(w))
	case order < 0:
		x.fail("%s has %s, and %s has %s", x.t.name(nearest), x.written(w), x.t.name(last), x.written(v))
	default:
		x.holds = true
	}
}

// meant is the one row that is meant, and its value.
func (x *trial) meant() (row int, v quantity.Value, ok bool) {
	if row, ok = x.single(); ok {
		v, ok = x.value(row)
	}
	return row, v, ok
}

// rank: as many rows are above the one that is meant as its place says, and none beside it.
func (x *trial) rank() {
	row, v, ok := x.meant()
	if !ok {
		return
	}
	place := 1
	for _, i := range x.rows {
		w, ok := x.value(i)
		if !ok {
			return
		}
		order := x.order(w, v)
		switch {
		case i == row:
			continue
		case order == 0:
			x.fail("%s and %s both have %s", x.t.name(row), x.t.name(i), x.written(v))
		case order > 0:
			place++
		}
	}
	x.facing = []string{strconv.Itoa(place)}
	if x.holds = place == *x.N; !x.holds {
		x.fail("it is number %d", place)
	}
}

// majority: the rows that are meant have more than a part of the sum.
func (x *trial) majority() {
	var part, whole quantity.Value
	for _, i := range x.rows {
		v, ok := x.value(i)
		if !ok {
			return
		}
		if v.Sign() < 0 {
			x.fail("the value of %s is negative, %s, so that parts of the sum say nothing", x.t.name(i), x.written(v))
			return
		}
		whole = whole.Plus(v)
		if x.isMine(i) {
			part = part.Plus(v)
		}
	}
	x.facing = []string{x.written(part), x.written(whole)}
	if len(x.mine) == len(x.rows) {
		x.fail("there is no other row")
		return
	}
	if x.holds = rat(part).Cmp(times(x.share(), rat(whole))) > 0; !x.holds {
		x.fail("it is %s of %s", x.written(part), x.written(whole))
	}
}

// share is what a majority or most is more than.
func (x *trial) share() *big.Rat {
	if r, ok := new(big.Rat).SetString(x.Share); ok {
		return r
	}
	return big.NewRat(1, 2)
}

func rat(v quantity.Value) *big.Rat {
	r, _ := new(big.Rat).SetString(v.Raw())
	if r == nil {
		r = new(big.Rat)
	}
	return r
}

func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// operand is what a value is compared with: a column of its row, the row with a key, or a
// number or a day as written.
func (x *trial) operand(row int, text string) (quantity.Value, bool) {
	if i := x.t.column(text); i >= 0 {
		v := x.t.Rows[row].Values[i]
		x.against = x.t.Columns[i].Label
		if v.IsMissing() {
			x.fail("%s of %s is missing", x.t.Columns[i].Label, x.t.name(row))
		}
		return v, !v.IsMissing()
	}
	var found []int
	for _, i := range x.rows {
		if x.t.has(i, Selection{Keys: []string{text}}) == yes {
			found = append(found, i)
		}
	}
	if len(found) == 1 {
		x.than, x.against = found[0], x.t.name(found[0])
		return x.value(found[0])
	}
	v, ok := x.t.Columns[x.of].Unit.Read(normal(text))
	if !ok {
		x.fail("%q is not a value, a column or a key of one row", text)
		return v, false
	}
	x.against = x.written(v)
	return v, true
}

// compare is of more than, less than, after, before and equal.
func (x *trial) compare() {
	row, v, ok := x.meant()
	if !ok {
		return
	}
	text := x.Than
	if x.Claim == "equal" {
		text = x.To
	}
	w, ok := x.operand(row, text)
	if !ok {
		return
	}
	order := x.order(v, w)
	if factor, ok := new(big.Rat).SetString(x.Times); ok {
		if w.Sign() < 0 || v.Sign() < 0 {
			x.fail("a value is negative, so that no number of times is more")
			return
		}
		order = rat(v).Cmp(times(factor, rat(w)))
	}
	x.facing = []string{x.written(v), x.written(w)}
	switch x.Claim {
	case "more than", "after":
		x.holds = order > 0
	case "less than", "before":
		x.holds = order < 0
	default:
		x.holds = order == 0
	}
	if !x.holds {
		x.fail("it is %s, against %s", x.written(v), x.written(w))
	}
}

// between: a value is from one up to another.
func (x *trial) between() {
	row, ok := x.single()
	if !ok {
		return
	}
	v, ok := x.value(row)
	low, isLow := x.operand(row, x.Low)
	lowest := x.against
	high, isHigh := x.operand(row, x.High)
	if !ok || !isLow || !isHigh {
		return
	}
	x.against, x.facing = lowest+" – "+x.against, []string{x.written(v), x.written(low), x.written(high)}
	if x.holds = v.Compare(low) >= 0 && v.Compare(high) <= 0; !x.holds {
		x.fail("it is %s", x.written(v))
	}
}

// quantify is of all, none, most, only and count: how many rows are what is said.
func (x *trial) quantify() {
	var are, other []int
	for _, i := range x.rows {
		switch x.t.meets(i, x.Is) {
		case yes:
			are = append(are, i)
		case no:
			other = append(other, i)
		case unknown:
			if x.Claim == "most" {
				other = append(other, i) // as if it were not
				continue
			}
			x.fail("it is not known of %s, as a value is missing", x.t.name(i))
			return
		}
	}
	x.facing = []string{strconv.Itoa(len(are)), strconv.Itoa(len(x.rows))}
	switch x.Claim {
	case "all":
		if x.holds = len(other) == 0; !x.holds {
			x.fail("%s is not", x.t.name(other[0]))
		}
	case "none":
		if x.holds = len(are) == 0; !x.holds {
			x.fail("%s is", x.t.name(are[0]))
		}
	case "most":
		x.holds = new(big.Rat).SetInt64(int64(len(are))).Cmp(times(x.share(), new(big.Rat).SetInt64(int64(len(x.rows))))) > 0
		if !x.holds {
			x.fail("%d of %d are", len(are), len(x.rows))
		}
	case "count":
		if x.holds = len(are) == *x.N; !x.holds {
			x.fail("there are %d", len(are))
		}
	case "only":
		x.only(are)
	}
}

func (x *trial) only(are []int) {
	for _, i := range x.mine {
		if !slices.Contains(are, i) {
			x.fail("%s is not", x.t.name(i))
		}
	}
	for _, i := range are {
		if !x.isMine(i) {
			x.fail("%s is too", x.t.name(i))
		}
	}
	if len(x.rows) == len(x.mine) {
		x.fail("there is no other row")
	}
	x.holds = x.why == ""
}
