package quantity

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Style is where a figure stands, which decides how much of it is said.
type Style string

// The styles. An editor may name those that Styles lists.
const (
	Prose   Style = ""        // $28.3 million, 12.4 percent, Jan. 24, 2018
	Exact   Style = "exact"   // $28,300,000
	Short   Style = "short"   // $28.3M, 12.4%
	Spelled Style = "words"   // nine, nine percent, but 10
	Capital Style = "Words"   // Nine, but 10: at the start of a sentence
	Ordinal Style = "ordinal" // third, 10th
	InTable Style = "table"   // all digits of a count, percent with its decimal
	Tick    Style = "tick"    // short, and whole numbers without decimals: $5 and not $5.00
	Yearly  Style = "yearly"  // Jan. 24, below a heading that says the year
)

// NotAvailable is written for a missing value.
const NotAvailable = "N/A"

// Styles lists what an editor may ask for.
func Styles() []string {
	return []string{string(Exact), string(Ordinal), string(Short), string(Spelled), string(Capital)}
}

// Format writes v in the given style.
func (u Unit) Format(v Value, style Style) string {
	switch v.Kind {
	case Missing:
		return NotAvailable
	case Text:
		return v.text
	case Flag:
		if v.flag {
			return "yes"
		}
		return "no"
	case Date:
		return formatDay(v.date, style)
	}
	switch r, n := rules[u], v.number; style {
	case Capital:
		return Capitalize(u.Format(v, Spelled))
	case Spelled:
		if n.IsInteger() && n.Abs().LessThan(decimal.NewFromInt(10)) && r.spelled() {
			return r.spell(n.IntPart())
		}
	case Ordinal:
		if n.IsInteger() && n.IsPositive() {
			return ordinal(n)
		}
	}
	return rules[u].write(v.number, style).String()
}

func formatDay(day time.Time, style Style) string {
	switch style {
	case Short, InTable, Exact, Tick:
		return day.Format(time.DateOnly)
	}
	text := months[day.Month()-1] + day.Format(" 2")
	if style == Yearly {
		return text
	}
	return text + day.Format(", 2006")
}

// Ticks writes the values of an axis: short, or all in full where short would round
// one of them. An axis of $0, $0.50 and $1 must not say $0, $1 and $1. Decimals that
// line a column up go where no value has any.
func (u Unit) Ticks(values []Value) []string {
	style := Tick
	for _, v := range values {
		if v.Kind == Number && !v.number.IsInteger() {
			style = Short
		}
	}
	for _, v := range values {
		if v.Kind == Number && !rules[u].write(v.number, style).value.Equal(v.number) {
			style = Exact
			break
		}
	}
	var texts []string
	for _, v := range values {
		texts = append(texts, u.Format(v, style))
	}
	return texts
}

// spelled reports whether numbers of the unit can be said in words. Those with a
// prefix that has no noun, and those that keep their decimals, cannot.
func (r rule) spelled() bool { return !r.fixed && (r.prefix == "" || r.noun != "") }

// spell writes a number below 10 in words, with what it counts: nine percent.
func (r rule) spell(n int64) string {
	sign := ""
	if n < 0 {
		n, sign = -n, "minus "
	}
	noun := r.noun
	if noun != "" && n != 1 {
		noun += "s"
	}
	return sign + digitWords[n] + noun + r.word
}

// Distinguish writes two values of the unit with as many digits as it takes to tell
// them apart, where prose writes both the same: 0.184 percent and 0.189 percent.
func (u Unit) Distinguish(v, w Value) (string, string) {
	if v.Kind != Number || w.Kind != Number {
		return u.Format(v, Exact), u.Format(w, Exact)
	}
	r := rules[u]
	for places := r.decimals; places < most; places++ {
		if a, b := r.inProse(v.number, places), r.inProse(w.number, places); a != b {
			return a, b
		}
	}
	return r.inProse(v.number, all), r.inProse(w.number, all)
}

// IsFormatOf reports whether a text is how prose, or Distinguish, writes the value.
func (u Unit) IsFormatOf(v Value, text string) bool {
	text = unsaid(text)
	if u.Format(v, Prose) == text || u.Format(v, Exact) == text {
		return true
	}
	if v.Kind != Number {
		return false
	}
	r := rules[u]
	for places := r.decimals; places < most; places++ {
		if r.inProse(v.number, places) == text {
			return true
		}
	}
	return r.inProse(v.number, all) == text
}

