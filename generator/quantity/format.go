package quantity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Style is where a figure is shown, which decides how much of it is said.
type Style string

// The styles. An editor may name those that Styles lists.
const (
	Prose   Style = ""        // $28.3 million, 12.4%, Jan. 24, 2018
	Exact   Style = "exact"   // $28,300,000
	Short   Style = "short"   // $28.3M, 12.4%
	Spelled Style = "words"   // nine, but 10 and 9%
	Capital Style = "Words"   // Nine, Nine percent, but 10: at the start of a sentence
	Ordinal Style = "ordinal" // third, 10th
	InTable Style = "table"   // all digits of a count, a percent with its decimal
	Tick    Style = "tick"    // short, and whole numbers without decimals: $5 and not $5.00
	Yearly  Style = "yearly"  // Jan. 24, below a heading that says the year
)

// NotAvailable is written in English for a missing value.
const NotAvailable = "N/A"

// Styles lists what an editor may ask for.
func Styles() []string {
	return []string{string(Exact), string(Ordinal), string(Short), string(Spelled), string(Capital)}
}

// Format writes v in the given style.
func (u Unit) Format(v Value, style Style) string {
	l := u.Language()
	switch v.Kind {
	case Missing:
		return l.missing
	case Text:
		if style == Exact {
			return v.text
		}
		return Apostrophes(v.text)
	case Flag:
		if v.flag {
			return l.yes
		}
		return l.no
	case Date:
		return l.day(v.date, u.rule().form, style)
	}
	switch n := v.number.Shift(u.rule().shift); style {
	case Capital:
		if text, ok := u.spell(n); ok {
			return Capitalize(text)
		}
	case Spelled:
		if text, ok := u.spell(n); ok && !(u.rule().percent && l.sign) {
			return text
		}
	case Ordinal:
		if n.IsInteger() && n.IsPositive() && n.BigInt().IsInt64() && l.ordinal != nil {
			if i := n.IntPart(); i < int64(len(l.ordinals)) {
				return l.ordinals[i]
			}
			return l.ordinal(n.IntPart(), l.write(n.String(), true))
		}
	}
	return u.write(v.number, style).String()
}

// Ticks writes the values of an axis, which are in no column: short, or all in full where short would round one of them. An axis of $0, $0.50
// and $1 must not say $0, $1 and $1. All of one scale have as many decimals, and a unit that is not a sign is said once, at the last: 0, 0.5, 1.0 km.
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
	return u.align(values, style, func(n number) bool { return true }, u.repeats())
}

// IsRounded reports whether a value loses digits where it is written short.
func (u Unit) IsRounded(v Value) bool {
	return v.Kind == Number && !u.Alone().write(v.number, Short).value.Equal(v.number)
}

// repeats reports whether each value is written with the name of the unit, and not with a sign.
func (u Unit) repeats() bool {
	r := u.rule()
	return !r.percent && r.prefix == "" && r.suffix != ""
}

// Beside writes values as they are read beside each other in a drawing: short, and those of one scale, or percents, with as many decimals as
// the one that needs most: $2.0M beside $4.1M, 9.0 beside 9.3. Zero keeps none.
func (u Unit) Beside(values []Value) []string {
	return u.align(values, Short, func(n number) bool {
		return n.scale != "" || u.rule().percent || n.value.Abs().LessThan(decimal.New(1, 2))
	}, false)
}

// align writes values in a style, those that are aligned with as many decimals as the one of their scale that needs most.
func (u Unit) align(values []Value, style Style, aligned func(number) bool, once bool) []string {
	decimals := map[string]int{} // by what follows the digits
	written := make([]number, len(values))
	last := len(values) - 1
	for i, v := range values {
		if v.Kind == Number {
			if written[i] = u.write(v.number, style); aligned(written[i]) {
				decimals[written[i].scale] = max(decimals[written[i].scale], written[i].decimals())
			}
		}
	}
	texts := make([]string, len(values))
	for i, v := range values {
		w := written[i]
		if v.Kind != Number {
			texts[i] = u.Format(v, style)
			continue
		}
		if !v.number.IsZero() && aligned(w) {
			w = u.padded(w, decimals[w.scale])
		}
		if once && i < last {
			w.suffix = ""
		}
		texts[i] = w.String()
	}
	return texts
}

