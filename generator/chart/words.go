package chart

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/quantity"
)

// What alt texts say of figures, for every kind.

// extremes says which lines are highest and lowest, and which have no value.
func (c *Chart) extremes(names, measure int) string { return c.extremesOf(measure, c.namer(names)) }

// namer says what a sentence calls a line: its name, and the group and the panel
// where a name has several values.
func (c *Chart) namer(names int) func(aggregate.Line) string {
	var others []int
	for _, channel := range c.spec.channels() {
		if i := c.column(channel.name); i >= 0 && i != names && (channel.as == AsGroup || channel.as == AsPanel) {
			others = append(others, i)
		}
	}
	slices.Reverse(others) // the panel comes last
	return func(line aggregate.Line) string {
		name := c.write(line, names, quantity.Prose)
		var said []string
		for _, i := range others {
			said = append(said, c.write(line, i, quantity.Prose))
		}
		if len(said) == 0 {
			return name
		}
		return name + " (" + strings.Join(said, ", ") + ")"
	}
}

func (c *Chart) extremesOf(measure int, name func(aggregate.Line) string) string {
	var high, low *aggregate.Line
	var missing []string
	for i := range c.lines {
		line := &c.lines[i]
		v := line.Values[measure]
		switch {
		case v.IsMissing():
			missing = append(missing, name(*line))
			continue
		case high == nil:
			high, low = line, line
		}
		if v.Compare(high.Values[measure]) > 0 {
			high = line
		}
		if v.Compare(low.Values[measure]) < 0 {
			low = line
		}
	}
	var said []string
	if high != nil {
		said = append(said, fmt.Sprintf("Highest: %s, %s.", name(*high), c.write(*high, measure, quantity.Prose)))
		if low != high {
			said = append(said, fmt.Sprintf("Lowest: %s, %s.", name(*low), c.write(*low, measure, quantity.Prose)))
		}
	}
	if len(missing) > 0 {
		said = append(said, "No value: "+strings.Join(missing, ", ")+".")
	}
	return strings.Join(said, " ")
}
