package literal

import (
	"cmp"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
)

// addHints says for each number what to write in its place: a fact of that value,
// where an aggregate holds one.
func addHints(found []literal, aggregates aggregate.Set) {
	if len(found) == 0 {
		return
	}
	queries := map[string]*candidate{}
	for _, t := range found {
		queries[reading(t)] = &candidate{}
	}
	for _, name := range aggregates.Names() {
		if a := aggregates[name]; a != nil && !a.Tainted {
			match(a, queries)
		}
	}
	for i := range found {
		t := &found[i]
		if t.where == inHead {
			t.problem.Hint = "say it without the number, or allow it in this comment, with a reason: allow_numbers"
		} else if c := queries[reading(*t)]; c.cells > 0 {
			t.problem.Hint = c.hint(t.where)
		} else {
			t.problem.Hint = suggestions(t)
		}
	}
}

// candidate is the cell that was most likely meant by a number.
type candidate struct {
	address string
	label   string
	style   quantity.Style
	unit    quantity.Unit
	lines   int
	cells   int // that hold the value, this one among them
}

// hint cites it. Small numbers look alike, so it says what this one means, unless
// its unit and its value are its own.
func (c *candidate) hint(where origin) string {
	quote := `"`
	if strings.Contains(c.address, quote) {
		quote = "`"
	}
	opening, closing := "{{< fact "+quote, " >}}"
	if where == inCell {
		opening, quote, closing = "{fact: ", "", "}"
	}
	cited := opening + c.address + quote
	if c.style != quantity.Prose {
		cited += " " + string(c.style)
	}
	hint := "write " + cited + closing
	if where == inParameter {
		hint = "a fact cannot be used here: " + hint + " in the prose"
	}
	if c.cells > 1 || !c.unit.Unmistakable() {
		hint += ", if " + diag.Quote(c.label) + " is meant"
	}
	return hint
}

func suggestions(t *literal) string {
	ways := []string{"cite a fact"}
	if t.where == inParameter {
		ways[0] = "a fact cannot be used here: cite one in the prose"
	} else if !t.digits {
		ways = append(ways, "rest the words on a finding")
	}
	if t.where == inProse {
		ways = append(ways, `quote somebody's words with {{< quote source="…" >}}`)
	}
	switch t.where {
	case inCell:
		return "cite a fact, {fact: aggregate.column[key]}, or give the column a role (quotation, name), or waive the number in data/datapackage.json with a reason, in the notes of the table: {\"kind\": \"typed-number\", \"field\": …, \"text\": …}"
	case inChart:
		ways = append(ways, "allow it in this file ("+allowKey+") with a reason")
	default:
		ways = append(ways, "allow it in the front matter ("+allowKey+") with a reason")
	}
	return strings.Join(ways, ", or ")
}

// match compares the cells of an aggregate with the numbers that are looked for.
func match(a *aggregate.Aggregate, queries map[string]*candidate) {
	for column, c := range a.Columns {
		if !c.Unit.Numeric() {
			continue
		}
		for _, line := range a.Rows {
			value := line.Values[column]
			if value.Kind != quantity.Number {
				continue
			}
			seen := map[*candidate]bool{}
			for _, style := range []quantity.Style{quantity.Prose, quantity.Exact, quantity.Short, quantity.Spelled, quantity.Ordinal} {
				best := queries[spelling(c.Unit.Format(value, style), style)]
				if best == nil || seen[best] {
					continue
				}
				seen[best] = true
				best.cells++
				matched := candidate{fact.Address{Name: a.Name, Column: c.Name, Key: line.Key}.String(), c.Label, style, c.Unit, len(a.Rows), best.cells}
				if best.cells == 1 || better(matched, *best) < 0 {
					*best = matched
				}
			}
		}
	}
}

// better puts counts before ranks and rates of the same look, then aggregates of
// one line, then those of few.
func better(a, b candidate) int {
	odd := func(c candidate) int {
		if c.unit.IsRate() || c.unit.IsRank() {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(odd(a), odd(b)), cmp.Compare(a.lines, b.lines), cmp.Compare(a.address, b.address))
}

// spelling makes texts that say the same alike: "12.4%" and "12.4 Percent". Words
// and digits are kept apart, as one is not written for the other.
func spelling(text string, style quantity.Style) string {
	s := strings.ToLower(text)
	s = strings.NewReplacer("%", " percent", "per cent", "percent", "us$", "$", "\u2212", "-").Replace(s)
	s = strings.Join(strings.Fields(s), " ")
	if style == quantity.Spelled {
		return "in words: " + s
	}
	return s
}

// reading is the spelling under which a hand-typed number is looked up. One in words is
// looked up as the style for words writes it: "twenty-three" as 23.
func reading(t literal) string {
	if n, ok := cardinal(t.text); ok && !t.digits {
		if v, err := quantity.NewValue(n); err == nil {
			return spelling(quantity.Count.Format(v, quantity.Spelled), quantity.Spelled)
		}
	}
	return spelling(t.text, quantity.Prose)
}

// cardinal is the whole number that words stand for: "two hundred and five".
func cardinal(text string) (int64, bool) {
	var total, part int64
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '-' }) {
		n, isCount := counts[w]
		scale, isScale := scales[w]
		switch {
		case isCount:
			part += n
		case w == "one", w == "a":
			part++
		case isScale && scale <= 100:
			part = max(1, part) * scale
		case isScale:
			total, part = total+max(1, part)*scale, 0
		case w != "and":
			return 0, false
		}
	}
	return total + part, true
}