func (n number) decimals() int {
	_, after, _ := strings.Cut(n.plain, ".")
	return len(after)
}

// padded is a number with zeros to so many decimals.
func (u Unit) padded(w number, decimals int) number {
	missing := decimals - w.decimals()
	if missing <= 0 {
		return w
	}
	if w.decimals() == 0 {
		w.plain += "."
	}
	w.plain += strings.Repeat("0", missing)
	w.digits = u.Language().write(w.plain, u.rule().grouped)
	return w
}

// TickTexts are all ways in which the label of an axis may write a value, whatever else is on the axis.
func (u Unit) TickTexts(v Value) (list []string) {
	for _, u := range []Unit{u, u.Alone()} {
		for _, style := range []Style{Short, Tick, Exact} {
			list = append(list, u.Format(v, style))
			if v.Kind != Number {
				continue
			}
			w := u.write(v.number, style)
			from := w.decimals()
			for more := range 4 {
				w = u.padded(w, from+more)
				list = append(list, w.String())
				if bare := w; u.repeats() {
					bare.suffix = ""
					list = append(list, bare.String())
				}
			}
		}
	}
	return list
}

// spell writes a small number in words, with what it counts: nine percent. Numbers that
// keep their decimals cannot be said so; one of something has a gender that is not known.
func (u Unit) spell(n decimal.Decimal) (string, bool) {
	r, l := u.rule(), u.Language()
	one, many := u.noun()
	size := n.Abs()
	if !n.IsInteger() || size.GreaterThanOrEqual(decimal.NewFromInt(int64(len(l.digits)))) || r.fixed || r.prefix != "" && many == "" {
		return "", false
	}
	i := size.IntPart()
	if i == 1 && l.base != "en" && many != "" {
		return "", false
	}
	noun := many
	if i == 1 {
		noun = one
	}
	text := l.digits[i]
	if n.IsNegative() {
		text = l.minus + text
	}
	if r.percent {
		return text + l.percent, true
	}
	return strings.TrimSpace(text + " " + noun), true
}

// noun is what a number in words counts, if anything.
func (u Unit) noun() (one, many string) {
	r, l := u.rule(), u.Language()
	if r.percent {
		return l.percent, l.percent
	}
	one, many = cmp.Or(r.nounOne, r.one), cmp.Or(r.nounMany, r.many)
	if name, ok := nameIn(l.base, r.code); ok && l.base != "en" {
		return name[0], name[1]
	}
	return one, many
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
	text = u.Language().unsaid(text)
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

// number is a number as it is written, in its parts.
type number struct {
	sign, prefix, digits, scale, suffix string
	plain                               string // the digits, with a point and no groups

	value decimal.Decimal // that the text says: 524,845 in "$525K" is 525,000
}

func (n number) String() string { return n.sign + n.prefix + n.digits + n.scale + n.suffix }

// isIn reports whether a text has the digits of the number, and no more of them, in
// whatever language.
func (n number) isIn(text string) bool {
	var of []string
	word := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(".,'’\u00a0\u202f", r):
			return -1
		}
		return ' '
	}, text)
	of = strings.Fields(word)
	return slices.Contains(of, strings.ReplaceAll(n.plain, ".", ""))
}

// write writes a number in a style of digits.
func (u Unit) write(n decimal.Decimal, style Style) number {
	r := u.rule()
	n = n.Shift(r.shift)
	w := u.unscaled(n, style)
	prose := false
	switch l := u.Language(); {
	case style == Exact || style == InTable:
	case style == Short || style == Tick:
		w = u.scale(n, w, 4, l.short)
	default:
		w = u.scale(n, w, 6, l.scales)
		prose = true
	}
	u.dress(&w, prose)
	w.value = w.value.Shift(-r.shift)
	return w
}

