package literal

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claimword"
	"broadsheet/generator/config"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
)

// A sentence on a finding may say no more than its test does: a number or a name in it is
// a fact, or occurs in the test.

// finding is a part of a text that rests on a finding.
type finding struct {
	content.Span
	address string
}

// findingAt is the one that holds an offset, nil if none does.
func findingAt(list []finding, at int) *finding {
	for i := range list {
		if list[i].Holds(at) {
			return &list[i]
		}
	}
	return nil
}

// on looks up what a finding is. It is nil where that is not known, which is a problem
// already.
func (f *file) on(address string) *fact.Fact {
	if f.aggregates == nil {
		return nil
	}
	found, _ := fact.Find(f.aggregates, f.ofRow(address, 0))
	if found == nil || found.Aggregate.Tainted || !found.Column.Unit.IsFlag() || found.Finding != nil && found.Finding.Says == "" {
		return nil
	}
	return found
}

// ofRow is an address in which .column, in a text for rows, is of one of them.
func (f *file) ofRow(address string, row int) string {
	if f.rows == nil || row >= len(f.rows.Rows) || !strings.HasPrefix(address, ".") {
		return address
	}
	at, ok := fact.ParseAddress(f.rows.Name + address)
	if !ok || len(at.Key) > 0 {
		return address
	}
	at.Key = f.rows.Rows[row].Key
	return at.String()
}

// testsNumber reports whether the test of a finding has a number of its sentence. What is
// not understood as one is let pass.
func (f *file) testsNumber(on *fact.Fact, text, language string) bool {
	value := amountIn(text, language)
	if on == nil || value == nil {
		return true
	}
	var numbers []*big.Rat
	for _, written := range digits.FindAllString(strings.ReplaceAll(on.Tested(), "_", ""), -1) {
		if n, ok := new(big.Rat).SetString(written); ok {
			numbers = append(numbers, n)
		}
	}
	has := func(n *big.Rat) bool {
		return slices.ContainsFunc(numbers, func(m *big.Rat) bool { return m.Cmp(n) == 0 })
	}
	if has(value) || has(new(big.Rat).Mul(value, big.NewRat(100, 1))) {
		return true
	}
	if value.IsInt() {
		return false
	}
	part, whole := new(big.Rat).SetInt(value.Num()), new(big.Rat).SetInt(value.Denom())
	return has(whole) && (part.Cmp(big.NewRat(1, 1)) == 0 || has(part)) // 3 * part > 2 * whole
}

var digits = regexp.MustCompile(`\d+(?:\.\d+)?(?:/\d+)?`)

// denominators are parts of a whole.
var denominators = map[string]int64{"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}

var factors = map[string]*big.Rat{
	"twice": big.NewRat(2, 1), "double": big.NewRat(2, 1), "doubled": big.NewRat(2, 1), "thrice": big.NewRat(3, 1), "triple": big.NewRat(3, 1), "tripled": big.NewRat(3, 1),
	"quadrupled": big.NewRat(4, 1), "halved": big.NewRat(1, 2),
}

// amountIn is what a number says in a language; nil where that is not understood.
func amountIn(text, language string) *big.Rat {
	if language == english {
		return amount(text)
	}
	if n, ok := quantity.LanguageOf(language).Number(text); ok {
		return big.NewRat(n, 1)
	}
	return nil
}

// amount is what a number says, in digits or words; nil where that is not understood.
func amount(text string) *big.Rat {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '-' || r == '–' })
	words = slices.DeleteFunc(words, func(w string) bool { return isPercent(w) || currency(w) })
	if len(words) == 0 {
		return nil
	}
	last := words[len(words)-1]
	if n := factors[last]; n != nil && len(words) == 1 {
		return n
	}
	if n := groups[last]; n > 0 && len(words) == 2 && (words[0] == "a" || words[0] == "an") {
		return big.NewRat(n, 1)
	}
	if of := denominators[strings.TrimSuffix(last, "s")]; of > 0 {
		part, ok := int64(1), true
		if len(words) > 1 {
			part, ok = cardinal(strings.Join(words[:len(words)-1], " "))
		}
		if !ok {
			return nil
		}
		return big.NewRat(max(1, part), of)
	}
	scale := int64(1)
	if n := scales[last]; n > 0 && startsWithDigit(strings.TrimLeftFunc(words[0], func(r rune) bool { return !unicode.IsDigit(r) })) {
		scale, words = n, words[:len(words)-1]
	}
	number := strings.ReplaceAll(strings.TrimFunc(strings.Join(words, ""), func(r rune) bool { return !unicode.IsDigit(r) }), ",", "")
	if n, ok := new(big.Rat).SetString(number); ok && number != "" {
		return n.Mul(n, big.NewRat(scale, 1))
	}
	if n, ok := cardinal(strings.Join(words, " ")); ok {
		return big.NewRat(n, 1)
	}
	return nil
}

