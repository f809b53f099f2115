package onefile

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

var (
	faceRule     = regexp.MustCompile(`@font-face\s*\{[^}]*\}\s*`)
	unicodeRange = regexp.MustCompile(`unicode-range:\s*([^;}]*)`)
)

// withoutFaces leaves out the typefaces of which no letter is in the file, as a browser would not fetch them from a site.
func withoutFaces(styles string, letters map[rune]bool) string {
	return faceRule.ReplaceAllStringFunc(styles, func(rule string) string {
		of := unicodeRange.FindStringSubmatch(rule)
		if of == nil {
			return rule
		}
		for one := range strings.SplitSeq(of[1], ",") {
			from, to := between(strings.TrimSpace(one))
			for letter := range letters {
				if letter >= from && letter <= to {
					return rule
				}
			}
		}
		return ""
	})
}

// between reads a range of letters: U+100-130, U+131 or U+1??.
func between(text string) (from, to rune) {
	low, high, isRange := strings.Cut(strings.TrimPrefix(strings.ToUpper(text), "U+"), "-")
	if !isRange {
		low, high = strings.ReplaceAll(low, "?", "0"), strings.ReplaceAll(low, "?", "F")
	}
	first, err := strconv.ParseInt(low, 16, 32)
	last, err2 := strconv.ParseInt(high, 16, 32)
	if err != nil || err2 != nil {
		return 0, 0x10ffff // what cannot be read leaves nothing out
	}
	return rune(first), rune(last)
}

// letters are those of the texts in the file.
func (w *work) letters() map[rune]bool {
	all := map[rune]bool{}
	for _, s := range w.order {
		for n := range s.page.Descendants() {
			if n.Type == html.TextNode {
				for _, letter := range n.Data {
					all[letter] = true
				}
			}
		}
	}
	return all
}
