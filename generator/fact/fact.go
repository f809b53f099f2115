// Package fact finds and writes facts: cells of aggregates, each with an address.
//
// An address is NAME.COLUMN where the aggregate has one line, and
// NAME.COLUMN[KEY] or NAME.COLUMN[KEY1,KEY2] where it has several. A key that
// holds a comma, a bracket or a quotation mark stands in double quotes, in which a
// backslash takes the next character as it is:
//
//	at_risk.amount_usd
//	at_risk_by_state.amount_usd[CA]
//	crime_by_city.rate["Washington, D.C.",2015]
//
// Facts are looked up in place: a page that cites three costs three look-ups, in
// an aggregate of any size.
package fact

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/figure"
)

// Fact is one cell of an aggregate.
type Fact struct {
	Address   string // in its one canonical form
	Aggregate *aggregate.Aggregate
	Column    aggregate.Column
	Line      *aggregate.Line
	Value     figure.Value
}

// Text writes the fact in a style.
func (f *Fact) Text(style figure.Style) string { return f.Column.Unit.Format(f.Value, style) }

// Address is what an editor writes, taken apart.
type Address struct {
	Name, Column string
	Key          []string
}

var addressParts = regexp.MustCompile(`(?s)^\s*([a-z][a-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)\s*(?:\[(.*)\])?\s*$`)

// Parse takes an address apart. It fails on what is no address.
func Parse(text string) (Address, bool) {
	m := addressParts.FindStringSubmatch(text)
	if m == nil {
		return Address{}, false
	}
	a := Address{Name: m[1], Column: m[2]}
	if strings.Contains(text, "[") {
		key, ok := parseKey(m[3])
		if !ok {
			return Address{}, false
		}
		a.Key = key
	}
	return a, true
}

// parseKey splits the text between the brackets.
func parseKey(text string) ([]string, bool) {
	var key []string
	for {
		text = strings.TrimLeft(text, " ")
		var part strings.Builder
		if strings.HasPrefix(text, `"`) {
			closed := false
			text = text[1:]
			for i := 0; i < len(text); i++ {
				if text[i] == '\\' && i+1 < len(text) {
					i++
				} else if text[i] == '"' {
					text, closed = strings.TrimLeft(text[i+1:], " "), true
					break
				}
				part.WriteByte(text[i])
			}
			if !closed || text != "" && text[0] != ',' {
				return nil, false
			}
			key = append(key, part.String())
		} else {
			end := strings.IndexByte(text, ',')
			if end < 0 {
				end = len(text)
			}
			if plain := text[:end]; strings.ContainsAny(plain, `"[]`) {
				return nil, false
			}
			key = append(key, strings.TrimSpace(text[:end]))
			text = text[end:]
		}
		if text == "" {
			return key, true
		}
		text = text[1:] // the comma
	}
}

// String is the canonical form: no spaces, quotes only where they are needed.
func (a Address) String() string {
	var b strings.Builder
	b.WriteString(a.Name + "." + a.Column)
	for i, part := range a.Key {
		b.WriteByte("[,"[min(i, 1)])
		if part == "" || strings.ContainsAny(part, `,[]"\`) || strings.TrimSpace(part) != part {
			part = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(part) + `"`
		}
		b.WriteString(part)
	}
	if len(a.Key) > 0 {
		b.WriteByte(']')
	}
	return b.String()
}

// Find looks a fact up. Where there is none it returns the problem without a
// place, which the caller knows. It returns neither for an aggregate that
// could not be run, or whose tables have problems: the reason is reported there.
func Find(set aggregate.Set, text string) (*Fact, *diag.Problem) {
	address, ok := Parse(text)
	if !ok {
		return nil, &diag.Problem{Message: "no address of a fact", Found: diag.Quote(text), Expected: "aggregate.column or aggregate.column[key]"}
	}
	a, ok := set[address.Name]
	if !ok {
		return nil, &diag.Problem{Message: "unknown fact " + diag.Quote(text) + ": there is no aggregate " + diag.Quote(address.Name), Hint: diag.Nearest(address.Name, set.Names())}
	}
	if a == nil {
		return nil, nil
	}
	column := a.Column(address.Column)
	if column < 0 {
		return nil, &diag.Problem{Message: "unknown fact " + diag.Quote(text) + ": " + a.Name + " has no column " + diag.Quote(address.Column), Hint: near(address.Column, a.ColumnNames(), "columns")}
	}
	if len(address.Key) != len(a.Key) {
		p := &diag.Problem{Message: "fact " + diag.Quote(text), Expected: fmt.Sprintf("%s.%s[%s]", a.Name, address.Column, strings.Join(a.Key, ","))}
		if len(a.Key) == 0 {
			p.Expected = a.Name + "." + address.Column + ", as there is one line"
		}
		return nil, p
	}
	line := a.Line(address.Key...)
	if line == nil {
		if a.Tainted {
			return nil, nil
		}
		return nil, &diag.Problem{Message: "unknown fact " + diag.Quote(text) + ": no line has the key " + diag.Quote(strings.Join(address.Key, ",")), Hint: nearestKey(a, address)}
	}
	return &Fact{Address: address.String(), Aggregate: a, Column: a.Columns[column], Line: line, Value: line.Values[column]}, nil
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
	if len(a.Lines) > 10_000 {
		return ""
	}
	var keys []string
	for _, line := range a.Lines {
		keys = append(keys, Address{Key: line.Key}.String()[1:])
	}
	return near(Address{Key: address.Key}.String()[1:], keys, "keys")
}

// Finding judges a sentence that rests on a fact, which must be true or false. It
// returns the problem, without a place, where the fact is not true.
func Finding(set aggregate.Set, address, sentence string) *diag.Problem {
	f, wrong := Find(set, address)
	if f == nil {
		return wrong
	}
	if f.Column.Unit != figure.YesNo {
		return &diag.Problem{Message: diag.Quote(address) + " is no finding", Found: "a value of unit " + string(f.Column.Unit), Expected: "a flag, true or false"}
	}
	if f.Value.True() || f.Aggregate.Tainted { // with problems in its data it says nothing
		return nil
	}
	sentence, _ = Expand(set, sentence)
	return &diag.Problem{
		Message: "a finding is no longer true: " + strings.Join(strings.Fields(sentence), " "),
		Found:   address + " is " + cmp.Or(f.Value.Raw(), "missing"), Hint: "rewrite the sentence, or mend the data",
	}
}
