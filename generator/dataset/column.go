package dataset

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// column reads the cells of one field, and remembers what its engine type depends on.
type column struct {
	Field
	missing []string

	// value appends the value of a cell as the engine takes it, and form reports whether a
	// text has the form that its type wants. At most one of them is set: a string has none.
	value func(out, cell []byte) ([]byte, bool)
	form  func(cell []byte) bool

	whole, decimals int  // digits that its numbers have, before and after the sign
	long            bool // some number is not a decimal of the engine

	isKey  bool
	last   []byte // value of a column that may have each once
	repeat bool   // some value is not larger than the one before, so that it may be there twice

	wrong []int64  // rows of which the cell is not a value of the type
	first []string // some of those cells
}

// newColumn makes the reader of a field.
func (t *loading) newColumn(f Field) *column {
	c := &column{Field: f, missing: t.Missing(f)}
	switch f.Type {
	case "integer", "number":
		c.value = c.number()
	case "year":
		c.value = func(out, cell []byte) ([]byte, bool) {
			digits := strings.TrimSuffix(string(cell), ".0") // as a column with gaps comes out of pandas
			return append(out, digits...), len(digits) == 4 && leadingDigits([]byte(digits)) == 4
		}
	case "boolean":
		yes, no := f.booleans()
		c.value = func(out, cell []byte) ([]byte, bool) {
			if slices.Contains(yes, string(cell)) {
				return append(out, "true"...), true
			}
			return append(out, "false"...), slices.Contains(no, string(cell))
		}
	case "date":
		layouts := f.layouts()
		c.value = func(out, cell []byte) ([]byte, bool) {
			day, ok := readDay(string(cell), &f, layouts, t.latest)
			return append(out, day...), ok
		}
	case "datetime":
		c.value = c.times(t.latest)
	case "time":
		layouts := f.layouts()
		c.value = func(out, cell []byte) ([]byte, bool) {
			clock, ok := readClock(string(cell), &f, layouts)
			return append(out, clock...), ok
		}
	case "string":
		if c.form = isComputed; textForms[f.Format] != nil {
			c.form = textForms[f.Format]
		}
	case "yearmonth":
		c.form = isoMonth.Match
	case "duration":
		c.form = func(cell []byte) bool {
			return isoSpan.Match(cell) && cell[len(cell)-1] != 'P' && cell[len(cell)-1] != 'T'
		}
	case "object", "geojson":
		c.form = func(cell []byte) bool { return len(cell) > 0 && cell[0] == '{' && json.Valid(cell) }
	case "array":
		c.form = func(cell []byte) bool { return len(cell) > 0 && cell[0] == '[' && json.Valid(cell) }
	case "geopoint":
		c.form = c.isPoint
	}
	return c
}

// number reads whole numbers, or all.
func (c *column) number() func(out, cell []byte) ([]byte, bool) {
	format, whole := c.numberFormat(), c.Type == "integer"
	var scratch []byte
	return func(out, cell []byte) ([]byte, bool) {
		d, ok := format.read(cell, scratch)
		scratch = d.digits[:0]
		switch {
		case !ok:
			return out, false
		case whole:
			if d.decimals() > 0 || d.whole > 19 {
				return out, false
			}
			start := len(out)
			out = d.append(out)
			if d.whole == 19 {
				_, err := strconv.ParseInt(string(out[start:]), 10, 64)
				ok = err == nil
			}
			return out, ok
		case !d.fits():
			if c.long = true; !d.isDouble() {
				return out, false
			}
		}
		c.whole, c.decimals = max(c.whole, d.whole), max(c.decimals, d.decimals())
		return d.append(out), true
	}
}

// times reads days with a time. All must have one offset from universal time: those of a
// second one would be in a wrong order, and at another hour than the reader thinks.
func (c *column) times(latest int) func(out, cell []byte) ([]byte, bool) {
	layouts, any := c.layouts(), false
	return func(out, cell []byte) ([]byte, bool) {
		stamp, offset, ok := readTime(string(cell), &c.Field, layouts, latest)
		if ok && !any {
			any, c.offset = true, offset
		}
		return append(out, stamp...), ok && offset == c.offset
	}
}

// Reader returns a function that reads a text as a build does: the value in plain digits,
// or as ISO 8601 has it, and whether it is one of the field's type.
func (f Field) Reader() func(text string) (value string, ok bool) {
	c := (&loading{Table: &Table{Resource: &Resource{latest: lastOfTwoDigit}}}).newColumn(f)
	var out []byte
	return func(text string) (string, bool) {
		switch {
		case c.value != nil:
			var ok bool
			out, ok = c.value(out[:0], []byte(text))
			return string(out), ok
		case c.form != nil && text != "":
			return text, c.form([]byte(text))
		}
		return text, true
	}
}

