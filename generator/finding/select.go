package finding

import (
	"math/big"
	"slices"
	"strings"

	"broadsheet/generator/quantity"
)

// answer is whether a row is what a condition says: that is not known where a value is
// missing.
type answer int

const (
	no answer = iota
	yes
	unknown
)

// meets says whether a row meets all conditions.
func (t *Table) meets(row int, conditions Conditions) answer {
	result := yes
	for name, c := range conditions {
		switch t.meetsOne(row, t.column(name), c) {
		case no:
			return no
		case unknown:
			result = unknown
		}
	}
	return result
}

var comparisons = []string{"<=", ">=", "<", ">", "not "}

func (t *Table) meetsOne(row, column int, c Condition) answer {
	v := t.Rows[row].Values[column]
	if len(c) == 1 && (c[0] == "known" || c[0] == "missing") {
		return truth(v.IsMissing() == (c[0] == "missing"))
	}
	if v.IsMissing() {
		return unknown
	}
	if len(c) == 1 {
		for _, sign := range comparisons {
			if rest, ok := strings.CutPrefix(c[0], sign); ok {
				return t.comparesTo(row, column, sign, strings.TrimSpace(rest))
			}
		}
	}
	return truth(slices.ContainsFunc(c, func(text string) bool { return same(v, text) }))
}

// comparesTo compares a value with a number, a day, a text, or another column.
func (t *Table) comparesTo(row, column int, sign, with string) answer {
	v := t.Rows[row].Values[column]
	if sign == "not " {
		return truth(!same(v, with))
	}
	w, ok := t.Columns[column].Unit.Read(normal(with))
	if other := t.column(with); other >= 0 {
		w, ok = t.Rows[row].Values[other], true
	}
	if !ok || w.IsMissing() {
		return unknown
	}
	order := v.Compare(w)
	switch sign {
	case "<":
		return truth(order < 0)
	case "<=":
		return truth(order <= 0)
	case ">":
		return truth(order > 0)
	}
	return truth(order >= 0)
}

func truth(is bool) answer {
	if is {
		return yes
	}
	return no
}

// same reports whether a text says a value: yes and no are flags, 1.50 is 1.5.
func same(v quantity.Value, text string) bool {
	switch {
	case v.Kind == quantity.Flag && (text == "yes" || text == "no"):
		return v.True() == (text == "yes")
	case v.Kind == quantity.Number:
		return v.Raw() == normal(text)
	}
	return v.Raw() == text
}

// normal is a number as values are written.
func normal(text string) string {
	if r, ok := new(big.Rat).SetString(text); ok && !strings.ContainsAny(text, "/eExX_") {
		whole := strings.TrimRight(strings.TrimRight(r.FloatString(38), "0"), ".")
		return whole
	}
	return text
}

// has reports whether a row is among the selected.
func (t *Table) has(row int, s Selection) answer {
	if len(s.Conditions) > 0 {
		return t.meets(row, s.Conditions)
	}
	key := t.Rows[row].Key
	return truth(slices.ContainsFunc(s.Keys, func(text string) bool { return text == strings.Join(key, ",") || slices.Contains(key, text) }))
}
