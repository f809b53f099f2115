package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/memo"
	"broadsheet/generator/quantity"
)

// checkFields checks the columns of a table. What is wrong of one is left out, so
// that the rest of it can be checked; a column without a usable name is left out
// as a whole. The keys are those of a column, as they are in the file.
func checkFields(ctx context.Context, eng *engine.Engine, answers *memo.Memo, r *Resource, units quantity.Units, keys func(field int) []string, at adder) error {
	seen := map[string]bool{}
	var usable []Field
	for i, f := range r.Schema.Fields {
		f.place = i
		here := func(p diag.Problem, path ...any) {
			at(p, append([]any{"schema", "fields", i}, path...)...)
		}
		switch low := strings.ToLower(f.Name); {
		case f.Name == "" && slices.ContainsFunc(keys(i), func(key string) bool { return diag.Closest(key, []string{"name"}) != "" && key != "name" }):
			r.unnamed = true // an unknown key, which is a problem already
			continue
		case f.Name == "" || strings.HasPrefix(f.Name, "_") || strings.ContainsAny(f.Name, "\n\r\x00"):
			r.unnamed = true
			here(diag.Problem{Message: "the name of a column", Found: diag.Quote(f.Name), Expected: "text that does not start with _"}, "name")
			continue
		case seen[low]:
			r.unnamed = true
			here(diag.Problem{Message: "two columns are named " + diag.Quote(f.Name)}, "name")
			continue
		default:
			seen[low] = true
		}
		f.checkType(units, here)
		f.checkSigns(here)
		f.checkBounds(here)
		if err := f.checkPatterns(ctx, eng, answers, here); err != nil {
			return err
		}
		usable = append(usable, f)
	}
	r.Schema.Fields = usable
	r.unusable = r.unusable || len(usable) == 0
	return nil
}

func (f *Field) checkType(units quantity.Units, here adder) {
	if f.Type == "" {
		f.Type = "string"
	}
	if !slices.Contains(types, f.Type) {
		here(diag.Problem{Message: "unknown type " + diag.Quote(f.Type), Expected: "one of " + strings.Join(types, ", "), Hint: nearest(f.Type, types)}, "type")
		f.Type = "string"
	}
	if name := f.UnitName; name != "" {
		known := false
		if f.Unit, known = units.Find(name); !known {
			here(diag.Problem{Message: "unknown unit " + diag.Quote(name), Expected: units.Expected(), Hint: units.Nearest(name)}, "unit")
		}
	}
	if !f.Unit.Known() {
		f.Unit = defaultUnit(f.Type).In(units.Language())
	}
	f.UnitName = f.Unit.String()
	if f.Role != "" && !slices.Contains(roles, f.Role) {
		here(diag.Problem{Message: "unknown role " + diag.Quote(f.Role), Expected: "one of " + strings.Join(roles, ", "), Hint: nearest(f.Role, roles)}, "role")
	} else if f.Role != "" && f.Type != "string" && f.Type != "list" {
		here(diag.Problem{Message: "\"role\" of a column of type " + f.Type, Expected: "none"}, "role")
	}
	f.checkFormat(here)
	if isNull(f.Constraints.JSONSchema) {
		f.Constraints.JSONSchema = nil
	} else {
		here(diag.Problem{Message: "\"jsonSchema\" is not checked", Hint: "leave it out, and check the column with a program that reads JSON Schema"}, "constraints", "jsonSchema")
	}
	if numeric := f.Type == "number" || f.Type == "integer"; !numeric && (f.Accounting || f.BareNumber != nil && !*f.BareNumber) {
		key := "accounting"
		if !f.Accounting {
			key = "bareNumber"
		}
		here(diag.Problem{Message: diag.Quote(key) + " of a column of type " + f.Type, Expected: "none"}, key)
	}
	if f.ItemType != "" && f.ItemType != "string" {
		here(diag.Problem{Message: "a list of " + diag.Quote(f.ItemType), Expected: "a list of strings"}, "itemType")
	}
}

// formats are what a format can be, of types that have some and are not days or times.
var formats = map[string][]string{
	"string": {"email", "uri", "binary", "uuid"}, "geopoint": {"array", "object"}, "geojson": {"topojson"},
}

