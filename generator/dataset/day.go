package dataset

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// layout is one way to write a day or a time: a format of strptime as package time reads
// it. Months and days of the month are read padded or not, and names in any case.
type layout struct {
	format    string
	layout    string
	padded    string // the same, with all digits
	shortYear bool   // two digits
	fixed     bool   // numbers follow each other, so that each has all its digits
	zoned     bool
}

// directives are those of strptime, and what package time has for them. Of these it reads
// numbers padded or not.
var directives = map[string]string{
	"Y": "2006", "y": "06", "m": "1", "-m": "1", "d": "2", "-d": "2", "e": "_2", "b": "Jan", "h": "Jan", "B": "January", "a": "Mon", "A": "Monday",
	"j": "002", "H": "15", "-H": "15", "k": "15", "I": "3", "-I": "3", "l": "3", "M": "4", "-M": "4", "S": "5", "-S": "5", "p": "PM", "P": "PM", "f": "999999", "z": "", "Z": "",
	"F": "2006-1-2", "D": "1/2/06", "x": "1/2/06", "T": "15:4:5", "X": "15:4:5", "R": "15:4", "%": "%", "t": "\t", "n": "\n",
}

// padded are those of which package time writes all digits.
var padded = map[string]string{
	"m": "01", "d": "02", "I": "03", "M": "04", "S": "05", "F": "2006-01-02", "D": "01/02/06", "x": "01/02/06", "T": "15:04:05", "X": "15:04:05", "R": "15:04",
}

// newLayout reads a format of strptime. It fails where a directive is not known, or a part
// of the text means something to package time.
func newLayout(format string) (layout, bool) {
	l := layout{format: format}
	var b, long strings.Builder
	for rest := format; rest != ""; {
		before, after, found := strings.Cut(rest, "%")
		for _, day := range []time.Time{time.Date(1987, 11, 29, 17, 38, 49, 0, time.UTC), time.Date(2034, 5, 6, 1, 2, 3, 0, time.UTC)} {
			if day.Format(before) != before {
				return l, false
			}
		}
		b.WriteString(before)
		long.WriteString(before)
		if rest = after; !found {
			break
		}
		size := 1
		if strings.HasPrefix(rest, "-") {
			size = 2
		}
		if len(rest) < size {
			return l, false
		}
		part, known := directives[rest[:size]]
		switch name := rest[:size]; {
		case !known:
			return l, false
		case name == "z" || name == "Z":
			if len(rest) > size || l.zoned {
				return l, false // it is read at the end
			}
			l.zoned = true
		case name == "f" && !strings.HasSuffix(b.String(), "5."):
			return l, false
		case name == "y", name == "D", name == "x":
			l.shortYear = true
		}
		if n := b.Len(); n > 0 && before == "" && part != "" {
			l.fixed = l.fixed || strings.ContainsAny(b.String()[n-1:], "0123456789") && strings.ContainsAny(part[:1], "0123456789")
		}
		b.WriteString(part)
		long.WriteString(cmp.Or(padded[rest[:size]], part))
		rest = rest[size:]
	}
	l.layout, l.padded = strings.TrimRight(b.String(), " "), strings.TrimRight(long.String(), " ")
	return l, l.layout != ""
}

// tells reports whether what is written in the layout is enough to know a day, or a time.
func (l layout) tells(fieldType string) bool {
	said := map[string]string{"date": time.DateOnly, "datetime": "2006-01-02 15:04", "time": "15:04"}[fieldType]
	for _, t := range []time.Time{time.Date(2017, 12, 31, 23, 58, 59, 0, time.UTC), time.Date(2004, 2, 9, 1, 2, 3, 0, time.UTC)} {
		read, err := time.Parse(l.layout, t.Format(l.padded))
		if err != nil || read.Format(said) != t.Format(said) {
			return false
		}
	}
	return true
}

// zone is the offset from universal time at the end of a time.
var zone = regexp.MustCompile(` ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})$`)

