package dataset

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"broadsheet/generator/diag"
)

// castProblem says what a cell of the wrong type is, and the way out, in the words of
// somebody who works in a spreadsheet.
func castProblem(f Field, value string) diag.Problem {
	p := diag.Problem{Found: diag.Quote(plainSpaces(value)), Expected: f.expected()}
	trimmed := strings.TrimSpace(value)
	switch {
	case trimmed == "":
	case strings.Trim(value, "#") == "":
		p.Hint = "the column was too narrow to show its values when it was saved: widen it, and save the file again"
	case slices.Contains(ErrorCells, trimmed):
		p.Hint = "the spreadsheet could not compute this cell: fix its formula, and save the file again"
	case slices.Contains(Marks, value):
		p.Hint = "leave the cell blank, or declare \"missingValues\": [\"\", " + diag.Quote(value) + "] in " + File
	case trimmed != value && f.Reads()(trimmed):
		p.Hint = "remove the spaces around it"
	case f.Type == "integer", f.Type == "number":
		p.Hint = f.numberHint(trimmed)
	case f.Type == "date", f.Type == "datetime":
		p.Hint = f.dayHint(trimmed)
	case f.Type == "year":
		p.Hint = yearHint(trimmed)
	case f.Type == "boolean" && f.TrueValues == nil && f.FalseValues == nil:
		p.Hint = "if the column has other words for yes and no, declare them: \"trueValues\": [\"yes\"], \"falseValues\": [\"no\"]"
	case f.Type == "yearmonth":
		p.Hint = monthHint(trimmed)
	}
	return p
}

// expected says what a value of the type is, with an example.
func (f Field) expected() string {
	switch f.Type {
	case "integer":
		return "a whole number, such as " + cmp.Or(f.sample, "28300000")
	case "number":
		return "a number, such as " + cmp.Or(f.sample, "12"+f.decimalChar()+"5")
	case "year":
		return "a year, such as 2017"
	case "date":
		return "a day" + f.asWritten("2017-12-31")
	case "datetime":
		return "a day with a time" + f.asWritten("2017-12-31T23:59:00")
	case "time":
		return "a time of day" + f.asWritten("23:59:00")
	case "yearmonth":
		return "a month, such as " + cmp.Or(f.sample, "2017-12")
	case "duration":
		return "a duration, such as P1DT12H"
	case "object", "geojson":
		return `a JSON object, such as {"a": 1}`
	case "array":
		return "a JSON array, such as [1, 2]"
	case "geopoint":
		switch f.Format {
		case "array":
			return "a longitude and a latitude, such as [-77.04, 38.91]"
		case "object":
			return `a longitude and a latitude, such as {"lon": -77.04, "lat": 38.91}`
		}
		return "a longitude and a latitude, such as -77.04, 38.91"
	case "boolean":
		if f.TrueValues != nil || f.FalseValues != nil {
			return "one of " + quoteAll(append(slices.Clone(f.TrueValues), f.FalseValues...))
		}
		return "yes or no as " + File + " says them: true, false"
	case "string":
		switch f.Format {
		case "uuid":
			return "a UUID, such as 123e4567-e89b-42d3-a456-426614174000"
		case "email":
			return "an address, such as desk@example.org"
		case "uri":
			return "a URI, such as https://example.org/"
		case "binary":
			return "bytes in Base64, such as SGVsbG8="
		}
	}
	return "text"
}

// asWritten is how days and times are declared to be written, or an example.
func (f Field) asWritten(example string) string {
	if f.isDefault() {
		return ", such as " + example
	}
	return " written as " + strings.Join(f.formats(), " or ")
}

// plainSpaces shows spaces of all kinds as spaces.
func plainSpaces(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ").Replace(text)
}

