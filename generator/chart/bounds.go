package chart

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"

	unicode "golang.org/x/text/unicode/norm"
)

// What a chart can hold: so much as can be drawn in a few seconds, and as names only
// what can be written in SVG.

// maxNames is how many names or years an axis can have, and maxGroups how many
// lines, colours or forms there can be. Some hundred are more than a reader looks at.
const (
	maxNames  = 1000
	maxGroups = 300
)

// checkBounds adds a problem for each bound that the lines exceed.
func (c *plot) checkBounds(limits limit.Limits, problems *faults) {
	s := c.spec
	if n := len(c.lines); n > limits.Get(limit.Marks) && !s.kind.binned {
		p := limits.Exceeded(limit.Marks, diag.Count(n, "line")+" of "+c.of.Name)
		p.Message = "too much for a chart"
		problems.add(p, "of")
		return
	}
	for _, channel := range s.channels() {
		if i := c.column(channel.name); i >= 0 && !c.unit(i).Numeric() {
			c.checkNames(channel, i, limits, problems)
		}
	}
	if s.kind.overTime {
		c.checkTimes(limits, problems)
	}
	if s.Scale != "" {
		c.checkLog(problems)
	}
}

// checkNames checks the names that a channel shows.
func (c *plot) checkNames(channel channel, column int, limits limit.Limits, problems *faults) {
	names, alike := map[string]bool{}, map[string]string{}
	for _, l := range c.lines {
		name := c.write(l, column, quantity.Prose)
		if names[name] {
			continue
		}
		names[name] = true
		if other, ok := alike[plainly(name)]; ok && !c.of.Tainted && channel.as != AsLabel {
			problems.add(diag.Problem{
				Message: "two names that look alike", Found: diag.Quote(other) + " and " + diag.Quote(name), Expected: "one way to write it",
				Hint: "correct the data, or the aggregate: trim(" + c.of.Columns[column].Name + ")",
			}, channel.name)
			return
		}
		alike[plainly(name)] = name
		if n := utf8.RuneCountInString(name); n > limits.Get(limit.Label) {
			p := limits.Exceeded(limit.Label, fmt.Sprintf("a name of %s: %s", diag.Count(n, "character"), diag.Quote(string([]rune(name)[:40])+"…")))
			p.Message = "too long a name for a chart"
			problems.add(p, channel.name)
			return
		}
		if strings.ContainsAny(name, "\ufffe\uffff") {
			problems.add(diag.Problem{Message: "a name that cannot be drawn", Found: diag.Quote(name), Hint: "it holds U+FFFE or U+FFFF, which are not letters: take them out of the data"}, channel.name)
			return
		}
	}
	most := limits.Get(limit.Marks)
	switch {
	case slices.Contains([]string{"series", "stack", "parent"}, channel.name):
		most = maxGroups
	case c.spec.kind.named:
		most = maxNames
	}
	if len(names) > most && !c.spec.kind.binned {
		problems.add(diag.Problem{
			Message: fmt.Sprintf("%d names", len(names)), Expected: fmt.Sprintf("%d or fewer", most), Hint: "single out the most important in the aggregate, or draw how many there are of each size: a histogram",
		}, channel.name)
	}
}

// plainly is a name without what nobody sees: spaces at its ends and twice, letters of
// no width, and the two ways to write é.
func plainly(name string) string {
	seen := strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u00ad\u200b\u2060\ufeff", r) {
			return -1
		}
		return r
	}, name)
	return unicode.NFC.String(strings.Join(strings.Fields(seen), " "))
}