// read reads a text as it is written, and its zone, which moves nothing.
func (l layout) read(text string, latest int) (t time.Time, offset string, ok bool) {
	if text == "" {
		return t, "", false
	}
	if l.zoned {
		at := zone.FindStringSubmatchIndex(text)
		if at == nil {
			return t, "", false
		}
		text, offset = text[:at[0]], offsetOf(text[at[2]:at[3]])
	}
	if strings.TrimSpace(text) != text {
		return t, "", false
	}
	t, err := time.Parse(l.layout, text)
	if err != nil || t.Year() < 1 || l.fixed && t.Format(l.padded) != text {
		return t, "", false
	}
	if l.shortYear {
		year := latest - ((latest-t.Year())%100+100)%100
		in := time.Date(year, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		if in.Day() != t.Day() {
			return t, "", false // February 29, of a year that has none
		}
		t = in
	}
	return t, offset, true
}

// offsetOf writes an offset in one way: +02:00, and Z for none.
func offsetOf(written string) string {
	switch digits := strings.Trim(written, "+-:0"); {
	case written == "":
		return ""
	case digits == "" || digits == "Z" || digits == "UTC" || digits == "GMT":
		return "Z"
	case len(written) == len("+02"):
		return written + ":00"
	case !strings.Contains(written, ":"):
		return written[:3] + ":" + written[3:]
	}
	return written
}

// Two-digit years. A report's data know no clock: the last year that one can be is the
// tenth after the day of the data package, so that days to come are read, and else that
// of spreadsheets, which read 30 as 1930.
const (
	yearsToCome    = 10
	lastOfTwoDigit = 2029
)

// latestYear is the last year that two digits can stand for.
func (p *Package) latestYear() int {
	if day, err := time.Parse(time.DateOnly, p.Created); err == nil {
		return day.Year() + yearsToCome
	}
	return lastOfTwoDigit
}

// isoDay is the default format of days, and isoTimes those of times.
var (
	isoDay   = []string{"%Y-%m-%d"}
	isoTimes = []string{"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"}
)

// formats are how the days and times of a column may be written.
func (f *Field) formats() []string {
	switch {
	case len(f.Formats) > 0:
		return f.Formats
	case f.Format != "" && f.Format != "default":
		return []string{f.Format}
	case f.Type == "datetime":
		return isoTimes
	}
	return isoDay
}

func (f *Field) layouts() (all []layout) {
	for _, format := range f.formats() {
		if l, ok := newLayout(format); ok {
			all = append(all, l)
		}
	}
	return all
}

// isDefault reports whether days and times are written as ISO 8601 has it.
func (f *Field) isDefault() bool {
	return len(f.Formats) == 0 && (f.Format == "" || f.Format == "default")
}

var (
	isoDate  = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$`)
	isoStamp = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$`)
	isoClock = regexp.MustCompile(`^([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{1,6})?)?$`)
	isoMonth = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
	isoSpan  = regexp.MustCompile(`^-?P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$`)
)

// readDay reads a day. Two formats that make two days of one text are as bad as none.
func readDay(text string, f *Field, layouts []layout, latest int) (string, bool) {
	if f.isDefault() {
		if isDay(text) {
			return text, true
		}
		m := isoDate.FindStringSubmatch(text)
		if m == nil || len(m[1]) == len(text) {
			return "", false
		}
		day, err := time.Parse(time.DateOnly, m[1])
		return m[1], err == nil && day.Year() > 0
	}
	var days []string
	for _, l := range layouts {
		if t, _, ok := l.read(text, latest); ok {
			days = append(days, t.Format(time.DateOnly))
		}
	}
	if len(days) == 0 || len(slices.Compact(days)) > 1 {
		return "", false
	}
	return days[0], true
}

// isDay is the fast way to know a day of ISO 8601 from the year 1 on.
func isDay(text string) bool {
	if len(text) != len(time.DateOnly) || text[4] != '-' || text[7] != '-' {
		return false
	}
	number := func(from, to int) (n int) {
		for _, b := range []byte(text[from:to]) {
			if b < '0' || b > '9' {
				return -1
			}
			n = 10*n + int(b-'0')
		}
		return n
	}
	year, month, day := number(0, 4), number(5, 7), number(8, 10)
	if year < 1 || month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= 28 || day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// readTime reads a day with a time as it is written, and its offset from universal time.
// An offset never moves it to another day.
func readTime(text string, f *Field, layouts []layout, latest int) (stamp, offset string, ok bool) {
	if f.isDefault() {
		m := isoStamp.FindStringSubmatch(text)
		if m == nil {
			return "", "", false
		}
		if m[3] == "" {
			m[3] = ":00"
		}
		stamp := m[1] + " " + m[2] + m[3]
		t, err := time.Parse(time.DateTime, stamp)
		return stamp, offsetOf(m[4]), err == nil && t.Year() > 0
	}
	var stamps []string
	for _, l := range layouts {
		if t, zone, ok := l.read(text, latest); ok {
			stamps, offset = append(stamps, t.Format("2006-01-02 15:04:05.999999")), zone
		}
	}
	if len(stamps) == 0 || len(slices.Compact(stamps)) > 1 {
		return "", "", false
	}
	return stamps[0], offset, true
}

// readClock reads a time of day.
func readClock(text string, f *Field, layouts []layout) (string, bool) {
	if f.isDefault() {
		m := isoClock.FindStringSubmatch(text)
		if m == nil {
			return "", false
		}
		if m[2] == "" {
			m[2] = ":00"
		}
		_, err := time.Parse(time.TimeOnly, m[1]+m[2])
		return m[1] + m[2], err == nil
	}
	for _, l := range layouts {
		if t, err := time.Parse(l.layout, text); err == nil {
			return t.Format("15:04:05.999999"), true
		}
	}
	return "", false
}

// dayNumber is the day that a spreadsheet keeps as a number: 43124 is Jan. 24, 2018. It is
// not ok for numbers that stand for no day of our time.
func dayNumber(text string) (day string, ok bool) {
	var n int
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil || len(text) != 5 || n < 10_000 || n > 73_050 {
		return "", false
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), true
}
