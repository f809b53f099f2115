package fact

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claimword"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// sides are the words of a comparison, all of which it needs.
var sides = []string{"more", "less", "equal"}

// Choose picks the words that belong to the value of the fact that is named of: for a
// flag those named yes or no, and for a number or a day more, less or equal, against the
// fact that is named than, or against nothing. What reads the same is equal.
func Choose(set aggregate.Set, words map[string]string) (*Fact, string, *diag.Problem) {
	words = maps.Clone(words)
	of, than := words["of"], words["than"]
	delete(words, "of")
	delete(words, "than")
	f, wrong := Find(set, of)
	if f == nil {
		return nil, "", wrong
	}
	if than != "" || slices.ContainsFunc(sides, func(side string) bool { _, ok := words[side]; return ok }) {
		return chooseSide(set, f, than, words)
	}
	if p := twoForThree(f, of, words); p != nil {
		return nil, "", p
	}
	value := f.Value.Raw()
	if f.Value.Kind == quantity.Flag {
		value = f.Text(quantity.Prose)
	}
	return pick(f, of, value, words)
}

// Than is the fact against which Choose compares, nil for none.
func Than(set aggregate.Set, words map[string]string) *Fact {
	if words["than"] == "" {
		return nil
	}
	f, _ := Find(set, words["than"])
	return f
}

// pick takes the words for a value.
func pick(f *Fact, of, value string, words map[string]string) (*Fact, string, *diag.Problem) {
	word, ok := words[value]
	if !ok && f.Value.IsMissing() {
		word, ok = words["missing"]
	}
	if !ok && !f.Aggregate.Tainted {
		known := slices.Sorted(maps.Keys(words))
		p := &diag.Problem{Message: "no words for the value " + diag.Quote(value) + " of " + diag.Quote(of), Found: "words for " + strings.Join(known, ", "), Hint: diag.Nearest(value, known)}
		if f.Value.IsMissing() {
			p.Message, p.Hint = "no words for "+diag.Quote(of)+", which is missing", `add missing="…"`
		}
		return nil, "", p
	}
	return f, word, f.missingLineage()
}

// chooseSide compares two facts, or one with nothing.
func chooseSide(set aggregate.Set, f *Fact, than string, words map[string]string) (*Fact, string, *diag.Problem) {
	of := f.Address.String()
	for _, side := range sides {
		if _, ok := words[side]; !ok {
			p := &diag.Problem{Message: "a comparison without words for " + side, Found: "words for " + strings.Join(slices.Sorted(maps.Keys(words)), ", "), Expected: "words for more, less and equal"}
			if side == "equal" {
				p.Hint = `both may be the same: add equal="…"`
			}
			return nil, "", p
		}
	}
	if unit := f.Column.Unit; !unit.Numeric() && (!unit.IsTime() || than == "") {
		return nil, "", &diag.Problem{Message: diag.Quote(of) + " is neither more nor less", Found: "a value of unit " + unit.String(), Expected: "a number, or a day with than"}
	}
	if f.Value.IsMissing() {
		return pick(f, of, "missing", words)
	}
	order := f.Value.Sign()
	if than != "" {
		other, wrong := Find(set, than)
		switch {
		case other == nil:
			return nil, "", wrong
		case other.Column.Unit.String() != f.Column.Unit.String():
			return nil, "", &diag.Problem{Message: diag.Quote(of) + " and " + diag.Quote(than) + " cannot be compared", Found: "the units " + f.Column.Unit.String() + " and " + other.Column.Unit.String(), Expected: "one unit"}
		case other.Value.IsMissing():
			return pick(other, than, "missing", words)
		}
		if order = f.Value.Compare(other.Value); f.Text(quantity.Prose) == other.Text(quantity.Prose) {
			order = 0
		}
	}
	return pick(f, of, map[int]string{1: "more", -1: "less", 0: "equal"}[order], words)
}

// twoForThree is the problem of words that say more or less, and have none for the same.
func twoForThree(f *Fact, of string, words map[string]string) *diag.Problem {
	language := f.Column.Unit.Language().Base()
	if f.Value.Kind != quantity.Flag || !claimword.Directs(words["yes"], language) || !claimword.Directs(words["no"], language) {
		return nil
	}
	return &diag.Problem{
		Message: "two answers for three cases: " + diag.Quote(words["yes"]) + " and " + diag.Quote(words["no"]), Found: "words for " + diag.Quote(of) + ", yes and no", Expected: "words for more, less and equal",
		Hint: fmt.Sprintf(`choose by the numbers: {{< choose of="…" than="…" more=%q less=%q equal="…" >}}`, words["yes"], words["no"]),
	}
}

// Plural picks the form of a word that the language has beside the number of the fact that
// is named of: one, other, …; zero is for none, in any language.
func Plural(set aggregate.Set, words map[string]string) (*Fact, string, *diag.Problem) {
	words = maps.Clone(words)
	address := words["of"]
	delete(words, "of")
	f, wrong := Find(set, address)
	if f == nil {
		return nil, "", wrong
	}
	if !f.Column.Unit.Numeric() {
		return nil, "", &diag.Problem{Message: diag.Quote(address) + " is not a number", Found: "a value of unit " + f.Column.Unit.String(), Expected: "a number of things"}
	}
	language := f.Column.Unit.Language()
	forms, examples := language.Plurals()
	known := append(slices.Clone(forms), "missing", "zero")
	for i, form := range forms {
		if _, ok := words[form]; !ok {
			return nil, "", &diag.Problem{Message: "a plural without the form " + form, Expected: strings.Join(forms, ", "), Hint: fmt.Sprintf(`add %s="…", as for %d`, form, examples[i])}
		}
	}
	for _, form := range slices.Sorted(maps.Keys(words)) {
		if !slices.Contains(known, form) {
			return nil, "", &diag.Problem{Message: "unknown form " + diag.Quote(form), Expected: strings.Join(known, ", "), Hint: diag.Nearest(form, known)}
		}
	}
	if f.Value.IsMissing() {
		return pick(f, address, "missing", words)
	}
	if _, ok := words["zero"]; ok && f.Value.Sign() == 0 {
		return pick(f, address, "zero", words)
	}
	form := language.Plural(f.Value)
	if _, ok := words[form]; !ok { // of a fraction
		form = "other"
	}
	return pick(f, address, form, words)
}