// dress puts before and behind the digits what says the unit. In languages other than
// English a measure has its symbol in prose, too, as its name would need a case.
func (u Unit) dress(w *number, prose bool) {
	r, l := u.rule(), u.Language()
	switch {
	case r.percent && prose && !l.sign:
		w.suffix = l.percent
	case r.percent:
		w.suffix = l.percentSign
	case r.prefix != "" && l.before:
		w.prefix = l.symbol(r)
	case r.prefix != "":
		w.suffix = cmp.Or(l.space, " ") + l.symbol(r)
		if name, ok := nameIn(l.base, r.code); ok && prose && w.scale != "" && l.ofMoney != nil {
			w.suffix = l.ofMoney(name[1])
		}
	case prose && r.many != "" && (l.base == "en" || r.declared != nil):
		w.suffix = " " + r.many
		if w.digits == "1" && w.scale == "" {
			w.suffix = " " + r.one
		}
	default:
		w.suffix = r.suffix
	}
}

// inProse writes a number with so many decimals and what follows it in prose.
func (u Unit) inProse(n decimal.Decimal, decimals int32) string {
	r := u.rule()
	w := u.digits(n.Shift(r.shift), decimals, r.fixed)
	u.dress(&w, true)
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
		w := u.digits(n, all, false)
		if r.meaning == isMoney && !n.IsInteger() && n.Round(r.small).Equal(n) {
			w = u.digits(n, r.small, true) // $2.50
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
	if decimals < r.small && !n.IsInteger() {
		if cents := n.Round(r.small); !cents.IsInteger() && cents.Abs().LessThan(decimal.New(1, 2)) {
			decimals, fixed = r.small, true
		}
	}
	return u.digits(n, decimals, fixed)
}

// scale writes numbers that read at least ten to the power from as so many millions, to
// one decimal, or to more where the column needs them. Thousands take none: $525K.
func (u Unit) scale(n decimal.Decimal, w number, from int32, scales []scaleWords) number {
	if !u.rule().scaled || w.value.Abs().LessThan(decimal.New(1, from)) {
		return w
	}
	for _, s := range scales {
		places, fixed := int32(1), false
		if s.power == 3 {
			places = 0
		}
		if needed := u.places.needed + s.power; u.places.set && needed > places {
			places, fixed = needed, true
		}
		w = u.digits(n.Shift(-s.power), places, fixed)
		if w.scale, w.value = s.many, w.value.Shift(s.power); u.Language().one(w.plain) {
			w.scale = s.one
		}
		if w.value.Abs().LessThan(decimal.New(1, s.power+3)) {
			break
		}
	}
	return w
}

// digits writes n with at most the given decimals, half away from zero. What is not
// nothing does not read 0, and what is not all does not read 100 percent.
func (u Unit) digits(n decimal.Decimal, decimals int32, fixed bool) number {
	r := u.rule()
	if decimals >= 0 {
		for places := decimals; places <= most && r.overstates(n, decimals); places++ { // beyond it is the noise of floats
			if !r.overstates(n, places) && !n.Truncate(places).IsZero() {
				decimals = places
			}
		}
		n = round(n, decimals)
	}
	w := number{plain: n.Abs().String(), value: n}
	if fixed && decimals > 0 {
		w.plain = n.Abs().StringFixed(decimals)
	}
	w.digits = u.Language().write(w.plain, r.grouped)
	if n.IsNegative() {
		w.sign = minus
	}
	return w
}

// isRound reports whether a number has no more than so many decimals: most have none, and rounding takes its time.
func isRound(n decimal.Decimal, places int32) bool { return n.Exponent() >= -places }

// round is n to so many decimals, half away from zero.
func round(n decimal.Decimal, places int32) decimal.Decimal {
	if isRound(n, places) {
		return n
	}
	return n.Round(places)
}

// overstates reports whether so many decimals make nothing of n, or all.
func (r *rule) overstates(n decimal.Decimal, places int32) bool {
	if isRound(n, places) {
		return false
	}
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

var months = [...]string{"Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."} // as AP has them
