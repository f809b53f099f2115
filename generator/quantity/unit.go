package quantity

import (
	"regexp"
	"slices"
)

// Unit says what a number counts, by the name that an editor writes, e.g. "usd".
// What follows from it is asked of its methods, and never of its name: that holds for
// units that are added later, too.
type Unit string

// The units that the program gives to values of its own, and to columns without one.
const (
	Count   Unit = "count"
	Percent Unit = "percent"
	Year    Unit = "year"
	Day     Unit = "date"
	Words   Unit = "text"
	YesNo   Unit = "flag"
)

// meaning is what values of a unit are.
type meaning uint8

const (
	isCount meaning = iota + 1
	isMoney
	isShare // of a whole
	isRate  // of one amount to another
	isRank
	isYear
	isDate
	isText
	isFlag
)

// rule is all that is known of a unit.
type rule struct {
	meaning  meaning
	prefix   string
	decimals int32          // at most, in prose and tables
	fixed    bool           // keeps trailing zeros, so that a column lines up
	grouped  bool           // 1,234
	scaled   bool           // 28.3 million
	word     string         // after the number in prose
	noun     string         // after a number in words, in place of the prefix: nine dollars, but one dollar
	sign     string         // after the number in labels and tables
	measure  string         // names the unit in a heading
	named    *regexp.Regexp // finds the unit in a subtitle, which must say it
}

var per = regexp.MustCompile(`(?i)\bper\b|for every`)

// rules is the one place that knows units. A new unit is a line here, and a row in
// README.md.
var rules = map[Unit]rule{
	"usd": {meaning: isMoney, prefix: "$", noun: " dollar", grouped: true, scaled: true,
		measure: "US dollars", named: regexp.MustCompile(`(?i)dollar|\$`)},
	"eur": {meaning: isMoney, prefix: "€", noun: " euro", grouped: true, scaled: true,
		measure: "euros", named: regexp.MustCompile(`(?i)\beuros?\b|€`)},
	"usd_per_1k": {meaning: isRate, prefix: "$", decimals: 2, fixed: true, grouped: true,
		measure: "US dollars per 1,000 residents", named: per},
	"per_100k": {meaning: isRate, decimals: 1, fixed: true, grouped: true, measure: "per 100,000 residents", named: per},
	"ratio":    {meaning: isRate, decimals: 2, grouped: true},
	Percent: {meaning: isShare, decimals: 1, grouped: true, word: " percent", sign: "%",
		measure: "percent", named: regexp.MustCompile(`(?i)percent|share|%`)},
	Count:  {meaning: isCount, grouped: true, scaled: true},
	"rank": {meaning: isRank, grouped: true},
	Year:   {meaning: isYear},
	Day:    {meaning: isDate},
	Words:  {meaning: isText},
	YesNo:  {meaning: isFlag},
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
func (u Unit) Known() bool { return u.meaning() != 0 }

func (u Unit) meaning() meaning { return rules[u].meaning }

// Exact reports whether values must be exact decimals and no floats: money.
func (u Unit) Exact() bool { return u.meaning() == isMoney }

// Additive reports whether values can be added up: amounts and counts, which grow
// with the number of people, and not shares, rates or ranks.
func (u Unit) Additive() bool { return u.meaning() == isMoney || u.meaning() == isCount }

// Whole reports whether values are whole numbers by their nature: after 1 comes 2.
func (u Unit) Whole() bool { return u.meaning() == isCount }

// IsRate reports whether values relate one amount to another.
func (u Unit) IsRate() bool { return u.meaning() == isRate }

// IsRank reports whether values are places in an order.
func (u Unit) IsRank() bool { return u.meaning() == isRank }

// IsYear reports whether values are years.
func (u Unit) IsYear() bool { return u.meaning() == isYear }

// IsDate reports whether values are days.
func (u Unit) IsDate() bool { return u.meaning() == isDate }

// IsTime reports whether values have their place in time.
func (u Unit) IsTime() bool { return u.IsYear() || u.IsDate() }

// IsText reports whether values are texts.
func (u Unit) IsText() bool { return u.meaning() == isText }

// IsFlag reports whether values are true or false.
func (u Unit) IsFlag() bool { return u.meaning() == isFlag }

// Numeric reports whether values are numbers with a size, which line up on the right.
func (u Unit) Numeric() bool { return !u.IsTime() && !u.IsText() && !u.IsFlag() }

// Accepts reports whether a value can have the unit. "2016-17" is a year.
func (u Unit) Accepts(v Value) bool {
	switch v.Kind {
	case Number:
		return u.Numeric() || u.IsYear()
	case Date:
		return u.IsDate()
	case Flag:
		return u.IsFlag()
	case Text:
		return u.IsText() || u.IsYear()
	}
	return true
}

// Measure names the unit for a reader, e.g. "US dollars"; "" where the label of the
// column says it all.
func (u Unit) Measure() string { return rules[u].measure }

// NamedIn reports whether a text, such as a subtitle, says the unit, or need not.
func (u Unit) NamedIn(text string) bool {
	named := rules[u].named
	return named == nil || named.MatchString(text)
}

// Bare reports whether a number in a table does not say its unit, as $1 and 1% do.
func (u Unit) Bare() bool { return rules[u].prefix == "" && rules[u].sign == "" }

// Unmistakable reports whether a number in prose says all of its unit, as $5 and 5
// percent do. $5 per 1,000 residents reads $5 as well.
func (u Unit) Unmistakable() bool { return u.meaning() == isMoney || u.meaning() == isShare }
