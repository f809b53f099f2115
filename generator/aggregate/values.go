package aggregate

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// wayOut is what to write instead of a column whose type no unit shows; "" for a type
// that one does.
func wayOut(c engine.Column) string {
	name := c.Name
	base, _, _ := strings.Cut(c.Type, "(")
	switch {
	case strings.HasSuffix(c.Type, "]"):
		return fmt.Sprintf("make one text of the list: array_to_string(%s, ', ') AS %s", name, name)
	case base == "STRUCT", base == "UNION":
		return fmt.Sprintf("take one part of it: %s.part AS %s", name, name)
	case base == "MAP":
		return fmt.Sprintf("take one entry of it: %s['key'] AS %s", name, name)
	case strings.HasPrefix(base, "TIMESTAMP"):
		return fmt.Sprintf("the time of day would be lost: give the column the unit datetime, and write %[1]s::TIMESTAMP AS %[1]s, or %[1]s::DATE AS %[1]s", name)
	case base == "INTERVAL":
		return fmt.Sprintf("count in one unit: date_diff('day', start, end) AS %s, or %s::VARCHAR", name, name)
	case base == "UHUGEINT", base == "BIGNUM":
		return fmt.Sprintf("write %s::DECIMAL(38, 0) AS %s", name, name)
	}
	switch base {
	case "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
		"DECIMAL", "FLOAT", "DOUBLE", "VARCHAR", "ENUM", "DATE":
		return ""
	}
	return fmt.Sprintf("make a text of it: %s::VARCHAR AS %s", name, name)
}

// shortType is a type without the parts of a nested one.
func shortType(name string) string {
	if base, _, nested := strings.Cut(name, "("); nested {
		if i := strings.LastIndexByte(name, ')'); i >= 0 {
			return base + name[i+1:]
		}
	}
	return name
}

// checkTexts looks for texts and days that no page can show. It reports the first of
// each column.
func (a *Aggregate) checkTexts(s *spec, rows [][]any, values []int, problems *diag.List) {
	for i, c := range a.Columns {
		for n, row := range rows {
			p, ok := checkValue(row[values[i]])
			if ok {
				continue
			}
			p.Message = fmt.Sprintf("column %s, row %d of the result", diag.Quote(c.Name), n+1)
			s.failAt(problems, p, "columns", c.Name)
			break
		}
	}
}

// checkValue returns false and a problem, without its place, for what no page can show.
func checkValue(v any) (diag.Problem, bool) {
	switch v := v.(type) {
	case string:
		if found := unprintable(v); found != "" {
			return diag.Problem{Found: found, Expected: "text", Hint: "take it out: regexp_replace(…, '[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]', '', 'g')"}, false
		}
	case time.Time:
		if year := v.Year(); year < 1 || year > 9999 {
			return diag.Problem{Found: dayText(v), Expected: "a day of the years 1 to 9999"}, false
		}
	}
	return diag.Problem{}, true
}

// dayText is a day outside the years that dates are written with.
func dayText(day time.Time) string {
	switch year := day.Year(); {
	case year > 1_000_000:
		return "infinity"
	case year < -1_000_000:
		return "-infinity"
	case year < 1:
		return fmt.Sprintf("a day of the year %d BC", 1-year)
	default:
		return fmt.Sprintf("a day of the year %d", year)
	}
}

// unprintable names the first character that is none of a text.
func unprintable(text string) string {
	for i, r := range text {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			return fmt.Sprintf("the byte %#02x, which is not UTF-8", text[i])
		case unicode.IsControl(r):
			return fmt.Sprintf("the control character %U", r)
		}
	}
	return ""
}
