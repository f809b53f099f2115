package scaffold

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// column is what is known of a column after all its cells were looked at.
type column struct {
	dataset.Field

	cells    []string // all rows
	numbers  []int    // of the rows in the file
	distinct map[string]int
	blank    int    // cells without a value
	number   string // SQL of its values as numbers; "" where they are none
	year     string // SQL of its values as years; "" where they are none
	alike    bool   // has texts that look alike, but for spaces and what nobody sees
	doubts   []string
}

// profile guesses the type of a column from all its cells.
func profile(name string, cells []string, numbers []int, as notation) *column {
	c := &column{Field: dataset.Field{Name: name, Type: "string"}, cells: cells, numbers: numbers, distinct: map[string]int{}}
	for _, cell := range cells {
		c.distinct[cell]++
	}
	c.guess(as)
	c.blank = c.distinct[""]
	for _, mark := range c.MissingValues {
		if mark != "" {
			c.blank += c.distinct[mark]
		}
	}
	c.doubtTexts()
	return c
}

var (
	integer  = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)
	number   = regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?$`)
	zeros    = regexp.MustCompile(`^0[0-9]+$`)
	fourfold = regexp.MustCompile(`^(1[5-9]|20)[0-9][0-9]$`)
	stamped  = regexp.MustCompile(`^(1[5-9]|20)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ]`)
	slashed  = regexp.MustCompile(`^[0-9]{1,2}/[0-9]{1,2}/([0-9]{4}|[0-9]{2})$`)
	codes    = words("fips|zip|zipcode|postal|postcode|phone|telephone|tel|fax|isbn|ssn|ein|npi|geoid|geo id|cusip|naics|sic")
	// identifier is a name that ends in id
	identifier = regexp.MustCompile(`\b(id|uid|uuid|identifier)$`)
	yearly     = words("year|years|yr|fy|season|año|jahr|année|annee|anio")
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
// missing values. A value that is not a mark must be there.
func (c *column) only(matches func(string) bool) bool {
	missing, values := []string{""}, 0
	for cell := range c.distinct {
		switch {
		case cell == "":
		case matches(cell):
			values++
		case slices.Contains(dataset.Marks, cell), slices.Contains(dataset.ErrorCells, cell):
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

func (c *column) guess(as notation) {
	name := plainName(c.Name)
	switch {
	case len(c.distinct) == 1 && c.distinct[""] > 0:
		c.doubt("has no values")
	case c.only(zeros.MatchString), c.only(func(s string) bool { return integer.MatchString(s) || zeros.MatchString(s) }) && c.any(zeros.MatchString):
		c.MissingValues = nil // of a text
	case c.only(integer.MatchString) && identifier.MatchString(name) && len(c.distinct)*10 >= len(c.cells)*9 && !c.consecutive():
		c.MissingValues = nil
		c.doubt("is read as text, as it looks like an identifier")
	case c.only(func(s string) bool { return integer.MatchString(s) }) && codes.MatchString(name):
		c.MissingValues = nil
		c.doubt("is read as text, as it looks like a code")
	case c.only(fourfold.MatchString) && (yearly.MatchString(name) || len(c.distinct) > 2 && !c.any(func(s string) bool { return s < "1900" }) && strings.HasSuffix(name, "year")):
		c.Type, c.Unit = "year", quantity.Year
	case yearly.MatchString(name) && c.only(func(s string) bool { return fourfold.MatchString(strings.TrimSuffix(s, ".0")) }):
		c.Type, c.Unit = "year", quantity.Year
	case c.only(integer.MatchString):
		c.Type = "integer"
		if yearly.MatchString(name) && c.mostlyIs(fourfold.MatchString) {
			i := slices.IndexFunc(c.cells, func(cell string) bool { return integer.MatchString(cell) && !fourfold.MatchString(cell) })
			c.doubt(fmt.Sprintf("has %s in row %d, which is not a year", diag.Quote(c.cells[i]), c.numbers[i]))
		}
	case c.numeric(as):
	case c.dated(as.comma):
	case c.only(dataset.Field{Type: "yearmonth"}.Reads()):
		c.Type, c.year = "yearmonth", "left("+sqlName(c.Name)+", 4)::INTEGER"
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

// dated recognizes days and times, written in one way, or in two of which the order is
// the same.
func (c *column) dated(comma bool) bool {
	fitting := func(kind string, formats []string) (fit []string) {
		for _, format := range formats {
			if c.only(dataset.Field{Type: kind, Format: format}.Reads()) {
				fit = append(fit, format)
			}
		}
		return fit
	}
	if c.only(dataset.Field{Type: "date"}.Reads()) {
		return c.isDated("date")
	}
	if fit := fitting("date", dataset.DayFormats); len(fit) > 0 {
		c.Format = fit[0]
		european := slices.IndexFunc(fit, func(f string) bool { return strings.Index(f, "d") < strings.Index(f, "m") })
		if first := fit[0]; strings.HasPrefix(first, "%m") && european >= 0 {
			if comma {
				c.Format = fit[european]
			}
			c.doubt(fmt.Sprintf("has days such as %s, in which day and month could be the other way round; they are read as %s", diag.Quote(c.example()), c.Format))
		}
		return c.isDated("date")
	}
	for _, formats := range [][]string{{"%m/%d/%Y", "%m/%d/%y"}, {"%d/%m/%Y", "%d/%m/%y"}, {"%d.%m.%Y", "%d.%m.%y"}, {"%Y-%m-%d", "%m/%d/%Y"}, {"%Y-%m-%d", "%d.%m.%Y"}} {
		if c.only(dataset.Field{Type: "date", Formats: formats}.Reads()) {
			c.Formats = formats
			c.doubt(fmt.Sprintf("has days written in several ways, which are read as %s and %s", formats[0], formats[1]))
			return c.isDated("date")
		}
	}
	if c.only(dataset.Field{Type: "datetime"}.Reads()) {
		return c.isDated("datetime")
	}
	if fit := fitting("datetime", dataset.TimeFormats); len(fit) > 0 {
		c.Format = fit[0]
		if slices.ContainsFunc(fit, func(f string) bool { return strings.HasPrefix(f, "%d/") }) && strings.HasPrefix(fit[0], "%m/") {
			c.doubt(fmt.Sprintf("has days such as %s, in which day and month could be the other way round; they are read as %s", diag.Quote(c.example()), c.Format))
		}
		return c.isDated("datetime")
	}
	c.MissingValues = nil
	switch {
	case c.mostly(stamped.MatchString):
		c.year = "try_cast(left(" + sqlName(c.Name) + ", 4) AS INTEGER)"
		c.doubt("holds days with a time, which are read as text, as they are written in several ways or zones")
	case c.mostly(slashed.MatchString):
		c.doubt("holds days written in several ways, which are read as text")
	default:
		c.doubtDay()
	}
	return false
}

// doubtDay names the first of a few cells for which a column of days is read as text, though they are written alike.
func (c *column) doubtDay() {
	for _, format := range append([]string{""}, dataset.DayFormats...) {
		reads := dataset.Field{Type: "date", Format: format}.Reads()
		if !c.mostlyIs(reads) {
			continue
		}
		i := slices.IndexFunc(c.cells, func(cell string) bool { return cell != "" && !slices.Contains(dataset.Marks, cell) && !reads(cell) })
		if shape(c.cells[i]) == shape(c.exampleOf(reads)) {
			c.doubt(fmt.Sprintf("is read as text, as %s in row %d is not a day", diag.Quote(c.cells[i]), c.numbers[i]))
		}
		return
	}
}

// isDated makes a column of days or times.
func (c *column) isDated(kind string) bool {
	c.Type, c.year = kind, "year("+sqlName(c.Name)+")"
	if kind == "date" {
		c.Unit = quantity.Day
	}
	return true
}

// mostly reports whether nearly all values match, and mostlyIs whether more than half do.
func (c *column) mostly(matches func(string) bool) bool { return c.part(matches) >= 0.95 }

func (c *column) mostlyIs(matches func(string) bool) bool { return c.part(matches) > 0.5 }

// part is the part of the values that match.
func (c *column) part(matches func(string) bool) float64 {
	values, matching := 0, 0
	for cell, n := range c.distinct {
		if cell == "" {
			continue
		}
		if values += n; matches(cell) {
			matching += n
		}
	}
	return float64(matching) / float64(max(values, 1))
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
func (c *column) example() string { return c.exampleOf(func(string) bool { return true }) }

// exampleOf is the first value that matches; else the first.
func (c *column) exampleOf(matches func(string) bool) (first string) {
	for _, cell := range c.cells {
		if cell == "" || slices.Contains(c.MissingValues, cell) {
			continue
		}
		if matches(cell) {
			return cell
		}
		first = cmp.Or(first, cell)
	}
	return first
}

func (c *column) doubt(text string) { c.doubts = append(c.doubts, text) }

var personal = words("email|e mail|phone|telephone|mobile|ssn|address|street|birth|birthday|dob|date of birth|passport|iban|first name|last name|given name|family name|surname|full name|maiden name|patient")

// E-mail addresses, and numbers of phones with what separates their parts.
var (
	address = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[A-Za-z]{2,}$`)
	phone   = regexp.MustCompile(`^(\+\d{1,3}[ .-]?)?(\(\d{2,4}\) ?|\d{2,4}[ .-])\d{3,4}[ .-]\d{3,4}$`)
)

