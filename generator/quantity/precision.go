package quantity

import (
	"slices"
	"strings"
)

// Precision says how exact a value is. It is carried by the word before it: a lower
// bound reads "at least $16.7 million".
type Precision string

var precisions = map[Precision]string{
	"": "", "exact": "", "rounded": "", // AP style rounds without a word
	"estimate": "about ", "lower_bound": "at least ", "upper_bound": "at most ",
}

// Precisions lists what a table may say, sorted.
func Precisions() []string {
	var names []string
	for p := range precisions {
		if p != "" {
			names = append(names, string(p))
		}
	}
	slices.Sort(names)
	return names
}

// Known reports whether p is one of them, or "".
func (p Precision) Known() bool { _, ok := precisions[p]; return ok }

// AddWord puts the word before a value's text.
func (p Precision) AddWord(v Value, text string) string {
	if v.IsMissing() {
		return text
	}
	return precisions[p] + text
}

// Format writes a value of a unit with the word before it, which then is what starts
// a sentence.
func (p Precision) Format(u Unit, v Value, style Style) string {
	if style == Capital && v.Kind == Number {
		return Capitalize(p.AddWord(v, u.Format(v, Spelled)))
	}
	return p.AddWord(v, u.Format(v, style))
}

// unsaid takes the word away.
func unsaid(text string) string {
	for _, word := range precisions {
		if rest, ok := strings.CutPrefix(text, word); ok && word != "" {
			return rest
		}
	}
	return text
}
