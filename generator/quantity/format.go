package quantity

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Unit says what a number counts, e.g. "usd".
type Unit string

// The units. A new one needs a line here and one in the table below.
const (
	USD      Unit = "usd"
	USDPer1k Unit = "usd_per_1k" // dollars per 1,000 residents
	Count    Unit = "count"
	Percent  Unit = "percent" // 12.4 is 12.4 percent
	Per100k  Unit = "per_100k"
	Ratio    Unit = "ratio"
	Rank     Unit = "rank"
	Year     Unit = "year"
	Day      Unit = "date"
	Words    Unit = "text"
	YesNo    Unit = "flag"
)

// rule is how numbers of a unit are written.
type rule struct {
	prefix   string
	decimals int32  // at most, in prose and tables
	fixed    bool   // keeps trailing zeros, so that a column lines up
	grouped  bool   // 1,234
	scaled   bool   // 28.3 million
	word     string // after the number in prose
	noun     string // after a number in words, in place of the prefix: nine dollars, but one dollar
	sign     string // after the number in labels and tables
	measure  string // names the unit in a heading
}

var rules = map[Unit]rule{
	USD:      {prefix: "$", noun: " dollar", grouped: true, scaled: true, measure: "US dollars"},
	USDPer1k: {prefix: "$", decimals: 2, fixed: true, grouped: true, measure: "US dollars per 1,000 residents"},
	Count:    {grouped: true, scaled: true},
	Percent:  {decimals: 1, grouped: true, word: " percent", sign: "%", measure: "percent"},
	Per100k:  {decimals: 1, fixed: true, grouped: true, measure: "per 100,000 residents"},
	Ratio:    {decimals: 2, grouped: true},
	Rank:     {grouped: true},
	Year:     {},
	Day:      {},
	Words:    {},
	YesNo:    {},
}

// Units lists the names of all units, sorted.
func Units() []string {
	var names []string
	for u := range rules {
		names = append(names, string(u))
	}
	slices.Sort(names)
	return names
}

// Known reports whether u is one of the units.
func (u Unit) Known() bool { _, ok := rules[u]; return ok }

// Measure names the unit for a reader, e.g. "US dollars"; "" where the label of
// the column says it all.
func (u Unit) Measure() string { return rules[u].measure }

// Numeric reports whether values of the unit are numbers with a size, which
// line up on the right.
func (u Unit) Numeric() bool {
	switch u {
	case Year, Day, Words, YesNo:
		return false
	}
	return true
}

// Style is where a figure stands, which decides how much of it is said.
type Style string

// The styles. An editor may name all but InTable.
const (
	Prose   Style = ""        // $28.3 million, 12.4 percent, Jan. 24, 2018
	Exact   Style = "exact"   // $28,300,000
	Short   Style = "short"   // $28.3M, 12.4%
	Spelled Style = "words"   // nine, nine percent, but 10
	Capital Style = "Words"   // Nine, but 10: at the start of a sentence
	Ordinal Style = "ordinal" // third, 10th
	InTable Style = "table"   // all digits of a count, percent with its decimal
)

// Styles lists what an editor may ask for.
func Styles() []string {
	return []string{string(Exact), string(Ordinal), string(Short), string(Spelled), string(Capital)}
}

var million = decimal.New(1, 6)

// Format writes v as it stands in a place of the given style.
func (u Unit) Format(v Value, style Style) string {
	switch v.Kind {
	case Missing:
		return "N/A"
	case Text:
		return v.text
	case Flag:
		if v.flag {
			return "yes"
		}
		return "no"
	case Date:
		if style == Short || style == InTable || style == Exact {
			return v.date.Format("2006-01-02")
		}
		return months[v.date.Month()-1] + v.date.Format(" 2, 2006")
	}
	r, n := rules[u], v.number
	switch style {
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
	case Exact:
		return r.write(n, -1) + r.sign
	case Short:
		if r.scaled {
			return r.scale(n, decimal.New(1, 4), shortScales)
		}
		return r.write(n, r.decimals) + r.sign
	case InTable:
		if r.sign != "" {
			r.fixed = true
		}
		return r.write(n, r.decimals) + r.sign
	}
	if r.scaled && n.Abs().GreaterThanOrEqual(million) {
		return r.scale(n, million, proseScales)
	}
	return r.write(n, r.decimals) + r.word
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

// Distinguish writes two values of the unit with as many digits as it takes to tell them
// apart, where prose writes both the same: 0.184 percent and 0.189 percent.
func (u Unit) Distinguish(v, w Value) (string, string) {
	r := rules[u]
	if v.Kind != Number || w.Kind != Number {
		return u.Format(v, Exact), u.Format(w, Exact)
	}
	for places := r.decimals; places < most; places++ {
		if a, b := r.write(v.number, places), r.write(w.number, places); a != b {
			return a + r.word, b + r.word
		}
	}
	return r.write(v.number, -1) + r.word, r.write(w.number, -1) + r.word
}

// Writes reports whether a text is how prose, or Distinguish, writes the value.
func (u Unit) Writes(v Value, text string) bool {
	text = unsaid(text)
	if u.Format(v, Prose) == text || u.Format(v, Exact) == text {
		return true
	}
	if v.Kind != Number {
		return false
	}
	r := rules[u]
	for places := r.decimals; places < most; places++ {
		if r.write(v.number, places)+r.word == text {
			return true
		}
	}
	return r.write(v.number, -1)+r.word == text
}

// most is up to how many decimals values are told apart.
const most = 12

type scale struct {
	of   decimal.Decimal
	name string
}

// From small to large. A number that rounds up to the next scale is written in it.
var (
	proseScales = []scale{{decimal.New(1, 6), " million"}, {decimal.New(1, 9), " billion"}, {decimal.New(1, 12), " trillion"}}
	shortScales = []scale{{decimal.New(1, 3), "K"}, {decimal.New(1, 6), "M"}, {decimal.New(1, 9), "B"}, {decimal.New(1, 12), "T"}}
)

// scale writes numbers of at least from as so many millions, to one decimal.
// Thousands take none: $525K.
func (r rule) scale(n, from decimal.Decimal, scales []scale) string {
	if n.Abs().LessThan(from) {
		return r.write(n, r.decimals)
	}
	for i, s := range scales {
		places := int32(1)
		if s.name == "K" {
			places = 0
		}
		scaled := n.Div(s.of).Round(places)
		if i == len(scales)-1 || scaled.Abs().LessThan(decimal.New(1, 3)) {
			return r.write(scaled, places) + s.name
		}
	}
	return ""
}

// write writes n with at most the given decimals; -1 means all it has. What is not
// nothing does not read as 0: 0.04 percent, and not 0 percent.
func (r rule) write(n decimal.Decimal, decimals int32) string {
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
	s := n.Abs().String()
	if r.fixed && decimals > 0 {
		s = n.Abs().StringFixed(decimals)
	}
	if r.grouped {
		s = group(s)
	}
	s = r.prefix + s
	if n.IsNegative() {
		s = "\u2212" + s // a minus sign as wide as the digits
	}
	return s
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
