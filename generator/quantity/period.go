package quantity

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Period is how far apart two values of a time column are that follow each other: a year, seven days, ten years. A value has its
// place by how many periods it is after the first, and a place without a value is a gap.
type Period struct {
	days, months int // one of them
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

var periodText = regexp.MustCompile(`^(?:([1-9]\d{0,3}) )?(day|week|month|quarter|year)s?$`)

// ParsePeriod reads "week" or "10 years".
func ParsePeriod(text string) (Period, bool) {
	m := periodText.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return Period{}, false
	}
	n := 1
	if m[1] != "" {
		n, _ = strconv.Atoi(m[1]) // the pattern has looked
	}
	switch m[2] {
	case "day":
		return Period{days: n}, true
	case "week":
		return Period{days: 7 * n}, true
	case "month":
		return Period{months: n}, true
	case "quarter":
		return Period{months: 3 * n}, true
	}
	return Period{months: 12 * n}, true
}

// String is what ParsePeriod reads.
func (p Period) String() string {
	n, noun := p.days, "day"
	switch {
	case p.months > 0 && p.months%12 == 0:
		n, noun = p.months/12, "year"
	case p.months > 0 && p.months%3 == 0:
		n, noun = p.months/3, "quarter"
	case p.months > 0:
		n, noun = p.months, "month"
	case p.days%7 == 0:
		n, noun = p.days/7, "week"
	}
	if n == 1 {
		return noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Period is that of a unit's own values: years, quarters, months and days. Other units, and moments, have none.
func (u Unit) Period() Period {
	switch {
	case u.IsYear():
		return Period{months: 12}
	case !u.IsDate() || u.rule().form == moment:
		return Period{}
	case u.rule().form == quarter:
		return Period{months: 3}
	case u.rule().form == month:
		return Period{months: 1}
	}
	return Period{days: 1}
}

// Finer reports whether p is shorter than what the values of a unit tell apart.
func (p Period) Finer(u Unit) bool {
	least := u.Period()
	return least.months > 0 && (p.days > 0 || p.months < least.months)
}

// place is a value's on the scale of the period: days or months since some day. A year is a number, or a text such as 2016-17.
func (p Period) place(v Value) (int, bool) {
	switch v.Kind {
	case Number, Text:
		year, _, ok := readYear(v.Raw())
		return year * 12, ok && p.months > 0
	case Date:
		if p.months > 0 {
			return v.date.Year()*12 + int(v.date.Month()) - 1, true
		}
		return int(v.date.Unix() / (24 * 60 * 60)), true
	}
	return 0, false
}

// Between is how many periods a value is after another; false where they are no whole number of periods apart, or are not times.
func (p Period) Between(first, v Value) (int, bool) {
	a, okA := p.place(first)
	b, okB := p.place(v)
	length := p.days + p.months
	if !okA || !okB || length == 0 || !sameNotation(first, v) {
		return 0, false
	}
	return (b - a) / length, (b-a)%length == 0
}

// After is the value so many periods after the first. Of months it is the first day.
func (p Period) After(first Value, n int) Value {
	switch {
	case n == 0:
	case first.Kind == Text:
		year, notation, _ := readYear(first.text) // Between has looked
		first.text = notation.write(year + n*p.months/12)
	case first.Kind == Number:
		year, _ := strconv.Atoi(first.Raw()) // Between has looked
		first, _ = NewValue(int64(year + n*p.months/12))
	case first.Kind == Date && p.months > 0:
		if first.date = time.Date(first.date.Year(), first.date.Month()+time.Month(n*p.months), 1, 0, 0, 0, 0, time.UTC); first.text != "" {
			first.text = first.date.Format(yearMonth)
		}
	case first.Kind == Date:
		first.date, first.text = first.date.AddDate(0, 0, n*p.days), ""
	}
	return first
}

// Length is what a period counts.
type Length int

// The lengths.
const (
	Days Length = iota
	Months
	Years
)

// Length is what the period counts in whole numbers.
func (p Period) Length() Length {
	switch {
	case p.days > 0:
		return Days
	case p.months%12 == 0:
		return Years
	}
	return Months
}

// SameYear reports whether two times are in one year.
func SameYear(a, b Value) bool {
	return a.Kind == Date && b.Kind == Date && a.date.Year() == b.date.Year()
}

// When says when a time was: "in 2015", "on Jan. 24, 2018".
func (u Unit) When(v Value) string {
	l, text := u.Language(), u.Format(v, Prose)
	switch f := u.rule().form; {
	case v.Kind != Date:
		return fmt.Sprintf(l.inYear, text)
	case f == quarter:
		return fmt.Sprintf(cmp.Or(l.inQuarter, l.inPart), text)
	case f == month:
		return fmt.Sprintf(l.inPart, text)
	}
	return fmt.Sprintf(l.onDay, text)
}

// Ends is the last day of the period that begins with a time; missing for periods of days, of which nobody knows whether they begin
// or end then.
func (p Period) Ends(v Value) Value {
	from := v.date
	switch {
	case p.months == 0 || v.IsMissing():
		return Value{}
	case v.Kind != Date:
		year, err := strconv.Atoi(v.Raw())
		if err != nil { // nobody knows when a fiscal year ends
			return Value{}
		}
		from = time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return Value{Kind: Date, date: time.Date(from.Year(), from.Month()+time.Month(p.months), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)}
}

// Gaps are the times between the first and the last of some values that are none of them, as prose writes them: "2017", and
// "2019 to 2025" of several that follow each other.
func (p Period) Gaps(u Unit, values []Value) []string {
	there := map[int]bool{}
	var first Value
	for _, v := range values {
		if first.IsMissing() || v.Compare(first) < 0 {
			first = v
		}
	}
	last := 0
	for _, v := range values {
		n, ok := p.Between(first, v)
		switch {
		case ok:
			there[n], last = true, max(last, n)
		case !v.IsMissing():
			return nil // not times, or not that far apart
		}
	}
	if len(there) == 0 {
		return nil
	}
	return p.spans(u, first, last, func(n int) bool { return !there[n] })
}

// Spans are some times as prose writes them: "2017", and "2019 to 2025" of several that follow each other.
func (p Period) Spans(u Unit, values []Value) []string {
	if len(values) == 0 {
		return nil
	}
	first, last, there := slices.MinFunc(values, Value.Compare), 0, map[int]bool{}
	for _, v := range values {
		if n, ok := p.Between(first, v); ok {
			there[n], last = true, max(last, n)
		}
	}
	return p.spans(u, first, last, func(n int) bool { return there[n] })
}

// spans are the places from the first to the last of which something is true.
func (p Period) spans(u Unit, first Value, last int, is func(n int) bool) (spans []string) {
	for n := 0; n <= last; n++ {
		from := n
		for n <= last && is(n) {
			n++
		}
		switch {
		case n == from+1:
			spans = append(spans, u.Format(p.After(first, from), Prose))
		case n > from:
			spans = append(spans, u.Format(p.After(first, from), Prose)+u.Language().upTo+u.Format(p.After(first, n-1), Prose))
		}
	}
	return spans
}

// Part is the part of a time that a label of an axis says: of a day in March 2018 "2018", "March" or "March 5".
type Part int

// The parts.
const (
	OfYear Part = iota + 1
	OfQuarter
	OfMonth
	OfEachMonth // where each month has a label, so that January needs its name
	OfDay
)

// AxisLabel writes a part of a time; with its year where that is asked for, and where the part is the first of a year it is the year
// alone, as readers expect on an axis.
func (u Unit) AxisLabel(v Value, part Part, withYear bool) string {
	if v.Kind != Date {
		return u.Format(v, Prose)
	}
	l, year := u.Language(), v.date.Format("2006")
	name := ""
	switch {
	case part == OfYear, part != OfDay && part != OfEachMonth && v.date.Month() == time.January:
		return year
	case part == OfQuarter:
		_, name, _ = strings.Cut(cmp.Or(l.shortQuarter, "%d Q%d"), " ")
		name = fmt.Sprintf(name, quarterOf(v.date))
	case (part == OfMonth || part == OfEachMonth) && l.isAP():
		name = months[v.date.Month()-1]
	case part == OfMonth || part == OfEachMonth:
		name = l.dates.MonthsAbbreviated()[v.date.Month()-1]
	case withYear:
		return l.day(v.date, day, Prose)
	default:
		return l.day(v.date, day, Yearly)
	}
	if withYear {
		return name + " " + year
	}
	return name
}

// AxisLabels are all the ways in which an axis may write a time.
func (u Unit) AxisLabels(v Value) []string {
	list := []string{u.Format(v, Prose)}
	for _, part := range []Part{OfYear, OfQuarter, OfMonth, OfEachMonth, OfDay} {
		list = append(list, u.AxisLabel(v, part, false), u.AxisLabel(v, part, true))
	}
	return list
}

// Starts reports whether a time is the first of its kind after another: of a year, a quarter, a month or a day that is a multiple of
// every. before is missing at the beginning of an axis: there the time must be such a start itself.
func Starts(part Part, every int, before, v Value) bool {
	if v.Kind != Date {
		year, _, _ := readYear(v.Raw())
		return year%every == 0
	}
	number := func(v Value) int {
		switch d := v.date; part {
		case OfYear:
			return d.Year()
		case OfQuarter:
			return d.Year()*4 + int(d.Month()-1)/3
		case OfMonth:
			return d.Year()*12 + int(d.Month()) - 1
		default:
			return int(d.Unix() / (24 * 60 * 60))
		}
	}
	n := number(v)
	if n%every != 0 {
		return false
	}
	if before.IsMissing() {
		before = Value{Kind: Date, date: v.date.AddDate(0, 0, -1)}
	}
	return number(before) != n
}
