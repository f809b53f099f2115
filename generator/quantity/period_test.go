package quantity

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func on(day string) Value {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return Value{Kind: Date, date: t}
}

func year(n int64) Value { v, _ := NewValue(n); return v }

func TestPeriodsAreReadAndWritten(t *testing.T) {
	for text, want := range map[string]string{
		"year": "year", "10 years": "10 years", "12 months": "year", "3 months": "quarter", "7 days": "week", "14 days": "2 weeks", "day": "day", " 2 quarters ": "2 quarters",
		"": "", "years 10": "", "0 days": "", "-1 day": "", "1.5 years": "", "decade": "", "99999 days": "",
	} {
		p, ok := ParsePeriod(text)
		if ok != (want != "") || ok && p.String() != want {
			t.Errorf("%q is read as %q, %t", text, p, ok)
		}
	}
}

// TestEachTimeHasItsPlace: the value so many periods after the first is so many periods after it.
func TestEachTimeHasItsPlace(t *testing.T) {
	for every, first := range map[string]Value{
		"year": year(1870), "10 years": year(1900), "day": on("2018-02-27"), "week": on("1968-12-30"), "month": on("2017-11-30"), "quarter": on("1999-10-01"), "2 years": on("2015-12-31"),
	} {
		p, _ := ParsePeriod(every)
		last := first
		for n := range 60 {
			v := p.After(first, n)
			if at, ok := p.Between(first, v); !ok || at != n {
				t.Errorf("every %s: %s is %d, %t after %s, not %d", every, v.Raw(), at, ok, first.Raw(), n)
			}
			if n > 0 && v.Compare(last) <= 0 {
				t.Errorf("every %s: %s does not come after %s", every, v.Raw(), last.Raw())
			}
			last = v
		}
	}
	ten, _ := ParsePeriod("10 years")
	week, _ := ParsePeriod("week")
	if _, ok := ten.Between(year(1990), year(1995)); ok {
		t.Error("1995 is ten years after 1990")
	}
	if _, ok := week.Between(on("2018-01-02"), on("2018-01-10")); ok {
		t.Error("eight days are a week")
	}
	if _, ok := ten.Between(year(1990), Value{Kind: Text, text: "2000-01"}); ok {
		t.Error("a calendar year and a school year are on one axis")
	}
}

func TestGapsAreSaidInFewWords(t *testing.T) {
	one, _ := ParsePeriod("year")
	day, _ := ParsePeriod("day")
	for _, tt := range []struct {
		p      Period
		unit   string
		values []Value
		want   string
	}{
		{one, "year", []Value{year(2015), year(2016)}, ""},
		{one, "year", []Value{year(2020), year(2015), year(2017), {}}, "2016, 2018 to 2019"},
		{one, "year", []Value{year(1900), year(1999)}, "1901 to 1998"},
		{day, "date", []Value{on("2018-01-30"), on("2018-02-02")}, "Jan. 31, 2018 to Feb. 1, 2018"},
		{one, "year", nil, ""},
		{one, "year", []Value{year(2015), {Kind: Text, text: "2016-17"}}, ""},
	} {
		if got := strings.Join(tt.p.Gaps(builtIn(tt.unit), tt.values), ", "); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.values, got, tt.want)
		}
	}
}

// TestAxesWriteTimesShort, and a check of a finished page knows each way.
func TestAxesWriteTimesShort(t *testing.T) {
	for _, tt := range []struct {
		unit, day string
		part      Part
		year      bool
		want      string
	}{
		{"date", "2018-01-24", OfYear, false, "2018"},
		{"date", "2018-01-24", OfDay, true, "Jan. 24, 2018"},
		{"date", "2018-09-03", OfDay, false, "Sept. 3"},
		{"month", "2018-01-01", OfMonth, false, "2018"},
		{"month", "2018-03-01", OfMonth, false, "March"},
		{"month", "2018-10-01", OfMonth, true, "Oct. 2018"},
		{"quarter", "2018-04-01", OfQuarter, true, "Q2 2018"},
	} {
		u := builtIn(tt.unit)
		got := u.AxisLabel(on(tt.day), tt.part, tt.year)
		if all := u.AxisLabels(on(tt.day)); got != tt.want || !strings.Contains(fmt.Sprintf("%q", all), fmt.Sprintf("%q", got)) {
			t.Errorf("%s %s: %q, want %q, of %q", tt.unit, tt.day, got, tt.want, all)
		}
	}
}

// TestFiscalYearsHaveTheirPlaces: years that begin in one calendar year and end in the next are texts.
func TestFiscalYearsHaveTheirPlaces(t *testing.T) {
	period, _ := ParsePeriod("year")
	for first, last := range map[string]string{
		"1998-99": "2001-02", "1998/99": "2001/02", "1998–99": "2001–02", "1998-1999": "2001-2002", "FY1998": "FY2001", "FY 1998-99": "FY 2001-02", "1998": "2001",
	} {
		from, to := Value{Kind: Text, text: first}, Value{Kind: Text, text: last}
		if n, ok := period.Between(from, to); !ok || n != 3 {
			t.Errorf("%s is %d, %t after %s", last, n, ok, first)
		}
		if v := period.After(from, 3); v.Raw() != last {
			t.Errorf("three years after %s is %s", first, v.Raw())
		}
	}
	for _, text := range []string{"2016-18", "2016-16", "2016-2018", "2016-7", "2016-17 ", "fiscal 2016", "16-17", "0016-17", "FY16"} {
		if _, ok := period.Between(Value{Kind: Text, text: text}, Value{Kind: Text, text: text}); ok {
			t.Errorf("%q is a year", text)
		}
	}
	if list := period.Gaps(Year, []Value{{Kind: Text, text: "2015-16"}, {Kind: Text, text: "2018-19"}}); strings.Join(list, ";") != "2016-17 to 2017-18" {
		t.Error(list)
	}
}