// Reads is Reader without the value.
func (f Field) Reads() func(text string) bool {
	read := f.Reader()
	return func(text string) bool {
		_, ok := read(text)
		return ok
	}
}

// isComputed reports whether a text is none of those that a spreadsheet shows where a
// formula fails.
func isComputed(cell []byte) bool {
	return len(cell) == 0 || cell[0] != '#' || !slices.Contains(ErrorCells, string(cell))
}

// textForms are the formats of texts.
var textForms = map[string]func(cell []byte) bool{
	"uuid":   regexp.MustCompile(`^(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).Match,
	"email":  regexp.MustCompile(`^[^\s@]+@[^\s@]+$`).Match,
	"uri":    regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:\S+$`).Match,
	"binary": func(cell []byte) bool { _, err := base64.StdEncoding.DecodeString(string(cell)); return err == nil },
}

var point = regexp.MustCompile(`^(-?[0-9]{1,3}(?:\.[0-9]+)?), ?(-?[0-9]{1,2}(?:\.[0-9]+)?)$`)

// isPoint reports whether a cell is a longitude and a latitude, in this order.
func (c *column) isPoint(cell []byte) bool {
	var lon, lat float64
	switch c.Format {
	case "array":
		var pair []float64
		if json.Unmarshal(cell, &pair) != nil || len(pair) != 2 {
			return false
		}
		lon, lat = pair[0], pair[1]
	case "object":
		var pair struct{ Lon, Lat *float64 }
		if json.Unmarshal(cell, &pair) != nil || pair.Lon == nil || pair.Lat == nil {
			return false
		}
		lon, lat = *pair.Lon, *pair.Lat
	default:
		m := point.FindSubmatch(cell)
		if m == nil {
			return false
		}
		lon, _ = strconv.ParseFloat(string(m[1]), 64)
		lat, _ = strconv.ParseFloat(string(m[2]), 64)
	}
	return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90
}

// follow compares a value, as the engine takes it, with the one before.
func (c *column) follow(value []byte) {
	larger := bytes.Compare(value, c.last) > 0
	if c.Type == "integer" { // 10 is larger than 9; and of negative ones nobody numbers rows
		larger = len(value) > 0 && value[0] != '-' && (len(value) > len(c.last) || len(value) == len(c.last) && larger)
	}
	c.repeat, c.last = !larger && c.last != nil, append(c.last[:0], value...)
}

// isMissing reports whether a cell means "no value".
func (c *column) isMissing(cell []byte) bool {
	for _, mark := range c.missing {
		if mark == string(cell) {
			return true
		}
	}
	return false
}

// refuse remembers a cell that is not a value of the type.
func (c *column) refuse(row int, cell []byte) {
	if len(c.first) < maxOfAKind {
		c.first = append(c.first, string(cell))
	}
	c.wrong = append(c.wrong, int64(row))
}

// isText reports whether values are kept as texts.
func (f Field) isText() bool {
	return f.Type == "list" || sqlTypes[f.Type] == "VARCHAR"
}

// sqlTypes are the engine's types; the type of numbers depends on their digits.
var sqlTypes = map[string]string{
	"integer": "BIGINT", "year": "BIGINT", "boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMP", "time": "TIME", "list": "VARCHAR[]", "string": "VARCHAR", "any": "VARCHAR", "yearmonth": "VARCHAR",
	"duration": "VARCHAR", "object": "VARCHAR", "array": "VARCHAR", "geopoint": "VARCHAR", "geojson": "VARCHAR",
}

// Numbers are DECIMAL with so many digits behind the sign, or as many as their texts
// have: exact, as long as the engine's 38 digits hold them.
const (
	leastDecimals = 9
	maxDigits     = 38
)

// sqlType is the engine's type for the values of the column, once all are read. A number
// too long for its decimals makes a column of doubles, of which each is that which its
// text names.
func (c *column) sqlType() string {
	switch {
	case c.Type != "number":
		return sqlTypes[c.Type]
	case c.long || c.whole+c.decimals > maxDigits:
		return "DOUBLE"
	case c.whole+leastDecimals > maxDigits:
		return fmt.Sprintf("DECIMAL(%d, %d)", maxDigits, c.decimals)
	}
	return fmt.Sprintf("DECIMAL(%d, %d)", maxDigits, max(c.decimals, leastDecimals))
}

// narrowType is a type of half the size that holds the values, if there is one: the engine
// reads texts into it many times as fast. Else it is sqlType.
func (c *column) narrowType() string {
	const narrow = 18
	if scale := max(c.decimals, leastDecimals); c.Type == "number" && !c.long && c.whole+scale <= narrow {
		return fmt.Sprintf("DECIMAL(%d, %d)", narrow, scale)
	}
	return c.sqlType()
}