const (
	most  = 12       // up to how many decimals values are told apart
	all   = -1       // every decimal that there is
	minus = "\u2212" // as wide as the digits
)

type scale struct {
	power int32 // of ten
	name  string
}

// From small to large. A number that rounds up to the next scale is written in it.
var (
	proseScales = []scale{{6, " million"}, {9, " billion"}, {12, " trillion"}}
	shortScales = []scale{{3, "K"}, {6, "M"}, {9, "B"}, {12, "T"}}
)

// number is a number as it is written, in its parts.
type number struct {
	sign, prefix, digits, scale, suffix string

	value decimal.Decimal // that the text says: 524,845 in "$525K" is 525,000
}

func (n number) String() string { return n.sign + n.prefix + n.digits + n.scale + n.suffix }

// write writes a number in a style of digits.
func (r rule) write(n decimal.Decimal, style Style) number {
	switch style {
	case Exact:
		return r.digits(n, all).with(r.sign)
	case Tick, Short:
		if style == Tick && n.Round(r.decimals).IsInteger() {
			r.fixed = false
		}
		if r.scaled {
			return r.scale(n, 4, shortScales).with(r.sign)
		}
		return r.digits(n, r.decimals).with(r.sign)
	case InTable:
		if r.sign != "" {
			r.fixed = true
		}
		return r.digits(n, r.decimals).with(r.sign)
	}
	if r.scaled && n.Abs().GreaterThanOrEqual(decimal.New(1, 6)) {
		return r.scale(n, 6, proseScales).with(r.word)
	}
	return r.digits(n, r.decimals).with(r.word)
}

// inProse writes a number with so many decimals and what follows it in prose.
func (r rule) inProse(n decimal.Decimal, decimals int32) string {
	return r.digits(n, decimals).with(r.word).String()
}

func (n number) with(suffix string) number {
	n.suffix = suffix
	return n
}

// scale writes numbers of at least ten to the power from as so many millions, to one
// decimal. Thousands take none: $525K.
func (r rule) scale(n decimal.Decimal, from int32, scales []scale) number {
	if n.Abs().LessThan(decimal.New(1, from)) {
		return r.digits(n, r.decimals)
	}
	var w number
	for _, s := range scales {
		places := int32(1)
		if s.name == "K" {
			places = 0
		}
		w = r.digits(n.Shift(-s.power), places)
		w.scale, w.value = s.name, w.value.Shift(s.power)
		if w.value.Abs().LessThan(decimal.New(1, s.power+3)) {
			break
		}
	}
	return w
}

// digits writes n with at most the given decimals, half away from zero. What is not
// nothing does not read as 0: 0.04 percent, and not 0 percent.
func (r rule) digits(n decimal.Decimal, decimals int32) number {
	if decimals >= 0 && n.Round(decimals).IsZero() {
		// up to the first digit that is there; beyond most it is the noise of floats
		for places := decimals + 1; places <= most; places++ {
			if !n.Truncate(places).IsZero() {
				decimals = places
				break
			}
		}
	}
	if decimals >= 0 {
		n = n.Round(decimals)
	}
	w := number{prefix: r.prefix, digits: n.Abs().String(), value: n}
	if r.fixed && decimals > 0 {
		w.digits = n.Abs().StringFixed(decimals)
	}
	if r.grouped {
		w.digits = group(w.digits)
	}
	if n.IsNegative() {
		w.sign = minus
	}
	return w
}

// group puts a comma before every third digit of the whole part.
func group(s string) string {
	whole, fraction, hasFraction := strings.Cut(s, ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if hasFraction {
		b.WriteByte('.')
		b.WriteString(fraction)
	}
	return b.String()
}

var (
	digitWords   = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	ordinalWords = [...]string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}
	months       = [...]string{"Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}
)

func ordinal(n decimal.Decimal) string {
	i := n.IntPart()
	if i < int64(len(ordinalWords)) {
		return ordinalWords[i]
	}
	ending := "th"
	if i/10%10 != 1 {
		switch i % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return group(n.String()) + ending
}
