package diag

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the hint `did you mean "x"?` for the candidate closest to
// what was written, or "" where none is close enough to be meant.
func Nearest(written string, candidates []string) string {
	return DidYouMean(Closest(written, candidates))
}

// DidYouMean is the hint for what may be meant; "" for nothing.
func DidYouMean(meant string) string {
	switch {
	case meant == "":
		return ""
	case strings.Contains(meant, `"`) && !strings.Contains(meant, "`"):
		return "did you mean `" + meant + "`?" // as it can be copied
	}
	return "did you mean " + Quote(meant) + "?"
}

// Closest is the candidate closest to what was written, or "" where none is close
// enough to be meant: two letters may differ, or a third of a long name.
func Closest(written string, candidates []string) string {
	length := len([]rune(written))
	best, least := "", min(1+max(1, min(2, length-2), length/3), length)
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		d := levenshtein.ComputeDistance(strings.ToLower(written), strings.ToLower(c))
		closer := d == least && best != "" && levenshtein.ComputeDistance(written, c) < levenshtein.ComputeDistance(written, best)
		if d < least || closer { // of two that differ in capitals only, the one with the same
			best, least = c, d
		}
	}
	return best
}
