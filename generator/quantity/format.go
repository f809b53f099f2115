package quantity

import (
	"cmp"
	"fmt"
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
		return u.rule().form.write(v.date, style)
	}
	r := u.rule()
	switch n := v.number.Shift(r.shift); style {
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
	return u.write(v.number, style).String()
}

// write writes a time.
func (f form) write(t time.Time, style Style) string {
	plain := style == Short || style == InTable || style == Exact || style == Tick
	named := months[t.Month()-1]
	switch {
	case f == quarter && plain:
		return fmt.Sprintf("%d Q%d", t.Year(), quarterOf(t))
	case f == quarter:
		return fmt.Sprintf("%s quarter of %d", ordinalWords[quarterOf(t)], t.Year())
	case f == month && plain:
		return t.Format("2006-01")
	case f == month:
		return t.Format("January 2006")
	case f == moment && plain:
		return t.Format("2006-01-02 15:04")
	case plain:
		return t.Format(time.DateOnly)
	}
	text := named + t.Format(" 2")
	if style != Yearly {
		text += t.Format(", 2006")
	}
	if f == moment {
		text += ", " + t.Format("3:04 ") + map[bool]string{false: "a.m.", true: "p.m."}[t.Hour() >= 12]
	}
	return text
}

func quarterOf(t time.Time) int { return int(t.Month()-1)/3 + 1 }

