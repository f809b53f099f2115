package dataset

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// exampleOf is a text that a pattern allows, "" where none is found easily.
func exampleOf(pattern string) string {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	var b strings.Builder
	writeExample(&b, parsed.Simplify())
	matches, err := regexp.Compile(`^(?:` + pattern + `)$`)
	if text := b.String(); err == nil && len(text) <= 60 && matches.MatchString(text) {
		return text
	}
	return ""
}

func writeExample(b *strings.Builder, r *syntax.Regexp) {
	switch r.Op {
	case syntax.OpLiteral:
		b.WriteString(string(r.Rune))
	case syntax.OpCharClass:
		b.WriteRune(of(r.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('x')
	case syntax.OpAlternate, syntax.OpCapture, syntax.OpPlus:
		writeExample(b, r.Sub[0])
	case syntax.OpRepeat:
		for range r.Min {
			writeExample(b, r.Sub[0])
		}
	case syntax.OpConcat:
		for _, part := range r.Sub {
			writeExample(b, part)
		}
	}
}

// of is a letter or a digit of a class, and else its first sign. Classes are pairs of a
// first and a last.
func of(class []rune) rune {
	for i := 0; i+1 < len(class); i += 2 {
		for _, want := range "1aA" {
			if class[i] <= want && want <= class[i+1] {
				return want
			}
		}
	}
	if len(class) == 0 {
		return 'x'
	}
	return class[0]
}
