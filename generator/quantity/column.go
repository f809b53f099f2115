package quantity

import (
	"slices"

	"github.com/shopspring/decimal"
)

// places are what the values of a column need, so that they can be told apart where
// they are shown together.
type places struct {
	set       bool
	needed    int32 // decimals; -4 are ten thousands, which $1.21 million and $1.24 million need
	whole     bool  // no value has decimals, though the unit does
	fractions bool  // some has, though the unit counts
}

const (
	longest = 10_000 // values that are read side by side
	within  = 2      // powers of ten: two values differ if it is by a hundredth of the largest
)

// For is the unit of a column with these values. Two of them that differ by a hundredth
// of the largest never read the same, and no more decimals are written than that takes:
// $2.60 and $2.50, 0.18 percent and 0.22 percent.
func (u Unit) For(values []Value) Unit {
	u = u.Alone()
	r := u.rule()
	var numbers []decimal.Decimal
	whole := true
	for _, v := range values {
		if v.Kind == Number {
			n := v.number.Shift(r.shift)
			numbers = append(numbers, v.number)
			whole = whole && n.IsInteger()
		}
	}
	if !u.Numeric() || len(numbers) == 0 {
		return u
	}
	u.places.whole = whole && r.decimals > 0
	u.places.fractions = !whole && u.is(isCount)
	slices.SortFunc(numbers, decimal.Decimal.Cmp)
	numbers = slices.CompactFunc(numbers, decimal.Decimal.Equal)
	if len(numbers) < 2 || len(numbers) > longest {
		return u
	}
	largest := decimal.Max(numbers[0].Abs(), numbers[len(numbers)-1].Abs())
	matters := largest.Shift(-within)
	if u.Exact() && !whole && largest.LessThan(decimal.New(1, 2)) {
		u.places.set, u.places.needed = true, r.small // $3.00 beside $2.50
	}
	if u.distinguishes(numbers, matters) {
		return u
	}
	size := int32(largest.Shift(r.shift).NumDigits()) + largest.Exponent() + r.shift - 1 // its power of ten
	u.places.set, u.places.whole = true, false
	for u.places.needed = -size; u.places.needed < within-size; u.places.needed++ {
		if u.distinguishes(numbers, matters) {
			break
		}
	}
	if n := u.places.needed; n > 0 && u.Exact() {
		u.places.needed = max(n, r.small)
	}
	return u
}

// Alone is the unit of values outside a column.
func (u Unit) Alone() Unit {
	u.places = places{}
	return u
}

// distinguishes reports whether no two of the sorted numbers that differ by what matters
// are written the same.
func (u Unit) distinguishes(numbers []decimal.Decimal, matters decimal.Decimal) bool {
	for _, style := range []Style{Prose, Short, InTable} {
		first, reads := numbers[0], u.write(numbers[0], style).value
		for _, n := range numbers[1:] {
			switch now := u.write(n, style).value; {
			case !now.Equal(reads):
				first, reads = n, now
			case n.Sub(first).GreaterThanOrEqual(matters):
				return false
			}
		}
	}
	return true
}

// Doubt reports whether the values of a column look like shares of 1 where percents are
// expected, and which are the lowest and the highest. One value alone may be 0.8 percent.
func (u Unit) Doubt(values []Value) (low, high Value, ok bool) {
	if !u.IsPercent() {
		return low, high, false
	}
	one := decimal.NewFromInt(1)
	whole := true
	for _, v := range values {
		if v.Kind != Number {
			continue
		}
		if v.number.IsNegative() || v.number.GreaterThan(one) {
			return low, high, false
		}
		whole = whole && v.number.IsInteger()
		if low.IsMissing() || v.Compare(low) < 0 {
			low = v
		}
		if high.IsMissing() || v.Compare(high) > 0 {
			high = v
		}
	}
	return low, high, !whole && low.Compare(high) < 0
}

// Rounded reports whether values are shares that come to a whole, and what is written of
// them does not.
func (u Unit) Rounded(values []Value) bool {
	if !u.is(isShare) || len(values) < 2 {
		return false
	}
	whole := decimal.NewFromInt(u.rule().all).Shift(-u.rule().shift)
	var sum, written decimal.Decimal
	for _, v := range values {
		if v.Kind != Number {
			return false
		}
		sum, written = sum.Add(v.number), written.Add(u.write(v.number, InTable).value)
	}
	noise := whole.Shift(-9) // of floats
	return sum.Sub(whole).Abs().LessThan(noise) && !written.Equal(whole)
}