// doubtTexts looks for what is unclean in the texts of a column.
func (c *column) doubtTexts() {
	if personal.MatchString(plainName(c.Name)) || c.mostly(address.MatchString) || c.mostly(phone.MatchString) {
		c.doubt(`may hold personal data: "private": true keeps it off all pages and downloads`)
	}
	var failed []string
	n := 0
	for _, text := range dataset.ErrorCells {
		if c.distinct[text] > 0 && (c.Type == "string" || !slices.Contains(dataset.Marks, text)) {
			failed, n = append(failed, text), n+c.distinct[text]
		}
	}
	if n > 0 {
		them := "them"
		if n == 1 {
			them = "it"
		}
		c.doubt(fmt.Sprintf("has %s that the spreadsheet could not compute, such as %s, and counts %s as missing", diag.Count(n, "cell"), failed[0], them))
	}
	if c.Type != "string" {
		return
	}
	if n > 0 {
		c.MissingValues = slices.Concat([]string{""}, failed)
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
	defer func() {
		if c.number == "" && c.year == "" && !slices.ContainsFunc(c.doubts, func(d string) bool { return strings.Contains(d, "read as text") }) && !codes.MatchString(plainName(c.Name)) && !zerosIn(c) {
			c.doubtMixed()
		}
	}()
	// all but one row are numbers: a second header, a note, a total
	if c.mostly(number.MatchString) && !zerosIn(c) && c.number == "" && !codes.MatchString(plainName(c.Name)) {
		for i, cell := range c.cells {
			if cell != "" && !number.MatchString(cell) {
				c.doubt(fmt.Sprintf("is read as text because of %s in row %d", diag.Quote(cell), c.numbers[i]))
				if yearly.MatchString(plainName(c.Name)) && c.mostly(func(s string) bool { return fourfold.MatchString(s) }) {
					c.year = "try_cast(" + sqlName(c.Name) + " AS INTEGER)"
					if c.any(func(s string) bool { return integer.MatchString(s) && !fourfold.MatchString(s) }) {
						c.doubt("has numbers that are not years, which a line over years leaves out")
					}
				} else {
					c.number = "try_cast(" + sqlName(c.Name) + " AS DOUBLE)"
				}
				break
			}
		}
	}
}

// doubtMixed asks about texts of which most look like numbers or like days.
func (c *column) doubtMixed() {
	for _, kind := range []struct {
		name  string
		looks *regexp.Regexp
	}{{"numbers", numberish}, {"days", dayish}} {
		like, other, values := "", "", 0
		n := 0
		for _, cell := range c.cells {
			text := strings.TrimSpace(cell)
			if text == "" || slices.Contains(dataset.Marks, text) {
				continue
			}
			values++
			if !kind.looks.MatchString(text) {
				other = cmp.Or(other, cell)
				continue
			}
			if n++; like == "" {
				like = cell
			} else if other == "" && shape(cell) != shape(like) {
				other = cell
			}
		}
		if n >= 2 && n*2 >= values && other != "" {
			c.doubt(fmt.Sprintf("is read as text, though most of its cells look like %s: not all are written in one way, such as %s and %s", kind.name, diag.Quote(like), diag.Quote(other)))
			return
		}
	}
}

// shape is a text with one digit for all.
func shape(text string) string { return regexp.MustCompile(`[0-9]+`).ReplaceAllString(text, "0") }

var (
	numberish = regexp.MustCompile(`^\(?[-–+]?[$€£]? ?[0-9]{1,3}([.,'’ \x{a0}\x{202f}]?[0-9]{3})*([.,][0-9]+)?\)?-? ?[$€£%]?$`)
	dayish    = regexp.MustCompile(`^([0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{1,2}[- .][A-Za-z]{3,9}[- .,]+[0-9]{2,4})$`)
)

func zerosIn(c *column) bool { return c.any(zeros.MatchString) }
