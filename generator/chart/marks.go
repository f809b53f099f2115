package chart

import (
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// Mark is what a drawing has for a line, by what it says of itself: its name, group and panel.
type Mark struct {
	Name, Group, Panel string
	Line               *aggregate.Row
}

// Link is what the chart's file says of where its marks lead; "" where they lead nowhere.
func (c *Chart) Link() string { return c.spec.Link }

// Marks are those of all lines. A mark without a group may have one in the drawing, which says nothing.
func (c *Chart) Marks() []Mark {
	in := func(l *aggregate.Row, as As) string {
		if i := c.columnAs(as); i >= 0 {
			return c.id(*l, i)
		}
		return ""
	}
	var list []Mark
	for i := range c.lines {
		l := &c.lines[i]
		list = append(list, Mark{in(l, AsName), in(l, AsGroup), in(l, AsPanel), l})
	}
	return list
}

// Called are the texts by which readers know a line, the one that says most first: its label, its name, its group.
func (c *Chart) Called(l *aggregate.Row) (texts []string) {
	for _, as := range []As{AsLabel, AsName, AsGroup} {
		if i := c.columnAs(as); i >= 0 && !c.unit(i).Numeric() && !c.unit(i).IsTime() {
			texts = append(texts, strings.TrimSpace(c.write(*l, i, quantity.Prose)))
		}
	}
	return texts
}

// Fault is a problem at a key of the chart's file.
func (c *Chart) Fault(p diag.Problem, key string) diag.Problem { return c.spec.doc.Problem(p, key) }
