package dataset

import (
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// declaredForAll is what to declare of a column of which most cells are wrong in one way: those of a German spreadsheet have decimal
// commas. Where several ways read them as different values, it is each of these; "" where none does.
func (t *loading) declaredForAll(c *column) string {
	const few = 3
	if len(c.wrong) < few || len(c.wrong)*2 <= t.Rows || c.Private {
		return ""
	}
	var fit, values []string
	for _, other := range c.otherForms() {
		read := other.field.Reader()
		if slices.ContainsFunc(c.first, func(cell string) bool { _, ok := read(cell); return !ok }) {
			continue
		}
		var meant string
		for _, cell := range c.first {
			value, _ := read(cell)
			meant += value + "\n"
		}
		if !slices.Contains(values, meant) {
			fit, values = append(fit, other.declared), append(values, meant)
		}
	}
	return strings.Join(fit, " or ")
}

// otherForm is another way to write the values of a column.
type otherForm struct {
	field    Field
	declared string
}

func (c *column) otherForms() (forms []otherForm) {
	isDefault := c.decimalChar() == "." && c.GroupChar == "" && c.BareNumber == nil
	switch {
	case c.Type == "number" && isDefault:
		for _, group := range []string{"", ".", " ", "\u00a0", "\u202f", "'", "’"} {
			f, declared := c.Field, `"decimalChar": ","`
			if f.DecimalChar, f.GroupChar = ",", group; group != "" {
				declared += `, "groupChar": ` + diag.Quote(group)
			}
			forms = append(forms, otherForm{f, declared})
		}
		fallthrough
	case c.Type == "integer" && isDefault:
		for _, group := range []string{",", ".", " ", "\u00a0", "\u202f", "'", "’"} {
			if f := c.Field; group != "." || c.Type == "integer" {
				f.GroupChar = group
				declared := `"groupChar": ` + diag.Quote(group)
				if group == "." {
					declared += `, or "type": "number" if parts of a whole are meant,`
				}
				forms = append(forms, otherForm{f, declared})
			}
		}
	case c.Type == "date" && c.isDefault():
		for _, format := range DayFormats {
			f := c.Field
			f.Format = format
			forms = append(forms, otherForm{f, `"format": ` + diag.Quote(format)})
		}
	}
	if c.Type == "date" || !c.allMoney() {
		return forms
	}
	no := false
	for i := range forms {
		forms[i].field.BareNumber = &no
		forms[i].declared += `, "bareNumber": false`
	}
	return forms
}

// allMoney reports whether all cells have the same sign of money or percent.
func (c *column) allMoney() bool {
	sign := func(cell string) string { return strings.Trim(cell, "0123456789.,'’- \u00a0\u202f") }
	first := sign(c.first[0])
	return first != "" && strings.Contains("$€£¥%", first) && !slices.ContainsFunc(c.first, func(cell string) bool { return sign(cell) != first })
}
