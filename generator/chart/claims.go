package chart

import (
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/quantity"
)

// What alt texts claim, for every kind.

// claim claims what is drawn, and what is true of it.
func (c *plot) claim(claims []claim.Claim, shows ...claim.Part) {
	c.claims = append(claim.List{c.contents().Show(shows...)}, claims...)
}

// contents are the numbers and labels that a chart can begin with.
func (c *plot) contents() claim.Contents {
	different := func(as As) int {
		column := c.columnAs(as)
		if column < 0 {
			return min(1, len(c.lines))
		}
		names := map[string]bool{}
		for _, l := range c.lines {
			names[c.id(l, column)] = true
		}
		return len(names)
	}
	values := 0
	if measure := c.measure(); measure >= 0 {
		for _, l := range c.lines {
			if !l.Values[measure].IsMissing() {
				values++
			}
		}
	}
	in := claim.Contents{Labels: map[string]string{}, Counts: map[string]int{
		"rows": len(c.lines), "names": different(AsName), "groups": different(AsGroup), "panels": different(AsPanel), "values": values, "points": len(c.drawn()),
	}}
	for _, channel := range c.spec.channels() {
		if i := c.column(channel.name); i >= 0 {
			in.Labels[string(c.as(i))] = strings.TrimSpace(c.of.Columns[i].Label)
		}
	}
	return in
}

// measure is the column whose values are drawn, -1 if none is.
func (c *plot) measure() int {
	if i := c.columnAs(AsValue); i >= 0 {
		return i
	}
	return c.columnAs(AsBinned)
}

// drawn are the lines that have a place: where two measures meet, those that have both.
func (c *plot) drawn() []aggregate.Row {
	x, y := c.columnAs(AsAcross), c.measure()
	if x < 0 {
		return c.lines
	}
	return slices.DeleteFunc(slices.Clone(c.lines), func(l aggregate.Row) bool { return l.Values[x].IsMissing() || l.Values[y].IsMissing() })
}

// naming is the column that names a line in words.
func (c *plot) naming() int {
	if i := c.columnAs(AsLabel); i >= 0 && c.columnAs(AsAcross) < 0 {
		return i
	}
	return c.columnAs(AsName)
}

// extremesOfAll says what is highest and lowest in any panel.
func (c *plot) extremesOfAll() []claim.Claim {
	names, measure := c.naming(), c.measure()
	if names < 0 || measure < 0 || !c.unit(measure).Numeric() {
		return nil
	}
	return c.extremes(names, measure)
}

// extremes says which lines are highest and lowest, and which have no value.
func (c *plot) extremes(names, measure int) []claim.Claim {
	var high, low []*aggregate.Row // several that are equal
	var missing []string
	total := c.columnAs(AsTotal)
	lines := c.drawn()
	for i := range lines {
		line := &lines[i]
		v := line.Values[measure]
		switch {
		case v.IsMissing():
			missing = append(missing, c.named(names, line))
			continue
		case total >= 0 && line.Values[total].True(): // what others come to is none of them
			continue
		}
		extend := func(of []*aggregate.Row, sign int) []*aggregate.Row {
			switch {
			case of == nil || v.Compare(of[0].Values[measure])*sign > 0:
				return []*aggregate.Row{line}
			case v.Compare(of[0].Values[measure]) == 0:
				return append(of, line)
			}
			return of
		}
		high, low = extend(high, 1), extend(low, -1)
	}
	var list []claim.Claim
	say := func(says claim.Says, of []*aggregate.Row) {
		var named []string
		for _, line := range of {
			named = append(named, c.named(names, line))
		}
		list = append(list, claim.Extreme(says, named, c.value(of[0], measure)))
	}
	if high != nil {
		first := lines[0].Values[measure] // of a ranking that is cut short only the end that it shows is the end of the data
		if !c.of.Cut || first.Compare(high[0].Values[measure]) == 0 {
			say(claim.Highest, high)
		}
		if low[0] != high[0] && (!c.of.Cut || first.Compare(low[0].Values[measure]) == 0) {
			say(claim.Lowest, low)
		}
	}
	if len(missing) > 0 {
		list = append(list, claim.Without(missing))
	}
	return list
}

// ends says where the lowest and the highest end of all intervals are.
func (c *plot) ends(names, low, high int) []claim.Claim {
	var lowest, highest *aggregate.Row
	for i := range c.lines {
		l := &c.lines[i]
		if !l.Values[low].IsMissing() && (lowest == nil || l.Values[low].Compare(lowest.Values[low]) < 0) {
			lowest = l
		}
		if !l.Values[high].IsMissing() && (highest == nil || l.Values[high].Compare(highest.Values[high]) > 0) {
			highest = l
		}
	}
	if lowest == nil || highest == nil {
		return nil
	}
	return []claim.Claim{c.claimOf(claim.HighestEnd, names, high, highest), c.claimOf(claim.LowestEnd, names, low, lowest)}
}

// fewLines is of how many lines a description says where they start and end.
const fewLines = 5

// fewNameWords is how many words the names of these lines have together.
const fewNameWords = 15

// overTime says what each line starts and ends with, and which times have no value.
func (c *plot) overTime(series []lineSeries) []claim.Claim {
	x, y := c.column("x"), c.column("y")
	t := c.times(x)
	var list []claim.Claim
	words := 0
	for _, s := range series {
		if len(list) == fewLines || len(c.spec.Highlight) > 0 && !c.highlightedSeries(s.points) {
			continue // the table says the others
		}
		var first, last *aggregate.Row
		for place := range t.ids {
			if l, ok := s.points[place]; ok && !l.Values[y].IsMissing() {
				last = &l
				if first == nil {
					first = &l
				}
			}
		}
		if n := len(strings.Fields(s.text)); first != nil && (len(list) == 0 || words+n <= fewNameWords) {
			words += n
			list = append(list, claim.Claim{
				Says: claim.Change, Names: []string{strings.TrimSpace(s.text), t.unit.When(first.Values[x]), t.unit.When(last.Values[x])}, Values: []claim.Value{c.value(first, y), c.value(last, y)},
			})
		}
	}
	var there []quantity.Value
	for _, l := range c.lines {
		there = append(there, l.Values[x])
	}
	if gaps := t.period.Gaps(t.unit, there); len(gaps) > 0 {
		list = append(list, claim.Claim{Says: claim.Gaps, Names: gaps})
	}
	return list
}

func (c *plot) claimOf(says claim.Says, names, measure int, line *aggregate.Row) claim.Claim {
	return claim.Claim{Says: says, Names: []string{c.named(names, line)}, Values: []claim.Value{c.value(line, measure)}}
}

func (c *plot) value(line *aggregate.Row, column int) claim.Value {
	return claim.Value{Raw: line.Values[column].Raw(), Unit: c.unit(column)}
}

// named is what a sentence calls a line: its name, and the group and the panel where
// a name has several values.
func (c *plot) named(names int, line *aggregate.Row) string {
	name := c.write(*line, names, quantity.Prose)
	var of []string
	for _, as := range []As{AsGroup, AsPanel} {
		if i := c.columnAs(as); i >= 0 && i != names {
			of = append(of, c.write(*line, i, quantity.Prose))
		}
	}
	if len(of) == 0 {
		return name
	}
	return name + " (" + strings.Join(of, ", ") + ")"
}
