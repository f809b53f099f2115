package dataset

import (
	"fmt"
	"regexp"
	"time"
)

// monthLayouts are ways to write a month, as package time has them.
var monthLayouts = []string{"2006-1", "2006/1", "2006.1", "200601", "1/2006", "1.2006", "1-2006", "Jan 2006", "Jan-2006", "Jan. 2006", "January 2006", "January-2006", "2006 Jan", "2006-Jan", "2006 January"}

// shortMonth is a month with a year of two digits, as spreadsheets show it, or a day without its year.
var shortMonth = regexp.MustCompile(`^(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[- ][0-9]{2}$`)

var numericMonth = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}$`)

// monthHint is the way out for a text that is not a month.
func monthHint(value string) string {
	const month = "2006-01"
	if day, ok := dayNumber(value); ok {
		return fmt.Sprintf("%s is how a spreadsheet keeps %s: write %s, and format the column as text", value, day, day[:len(month)])
	}
	if numericMonth.MatchString(value) {
		return "a year has the months 01 to 12"
	}
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, value); err == nil {
			return "write " + t.Format(month)
		}
	}
	if shortMonth.MatchString(value) {
		if t, err := time.Parse("Jan-06", value[:3]+"-"+value[4:]); err == nil {
			return fmt.Sprintf("a spreadsheet shortened it: write %s, if that is meant, and format the column as text", t.Format(month))
		}
	}
	if day, ok := (Field{Type: "date"}).Reader()(value); ok {
		return fmt.Sprintf("write the month alone: %s; or declare the column as a date, if days are meant", day[:len(month)])
	}
	months := map[string]bool{}
	for _, day := range daysOf(value, 0) {
		months[day[:len(month)]] = true
	}
	for only := range months {
		if len(months) == 1 {
			return "write the month alone: " + only
		}
	}
	return "write year and month, such as 2017-12"
}
