// Package claimword knows the words by which a text claims something of data: most, only,
// none, the largest, more than, rose. A sentence with one is true or false by the data,
// though it may hold no number.
//
// The words are listed by language, in lists.go. A language without a list claims nothing
// that the program would see.
package claimword

import (
	"regexp"
	"slices"
	"strings"
)

// Word is a claim word in a text, by its bytes.
type Word struct {
	Start, End int
	Text       string
}

// list is the words of a language.
type list struct {
	words *regexp.Regexp // all of them
	not   *regexp.Regexp // what holds one and claims nothing: "at first", "first name"
	// direction are those that say one side of two: there is a third case, that both are
	// the same
	direction *regexp.Regexp
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
	l := listOf(language)
	if l == nil {
		return nil
	}
	var not [][]int
	for end := 0; ; { // up to where it was looked; what stands there parts two words
		at := l.words.FindStringSubmatchIndex(text[end:])
		if at == nil {
			return found
		}
		start := end + at[2]
		end += at[3]
		if joined(text, start, end) {
			continue
		}
		if not == nil {
			not = append([][]int{{-1, -1}}, l.not.FindAllStringIndex(text, -1)...)
		}
		if !slices.ContainsFunc(not, func(span []int) bool { return span[0] <= start && end <= span[1] }) {
			found = append(found, Word{start, end, text[start:end]})
		}
	}
}

// joined reports whether a word is a part of a longer one, such as no-one, or of a name.
func joined(text string, start, end int) bool {
	return strings.HasSuffix(text[:start], "-") || strings.HasPrefix(text[end:], "-") && len(text) > end+1 && text[end+1] != ' '
}

// Directs reports whether a text says one side of two, such as rose or fewer.
func Directs(text, language string) bool {
	l := listOf(language)
	return l != nil && l.direction.MatchString(text)
}