// Marks are what people and programs write for "no value".
var Marks = []string{
	"NA", "N/A", "n/a", "na", "n.a.", "N.A.", "#N/A", "NaN", "nan", "NULL", "null", "None", "none", "-", "--", "–", "—", ".", "..", "...", "…", "*", "?", "X", "x",
	"unknown", "Unknown", "missing", "not available", "k. A.", "k.A.", "s/d", "ND", "n.d.", `\N`,
}

// ErrorCells are what spreadsheets write where a formula fails.
var ErrorCells = []string{"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#ERROR!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#BEZUG!", "#WERT!", "#REF !", "#¡REF!", "#¡DIV/0!", "#¡VALOR!"}

var (
	shortened     = regexp.MustCompile(`(?i)^([$€£]?)(-?[0-9]+)(?:\.([0-9]{1,9}))? ?(k|m|mn|mio\.?|mln|b|bn|thousand|million|billion)$`)
	limited       = regexp.MustCompile(`^(<|>|≤|≥|<=|>=|under |over |more than |less than )[ ]?[-+]?[0-9][0-9.,]*$`)
	estimated     = regexp.MustCompile(`^(~|≈|ca\.?|approx\.?|about|around|circa|est\.?) ?([-+]?[0-9][0-9.,]*)$`)
	noted         = regexp.MustCompile(`^([-+]?[0-9][0-9.,]*) ?(\*+|†|‡|§|\[[0-9a-z]{1,2}\]|\([a-z0-9]\)|[¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜ]+|[a-z])$`)
	accounted     = regexp.MustCompile(`^\([$€£]?[0-9][0-9.,]*\)$`)
	ranged        = regexp.MustCompile(`^[0-9][0-9.,]* ?(-|–|—|to) ?[0-9][0-9.,]*$`)
	turnedIntoDay = regexp.MustCompile(`^(?i)([0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2})$`)
	shortenedCode = regexp.MustCompile(`^[0-9](\.[0-9]+)?E\+[0-9]{1,2}$`)
	digitGroups   = regexp.MustCompile(`^[-+]?[0-9]{1,3}([ '’.\x{00a0}\x{202f}\x{2009}])[0-9]{3}(?:[ '’.\x{00a0}\x{202f}\x{2009}][0-9]{3})*$`)
	grouped       = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$|^-?[0-9]+(\.[0-9]+)?$`)
	beside        = regexp.MustCompile(`^[^0-9]*([-+]?[0-9][0-9.,]*)[^0-9]*$`)
)

func yearHint(value string) string {
	switch {
	case strings.Map(onlyDigits, value) == "":
		return "write it in four digits, or leave the cell blank if it is not known"
	case (Field{Type: "date"}).Reads()(value) || len(daysOf(value, 0)) > 0:
		return "declare the column as a date, or write the year alone"
	case len(strings.Trim(value, "0123456789-/–")) == 0 && len(value) > 4:
		return "declare the column as a string, with the unit year, where years run as in 2016-17"
	case len(value) == 2 && strings.Trim(value, "0123456789") == "":
		return "write all four digits"
	}
	return "write four digits"
}

// DayFormats are ways to write a day, the commonest first.
var DayFormats = []string{
	"%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y", "%d-%m-%y", "%Y.%m.%d", "%Y%m%d",
	"%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%b. %d, %Y", "%A, %B %d, %Y", "%a, %d %b %Y",
}

// TimeFormats are ways to write a day with a time.
var TimeFormats = []string{
	"%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S",
	"%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S %Z", "%a %b %d %H:%M:%S %Y",
}

// daysOf are the formats that read a text as a day, and what they read.
func daysOf(text string, latest int) map[string]string {
	days := map[string]string{}
	for _, format := range DayFormats {
		l, _ := newLayout(format)
		if t, _, ok := l.read(text, max(latest, lastOfTwoDigit)); ok && t.Year() > 1000 {
			days[format] = t.Format(time.DateOnly)
		}
	}
	return days
}

var (
	withoutYear = regexp.MustCompile(`^(?i)[0-9]{1,2}[-. ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[- ][0-9]{1,2}$`)
	monthAlone  = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}$`)
)

