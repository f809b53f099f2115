package chart

import (
	"fmt"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// Each place of a chart has one line: of two, one would hide the other.

// oncePerName makes two lines of the same name a problem.
func (c *Chart) oncePerName(names int, problems *diag.List) {
	seen := map[string]bool{}
	for _, line := range c.lines {
		name := c.write(line, names, quantity.Prose)
		if seen[name] && !c.Of.Tainted {
			c.drawnTwice(problems, "two lines are named "+diag.Quote(name), "name them so that a reader can tell them apart")
		}
		seen[name] = true
	}
}

// oncePerPlace makes two lines of the same name and group a problem.
func (c *Chart) oncePerPlace(names, groups int, problems *diag.List) {
	seen := map[[2]string]bool{}
	for _, l := range c.lines {
		cell := [2]string{c.write(l, groups, quantity.Prose), c.write(l, names, quantity.Prose)}
		if seen[cell] && !c.Of.Tainted {
			c.drawnTwice(problems, fmt.Sprintf("two lines meet at %q and %q", cell[0], cell[1]), "keep one line for each place in the aggregate")
		}
		seen[cell] = true
	}
}

// drawnTwice adds the problem that two lines have one place: one would be drawn over
// the other.
func (c *Chart) drawnTwice(problems *diag.List, message, hint string) {
	c.spec.fail(problems, diag.Problem{Message: message, Hint: hint}, "of")
}
