package literal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a text, or a number, without the punctuation around it.
type word struct {
	start, end int
	text       string // as it is written
	lower      string
	near       bool // only a space is between it and the word before
	digits     bool
}

// splitWords lists the words of a text.
func splitWords(text string) []word {
	var list []word
	start := -1 // of the word at hand
	flush := func(end int) {
		if start >= 0 {
			if w := trim(text, start, end); w.start < w.end {
				if n := len(list); n > 0 {
					w.near = strings.TrimSpace(text[list[n-1].end:w.start]) == ""
				}
				list = append(list, w)
			}
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("\x1a—…“”\"«»[]{}|;!?", r), r == '(' && start < 0,
			r == '-' && strings.HasPrefix(text[i+1:], "-"), r == ',' && !startsWithDigit(text[i+1:]):
			flush(i)
		case start < 0:
			start = i
		}
	}
	flush(len(text))
	return list
}

// trim takes the punctuation off a word, but not the sign of a number or the ")"
// of "287(g)".
func trim(text string, start, end int) word {
	first := start
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if isWordRune(r) {
			break
		}
		start += size
	}
	if startsWithDigit(text[start:end]) || start < end && isCurrency(text[start:end]) {
		if sign, size := utf8.DecodeLastRuneInString(text[first:start]); size > 0 && strings.ContainsRune("-−+±~≈#.", sign) {
			start -= size
		}
	}
	w := word{start: start, digits: strings.ContainsFunc(text[start:end], isDigit)}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(text[start:end])
		if isWordRune(r) || r == ')' && strings.Contains(text[start:end], "(") || r == '+' && w.digits {
			break
		}
		end -= size
	}
	if s := text[start:end]; strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s") {
		end -= len(s) - strings.LastIndexAny(s, "'’")
	}
	w.end, w.text, w.lower = end, text[start:end], strings.ToLower(text[start:end])
	return w
}

// isDigit takes in ½, ⑦ and Ⅻ, but not the ² of km² and the ₂ of CO₂.
func isDigit(r rune) bool {
	return unicode.IsNumber(r) && !strings.ContainsRune("¹²³", r) && (r < '⁰' || r > '₉')
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || isDigit(r) || unicode.Is(unicode.Sc, r) || r == '%'
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isDigit(r)
}

func endsInDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isDigit(r)
}

// isCurrency reports whether s starts with the sign of one.
func isCurrency(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Sc, r)
}
