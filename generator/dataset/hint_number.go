package dataset

import (
	"fmt"
	"regexp"
	"strings"

	"broadsheet/generator/diag"
)

// numberHint is the way out for a text that is not a number.
func (f Field) numberHint(value string) string {
	if strings.Map(onlyDigits, value) == "" {
		return "write it in digits, or leave the cell blank if it is not known"
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
	case reads(strings.TrimRight(value, ";:'`")):
		return only(strings.TrimRight(value, ";:'`"))
	case shortened.MatchString(value):
		return "write the number in full: " + inFull(value)
	case likeDigits(value) != "" && reads(likeDigits(value)):
		return fmt.Sprintf("a letter is among the digits: write %s, if that is meant", likeDigits(value))
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
	case f.decimalHint(value) != "":
		return f.decimalHint(value)
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
	case oddLetter.MatchString(value):
		return "a letter is among the digits: write all of them, as the source has them"
	case f.BareNumber == nil && beside.MatchString(value) && reads(beside.FindStringSubmatch(value)[1]):
		return only(beside.FindStringSubmatch(value)[1]) + "; or declare \"bareNumber\": false in " + File + ", if all cells have the same unit beside their digits"
	}
	return "write only digits"
}

// accountingHint is for a number in parentheses, which accountants write for one below zero.
func (f Field) accountingHint(value string) string {
	inside := strings.Trim(value, "()$€£")
	group := ""
	if number, declared := withPoint(inside); number != "" && f.decimalChar() == "." {
		inside, group = number, ", "+declared
	} else if f.GroupChar == "" && strings.Contains(inside, ",") {
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

var (
	// oddLetter is one letter right beside digits, where a digit may have been meant.
	oddLetter = regexp.MustCompile(`^[-+]?[0-9][0-9.,]*[A-Z][0-9.,]*$`)

	// decimalComma is a number whose decimal sign is a comma: groups of digits in front of it, and signs of money around it.
	decimalComma = regexp.MustCompile(`^([$€£¥]? ?)(-?[0-9]{1,3}(?:([ '’.\x{00a0}\x{202f}\x{2009}])[0-9]{3})+|-?[0-9]+),([0-9]+)( ?[$€£¥%])?$`)
)

// likeDigits is a number in which letters were typed that look like digits; "" where there are none.
func likeDigits(value string) string {
	number := strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", "|", "1").Replace(value)
	if number == value || strings.Trim(number, "0123456789.,-+") != "" {
		return ""
	}
	return number
}

// withPoint is the number that a text with a decimal comma is, 922826.20 of 922.826,20 €, and how a column of such texts is declared.
// Three digits behind a comma may be a group, and are none where another sign groups them.
func withPoint(value string) (number, declared string) {
	m := decimalComma.FindStringSubmatch(value)
	if m == nil || m[3] == "" && len(m[4]) == 3 {
		return "", ""
	}
	whole := m[2]
	declared = `"decimalChar": ","`
	if group := m[3]; group != "" {
		whole = strings.ReplaceAll(whole, group, "")
		declared += `, "groupChar": ` + diag.Quote(group)
	}
	if m[1]+m[5] != "" {
		declared += `, "bareNumber": false`
	}
	return whole + "." + m[4], declared
}

// decimalHint is for a number with a decimal comma in a column without.
func (f Field) decimalHint(value string) string {
	if number, declared := withPoint(value); f.Type == "number" && f.decimalChar() == "." && number != "" && f.Reads()(number) {
		return fmt.Sprintf("write %s, or declare %s in %s", number, declared, File)
	}
	return ""
}
