package chart

import (
	"fmt"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// Each place of a chart has one line: of two, one would hide the other.

// requireUniqueNames makes two lines of the same name a problem.
func (c *plot) requireUniqueNames(names int, problems *faults) {
	seen := map[string]bool{}
	for _, line := range c.lines {
		name := c.write(line, names, quantity.Prose)
		if seen[name] {
			problems.drawnTwice("two rows are named "+diag.Quote(name), "name them so that a reader can tell them apart")
		}
		seen[name] = true
	}
}

// requireUniquePlaces makes two lines of the same name and group a problem.
func (c *plot) requireUniquePlaces(names, groups int, problems *faults) {
	seen := map[[2]string]bool{}
	for _, l := range c.lines {
		cell := [2]string{c.write(l, groups, quantity.Prose), c.write(l, names, quantity.Prose)}
		if seen[cell] {
			problems.drawnTwice(fmt.Sprintf("two rows fall on the same cell, %q and %q", cell[0], cell[1]), "keep one row for each cell in the aggregate")
		}
		seen[cell] = true
	}
}

// drawnTwice adds the problem that two lines have one place: one would be drawn over
// the other.
func (f *faults) drawnTwice(message, hint string) {
	f.add(diag.Problem{Message: message, Hint: hint}, "of")
}
