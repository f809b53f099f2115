package scaffold

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// column is what is known of a column after all its cells were looked at.
type column struct {
	dataset.Field

	cells    []string // all rows
	distinct map[string]int
	blank    int    // cells without a value
	number   string // SQL of its values as numbers; "" where they are none
	year     string // SQL of its values as years; "" where they are none
	alike    bool   // has texts that look alike, but for spaces and what nobody sees
	doubts   []string
}

// profile guesses the type of a column from all its cells.
func profile(name string, cells []string, comma bool) *column {
	c := &column{Field: dataset.Field{Name: name, Type: "string"}, cells: cells, distinct: map[string]int{}}
	for _, cell := range cells {
		c.distinct[cell]++
	}
	c.guess(comma)
	c.blank = c.distinct[""]
	for _, mark := range c.MissingValues {
		if mark != "" {
			c.blank += c.distinct[mark]
		}
	}
	c.doubtTexts()
	return c
}

// marks are what stands for "no value" in columns of numbers and days.
var marks = []string{"NA", "N/A", "n/a", "na", "#N/A", "NaN", "nan", "NULL", "null", "None", "-", "–", "—", ".", "..", "...", "…", "*", "?", "X", "x", "unknown", "Unknown"}

var (
	integer  = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)
	number   = regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?$`)
	zeros    = regexp.MustCompile(`^0[0-9]+$`)
	fourfold = regexp.MustCompile(`^(1[5-9]|20)[0-9][0-9]$`)
	money    = regexp.MustCompile(`^\s*-?\s*(US)?[$€£]\s*-?[0-9][0-9,]*(\.[0-9]+)?\s*$`)
	percents = regexp.MustCompile(`^\s*[-+]?[0-9]+(\.[0-9]+)?\s*%\s*$`)
	stamped  = regexp.MustCompile(`^(1[5-9]|20)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ]`)
	slashed  = regexp.MustCompile(`^[0-9]{1,2}/[0-9]{1,2}/([0-9]{4}|[0-9]{2})$`)
	codes    = words("fips|zip|zipcode|postal|postcode|phone|telephone|tel|fax|isbn|ssn|ein|npi|geoid|geo id|cusip|naics|sic")
	yearly   = words("year|years|yr|fy|season|año|jahr|année|annee|anio")
)

// words matches names that hold one of some words.
func words(list string) *regexp.Regexp { return regexp.MustCompile(`\b(` + list + `)\b`) }

// plainName is a column's name as small words.
func plainName(name string) string {
	var b strings.Builder
	before := ' '
	for _, r := range name {
		switch {
		case unicode.IsUpper(r) && unicode.IsLower(before):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("$€£%", r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(' ')
		}
		before = r
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// only reports whether all values match, but for blank cells and marks, which become
// missing values. A value that is no mark must be there.
func (c *column) only(matches func(string) bool) bool {
	missing, values := []string{""}, 0
	for cell := range c.distinct {
		switch {
		case cell == "":
		case matches(cell):
			values++
		case slices.Contains(marks, cell):
			missing = append(missing, cell)
		default:
			return false
		}
	}
	if values == 0 {
		return false
	}
	if slices.Sort(missing); len(missing) > 1 {
		c.MissingValues = missing
	}
	return true
}

func (c *column) guess(comma bool) {
	name := plainName(c.Name)
	switch {
	case len(c.distinct) == 1 && c.distinct[""] > 0:
		c.doubt("has no values")
	case c.only(zeros.MatchString), c.only(func(s string) bool { return integer.MatchString(s) || zeros.MatchString(s) }) && c.any(zeros.MatchString):
		c.MissingValues = nil // of a text
	case c.only(func(s string) bool { return integer.MatchString(s) }) && codes.MatchString(name):
		c.MissingValues = nil
		c.doubt("is read as text, as it looks like a code")
	case c.only(fourfold.MatchString) && (yearly.MatchString(name) || len(c.distinct) > 2 && !c.any(func(s string) bool { return s < "1900" }) && strings.HasSuffix(name, "year")):
		c.Type, c.Unit = "year", quantity.Year
	case c.only(integer.MatchString):
		c.Type = "integer"
	case c.only(number.MatchString):
		c.Type = "number"
		if yearly.MatchString(name) && c.only(func(s string) bool { return fourfold.MatchString(strings.TrimSuffix(s, ".0")) }) {
			c.Unit = quantity.Year
		}
	case c.grouped(comma):
	case c.dated(comma):
	case c.only(func(s string) bool { return slices.Contains([]string{"true", "false"}, strings.ToLower(s)) }):
		c.Type, c.Unit = "boolean", quantity.YesNo
		c.listBooleans()
	}
}

func (c *column) any(matches func(string) bool) bool {
	for cell := range c.distinct {
		if matches(cell) {
			return true
		}
	}
	return false
}

// grouped recognizes numbers with signs between their digits: 1,234.5 and 1.234,5.
func (c *column) grouped(comma bool) bool {
	for _, signs := range [][2]string{{".", ","}, {",", "."}, {",", " "}, {",", "\u00a0"}, {",", "\u202f"}, {".", "'"}, {".", "’"}, {".", " "}, {".", "\u00a0"}, {".", "\u202f"}} {
		decimal, group := regexp.QuoteMeta(signs[0]), regexp.QuoteMeta(signs[1])
		if signs[0] == "," && comma != (signs[1] == ".") && comma {
			continue
		}
		pattern := regexp.MustCompile(`^-?([0-9]+|[1-9][0-9]{0,2}(` + group + `[0-9]{3})+)(` + decimal + `[0-9]+)?$`)
		if !c.only(pattern.MatchString) {
			continue
		}
		isGrouped := c.any(func(s string) bool { return strings.Contains(s, signs[1]) })
		isDecimal := c.any(func(s string) bool { return strings.Contains(s, signs[0]) })
		if comma && signs[0] == "." && isGrouped && !isDecimal && !c.any(func(s string) bool { return strings.Count(s, ",") > 1 }) {
			continue // with ; between cells, 1,234 has decimals
		}
		if c.Type = "integer"; isDecimal {
			c.Type = "number"
		}
		if isDecimal && signs[0] != "." {
			c.DecimalChar = signs[0]
		}
		if isGrouped {
			c.GroupChar = signs[1]
		}
		if isGrouped != isDecimal && (signs[0] == "," || signs[1] == ",") {
			sign, means := ",", "separates thousands"
			if isDecimal {
				means = "is the decimal sign"
			} else {
				sign = signs[1]
			}
			c.doubt(fmt.Sprintf("has numbers such as %s, in which %q is taken to mean that it %s", diag.Quote(c.example()), sign, means))
		}
		return true
	}
	return false
}

// days are the ways to write a day that are tried, as strptime and as Go write them.
var days = []struct{ format, layout string }{
	{"", "2006-01-02"},
	{"%m/%d/%Y", "01/02/2006"}, {"%-m/%-d/%Y", "1/2/2006"}, {"%m/%d/%y", "01/02/06"}, {"%-m/%-d/%y", "1/2/06"},
	{"%d/%m/%Y", "02/01/2006"}, {"%-d/%-m/%Y", "2/1/2006"}, {"%d/%m/%y", "02/01/06"}, {"%-d/%-m/%y", "2/1/06"},
	{"%d.%m.%Y", "02.01.2006"}, {"%-d.%-m.%Y", "2.1.2006"}, {"%d.%m.%y", "02.01.06"}, {"%Y/%m/%d", "2006/01/02"},
	{"%m-%d-%Y", "01-02-2006"}, {"%d-%m-%Y", "02-01-2006"}, {"%d-%b-%y", "02-Jan-06"}, {"%-d-%b-%y", "2-Jan-06"}, {"%d-%b-%Y", "02-Jan-2006"},
	{"%-d %b %Y", "2 Jan 2006"}, {"%-d %B %Y", "2 January 2006"}, {"%B %-d, %Y", "January 2, 2006"}, {"%b %-d, %Y", "Jan 2, 2006"},
}

// dated recognizes days, all written one way.
func (c *column) dated(comma bool) bool {
	var fit []string
	for _, d := range days {
		if c.only(func(s string) bool {
			day, err := time.Parse(d.layout, s)
			return err == nil && day.Format(d.layout) == s
		}) {
			fit = append(fit, d.format)
		}
	}
	if len(fit) > 0 {
		c.Type, c.Unit, c.Format = "date", quantity.Day, fit[0]
		european := slices.IndexFunc(fit, func(f string) bool { return strings.Index(f, "d") < strings.Index(f, "m") })
		if first := fit[0]; strings.Contains(first, "m/") && european >= 0 || strings.Contains(first, "m-") && european >= 0 {
			if comma {
				c.Format = fit[european]
			}
			c.doubt(fmt.Sprintf("has days such as %s, in which day and month could be the other way round; they are read as %s", diag.Quote(c.example()), c.Format))
		}
		c.year = "year(" + sqlName(c.Name) + ")"
		return true
	}
	c.MissingValues = nil
	switch {
	case c.mostly(stamped.MatchString):
		c.year = "try_cast(left(" + sqlName(c.Name) + ", 4) AS INTEGER)"
		c.doubt("holds days with a time, which are read as text")
	case c.mostly(slashed.MatchString):
		c.doubt("holds days written in several ways, which are read as text")
	case c.only(money.MatchString):
		c.MissingValues = nil
		c.number = "try_cast(regexp_replace(" + sqlName(c.Name) + ", '[^-0-9.]', '', 'g') AS DECIMAL(18, 2))"
		c.Unit = unitOf("usd")
		if c.any(func(s string) bool { return strings.Contains(s, "€") }) {
			c.Unit = unitOf("eur")
		}
		c.doubt(fmt.Sprintf("is read as text, as it has signs beside its digits, such as %s: write the numbers alone, and give the column the unit %s", diag.Quote(c.example()), c.Unit))
	case c.only(percents.MatchString):
		c.MissingValues = nil
		c.number = "try_cast(regexp_replace(" + sqlName(c.Name) + ", '[^-0-9.]', '', 'g') AS DOUBLE)"
		c.Unit = quantity.Percent
		c.doubt(fmt.Sprintf("is read as text, as it has signs beside its digits, such as %s: write the numbers alone, and give the column the unit percent", diag.Quote(c.example())))
	}
	return false
}

// mostly reports whether nearly all values match.
func (c *column) mostly(matches func(string) bool) bool {
	values, matching := 0, 0
	for cell, n := range c.distinct {
		if cell == "" {
			continue
		}
		if values += n; matches(cell) {
			matching += n
		}
	}
	return values > 0 && matching*20 >= values*19
}

// listBooleans lists the words of the file for yes and no.
func (c *column) listBooleans() {
	for cell := range c.distinct {
		switch strings.ToLower(cell) {
		case "true":
			c.TrueValues = append(c.TrueValues, cell)
		case "false":
			c.FalseValues = append(c.FalseValues, cell)
		}
	}
	slices.Sort(c.TrueValues)
	slices.Sort(c.FalseValues)
}

// example is a value of the column: the first.
func (c *column) example() string {
	for _, cell := range c.cells {
		if cell != "" && !slices.Contains(c.MissingValues, cell) {
			return cell
		}
	}
	return ""
}

func (c *column) doubt(text string) { c.doubts = append(c.doubts, text) }

var personal = words("email|e mail|phone|telephone|mobile|ssn|address|street|birth|birthday|dob|date of birth|passport|iban")

// doubtTexts looks for what is unclean in the texts of a column.
func (c *column) doubtTexts() {
	if personal.MatchString(plainName(c.Name)) {
		c.doubt(`may hold personal data: "private": true keeps it off all pages and downloads`)
	}
	if c.Type != "string" {
		return
	}
	if n := c.distinct["#REF!"] + c.distinct["#DIV/0!"] + c.distinct["#VALUE!"] + c.distinct["#NAME?"] + c.distinct["#NUM!"]; n > 0 {
		c.doubt(fmt.Sprintf("has %s that the spreadsheet could not compute, such as #REF!", count(n, "cell")))
	}
	if c.any(func(s string) bool {
		return strings.Contains(s, "Ã©") || strings.Contains(s, "â€™") || strings.Contains(s, "\ufffd")
	}) {
		c.doubt("has letters that were broken before, such as Ã© in place of é")
	}
	seen, said := map[string]string{}, false
	for _, cell := range slices.Sorted(maps.Keys(c.distinct)) {
		plain := dataset.Seen(cell)
		other, again := seen[strings.ToLower(plain)]
		if again && plain != "" {
			c.alike = c.alike || dataset.Seen(other) == plain
			if !said {
				c.doubt(fmt.Sprintf("has %s and %s, which count as two values", diag.Quote(other), diag.Quote(cell)))
			}
			said = true
		}
		seen[strings.ToLower(plain)] = cell
	}
	// all but one row are numbers: a second header, a note, a total
	if c.mostly(number.MatchString) && !zerosIn(c) && c.number == "" && !codes.MatchString(plainName(c.Name)) {
		for i, cell := range c.cells {
			if cell != "" && !number.MatchString(cell) {
				c.doubt(fmt.Sprintf("is read as text because of %s in row %d", diag.Quote(cell), i+2))
				if yearly.MatchString(plainName(c.Name)) && c.mostly(func(s string) bool { return fourfold.MatchString(s) }) {
					c.year = "try_cast(" + sqlName(c.Name) + " AS INTEGER)"
					if c.any(func(s string) bool { return integer.MatchString(s) && !fourfold.MatchString(s) }) {
						c.doubt("has numbers that are no years, which a line over years leaves out")
					}
				} else {
					c.number = "try_cast(" + sqlName(c.Name) + " AS DOUBLE)"
				}
				break
			}
		}
	}
}

func zerosIn(c *column) bool { return c.any(zeros.MatchString) }
