package chart

import "strings"

// literal keeps ECharts from taking braces in a text for a template.
func literal(text string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(text) }

// roomFor is what a label gets: a little more than its width, for readers who have another face.
func roomFor(text string) int { return textWidth(text) * 21 / 20 }

// labelColumn is the width of a column of labels, at most so wide, and the lines
// that the longest then takes. It is as wide as its broken lines are.
func labelColumn(labels []string, most int) (width, lines int) {
	longest := 0
	for _, l := range labels {
		longest = max(longest, roomFor(l))
	}
	if longest <= most {
		return longest, 1
	}
	most = max(most, 24)
	for _, l := range labels {
		parts := strings.Split(broken(l, most), "\n")
		lines = max(lines, len(parts))
		for _, part := range parts {
			width = max(width, min(roomFor(part)+2, most)) // so that they break alike at this width
		}
	}
	return width, lines
}

// wrap breaks a text at spaces into lines of at most so many pixels, and words that
// are wider where they must be. ECharts would do it too, but it takes every letter
// that is not English for as wide as it is high.
func wrap(text string, width int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		for textWidth(word) > width { // a word that must be broken itself
			letters := []rune(word)
			cut := max(1, len(letters)*width/(textWidth(word)+1))
			if lines[len(lines)-1] == "" {
				lines = lines[:len(lines)-1]
			}
			lines = append(lines, string(letters[:cut]), "")
			word = string(letters[cut:])
		}
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case textWidth(*last+" "+word) > width:
			lines = append(lines, word)
		default:
			*last += " " + word
		}
	}
	return lines
}

// broken is a label in lines. A word that just fits stays whole.
func broken(text string, width int) string {
	if roomFor(text) <= width {
		return text
	}
	narrow := width * 20 / 21
	if longest := longestWord([]string{text}); longest <= width {
		narrow = max(narrow, longest)
	}
	return strings.Join(balanced(text, narrow), "\n")
}

// balanced breaks a text into as few lines as wrap does, about as long as each other.
func balanced(text string, width int) []string {
	lines := wrap(text, width)
	for least := max(longestWord([]string{text}), width/3); width-4 >= least; {
		width -= 4
		narrower := wrap(text, width)
		if len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

func linesOf(label string) int { return 1 + strings.Count(label, "\n") }

// longestWord is the width of the longest word of the texts, in pixels.
func longestWord(texts []string) int {
	longest := 0
	for _, t := range texts {
		for word := range strings.FieldsSeq(t) {
			longest = max(longest, textWidth(word))
		}
	}
	return longest
}
