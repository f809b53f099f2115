package literal

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// A text holds few of the names there are, and an expression that may start at any digit or capital is slow to find none:
// all of them took 0.6 ms a text. So a text is first searched, in one pass, for what a match cannot do without, as RE2 does.

// needed are texts, folded, of which each match of an expression holds at least one. It is nil where none is known.
func needed(e *syntax.Regexp) (best []string) {
	add := func(list []string) {
		if shortest(list) > shortest(best) {
			best = list
		}
	}
	if all := matches(e); all != nil {
		add(all)
		return best
	}
	switch e.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return needed(e.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range e.Sub {
			of := needed(sub)
			if of == nil {
				return nil
			}
			best = append(best, of...)
		}
	case syntax.OpConcat:
		run := []string{""} // of the parts behind each other whose matches are known
		for _, sub := range e.Sub {
			all := matches(sub)
			if longer := joined(run, all); longer != nil {
				run = longer
				continue
			}
			if startsWithNumber(sub) {
				add(joined(run, []string{"0"}))
			}
			add(run)
			if run = all; all == nil {
				add(needed(sub))
				run = []string{""}
			}
		}
		add(run)
	}
	return best
}

// matches are all texts that an expression matches, folded. It is nil where they are too many.
func matches(e *syntax.Regexp) []string {
	switch e.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}
	case syntax.OpLiteral:
		return []string{fold(string(e.Rune))}
	case syntax.OpCharClass:
		list := []string{}
		for i := 0; i < len(e.Rune); i += 2 {
			if e.Rune[i+1]-e.Rune[i] > 9 {
				return nil // such as all letters
			}
			for r := e.Rune[i]; r <= e.Rune[i+1]; r++ {
				list = append(list, fold(string(r)))
			}
		}
		return few(list)
	case syntax.OpCapture:
		return matches(e.Sub[0])
	case syntax.OpQuest:
		if list := matches(e.Sub[0]); list != nil {
			return few(append([]string{""}, list...))
		}
	case syntax.OpAlternate:
		list := []string{}
		for _, sub := range e.Sub {
			of := matches(sub)
			if of == nil {
				return nil
			}
			list = append(list, of...)
		}
		return few(list)
	case syntax.OpConcat:
		list := []string{""}
		for _, sub := range e.Sub {
			list = joined(list, matches(sub))
		}
		return list
	}
	return nil
}

// joined are the texts of one list, each with each of another behind it.
func joined(before, after []string) []string {
	if len(before)*len(after) > 4*most {
		return nil
	}
	var list []string
	for _, a := range before {
		for _, b := range after {
			list = append(list, a+b)
		}
	}
	return few(list)
}

// most is how many texts are worth looking for.
const most = 200

func few(list []string) []string {
	slices.Sort(list)
	if list = slices.Compact(list); len(list) > most {
		return nil
	}
	return list
}

// withoutLonger leaves out the texts that begin with another.
func withoutLonger(list []string) (left []string) {
	slices.Sort(list)
	for _, text := range list {
		if n := len(left); n == 0 || !strings.HasPrefix(text, left[n-1]) {
			left = append(left, text)
		}
	}
	return left
}

// startsWithNumber reports whether each match starts with a digit.
func startsWithNumber(e *syntax.Regexp) bool {
	switch e.Op {
	case syntax.OpCharClass:
		return e.Rune[0] >= '0' && e.Rune[len(e.Rune)-1] <= '9'
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		return startsWithNumber(e.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(e.Sub, func(sub *syntax.Regexp) bool { return !startsWithNumber(sub) })
	}
	return false
}

// shortest is the length of the shortest text, 0 without any.
func shortest(list []string) int {
	if len(list) == 0 {
		return 0
	}
	return len(slices.MinFunc(list, func(a, b string) int { return len(a) - len(b) }))
}

// fold makes one text of those that differ in nothing but case, as expressions know it, or in digits: K and the sign of
// Kelvin are one, and so are all digits.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '0'
		case r < unicode.MaxASCII:
			return unicode.ToLower(r)
		}
		return unicode.ToLower(unicode.ToUpper(r))
	}, text)
}

// finder finds the patterns of which a text may hold a match, in one pass over the text.
type finder struct {
	patterns []pattern
	always   []int                    // those of which nothing is needed
	single   [256][]int               // those of which a byte is needed
	starts   [256]*[256][]requirement // other texts that are needed, by their first two bytes
}

// requirement is a text that one pattern needs.
type requirement struct {
	text    string
	pattern int
}

func newFinder(patterns []pattern) *finder {
	f := &finder{patterns: patterns}
	for i, p := range patterns {
		if p.needed == nil {
			f.always = append(f.always, i)
		}
		for _, text := range p.needed {
			first := text[0]
			if len(text) == 1 {
				f.single[first] = append(f.single[first], i)
				continue
			}
			if f.starts[first] == nil {
				f.starts[first] = new([256][]requirement)
			}
			f.starts[first][text[1]] = append(f.starts[first][text[1]], requirement{text, i})
		}
	}
	return f
}

// find lists them in their order.
func (f *finder) find(folded string) (found []pattern) {
	may := make([]bool, len(f.patterns))
	for _, i := range f.always {
		may[i] = true
	}
	for at := range len(folded) {
		for _, i := range f.single[folded[at]] {
			may[i] = true
		}
		if starts := f.starts[folded[at]]; starts != nil && at+1 < len(folded) {
			for _, r := range starts[folded[at+1]] {
				may[r.pattern] = may[r.pattern] || strings.HasPrefix(folded[at:], r.text)
			}
		}
	}
	for i, p := range f.patterns {
		if may[i] {
			found = append(found, p)
		}
	}
	return found
}