// checkFormat checks the format of a column, or several of a day or a time.
func (f *Field) checkFormat(here adder) {
	if len(f.Formats) > 0 && f.Format != "" {
		here(diag.Problem{Message: "both format and formats", Hint: "leave one of them out"}, "formats")
		f.Format = ""
	}
	switch f.Type {
	case "date", "datetime", "time":
		for i, format := range f.Formats {
			if !f.checkLayout(format, here, "formats", i) {
				f.Formats = nil
				return
			}
		}
		if !f.isDefault() && len(f.Formats) == 0 && !f.checkLayout(f.Format, here, "format") {
			f.Format = ""
		}
		return
	}
	if len(f.Formats) > 0 {
		here(diag.Problem{Message: "formats of a " + f.Type, Expected: "none", Hint: "only days and times have several"}, "formats")
		f.Formats = nil
	}
	if f.Format == "" || f.Format == "default" || slices.Contains(formats[f.Type], f.Format) {
		return
	}
	p := diag.Problem{Message: "format " + diag.Quote(f.Format) + " of a " + f.Type, Expected: "none", Hint: "only dates have a format, such as %d/%m/%Y"}
	if known := formats[f.Type]; known != nil {
		p.Expected, p.Hint = "one of "+quoteAll(known), nearest(f.Format, known)
	}
	here(p, "format")
	f.Format = ""
}

// layoutExamples are formats that tell all that a type wants.
var layoutExamples = map[string]string{
	"date": "with day, month and year, such as %d/%m/%Y or %Y-%m-%d", "datetime": "with a day and a time, such as %Y-%m-%d %H:%M:%S", "time": "with hour and minute, such as %H:%M",
}

// checkLayout checks one format of days or times.
func (f *Field) checkLayout(format string, here adder, path ...any) bool {
	p := diag.Problem{Message: "the format of a day", Found: diag.Quote(format), Expected: "one " + layoutExamples[f.Type]}
	if f.Type != "date" {
		p.Message = "the format of a time"
	}
	if format == "any" {
		p.Hint = "a build guesses no day: say how the days are written, with \"formats\" where there are several ways"
	} else if l, ok := newLayout(format); ok && l.tells(f.Type) {
		return true
	}
	here(p, path...)
	return false
}

// roles are what the words of a column can be, beside the report's own: what the source of the row says word for word, or
// what something is called.
var roles = []string{"quotation", "name"}

// IsName reports whether the texts of a column are not prose of the report's own: names, codes, somebody's words.
func (t *Table) IsName(f Field) bool {
	inKey := func(key []string) bool { return slices.Contains(key, f.Name) }
	if f.Role != "" || f.Constraints.Unique || f.Constraints.Enum != nil || f.Constraints.Pattern != "" || f.Categories != nil || f.Constraints.KeyOf != nil || inKey(t.Schema.PrimaryKey) ||
		slices.ContainsFunc(t.Schema.UniqueKeys, inKey) {
		return true
	}
	return slices.ContainsFunc(t.Schema.ForeignKeys, func(key ForeignKey) bool { return inKey(key.Fields) })
}

func defaultUnit(fieldType string) quantity.Unit {
	switch fieldType {
	case "integer":
		return quantity.Count
	case "number":
		return quantity.Plain
	case "date":
		return quantity.Day
	case "year":
		return quantity.Year
	case "yearmonth":
		return quantity.Month
	case "boolean":
		return quantity.YesNo
	}
	return quantity.Words
}

// checkSigns checks the signs between the digits of a number.
func (f *Field) checkSigns(here adder) {
	for _, sign := range []struct {
		key   string
		value *string
	}{{"decimalChar", &f.DecimalChar}, {"groupChar", &f.GroupChar}} {
		r, size := utf8.DecodeRuneInString(*sign.value)
		if *sign.value == "" || size == len(*sign.value) && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsControl(r) && !strings.ContainsRune("+-\u2212", r) {
			continue
		}
		here(diag.Problem{Found: diag.Quote(*sign.value), Expected: "one character that is not a digit, letter, plus or minus"}, sign.key)
		*sign.value = ""
	}
	decimal := f.DecimalChar
	if f.Type == "number" {
		decimal = f.decimalChar()
	}
	if f.GroupChar != "" && f.GroupChar == decimal {
		here(diag.Problem{Message: "the decimal sign and the group sign are both " + diag.Quote(decimal), Hint: "declare both: \"decimalChar\": \",\", \"groupChar\": \".\""}, "groupChar")
		f.GroupChar = ""
	}
}

