package dataset

import (
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
	case f.Type == "yearmonth" && (Field{Type: "date"}).Reads()(trimmed):
		p.Hint = "declare the column as a date if days are meant"
	}
	return p
}

// expected says what a value of the type is, with an example.
func (f Field) expected() string {
	switch f.Type {
	case "integer":
		return "a whole number, such as 28300000"
	case "number":
		return "a number, such as 12" + f.decimalChar() + "5"
	case "year":
		return "a year, such as 2017"
	case "date":
		return "a day" + f.asWritten("2017-12-31")
	case "datetime":
		return "a day with a time" + f.asWritten("2017-12-31T23:59:00")
	case "time":
		return "a time of day" + f.asWritten("23:59:00")
	case "yearmonth":
		return "a month, such as 2017-12"
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

// numberHint is the way out for a text that is no number.
func (f Field) numberHint(value string) string {
	if strings.Map(onlyDigits, value) == "" {
		return ""
	}
	reads := f.Reads()
	only := func(number string) string {
		if reads(number) {
			return "write only the number: " + number
		}
		return "write only the number"
	}
	switch {
	case f.GroupChar != "" && strings.Contains(value, f.GroupChar) && strings.Trim(value, "0123456789.,-+"+f.GroupChar) == "":
		return "three digits follow each " + diag.Quote(f.GroupChar) + ", as in 1" + f.GroupChar + "234" + f.GroupChar + "567"
	case f.Type == "number" && f.decimalChar() != "." && f.GroupChar != "." && strings.Contains(value, ".") && (Field{Type: "number"}).Reads()(value):
		return "the decimal sign is " + diag.Quote(f.DecimalChar) + "; where . separates thousands, declare \"groupChar\": \".\" in " + File
	case shortened.MatchString(value):
		return "write the number in full: " + inFull(value)
	case limited.MatchString(value):
		return "this is a limit and no number: leave the cell blank, and say the limit in a column of its own"
	case estimated.MatchString(value):
		return only(estimated.FindStringSubmatch(value)[2]) + "; that it is an estimate is said in a column of its own, which an aggregate names as its precision"
	case accounted.MatchString(value):
		return f.accountingHint(value)
	case strings.HasPrefix(value, "–") || strings.HasPrefix(value, "—"):
		return "write the minus as a hyphen: -" + strings.TrimLeft(value, "–— ")
	case len(value) > 1 && strings.HasSuffix(value, "-") && reads("-"+strings.TrimSuffix(value, "-")):
		return "write the minus in front: -" + strings.TrimSuffix(value, "-")
	case noted.MatchString(value):
		return only(noted.FindStringSubmatch(value)[1]) + "; a note has its place in a column of its own"
	case turnedIntoDay.MatchString(value):
		return "a spreadsheet took this for a day: format the column as text, and enter it again as it is in the source"
	case f.Type == "integer" && (Field{Type: "number"}).Reads()(value) && len(strings.Trim(value, "-+0123456789")) == 0:
		return "a whole number has at most 19 digits, up to 9223372036854775807: declare the column as a string if it is a code, or as a number"
	case len(value) > 1 && value[0] == '0' && strings.Trim(value, "0123456789") == "":
		return "write it without leading zeros, or declare the column as a string if it is a code"
	case f.GroupChar == "" && digitGroups.MatchString(value):
		return f.groupHint(value, digitGroups.FindStringSubmatch(value)[1])
	case ranged.MatchString(value):
		return "write one number; the two ends of a range belong in two columns"
	case (Field{Type: "date"}).Reads()(value) || len(daysOf(value, 0)) > 0:
		return "this is a day: declare the column as a date, or format it as a number in the spreadsheet"
	case f.BareNumber == nil && strings.ContainsAny(value, "$€£¥%"), strings.Contains(value, ",") && f.GroupChar == "":
		return f.signHint(value)
	case f.Type == "integer" && (Field{Type: "number"}).Reads()(value):
		return "declare the column as a number if parts of a whole are meant"
	case f.Type == "number" && (strings.Contains(value, "e") || strings.Contains(value, "E")) && strings.Trim(value, "0123456789.-+eE") == "":
		return "a number has at most 308 digits before or after the decimal sign"
	case f.BareNumber == nil && beside.MatchString(value) && reads(beside.FindStringSubmatch(value)[1]):
		return only(beside.FindStringSubmatch(value)[1]) + "; or declare \"bareNumber\": false in " + File + ", if all cells have the same unit beside their digits"
	}
	return "write only digits"
}

// accountingHint is for a number in parentheses, which accountants write for one below zero.
func (f Field) accountingHint(value string) string {
	inside := strings.Trim(value, "()$€£")
	group := ""
	if f.GroupChar == "" && strings.Contains(inside, ",") {
		group = `, "groupChar": ","`
		inside = strings.ReplaceAll(inside, ",", "")
	}
	return fmt.Sprintf("write -%s if that is meant, or declare \"accounting\": true%s in %s", inside, group, File)
}

// groupHint is for digits with a sign between their groups.
func (f Field) groupHint(value, sign string) string {
	if f.Type == "integer" && sign == "." && strings.Count(value, ".") == 1 {
		return fmt.Sprintf("write %s, or declare \"groupChar\": \".\" in %s; or declare the column as a number if parts of a whole are meant", strings.ReplaceAll(value, ".", ""), File)
	}
	declared := `"groupChar": ` + diag.Quote(sign)
	if sign == "." && f.decimalChar() == "." {
		declared = `"decimalChar": ",", ` + declared
	}
	return fmt.Sprintf("write only the number: %s, or declare %s in %s", strings.ReplaceAll(value, sign, ""), declared, File)
}

// signHint is for commas, and signs of money and percent.
func (f Field) signHint(value string) string {
	hint, number := "write only the number", bare(value)
	if plain := strings.TrimSpace(strings.Trim(value, "$€£¥% ")); number == "" && digitGroups.MatchString(plain) {
		return f.groupHint(plain, digitGroups.FindStringSubmatch(plain)[1]) + ", and \"bareNumber\": false"
	}
	if number != "" && (f.Type == "number" || !strings.Contains(number, ".")) {
		hint += ": " + number
	}
	switch {
	case strings.Contains(value, "%"):
		return hint + ", and not " + asShare(number) + ", with the unit percent; or declare \"bareNumber\": false in " + File
	case strings.ContainsAny(value, "$€£¥"):
		hint += ", or declare \"bareNumber\": false"
		if strings.Contains(value, ",") && number != "" && f.GroupChar == "" {
			hint += ", \"groupChar\": \",\""
		}
		return hint + " in " + File
	case number != "":
		return hint + ", or declare \"groupChar\": \",\" in " + File
	case f.Type == "number" && strings.Count(value, ",") == 1:
		return "write " + strings.Replace(value, ",", ".", 1) + ", or declare \"decimalChar\": \",\" in " + File
	}
	return hint
}

// asShare is a percentage as a part of one.
func asShare(number string) string {
	d, ok := (Field{Type: "number"}).numberFormat().read([]byte(number), nil)
	if !ok {
		return "a part of 1"
	}
	d.whole -= 2
	return string(d.append(nil))
}

// bare is a number without its signs, 0.25 for 0.25%, "" where nobody can tell.
func bare(value string) string {
	value = strings.NewReplacer("$", "", "€", "", "£", "", "%", "", " ", "").Replace(value)
	if !grouped.MatchString(value) {
		return ""
	}
	return strings.ReplaceAll(value, ",", "")
}

// inFull writes out 28.3m as 28300000.
func inFull(value string) string {
	m := shortened.FindStringSubmatch(value)
	zeros := map[byte]int{'k': 3, 't': 3, 'm': 6, 'b': 9}[strings.ToLower(m[4])[0]]
	whole, fraction := m[2], m[3]
	for len(fraction) < zeros {
		fraction += "0"
	}
	number := strings.TrimLeft(strings.TrimPrefix(whole, "-")+fraction[:zeros], "0")
	if rest := strings.TrimRight(fraction[zeros:], "0"); rest != "" {
		number += "." + rest
	}
	if strings.HasPrefix(whole, "-") {
		return "-" + number
	}
	return number
}

func yearHint(value string) string {
	switch {
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

// dayHint is the way out for a text that is no day.
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
