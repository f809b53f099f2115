package lock

import (
	"fmt"
	"strings"
)

// Tally says how many facts changed, are new, are gone.
func Tally(changes []Change) string {
	words := map[Kind]string{Changed: "changed", Added: "new", Gone: "gone", Moved: "on other pages"}
	var parts []string
	for _, kind := range kinds {
		n := 0
		for _, c := range changes {
			if c.Kind == kind {
				n++
			}
		}
		switch {
		case n == 1 && len(parts) == 0:
			parts = append(parts, "1 fact "+words[kind])
		case n > 0 && len(parts) == 0:
			parts = append(parts, fmt.Sprintf("%d facts %s", n, words[kind]))
		case n > 0:
			parts = append(parts, fmt.Sprintf("%d %s", n, words[kind]))
		}
	}
	if len(parts) == 0 {
		return "no fact changed"
	}
	return strings.Join(parts, ", ")
}

// Step is old -> new, with the size of the step.
func (c Change) Step() string {
	switch c.Kind {
	case Added:
		return "new: " + c.New
	case Gone:
		return "gone: " + c.Old
	case Moved:
		return c.New
	}
	text := c.Old + " -> " + c.New
	if c.Percent != "" {
		text += "  " + c.Percent
	}
	if c.Reversal != "" {
		text += "  (" + c.Reversal.Words() + ")"
	}
	if c.Same {
		text += "  (pages read the same)"
	}
	return text
}

// Words are for people.
func (r Reversal) Words() string {
	return map[Reversal]string{Sign: "the sign turned", Rank: "another rank", Finding: "a finding flipped", Words: "another text"}[r]
}