// checkBounds checks the constraints that hold values, and those of length.
func (f *Field) checkBounds(here adder) {
	c := &f.Constraints
	texts := f.Type == "string" || f.Type == "list"
	sizes := f.isNumber() || slices.Contains([]string{"date", "datetime", "time", "yearmonth"}, f.Type)
	lacks := func(key string) {
		here(diag.Problem{Message: fmt.Sprintf("%s of a column of type %s", diag.Quote(key), f.Type), Expected: "none"}, "constraints", key)
	}
	for _, bound := range []struct {
		key   string
		value *json.RawMessage
	}{{"minimum", &c.Minimum}, {"maximum", &c.Maximum}, {"exclusiveMinimum", &c.ExclusiveMinimum}, {"exclusiveMaximum", &c.ExclusiveMaximum}} {
		switch {
		case isNull(*bound.value):
			*bound.value = nil
		case !sizes:
			lacks(bound.key)
			*bound.value = nil
		case !f.checkLiteral(*bound.value, here, "constraints", bound.key):
			*bound.value = nil
		}
	}
	for _, length := range []struct {
		key   string
		value *int
	}{{"minLength", &c.MinLength}, {"maxLength", &c.MaxLength}} {
		switch {
		case *length.value < 0:
			here(diag.Problem{Found: fmt.Sprint(*length.value), Expected: "a number of characters"}, "constraints", length.key)
			*length.value = 0
		case *length.value > 0 && !texts:
			lacks(length.key)
			*length.value = 0
		}
	}
	for i, value := range f.categories() {
		if !f.checkLiteral(value, here, "categories", i) {
			f.Categories = nil // what else is allowed cannot be known
			break
		}
	}
	if c.Enum == nil {
		return
	}
	var usable []json.RawMessage
	for i, value := range c.Enum {
		if f.checkLiteral(value, here, "constraints", "enum", i) {
			usable = append(usable, value)
		}
	}
	if len(c.Enum) == 0 {
		here(diag.Problem{Message: "no value is allowed", Expected: "a list of values"}, "constraints", "enum")
	}
	if len(usable) < len(c.Enum) {
		usable = nil // what else is allowed cannot be known
	}
	c.Enum = usable
}

func isNull(value json.RawMessage) bool { return value == nil || string(value) == "null" }

// checkLiteral checks a value in a constraint. That of a private column is not said.
func (f *Field) checkLiteral(value json.RawMessage, here adder, path ...any) bool {
	if _, ok := f.literal(value); ok {
		return true
	}
	p := diag.Problem{Found: diag.Quote(strings.Trim(string(value), `"`)), Expected: "a value of type " + f.Type}
	switch f.Type {
	case "integer", "number", "date", "year", "datetime", "time", "yearmonth":
		p.Expected = castProblem(Field{Type: f.Type}, "").Expected
	case "boolean":
		p.Expected = "true or false"
	}
	if f.Private {
		p.Found, p.Message = "", "the value has another type than the column"
	}
	here(p, path...)
	return false
}

// checkPatterns checks the pattern.
func (f *Field) checkPatterns(ctx context.Context, eng *engine.Engine, answers *memo.Memo, here adder) error {
	pattern := f.Constraints.Pattern
	if pattern == "" {
		return nil
	}
	if f.Type != "string" && f.Type != "list" {
		here(diag.Problem{Message: "\"pattern\" of a column of type " + f.Type, Expected: "none"}, "constraints", "pattern")
		f.Constraints.Pattern = ""
		return nil
	}
	key, err := memo.KeyOf(pattern)
	if err != nil {
		return err
	}
	ok, err := memo.Do(answers, "pattern", key, func() (bool, error) { return isPattern(ctx, eng, pattern) })
	if err != nil || ok {
		return err
	}
	p := diag.Problem{Message: "the pattern is not a regular expression", Found: diag.Quote(pattern), Hint: patternFault(pattern)}
	if f.Private {
		p.Found, p.Hint = "", "" // the pattern may hold values
	}
	here(p, "constraints", "pattern")
	f.Constraints.Pattern = ""
	return nil
}

// isPattern asks the engine whether it reads a pattern, as it is the one to use it.
func isPattern(ctx context.Context, eng *engine.Engine, pattern string) (bool, error) {
	_, rows, err := eng.Collect(ctx, "SELECT coalesce(regexp_full_match('', "+engine.Text(pattern)+") IS NOT NULL, false)")
	if refused := (*engine.Error)(nil); errors.As(err, &refused) && ctx.Err() == nil {
		return false, nil
	}
	return err == nil && rows[0][0] == true, err
}

// patternFault says what is wrong with a pattern. Go's regular expressions are those of
// the engine, RE2, and their parser names the part that it cannot read.
func patternFault(pattern string) string {
	_, err := syntax.Parse(pattern, syntax.Perl)
	var fault *syntax.Error
	switch {
	case err == nil && strings.Contains(pattern, "(?<"):
		return "write (?P<name>…) for a group with a name"
	case !errors.As(err, &fault):
		return "see https://github.com/google/re2/wiki/Syntax for what can be written"
	case strings.HasPrefix(fault.Expr, "(?"), fault.Code == syntax.ErrInvalidEscape:
		return "RE2 has no " + diag.Quote(fault.Expr) + ": no look-around, no back references; see https://github.com/google/re2/wiki/Syntax"
	}
	return string(fault.Code) + ": " + diag.Quote(fault.Expr)
}
