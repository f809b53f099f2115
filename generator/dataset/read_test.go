package dataset

import (
	"math/big"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzNumber holds what is read of a number against math/big: what both read is the same,
// and what is written for the engine reads as the same again.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1", "-0", "+5", ".5", "5.", "1e-05", "1.2E+07", "−5", "1,234.5", "(1,234)", "$ -5.50", "12 km", "007", "1e400", "0.00000000000000000000000000000000000000001", "99999999999999999999999999999999999999", "-", "e5", "1e+", "1,23", "0e0", "5e-1e5"} {
		f.Add(s)
	}
	no := false
	plain := Field{Type: "number"}.numberFormat()
	formats := []numberFormat{
		plain, Field{Type: "number", GroupChar: ",", Accounting: true}.numberFormat(), Field{Type: "number", GroupChar: ".", DecimalChar: ","}.numberFormat(),
		Field{Type: "number", BareNumber: &no, GroupChar: ","}.numberFormat(), Field{Type: "number", BareNumber: &no, DecimalChar: "·", GroupChar: "\u00a0"}.numberFormat(),
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for i, format := range formats {
			d, ok := format.read([]byte(cell), nil)
			if !ok {
				continue
			}
			text := string(d.append(nil))
			again, ok := plain.read([]byte(text), nil)
			if !ok || string(again.append(nil)) != text {
				t.Fatalf("%d: %q is read as %q, which is read as %q", i, cell, text, again.append(nil))
			}
			read, ok := new(big.Rat).SetString(text)
			if !ok {
				t.Fatalf("%d: %q is read as %q", i, cell, text)
			}
			if want, ok := new(big.Rat).SetString(strings.ReplaceAll(cell, "\u2212", "-")); i == 0 && (!ok || want.Cmp(read) != 0) {
				t.Fatalf("%q is read as %q", cell, text)
			}
			if !strings.ContainsAny(text, "e") && !d.fits() {
				t.Fatalf("%q is %q, which a decimal does not hold", cell, text)
			}
		}
	})
}

// FuzzDay holds that no format and no text is an error, and that what is read of a day is
// one, in the year that it says.
func FuzzDay(f *testing.F) {
	for _, s := range [][2]string{{"%m/%d/%y", "1/24/18"}, {"%d.%m.%Y", "24.01.2018"}, {"%B %d, %Y", "Jan 24, 2018"}, {"%Y-%m-%d %H:%M:%S.%f %z", "2018-01-24 10:00:00.5 +02:00"}, {"%I:%M %p", "1:30 PM"}, {"%", "%"}, {"%Y%m%d", "20180124"}, {"%-d/%e/%j", "1/ 2/003"}, {"2006 %Y", "2006 2018"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, format, text string) {
		l, ok := newLayout(format)
		if !ok {
			return
		}
		for _, kind := range []string{"date", "datetime", "time"} {
			l.tells(kind)
		}
		for _, latest := range []int{lastOfTwoDigit, 1999} {
			day, _, ok := l.read(text, latest)
			if !ok {
				continue
			}
			if year := day.Year(); year < 1 || year > 9999 || l.shortYear && (year > latest || year <= latest-100) {
				t.Fatalf("%q as %q is %v", text, format, day)
			}
			if l.tells("date") && !l.shortYear && !l.zoned && utf8.ValidString(format) {
				if again, _, ok := l.read(day.Format(l.padded), latest); !ok || !again.Truncate(24*time.Hour).Equal(day.Truncate(24*time.Hour)) {
					t.Fatalf("%q as %q is %v, and %v again", text, format, day, again)
				}
			}
		}
		for _, field := range []Field{{Type: "date"}, {Type: "datetime"}, {Type: "date", Format: format}} {
			castProblem(field, text)
		}
		f := Field{Type: "date"}
		if day, ok := readDay(text, &f, nil, lastOfTwoDigit); ok {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				t.Fatal(err)
			}
		}
	})
}
