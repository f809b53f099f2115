package scaffold

import (
	"fmt"
	"regexp"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// notation is how the numbers of a table are written: 1,234.5 or 1.234,5.
type notation struct {
	comma   bool // the decimal sign is a comma
	certain bool // as cells say that can be read in one way only
}

var (
	ambiguous = regexp.MustCompile(`^[1-9][0-9]{0,2}[.,][0-9]{3}$`) // 1,234 and 1.234
	commas    = regexp.MustCompile(`^([0-9]+,([0-9]{1,2}|[0-9]{4,})|0,[0-9]{3}|[0-9]{1,3}([.'’ \x{a0}\x{202f}][0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3}){2,})$`)
	points    = regexp.MustCompile(`^([0-9]+\.([0-9]{1,2}|[0-9]{4,})|0\.[0-9]{3}|[0-9]{1,3}([,'’ \x{a0}\x{202f}][0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(,[0-9]{3}){2,})$`)
	signs     = `(?:US ?\$|[$€£]|(?:EUR|USD|GBP|CHF)\b)`
	beside    = regexp.MustCompile(`^[-−+]?\s*(?:` + signs + `)?\s*[-−+]?|\s*(?:` + signs + `|%)$`)
)

// currencies are units by what is beside an amount.
var currencies = map[string]string{"$": "usd", "USD": "usd", "€": "eur", "EUR": "eur", "£": "gbp", "GBP": "gbp", "CHF": "chf"}

// notationOf looks at all cells. Where they do not say, a file whose cells are separated by
// semicolons has decimal commas.
func notationOf(rows [][]string, delimiter string) notation {
	comma, point := false, false
	for _, row := range rows {
		for _, cell := range row {
			pointsIn, commasIn := strings.Count(cell, "."), strings.Count(cell, ",")
			if pointsIn+commasIn == 0 || point && commasIn == 0 && pointsIn < 2 || comma && pointsIn == 0 && commasIn < 2 {
				continue // it says nothing that is not known
			}
			switch digits := beside.ReplaceAllString(strings.TrimSpace(cell), ""); {
			case commas.MatchString(digits):
				comma = true
			case points.MatchString(digits), strings.Contains(cell, "$") && ambiguous.MatchString(digits) && commasIn > 0:
				point = true
			}
		}
	}
	if comma != point {
		return notation{comma: comma, certain: true}
	}
	return notation{comma: delimiter == ";"}
}

// styles are the decimal signs with the signs between groups of digits, the likely ones first.
func (n notation) styles() [][2]string {
	point := [][2]string{{".", ","}, {".", "'"}, {".", "’"}, {".", " "}, {".", "\u00a0"}, {".", "\u202f"}}
	comma := [][2]string{{",", "."}, {",", " "}, {",", "\u00a0"}, {",", "\u202f"}, {",", "'"}, {",", "’"}}
	if n.comma {
		return append(comma, point...)
	}
	return append(point, comma...)
}

// numeric recognizes numbers, with signs between their digits and beside them: 1,234.5, 1.234,50 € and (5).
func (c *column) numeric(as notation) bool {
	plain := dataset.Field{Type: "number"}.Reads()
	styles := as.styles()
	if !as.comma || !c.any(ambiguous.MatchString) {
		styles = append([][2]string{{".", ""}}, styles...)
	}
	for _, style := range append(styles, [2]string{".", ""}) {
		if c.written(style, plain) {
			c.doubtNumbers(as)
			return true
		}
		c.MissingValues = nil
	}
	return false
}

// written reports whether all values are numbers with these signs, and describes them.
func (c *column) written(style [2]string, plain func(string) bool) bool {
	decimal, group := style[0], style[1]
	digits := `[0-9]+`
	if group != "" {
		digits = `([0-9]+|[1-9][0-9]{0,2}(` + regexp.QuoteMeta(group) + `[0-9]{3})+)`
	}
	shape := regexp.MustCompile(`^` + digits + `(` + regexp.QuoteMeta(decimal) + `[0-9]+)?$`)
	f := dataset.Field{Type: "number"}
	isGrouped, isDecimal, isBare, whole := false, false, true, true
	if !c.only(func(cell string) bool {
		if decimal == "." && plain(cell) {
			isDecimal, whole = isDecimal || strings.Contains(cell, "."), whole && integer.MatchString(cell)
			return true
		}
		number := strings.TrimSpace(cell)
		if strings.HasPrefix(number, "(") && strings.HasSuffix(number, ")") {
			f.Accounting, number = true, number[1:len(number)-1]
		}
		number = beside.ReplaceAllString(number, "")
		if !shape.MatchString(number) {
			return false
		}
		isGrouped = isGrouped || group != "" && strings.Contains(number, group)
		isDecimal = isDecimal || strings.Contains(number, decimal)
		whole = whole && !strings.Contains(number, decimal)
		isBare = isBare && strings.Trim(cell, "-−+()") == number
		return true
	}) {
		return false
	}
	if isGrouped {
		f.GroupChar = group
	}
	if isDecimal && decimal != "." {
		f.DecimalChar = decimal
	}
	if !isBare {
		f.BareNumber = new(bool)
	}
	if whole && isBare && !f.Accounting {
		f.Type = "integer"
	}
	unit, alike := c.unitBeside()
	if !alike || !c.only(f.Reads()) {
		return false
	}
	c.Type, c.GroupChar, c.DecimalChar, c.BareNumber, c.Accounting, c.Unit = f.Type, f.GroupChar, f.DecimalChar, f.BareNumber, f.Accounting, unit
	return true
}

// unitBeside is the unit of the signs beside the numbers. It reports whether they are of one currency, or all of percent.
func (c *column) unitBeside() (unit quantity.Unit, alike bool) {
	seen := map[string]bool{}
	for cell := range c.distinct {
		if !strings.ContainsAny(cell, "0123456789") {
			continue
		}
		name := ""
		for sign, currency := range currencies {
			if strings.Contains(cell, sign) {
				name = currency
			}
		}
		if strings.Contains(cell, "%") {
			name = quantity.Percent.String()
		}
		seen[name] = true
	}
	if !seen[quantity.Percent.String()] {
		delete(seen, "")
	}
	for name := range seen {
		unit = unitOf(name)
	}
	return unit, len(seen) < 2
}

// doubtNumbers says what could be read otherwise.
func (c *column) doubtNumbers(as notation) {
	digits := func(cell string) string { return beside.ReplaceAllString(strings.TrimSpace(cell), "") }
	unclear := func(cell string) bool { return ambiguous.MatchString(digits(cell)) }
	clear := func(cell string) bool { return strings.ContainsAny(cell, ".,") && !unclear(cell) }
	if c.any(unclear) && !c.any(clear) {
		example := digits(c.exampleOf(unclear))
		sign, means := example[len(example)-len(",000"):][:1], "is the decimal sign"
		grouped := sign == c.GroupChar
		if grouped {
			means = "separates thousands"
		}
		others := c.any(func(cell string) bool { return integer.MatchString(digits(cell)) })
		if !as.certain || !grouped && others {
			c.doubt(fmt.Sprintf("has numbers such as %s, in which %q is taken to mean that it %s", diag.Quote(c.exampleOf(unclear)), sign, means))
		}
	}
	if c.BareNumber != nil || c.Accounting {
		c.doubt(fmt.Sprintf("has signs beside its digits, such as %s, which are taken off", diag.Quote(c.exampleOf(func(cell string) bool { return strings.Trim(cell, "0123456789.,'’ \u00a0\u202f") != "" }))))
	}
}
