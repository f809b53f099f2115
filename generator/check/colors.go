package check

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
)

// classColor are the colours of classes of a measure: --step-3, --below-1, --step-zero.
var classColor = regexp.MustCompile(`^var\(--(?:step|below|above)-[a-z0-9]+\)$`)

const noValue = "var(--step-unknown)"

// miscolored names the first mark whose colour is not that of its class: in the order of
// values each colour comes once, and what has no value has the colour of that.
func miscolored(marks []mark) string {
	type colored struct {
		*mark
		n float64
	}
	var list []colored
	for i := range marks {
		m := &marks[i]
		if !classColor.MatchString(m.fill) {
			continue
		}
		n, err := strconv.ParseFloat(m.value, 64)
		switch {
		case m.value == "" && m.fill == noValue:
		case m.value == "" || err != nil:
			return m.at.String() + " has no value, and the color of one"
		case m.fill == noValue:
			return m.at.String() + " has a value, and no color of one"
		default:
			list = append(list, colored{m, n})
		}
	}
	slices.SortStableFunc(list, func(a, b colored) int { return cmp.Compare(a.n, b.n) })
	seen := map[string]bool{}
	for i, c := range list {
		if i > 0 && list[i-1].fill == c.fill {
			continue
		}
		if seen[c.fill] || i > 0 && list[i-1].n == c.n {
			return c.at.String() + " is not in the color of its value, " + c.value
		}
		seen[c.fill] = true
	}
	return ""
}
