package quantity

import (
	"slices"
	"strings"
)

// Precision says how exact a value is. It is carried by the word before it: a lower
// bound reads "at least $16.7 million".
type Precision string

var precisions = map[Precision]func(*words) string{
	"": said(""), "exact": said(""), "rounded": said(""), // what is rounded needs no word
	"estimate":    func(w *words) string { return w.about },
	"lower_bound": func(w *words) string { return w.atLeast },
	"upper_bound": func(w *words) string { return w.atMost },
}

func said(word string) func(*words) string { return func(*words) string { return word } }

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

// Exact reports whether a value has all digits that it was counted with.
func (p Precision) Exact() bool { return p == "" || p == "exact" }

// addWord puts the word before a value's text.
func (p Precision) addWord(u Unit, v Value, text string) string {
	if word := precisions[p]; word != nil && !v.IsMissing() {
		return word(u.Language().words) + text
	}
	return text
}

// Format writes a value of a unit with the word before it, which then is what starts
// a sentence. A value that is not exact shows no more digits in a table than its source
// gives: $28.3 million beside $524,845.
func (p Precision) Format(u Unit, v Value, style Style) string {
	if style == InTable && !p.Exact() && v.Kind == Number && u.write(v.number, Prose).value.Equal(v.number) {
		style = Prose
	}
	if style == Capital && v.Kind == Number {
		return Capitalize(p.addWord(u, v, u.Format(v, Spelled)))
	}
	return p.addWord(u, v, u.Format(v, style))
}

// unsaid takes the word away.
func (l *Language) unsaid(text string) string {
	for _, word := range []string{l.about, l.atLeast, l.atMost} {
		if rest, ok := strings.CutPrefix(text, word); ok && word != "" {
			return rest
		}
	}
	return text
}
