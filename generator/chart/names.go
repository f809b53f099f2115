package chart

import (
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/quantity"
)

// axes returns the columns of the names and of the measure.
func (c *plot) axes() (names, measure int, horizontal bool) {
	x, y := c.column("x"), c.column("y")
	if c.unit(x).Numeric() {
		return y, x, true
	}
	return x, y, false
}

// grouping is the column that tells bars of one name apart, -1 if none does.
func (c *plot) grouping() (column int, stacked bool) {
	if i := c.column("stack"); i >= 0 {
		return i, true
	}
	return c.column("series"), false
}

// nameColumn is the column of names, on whichever axis it is.
func (c *plot) nameColumn() (column int, horizontal bool) {
	if y := c.column("y"); y >= 0 {
		return y, true
	}
	return c.column("x"), false
}

// names lists the different values of a column, as in the drawing and as a
// reader sees them: in the order of the lines, but years and days by time.
func (c *plot) names(column int) (ids, texts []string) {
	lines := c.whole
	if c.inOrder(column) {
		lines = slices.SortedStableFunc(slices.Values(lines), func(a, b aggregate.Row) int { return a.Values[column].Compare(b.Values[column]) })
	}
	seen := map[string]bool{}
	for _, l := range lines {
		if name := c.id(l, column); !seen[name] {
			seen[name] = true
			ids, texts = append(ids, name), append(texts, c.write(l, column, quantity.Prose))
		}
	}
	return ids, texts
}

// inOrder reports whether names go by time, so that some of them say enough.
func (c *plot) inOrder(column int) bool {
	return c.unit(column).IsTime()
}
