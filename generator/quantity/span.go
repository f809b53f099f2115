package quantity

import (
	"fmt"
	"regexp"
	"strconv"
)

// A year that begins in one calendar year and ends in the next, or that a government counts by itself, is a text: 2016-17, 2016/17,
// 2016–2017, FY2016, FY 2016-17. Such years have their places on an axis, where a column writes all of them in one way.

// yearNotation is how a year is written.
type yearNotation struct {
	prefix, dash string
	short        bool // of 2016-17
}

var yearText = regexp.MustCompile(`^((?:FY|SY|CY) ?)?([1-9]\d{3})(?:([-–/])(\d{2}|\d{4}))?$`)

// readYear reads a year, and how it is written; false for what is none. The second year of two follows the first.
func readYear(text string) (year int, as yearNotation, ok bool) {
	m := yearText.FindStringSubmatch(text)
	if m == nil {
		n, err := strconv.Atoi(text)
		return n, as, err == nil && n >= 1 && n <= 9999
	}
	year, _ = strconv.Atoi(m[2]) // the pattern has looked
	as = yearNotation{prefix: m[1], dash: m[3], short: len(m[4]) == 2}
	return year, as, as.write(year) == text
}

func (as yearNotation) write(year int) string {
	switch {
	case as.dash == "":
		return fmt.Sprintf("%s%d", as.prefix, year)
	case as.short:
		return fmt.Sprintf("%s%d%s%02d", as.prefix, year, as.dash, (year+1)%100)
	}
	return fmt.Sprintf("%s%d%s%d", as.prefix, year, as.dash, year+1)
}

// sameNotation reports whether two years are written in one way: 2016 and 2016-17 are not of one axis.
func sameNotation(a, b Value) bool {
	if a.Kind == Date || b.Kind == Date {
		return true
	}
	_, as, _ := readYear(a.Raw())
	_, other, _ := readYear(b.Raw())
	return as == other
}
