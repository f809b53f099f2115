package diag

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the hint `did you mean "x"?` for the candidate closest to
// what was written, or "" where none is close enough to be meant: two letters
// may differ, or a third of a long name.
func Nearest(written string, candidates []string) string {
	length := len([]rune(written))
	best, least := "", min(1+max(1, min(2, length-2), length/3), length)
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.ComputeDistance(strings.ToLower(written), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + Quote(best) + "?"
}
