package lock

import (
	"fmt"
	"strings"
)

// Tally says how many facts changed, are new, are removed.
func Tally(changes []Change) string {
	words := map[Kind]string{Changed: "changed", Added: "new", Gone: "removed", Moved: "on other pages"}
	var parts []string
	for _, kind := range kinds {
		n := 0
		for _, c := range changes {
			if c.Kind == kind {
				n++
			}
		}
		switch {
		case n == 0:
		case kind == Renamed && n == 1:
			parts = append(parts, "1 rename")
		case kind == Renamed:
			parts = append(parts, fmt.Sprintf("%d renames", n))
		case n == 1 && len(parts) == 0:
			parts = append(parts, "1 fact "+words[kind])
		case len(parts) == 0:
			parts = append(parts, fmt.Sprintf("%d facts %s", n, words[kind]))
		default:
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
		return "removed: " + c.Old
	case Moved:
		return c.New
	case Renamed:
		return "the " + c.What + " " + c.Was + " is now " + c.Fact
	}
	text := c.Old + " -> " + c.New
	if c.Theirs != "" {
		text = c.Old + " on one side of the merge, " + c.Theirs + " on the other -> " + c.New
	}
	if c.Percent != "" {
		text += "  " + c.Percent
	}
	if c.Reversal != "" {
		text += "  (" + c.Reversal.Words() + ")"
	}
	if c.Same {
		text += "  (no visible change)"
	}
	return text
}

// Words are for people.
func (r Reversal) Words() string {
	return map[Reversal]string{Sign: "sign changed", Rank: "rank changed", Finding: "finding flipped", Words: "text changed"}[r]
}
