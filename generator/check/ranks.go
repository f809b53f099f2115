package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// misranked names the first point of a chart of ranks that is not at its place, counted from above. Points that share a rank at a time
// are below each other, on the places that are left out after it.
func misranked(points []shape) string {
	at := map[string][]shape{}
	for _, p := range points {
		at[p.at.name] = append(at[p.at.name], p)
	}
	var placed []shape
	for _, list := range at {
		slices.SortStableFunc(list, func(a, b shape) int { return cmp.Compare(a.y, b.y) })
		shared := 0
		for i, p := range list {
			if shared++; i == 0 || list[i-1].value != p.value {
				shared = 0
			}
			rank, err := strconv.Atoi(p.value)
			if err != nil {
				return p.at.String() + " has no rank"
			}
			m := *p.mark
			m.value = strconv.Itoa(-rank - shared)
			p.mark = &m
			placed = append(placed, p)
		}
	}
	slices.SortStableFunc(placed, func(a, b shape) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	return strings.Replace(misplaced(linear, placed), "its value, -", "its rank, ", 1)
}
