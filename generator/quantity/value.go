// Package quantity is one value with a unit, and the one rule for how it is written.
//
// A figure reads the same in prose, in a label, on an axis, in a table, in alt
// text: the five call Unit.Format and differ in the Style only. Numbers are exact
// decimals from the CSV to the page, so money is never a float, and they are
// rounded once, half away from zero on the decimal value: 2.25 becomes 2.3,
// and -2.25 becomes -2.3. A missing value is "N/A", never 0.
//
// What a unit means, and so what may be done with its values, is in one table (rules.go),
// beside the currencies of ISO 4217 (currencies.csv, from CLDR), rates, which are made of
// any two (find.go), and what a report declares (declared.go). How many decimals a value
// gets depends on the values beside it (column.go).
//
// American English follows AP style: $28.3 million, 12.4%, Jan. 24, 2018. Other
// languages have the signs of CLDR (language.go), and words for five (words.go).
package quantity

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"time"

	"github.com/shopspring/decimal"
)

// Kind is what a value is.
type Kind uint8

// The kinds. The zero Value is Missing.
const (
	Missing Kind = iota
	Number
	Text
	Date
	Flag
)

// Value is a number, a text, a day, a yes or no, or nothing.
type Value struct {
	Kind   Kind
	number decimal.Decimal
	text   string // of a Date, how it is written where that is not a day: "2023-01"
	date   time.Time
	flag   bool
}

// NewValue turns what the SQL engine returned into a value. Not a number and infinity
// are errors.
func NewValue(v any) (Value, error) {
	switch v := v.(type) {
	case nil:
		return Value{}, nil
	case int64:
		return Value{Kind: Number, number: decimal.NewFromInt(v)}, nil
	case *big.Int:
		return Value{Kind: Number, number: decimal.NewFromBigInt(v, 0)}, nil
	case *big.Rat: // an exact decimal: its denominator is a power of ten
		return Value{Kind: Number, number: decimal.NewFromBigRat(v, 38)}, nil
	case float64:
		if math.IsNaN(v) {
			return Value{}, fmt.Errorf("not a number")
		}
		if math.IsInf(v, 0) {
			return Value{}, fmt.Errorf("infinity")
		}
		return Value{Kind: Number, number: decimal.NewFromFloat(v)}, nil
	case string:
		return Value{Kind: Text, text: v}, nil
	case bool:
		return Value{Kind: Flag, flag: v}, nil
	case time.Time:
		return Value{Kind: Date, date: v}, nil
	}
	return Value{}, fmt.Errorf("a value of type %T", v)
}

// IsMissing reports whether there is no value.
func (v Value) IsMissing() bool { return v.Kind == Missing }

// True reports whether the value is a yes.
func (v Value) True() bool { return v.Kind == Flag && v.flag }

// Float is the number for drawing; anything else is not a number.
func (v Value) Float() float64 {
	if v.Kind != Number {
		return math.NaN()
	}
	return v.number.InexactFloat64()
}

// Raw is the value as machines read it: every digit, no separators, ISO dates,
// true or false, and "" where it is missing. It is what <data value> holds,
// in downloads and in the lock.
func (v Value) Raw() string {
	switch v.Kind {
	case Number:
		return v.number.String()
	case Text:
		return v.text
	case Date:
		if v.text != "" {
			return v.text
		}
		if v.hasTime() {
			return v.date.Format(dateTime)
		}
		return v.date.Format(time.DateOnly)
	case Flag:
		return fmt.Sprint(v.flag)
	}
	return ""
}

// yearMonth is a month as Table Schema writes it, and so as the engine has it.
const yearMonth = "2006-01"

// Of is the value as one of a unit, and whether it can be one. A month, or a quarter, that a query has as a text, such as 2020-03 or
// 2020-Q1, is a time; a month stays written so.
func (u Unit) Of(v Value) (Value, bool) {
	if v.Kind != Text {
		return v, u.Accepts(v)
	}
	switch u.rule().form {
	case month:
		if t, err := time.Parse(yearMonth, v.text); err == nil {
			return Value{Kind: Date, date: t, text: v.text}, true
		}
	case quarter:
		if m := quarterText.FindStringSubmatch(v.text); m != nil {
			first := map[string]string{"1": "01", "2": "04", "3": "07", "4": "10"}[m[2]]
			if t, err := time.Parse(yearMonth, m[1]+"-"+first); err == nil {
				return Value{Kind: Date, date: t}, true
			}
		}
	}
	return v, u.Accepts(v)
}

