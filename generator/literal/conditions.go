package literal

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/claimword"
	"broadsheet/generator/content"
	"broadsheet/generator/fact"
)

// In a text for rows, the words within {{< if >}} are on a page only where its condition holds, and rest on that as words
// rest on a finding: they name nobody whom it does not test. After {{< else >}} all that is known is that it does not hold.

// branch is the part of an {{< if >}} in which a word is.
type branch struct {
	holds  *content.Call   // if or elseif; nil after else
	denied []*content.Call // those before it, which do not hold
}

// branches are those that hold an offset of the file, the innermost first.
func (f *file) branches(at int) (list []branch) {
	if f.rows == nil {
		return nil
	}
	for i := range f.calls {
		c := &f.calls[i]
		if c.Name != "if" || c.Inner == nil || !c.Inner.Holds(at) {
			continue
		}
		b := branch{holds: c}
		inner := 0 // up to where another {{< if >}} goes
		for j := range f.calls {
			d := &f.calls[j]
			if d.Start < c.Inner.Start || d.Start >= at || d.Start < inner {
				continue
			}
			switch d.Name {
			case "if":
				if d.Inner != nil {
					inner = d.Closing.End
				}
			case "elseif":
				b = branch{d, append(b.denied, b.holds)}
			case "else":
				b = branch{nil, append(b.denied, b.holds)}
			}
		}
		list = append([]branch{b}, list...)
	}
	return list
}

// clip cuts a sentence, from one offset to another, at the tags of conditions: what is before the first of its words
// and behind the last may be on other pages.
func (f *file) clip(from, to, first, last int) (int, int) {
	if f.rows == nil {
		return from, to
	}
	cut := func(tag content.Span) {
		if tag.End <= first {
			from = max(from, tag.End)
		}
		if tag.Start > last {
			to = min(to, tag.Start)
		}
	}
	for i := range f.calls {
		switch c := &f.calls[i]; c.Name {
		case "if", "elseif", "else":
			cut(c.Span)
			if c.Inner != nil {
				cut(c.Closing)
			}
		}
	}
	return from, to
}

// condition is what an {{< if >}} asks.
type condition struct {
	address string     // of the cell, as it is written; "" where it asks for rows
	flag    *fact.Fact // of a row, where the cell is true or false
	not     bool       // whether it asks that the flag is false
	is      string     // the text that the cell is to have, "" for any
	text    string     // all of it, for people
}

func (f *file) condition(c *content.Call) (asked condition) {
	named := c.Named()
	asked.text = strings.TrimSpace(strings.Trim(string(f.text[c.Start:c.End]), "{<>} "))
	if asked.address = c.First(); asked.address == "" {
		asked.address = named["of"]
	}
	if asked.address == "" {
		return asked
	}
	asked.flag = f.on(asked.address)
	is, isSet := named["is"]
	isnot, isNotSet := named["isnot"]
	switch {
	case asked.flag != nil:
		asked.not = isSet && is == "false" || isNotSet && isnot != "false"
	case isSet && !strings.HasPrefix(is, "."):
		asked.is = is
	}
	return asked
}

// flagAt is the flag that holds where a word is, as a finding on which it rests; nil without one.
func (f *file) flagAt(at int) *finding {
	for _, b := range f.branches(at) {
		if b.holds == nil {
			continue
		}
		if asked := f.condition(b.holds); asked.flag != nil && !asked.not {
			return &finding{content.Span{Start: b.holds.End, End: at + 1}, asked.address}
		}
	}
	return nil
}

// testNamesUnder holds the names in words under flags to what these test, as testNames does those on findings.
func (f *file) testNamesUnder(text string, at []int) {
	if f.rows == nil || f.aggregates == nil {
		return
	}
	of := map[string]*finding{} // one for each condition, so that its words are read in one go
	f.testNames(text, func(i int) int { return at[i] }, func(i int) *finding {
		if at[i] < 0 || findingAt(f.findings, at[i]) != nil {
			return nil
		}
		under := f.flagAt(at[i])
		if under == nil {
			return nil
		}
		key := under.address + "\x00" + strconv.Itoa(under.Start)
		if of[key] == nil {
			of[key] = under
		}
		return of[key]
	})
}

// testedUnder reports whether a condition around a number in words, at an offset of the file, asks that a cell has that value.
func (f *file) testedUnder(at int, written, language string) bool {
	branches := f.branches(at)
	if len(branches) == 0 {
		return false
	}
	value := amountIn(written, language)
	return value != nil && slices.ContainsFunc(branches, func(b branch) bool {
		if b.holds == nil {
			return false
		}
		asked := f.condition(b.holds)
		is, isNumber := new(big.Rat).SetString(asked.is)
		if !isNumber || is.Cmp(value) != 0 {
			return false
		}
		cell, _ := fact.Find(f.aggregates, f.ofRow(asked.address, 0))
		return cell != nil && !cell.Column.Unit.IsText()
	})
}

// chosen is what a claim word at an offset of the file rests on by the conditions around it; nil for nothing. What does not
// hold carries only words that say no.
func (f *file) chosen(at int, word, sentence string) *Rest {
	says := func(asked condition, not bool) *Rest {
		if asked.flag == nil {
			if not {
				return &Rest{Test: "not " + asked.text}
			}
			return &Rest{Test: asked.text}
		}
		rest := f.restOn(asked.address, asked.flag)
		if not {
			rest.Test = notHeld + rest.Test
		}
		return &rest
	}
	denies := claimword.Denies(word, f.language) || claimword.Denied(sentence)
	for _, b := range f.branches(at) {
		if b.holds != nil {
			asked := f.condition(b.holds)
			switch {
			case asked.flag != nil && (!asked.not || denies):
				return says(asked, asked.not)
			case asked.is != "" && strings.Contains(strings.ToLower(asked.is), strings.ToLower(word)):
				return says(asked, false)
			}
		}
		for _, c := range slices.Backward(b.denied) { // the last says most
			asked := f.condition(c)
			if asked.not || denies && asked.is == "" {
				return says(asked, !asked.not)
			}
		}
	}
	return nil
}

// notHeld comes before the test of a flag that is false.
const notHeld = "not: "

// restOn is a finding with what it tests.
func (f *file) restOn(address string, found *fact.Fact) Rest {
	rest := Rest{Finding: address, Test: f.test(found)}
	if found.Finding == nil {
		rest.Query = found.Query()
	}
	return rest
}

// test says what a finding tests: for a column of the row itself, the same for each row.
func (f *file) test(on *fact.Fact) string {
	if on.Finding == nil && f.rows != nil && on.Aggregate == f.rows {
		return on.Column.Label
	}
	return on.Test()
}

// afterElse is the condition of which words after {{< else >}} know only that it does not hold; "" elsewhere.
func (f *file) afterElse(at int) string {
	for _, b := range f.branches(at) {
		if b.holds == nil {
			return f.condition(b.denied[0]).text
		}
	}
	return ""
}
