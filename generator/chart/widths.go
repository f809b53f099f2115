package chart

import (
	"encoding/json"
	"math"
	"strings"
	"sync"

	"broadsheet"
)

// Charts are laid out with the widths of the letters that the theme's sans has. A reader who gets another face gets one of the system
// that the style sheet scales to about the same width.

// letterWidths are the letters of a weight, in parts of a thousand of their size.
type letterWidths map[rune]int

// ofSans are the weights of the theme's sans.
var ofSans = sync.OnceValue(func() (w struct{ regular, semibold letterWidths }) {
	var read struct{ Regular, Semibold map[string]int }
	if err := json.Unmarshal(broadsheet.Widths, &read); err != nil {
		panic("the widths of letters that the program embeds: " + err.Error())
	}
	letters := func(from map[string]int) letterWidths {
		to := make(letterWidths, len(from))
		for letter, width := range from {
			for _, r := range letter {
				to[r] = width
			}
		}
		return to
	}
	w.regular, w.semibold = letters(read.Regular), letters(read.Semibold)
	return w
})

// textWidth is the width of a text in CSS pixels at fontSize.
func textWidth(text string) int { return ofSans().regular.of(text, fontSize) }

// boldWidth is the width of a text in semibold.
func boldWidth(text string) int { return ofSans().semibold.of(text, fontSize) }

func (w letterWidths) of(text string, size float64) int {
	sum := 0
	for _, r := range text {
		if width, has := w[r]; has {
			sum += width
		} else {
			sum += guess(r)
		}
	}
	return int(math.Ceil(float64(sum) * size / 1000))
}

// guess is the width of a letter that the theme's sans does not have, and a face of the system writes.
func guess(r rune) int {
	switch {
	case r >= 0x2e80: // East Asian letters and emoji
		return 1000
	case strings.ContainsRune("\u200c\u200d\ufe0e\ufe0f", r):
		return 0
	}
	return 560
}