var quarterText = regexp.MustCompile(`^(\d{4})-?Q([1-4])$`)

const dateTime = "2006-01-02T15:04:05.999999999"

// hasTime reports whether a day has a time of day.
func (v Value) hasTime() bool { return v.Kind == Date && !v.date.Equal(v.date.Truncate(24*time.Hour)) }

// Read is the value of which Raw is the text, for a unit. It fails on a text that
// no value of the unit has.
func (u Unit) Read(raw string) (Value, bool) {
	switch {
	case raw == "":
		return Value{}, true
	case u.IsText():
		return Value{Kind: Text, text: raw}, true
	case u.IsDate() && len(raw) == len(yearMonth):
		v, ok := u.Of(Value{Kind: Text, text: raw})
		return v, ok
	case u.IsDate():
		t, err := time.Parse(time.DateOnly, raw)
		if err != nil {
			t, err = time.Parse(dateTime, raw)
		}
		v := Value{Kind: Date, date: t}
		return v, err == nil && u.Accepts(v)
	case u.IsFlag():
		return Value{Kind: Flag, flag: raw == "true"}, raw == "true" || raw == "false"
	}
	n, err := decimal.NewFromString(raw)
	if err != nil && u.IsYear() {
		return Value{Kind: Text, text: raw}, true // as in "2016-17"
	}
	return Value{Kind: Number, number: n}, err == nil && n.String() == raw
}

// IsFormatOf reports whether the text is how prose writes a raw value in some unit: that
// of a column may have changed since, and the words of a unit that the report declares.
func IsFormatOf(raw, text string) bool {
	if n, err := decimal.NewFromString(raw); err == nil {
		for _, u := range []Unit{Plain, Share} {
			for u.places = (places{set: true, needed: -most}); u.places.needed < most; u.places.needed++ {
				if u.write(n, Prose).isIn(text) {
					return true
				}
			}
			if u.write(n, Exact).isIn(text) {
				return true
			}
		}
	}
	for _, name := range (Units{}).Names() {
		if u := builtIn(name); !u.Numeric() {
			if v, ok := u.Read(raw); ok && u.Format(v, Prose) == text {
				return true
			}
		}
	}
	return false
}

// Sign is -1, 0 or 1; 0 for what is not a number.
func (v Value) Sign() int {
	if v.Kind != Number {
		return 0
	}
	return v.number.Sign()
}

// Change is by how many percent w is more than v, which says nothing where v is
// nothing, or one of them no number.
func (v Value) Change(w Value) (Value, bool) {
	if v.Kind != Number || w.Kind != Number || v.number.IsZero() {
		return Value{}, false
	}
	percent := w.number.Sub(v.number).Mul(decimal.New(1, 2)).DivRound(v.number.Abs(), 6)
	return Value{Kind: Number, number: percent}, true
}

// Plus is the sum of two numbers. What is not a number counts as nothing.
func (v Value) Plus(w Value) Value {
	switch {
	case v.Kind != Number:
		return w
	case w.Kind != Number:
		return v
	}
	return Value{Kind: Number, number: v.number.Add(w.number)}
}

// Minus is the difference of two numbers, missing where one is none.
func (v Value) Minus(w Value) Value {
	if v.Kind != Number || w.Kind != Number {
		return Value{}
	}
	return Value{Kind: Number, number: v.number.Sub(w.number)}
}

// Abs is the number without its sign.
func (v Value) Abs() Value {
	v.number = v.number.Abs()
	return v
}

// Compare orders values of one kind: numbers by size, dates by day, no before
// yes, texts by bytes. Missing values come last.
func (v Value) Compare(w Value) int {
	switch {
	case v.Kind == Missing && w.Kind == Missing:
		return 0
	case v.Kind == Missing:
		return 1
	case w.Kind == Missing:
		return -1
	case v.Kind == Number && w.Kind == Number:
		return v.number.Cmp(w.number)
	}
	a, b := v.Raw(), w.Raw()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Cut leaves out the digits of a number that is not whole behind its first so many, but never the first two decimals. It
// does not round, so that a text which is rounded from what is left is the same.
func (v Value) Cut(digits int32) Value {
	if v.Kind == Number && !v.number.IsInteger() {
		before := int32(v.number.NumDigits()) + v.number.Exponent() // the point; less than 0 where there are zeros behind it
		v.number = v.number.Truncate(max(2, digits-before))
	}
	return v
}
