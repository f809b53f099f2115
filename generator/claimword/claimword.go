// Package claimword knows the words by which a text claims something of data: most, only,
// none, the largest, more than, rose. A sentence with one is true or false by the data,
// though it may hold no number.
//
// The words are listed by language, in lists.go. A language without a list claims nothing
// that the program would see.
package claimword

import (
	"iter"
	"regexp"
	"strings"
	"unicode"
)

// Word is a claim word in a text, by its bytes.
type Word struct {
	Start, End int
	Text       string
}

// list is the words of a language.
type list struct {
	words matcher // all of them
	not   matcher // what holds one and claims nothing: "at first", "first name"
	// direction are those that say one side of two: there is a third case, that both are
	// the same
	direction *regexp.Regexp
	nothing   *regexp.Regexp // those that say that there is none
}

// listOf is nil for a language without one.
func listOf(language string) *list {
	if of := lists[language]; of != nil {
		return of()
	}
	return nil
}

// Has reports whether there is a list for a language, by its code.
func Has(language string) bool { return listOf(language) != nil }

// Find lists the claim words of a text in a language.
func Find(text, language string) (found []Word) {
	end := 0
	l := listOf(language)
	if l == nil {
		return nil
	}
	nothing := 0 // up to where something holds words that claim nothing
	for start := range wordStarts(text) {
		nothing = max(nothing, start+l.not.match(text[start:]))
		if start < end {
			continue // within the one before
		}
		length := l.words.match(text[start:])
		if length == 0 {
			continue
		}
		if end = start + length; end > nothing && !joined(text, start, end) {
			found = append(found, Word{start, end, text[start:end]})
		}
	}
	return found
}

// matcher finds one of several words at the start of a text.
type matcher struct {
	words  *regexp.Regexp
	starts starter
}

func newMatcher(expression string) matcher {
	return matcher{regexp.MustCompile(expression), newStarter(expression)}
}

// match returns the length of what it finds, 0 for nothing.
func (m matcher) match(text string) int {
	if !m.starts.may(text) {
		return 0
	}
	if at := m.words.FindStringSubmatchIndex(text); at != nil {
		return at[3]
	}
	return 0
}

// wordStarts are where the words of a text begin.
func wordStarts(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		inWord := false
		for i, r := range text {
			is := r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
			if is && !inWord && !yield(i) {
				return
			}
			inWord = is
		}
	}
}

// joined reports whether a word is a part of a longer one, such as no-one, or of a name.
func joined(text string, start, end int) bool {
	return strings.HasSuffix(text[:start], "-") || strings.HasPrefix(text[end:], "-") && len(text) > end+1 && text[end+1] != ' '
}

// Denies reports whether a text says that there is none, such as no or never.
func Denies(text, language string) bool {
	l := listOf(language)
	return l != nil && l.nothing.MatchString(text)
}

// Directs reports whether a text says one side of two, such as rose or fewer.
func Directs(text, language string) bool {
	l := listOf(language)
	return l != nil && l.direction.MatchString(text)
}