// testNames adds a problem for each name in the words on a finding that its test does not
// have. What is at offset of the text is said by at, and start is where the words start.
func (f *file) testNames(text string, at func(offset int) int, rests func(offset int) *finding) {
	if f.aggregates == nil {
		return
	}
	seen := map[string]bool{}
	for offset := 0; offset < len(text); offset++ {
		on := rests(offset)
		if on == nil || offset > 0 && rests(offset-1) == on {
			continue
		}
		end := offset
		for end < len(text) && rests(end) == on {
			end++
		}
		cited := f.on(on.address)
		if cited == nil || seen[on.address+"\x00"+text[offset:end]] {
			continue
		}
		seen[on.address+"\x00"+text[offset:end]] = true
		for _, n := range f.namesIn(cited, text[offset:end]) {
			part := content.Span{Start: offset + n.Start, End: offset + n.End}
			if f.allowance(claimsKey, text, expression{start: part.Start, end: part.End}, true) == nil {
				f.untested(at(part.Start), text[part.Start:part.End], cited)
			}
		}
	}
}

// untested adds the problem of what a sentence says and its test does not.
func (f *file) untested(at int, text string, on *fact.Fact) {
	p := f.untestedBy(text, on)
	p.File = f.name
	p.Line, p.Column = config.Position(f.text, max(0, at))
	f.beyond = append(f.beyond, p)
}

func (f *file) untestedBy(text string, on *fact.Fact) diag.Problem {
	return diag.Problem{Message: "a finding that does not test " + diag.Quote(strings.TrimSpace(text)), Found: on.Address.String() + ": " + diag.Quote(f.test(on)), Hint: "cite it as a fact, or add it to the test, or take it out of the finding"}
}

// mostNames is how many rows of an aggregate are looked through for names.
const mostNames = 5000

// namesIn finds the names of rows in a text, of the aggregates behind a finding, that its
// test has neither by name nor by key. Long names come before those that they hold.
func (f *file) namesIn(on *fact.Fact, text string) (found []content.Span) {
	tested := on.Tested()
	named := map[string]bool{} // whether the test has it
	for _, a := range behind(f.aggregates, on.Aggregate) {
		i := a.Column("name")
		if len(a.Rows) > mostNames || i < 0 && len(a.Key) != 1 {
			continue
		}
		for r := range a.Rows {
			row := &a.Rows[r]
			name := row.Key
			if i >= 0 {
				name = []string{row.Values[i].Raw()}
			}
			if n := name[0]; strings.Contains(text, n) && isName(n) {
				named[n] = named[n] || mentions(tested, append(slices.Clone(row.Key), n))
			}
		}
	}
	taken := []byte(text)
	names := make([]string, 0, len(named))
	for n := range named {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, n := range names {
		for from := 0; ; {
			at := strings.Index(string(taken[from:]), n)
			if at < 0 {
				break
			}
			at += from
			from = at + len(n)
			before, _ := utf8.DecodeLastRune(taken[:at])
			after, _ := utf8.DecodeRune(taken[from:])
			if unicode.IsLetter(before) || unicode.IsLetter(after) {
				continue
			}
			if !named[n] {
				found = append(found, content.Span{Start: at, End: from})
			}
			fill(taken[at:from])
		}
	}
	slices.SortFunc(found, func(a, b content.Span) int { return a.Start - b.Start })
	return found
}

// isName reports whether a text is a name that a sentence would have, and no word of
// another kind.
func isName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) && utf8.RuneCountInString(text) > 2 && strings.ToUpper(text) != text && len(claimword.Find(text, english)) == 0
}

// mentions reports whether a test has one of some texts: as a word of a query in quotes,
// or as a line of a stated finding.
func mentions(tested string, texts []string) bool {
	lines := strings.Split(tested, "\n")
	return slices.ContainsFunc(texts, func(text string) bool {
		return text != "" && (slices.Contains(lines, text) || strings.Contains(tested, "'"+strings.ReplaceAll(text, "'", "''")+"'"))
	})
}

// behind is an aggregate and those that it reads, directly or not.
func behind(set aggregate.Set, a *aggregate.Aggregate) (list []*aggregate.Aggregate) {
	seen := map[string]bool{}
	var add func(a *aggregate.Aggregate)
	add = func(a *aggregate.Aggregate) {
		if a == nil || seen[a.Name] {
			return
		}
		seen[a.Name] = true
		list = append(list, a)
		for _, name := range a.Reads {
			add(set[name])
		}
	}
	add(a)
	return list
}