// dayHint is the way out for a text that is not a day.
func (f Field) dayHint(value string) string {
	if day, ok := dayNumber(value); ok {
		return fmt.Sprintf("%s is how a spreadsheet keeps %s: format the column as a day, such as %s, and save the file again", value, day, f.example(day))
	}
	if f.Type == "date" {
		if stamp, _, ok := readTime(value, &Field{Type: "datetime"}, nil, 0); ok {
			return fmt.Sprintf("write the day alone: %s, or declare the column as a datetime", stamp[:len(time.DateOnly)])
		}
	} else if (Field{Type: "date"}).Reads()(value) {
		return "add the time, or declare the column as a date"
	} else if _, offset, ok := readTime(value, &f, f.layouts(), lastOfTwoDigit); ok {
		return fmt.Sprintf("the offset from universal time, %s, differs from the values above: write all times of the column in one zone", diag.Quote(offset))
	}
	for _, format := range TimeFormats {
		if l, _ := newLayout(format); !slices.Contains(f.formats(), format) {
			if t, _, ok := l.read(value, lastOfTwoDigit); ok && t.Year() > 1000 {
				if f.Type == "date" {
					return "write the day alone: " + t.Format(time.DateOnly) + ", or declare \"type\": \"datetime\", \"format\": " + diag.Quote(format) + " in " + File
				}
				return "if all are written so, declare \"format\": " + diag.Quote(format) + " in " + File
			}
		}
	}
	var fit, said []string
	days := daysOf(value, 0)
	for _, format := range DayFormats {
		if day, ok := days[format]; ok && !slices.Contains(said, day) && (f.isDefault() || !slices.Contains(f.formats(), format)) {
			fit, said = append(fit, format), append(said, day)
		}
	}
	switch {
	case len(fit) > 1:
		return fmt.Sprintf("is it %s or %s? declare \"format\": %q or %q in %s", said[0], said[1], fit[0], fit[1], File)
	case len(fit) == 1 && f.isDefault() && fit[0] == isoDay[0]:
		return "write it as " + said[0]
	case len(fit) == 1 && fit[0] == isoDay[0]:
		return "write it as the others, or declare \"formats\": " + listed(append(slices.Clone(f.formats()), fit[0])) + " in " + File
	case len(fit) == 1 && !f.isDefault():
		return fmt.Sprintf("it would be %s as %s: is the rest of the column right? several ways are declared as \"formats\": %s in %s", said[0], fit[0], listed(append(slices.Clone(f.formats()), fit[0])), File)
	case len(fit) == 1:
		return fmt.Sprintf("write it as %s, or, if all days are written so, declare \"format\": %q in %s", said[0], fit[0], File)
	case withoutYear.MatchString(value):
		return "a part of the day is missing: format the column as a day with its year, such as 2017-12-31, and save the file again"
	case monthAlone.MatchString(value):
		return "declare the column as a yearmonth if months are meant"
	case len(value) == 4 && strings.Trim(value, "0123456789") == "":
		return "declare the column as a year if years are meant"
	case f.looksRight(value):
		return "there is no such day"
	}
	return "write it as " + f.example("2017-12-31")
}

// listed writes texts as JSON.
func listed(texts []string) string { return "[" + quoteAll(texts) + "]" }

// example writes a day as the column does.
func (f Field) example(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || f.isDefault() {
		return day
	}
	l, ok := newLayout(f.formats()[0])
	if !ok {
		return day
	}
	return t.Format(l.padded)
}

// looksRight reports whether a text has the digits and signs of a day that can be read.
func (f Field) looksRight(value string) bool {
	shape := func(text string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, text)
	}
	return strings.ContainsAny(value, "0123456789") && shape(value) == shape(f.example("2017-12-31"))
}

func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = diag.Quote(s)
	}
	return strings.Join(quoted, ", ")
}
