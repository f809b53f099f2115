// Package fact finds and writes facts: cells of aggregates, each with an address.
//
// An address is NAME.COLUMN where the aggregate has one line, and
// NAME.COLUMN[KEY] or NAME.COLUMN[KEY1,KEY2] where it has several. A key that
// holds a comma, a bracket or a quotation mark is written in double quotes, in which a
// backslash takes the next character as it is:
//
//	at_risk.amount_usd
//	at_risk_by_state.amount_usd[CA]
//	crime_by_city.rate["Washington, D.C.",2015]
//
// So does the name of a column that holds more than letters of English, digits and _,
// as PIVOT makes them of the data: letters_by_year."New York"[2016].
//
// Sentences cite them by shortcodes (prose.go), texts of tables by placeholders (cell.go).
//
// Facts are looked up in place: a page that cites three costs three look-ups, in
// an aggregate of any size.
package fact

import (
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// Fact is one cell of an aggregate, or a finding of its head.
type Fact struct {
	Address   Address
	Aggregate *aggregate.Aggregate
	Column    aggregate.Column
	Row       *aggregate.Row
	Value     quantity.Value
	Precision quantity.Precision
	Finding   *aggregate.Finding // that the head of the aggregate states; nil for a cell
}

// Label says what the fact is: the label of its column, and of which line.
func (f *Fact) Label() string {
	if of := f.RowName(); of != "" {
		return f.Column.Label + " (" + of + ")"
	}
	return f.Column.Label
}

// RowName says which line it is: by its column "name", if there is one, or else by
// the key; "" where there is one line, and for a finding.
func (f *Fact) RowName() string {
	if f.Finding != nil {
		return ""
	}
	if i := f.Aggregate.Column("name"); i >= 0 && len(f.Row.Key) == 1 {
		return f.Aggregate.Columns[i].Unit.Format(f.Row.Values[i], quantity.Prose)
	}
	key := slices.Clone(f.Row.Key)
	for i, name := range f.Aggregate.Key {
		if column := f.Aggregate.Column(name); f.Aggregate.Columns[column].Unit.IsDate() {
			key[i] = f.Aggregate.Columns[column].Unit.Format(f.Row.Values[column], quantity.Prose)
		}
	}
	return strings.Join(key, ", ")
}

// Text writes the fact in a style, with a word for how exact it is.
func (f *Fact) Text(style quantity.Style) string {
	return f.Precision.Format(f.Column.Unit, f.Value, style)
}

// Find looks a fact up. Where there is none it returns the problem without a
// place, which the caller knows. It returns neither for an aggregate that
// could not be run, or whose tables have problems: the reason is reported there.
func Find(set aggregate.Set, text string) (*Fact, *diag.Problem) {
	address, ok := ParseAddress(text)
	if !ok {
		p := &diag.Problem{Message: "not the address of a fact", Found: diag.Quote(text), Expected: "aggregate.column or aggregate.column[key]"}
		if strings.ContainsAny(text, `"[`) {
			p.Hint = "put a key that holds a comma, a bracket or a quotation mark in quotation marks: `a.b[\"one, two\"]`"
		}
		return nil, p
	}
	if f := Lookup(set, address); f != nil {
		return f, nil
	}
	a, ok := set[address.Name]
	if !ok {
		return nil, &diag.Problem{Message: "unknown fact " + diag.Quote(text) + ": there is no aggregate " + diag.Quote(address.Name), Hint: diag.Nearest(address.Name, set.Names())}
	}
	if a == nil {
		return nil, nil
	}
	if a.Column(address.Column) < 0 {
		known := a.ColumnNames()
		for _, f := range a.Findings {
			known = append(known, f.Name)
		}
		return nil, &diag.Problem{Message: "unknown fact " + diag.Quote(text) + ": " + a.Name + " has no column " + diag.Quote(address.Column), Hint: near(address.Column, known, "columns")}
	}
	if len(address.Key) != len(a.Key) {
		p := &diag.Problem{Message: "fact " + diag.Quote(text)}
		switch {
		case len(a.Key) == 0:
			p.Expected = a.Name + "." + address.Column + ", as there is one row"
		case len(a.Rows) == 0:
			p.Expected = "a row, by its " + strings.Join(a.Key, " and ")
		default:
			p.Expected = "a row, by its " + strings.Join(a.Key, " and ")
			p.Hint = "such as " + Address{Name: a.Name, Column: address.Column, Key: a.Rows[0].Key}.String()
		}
		return nil, p
	}
	if a.Tainted {
		return nil, nil
	}
	return nil, &diag.Problem{Message: "unknown fact " + diag.Quote(text) + ": no line has the key " + diag.Quote(strings.Join(address.Key, ",")), Hint: nearestKey(a, address)}
}

// Lookup is the fact at an address, or nil.
func Lookup(set aggregate.Set, address Address) *Fact {
	a := set[address.Name]
	if a != nil && len(address.Key) == 0 {
		if stated := a.Finding(address.Column); stated != nil {
			return &Fact{Address: address, Aggregate: a, Column: stated.Column, Row: &stated.Row, Value: stated.Row.Values[0], Finding: stated}
		}
	}
	if a == nil || len(address.Key) != len(a.Key) {
		return nil
	}
	column, line := a.Column(address.Column), a.Row(address.Key...)
	if column < 0 || line == nil {
		return nil
	}
	return FromCell(a, line, column)
}

// FromCell is the fact in a column of a line of an aggregate.
func FromCell(a *aggregate.Aggregate, line *aggregate.Row, column int) *Fact {
	c := a.Columns[column]
	return &Fact{Address: Address{Name: a.Name, Column: c.Name, Key: line.Key}, Aggregate: a, Column: c, Row: line, Value: line.Values[column], Precision: a.Precision(line, column)}
}

func near(written string, known []string, what string) string {
	if hint := diag.Nearest(written, known); hint != "" {
		return hint
	}
	const most = 8
	if len(known) > most {
		known = append(slices.Clone(known[:most]), "…")
	}
	return what + ": " + strings.Join(known, ", ")
}

func nearestKey(a *aggregate.Aggregate, address Address) string {
	if len(a.Rows) > 10_000 {
		return ""
	}
	var keys []string
	for _, line := range a.Rows {
		keys = append(keys, strings.Join(line.Key, ","))
	}
	closest := diag.Closest(strings.Join(address.Key, ","), keys)
	if i := slices.Index(keys, closest); i >= 0 {
		return diag.DidYouMean(Address{address.Name, address.Column, a.Rows[i].Key}.String())
	}
	return near("", keys, "keys")
}