// Ticks writes the values of an axis, which stand in no column: short, or all in full
// where short would round one of them. An axis of $0, $0.50 and $1 must not say $0, $1
// and $1. Decimals that line a column up go where no value has any.
func (u Unit) Ticks(values []Value) []string {
	u = u.Alone()
	style := Tick
	for _, v := range values {
		if v.Kind == Number && !v.number.Shift(u.rule().shift).IsInteger() {
			style = Short
		}
	}
	for _, v := range values {
		if v.Kind == Number && !u.write(v.number, style).value.Equal(v.number) {
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
func (r *rule) spelled() bool { return !r.fixed && (r.prefix == "" || r.nounMany != "") }

// spell writes a number below 10 in words, with what it counts: nine percent.
func (r *rule) spell(n int64) string {
	sign := ""
	if n < 0 {
		n, sign = -n, "minus "
	}
	noun := cmp.Or(r.nounMany, r.many)
	if n == 1 {
		noun = cmp.Or(r.nounOne, r.one)
	}
	return strings.TrimSpace(sign + digitWords[n] + " " + noun)
}

// Distinguish writes two values of the unit with as many digits as it takes to tell
// them apart, where prose writes both the same: 0.184 percent and 0.189 percent.
func (u Unit) Distinguish(v, w Value) (string, string) {
	if v.Kind != Number || w.Kind != Number {
		return u.Format(v, Exact), u.Format(w, Exact)
	}
	u = u.Alone()
	for places := u.rule().decimals; places < most; places++ {
		if a, b := u.inProse(v.number, places), u.inProse(w.number, places); a != b {
			return a, b
		}
	}
	return u.inProse(v.number, all), u.inProse(w.number, all)
}

// IsFormatOf reports whether a text is how prose, or Distinguish, writes the value, in
// whatever column.
func (u Unit) IsFormatOf(v Value, text string) bool {
	text = unsaid(text)
	if u.Format(v, Prose) == text || u.Format(v, Exact) == text || u.Alone().Format(v, Prose) == text {
		return true
	}
	if v.Kind != Number {
		return false
	}
	for n := int32(-most); n < most; n++ {
		u.places = places{needed: n, set: true}
		if u.Format(v, Prose) == text || u.inProse(v.number, max(0, n)) == text {
			return true
		}
	}
	return u.inProse(v.number, all) == text
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

// isIn reports whether a text has the digits of the number, and no more of them.
func (n number) isIn(text string) bool {
	for _, found := range strings.FieldsFunc(text, func(r rune) bool { return r != '.' && r != ',' && (r < '0' || r > '9') }) {
		if strings.TrimRight(found, ".,") == n.digits {
			return strings.Contains(text, n.digits+n.scale)
		}
	}
	return false
}

// write writes a number in a style of digits.
func (u Unit) write(n decimal.Decimal, style Style) number {
	r := u.rule()
	n = n.Shift(r.shift)
	w := u.unscaled(n, style)
	suffix := r.suffix
	switch {
	case style == Exact || style == InTable:
	case style == Short || style == Tick:
		w = u.scale(n, w, 4, shortScales)
	default:
		w = u.scale(n, w, 6, proseScales)
		suffix = r.word(w)
	}
	w.suffix, w.value = suffix, w.value.Shift(-r.shift)
	return w
}

// word is what follows a number in prose.
func (r *rule) word(n number) string {
	switch {
	case r.many == "":
		return ""
	case n.digits == "1" && n.scale == "":
		return " " + r.one
	}
	return " " + r.many
}

// inProse writes a number with so many decimals and what follows it in prose.
func (u Unit) inProse(n decimal.Decimal, decimals int32) string {
	r := u.rule()
	w := r.digits(n.Shift(r.shift), decimals, r.fixed)
	w.suffix = r.word(w)
	return w.String()
}

// unscaled writes all digits before the point, and behind it as many as the style, the
// column and the number itself ask for.
func (u Unit) unscaled(n decimal.Decimal, style Style) number {
	r := u.rule()
	decimals, fixed := r.decimals, r.fixed
	if u.places.whole {
		decimals, fixed = 0, false
	}
	switch style {
	case Exact:
		w := r.digits(n, all, false)
		if r.meaning == isMoney && !n.IsInteger() && n.Round(r.small).Equal(n) {
			w = r.digits(n, r.small, true) // $2.50
		}
		return w
	case Tick:
		fixed = fixed && !n.Round(decimals).IsInteger()
	case InTable:
		fixed = fixed || r.suffix != "" && !u.places.whole
	}
	if u.places.set && u.places.needed > decimals {
		decimals, fixed = u.places.needed, true
	}
	if cents := n.Round(r.small); decimals < r.small && !cents.IsInteger() && cents.Abs().LessThan(decimal.New(1, 2)) {
		decimals, fixed = r.small, true
	}
	return r.digits(n, decimals, fixed)
}

// scale writes numbers that read at least ten to the power from as so many millions, to
// one decimal, or to more where the column needs them. Thousands take none: $525K.
func (u Unit) scale(n decimal.Decimal, w number, from int32, scales []scale) number {
	r := u.rule()
	if !r.scaled || w.value.Abs().LessThan(decimal.New(1, from)) {
		return w
	}
	for _, s := range scales {
		places, fixed := int32(1), false
		if s.name == "K" {
			places = 0
		}
		if needed := u.places.needed + s.power; u.places.set && needed > places {
			places, fixed = needed, true
		}
		w = r.digits(n.Shift(-s.power), places, fixed)
		w.scale, w.value = s.name, w.value.Shift(s.power)
		if w.value.Abs().LessThan(decimal.New(1, s.power+3)) {
			break
		}
	}
	return w
}

// digits writes n with at most the given decimals, half away from zero. What is not
// nothing does not read 0, and what is not all does not read 100 percent.
func (r *rule) digits(n decimal.Decimal, decimals int32, fixed bool) number {
	if decimals >= 0 {
		for places := decimals; places <= most && r.overstates(n, decimals); places++ { // beyond it is the noise of floats
			if !r.overstates(n, places) && !n.Truncate(places).IsZero() {
				decimals = places
			}
		}
		n = n.Round(decimals)
	}
	w := number{prefix: r.prefix, digits: n.Abs().String(), value: n}
	if fixed && decimals > 0 {
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

// overstates reports whether so many decimals make nothing of n, or all.
func (r *rule) overstates(n decimal.Decimal, places int32) bool {
	rounded := n.Round(places)
	whole := decimal.NewFromInt(r.all)
	switch {
	case rounded.IsZero():
		return !n.IsZero()
	case r.all != 0 && rounded.Abs().Equal(whole):
		return !n.Abs().Equal(whole)
	}
	return false
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
