package check

import (
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

// checkClaims holds what a chart claims against its table: each claim is made again
// of the rows, and the alt text of each drawing is what these say.
func (f *chartFigure) checkClaims(found *faults) {
	claims, err := claim.Read(f.claims)
	if err != nil || len(claims) == 0 {
		found.add(diag.Problem{Message: "it does not say as data what its alt text claims", Hint: partsHint})
		return
	}
	var want claim.List
	for _, c := range claims {
		again, ok := f.table.claim(c)
		if !ok || !again.Same(c) {
			for i := range min(len(c.Values), len(again.Values)) {
				c.Values[i].Unit = again.Values[i].Unit
			}
			p := diag.Problem{Message: "a claim in " + string(markup.DataClaims), Found: sentence(c.In(f.table.book())), Expected: "nothing of the kind"}
			if ok {
				p.Expected = sentence(again.In(f.table.book()))
			}
			found.add(p)
			return
		}
		want = append(want, again)
	}
	var checked []string
	for _, d := range f.drawings {
		if d.alt == "" {
			found.add(diag.Problem{Message: d.name + " has no alt text", Hint: "say in aria-label what it shows"})
		} else if !slices.Contains(checked, d.alt) {
			checked = append(checked, d.alt)
			checkAlt(d, want, f.table.book(), found)
		}
	}
}

// checkAlt names the first sentence of an alt text that is not the one that is claimed.
func checkAlt(d drawing, want claim.List, book *phrase.Book, found *faults) {
	rest := spaced(d.alt)
	for i, c := range want {
		text := spaced(c.In(book))
		if after, ok := strings.CutPrefix(rest, text); ok && (after == "" || after[0] == ' ') {
			rest = strings.TrimPrefix(after, " ")
			continue
		}
		end := len(rest) // or where the next sentence begins
		for _, next := range want[i+1:] {
			if at := strings.Index(rest, " "+spaced(next.In(book))); at >= 0 {
				end = at
				break
			}
		}
		found.add(diag.Problem{Message: "the alt text of " + d.name, Found: sentence(rest[:end]), Expected: sentence(text)})
		return
	}
	if rest != "" {
		found.add(diag.Problem{Message: "the alt text of " + d.name, Found: sentence(rest), Expected: "nothing after what the chart claims", Hint: "write your own words in alt, in the file of the chart"})
	}
}

// book is the phrases of the language in which the table is written.
func (t *table) book() *phrase.Book {
	if len(t.columns) == 0 {
		return phrase.In("en")
	}
	return phrase.In(t.columns[0].unit.Language().Tag())
}

// sentence quotes one, without its full stop.
func sentence(text string) string { return strconv.Quote(strings.TrimSuffix(spaced(text), ".")) }

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// claim makes a claim again of the rows of the table; false where they allow none.
func (t *table) claim(c claim.Claim) (claim.Claim, bool) {
	first := ""
	if len(c.Names) > 0 {
		first = c.Names[0]
	}
	switch c.Says {
	case claim.Shows:
		return t.contents().Show(c.Parts...), true
	case claim.Highest:
		return t.extreme(c.Says, t.measure(), 1)
	case claim.Lowest:
		return t.extreme(c.Says, t.measure(), -1)
	case claim.HighestEnd:
		return t.extreme(c.Says, "high", 1)
	case claim.LowestEnd:
		return t.extreme(c.Says, "low", -1)
	case claim.Change:
		return t.change(first)
	case claim.Count:
		return t.count(first)
	case claim.Missing:
		return t.missing()
	case claim.Gaps:
		return t.gaps()
	case claim.LogScale:
		return t.logScale()
	case claim.Incomplete:
		return t.incompleteStacks()
	}
	return claim.Claim{}, false
}

// drawn are the rows that have a place: where two measures meet, those that have both.
func (t *table) drawn() [][]cell {
	if t.column("across") < 0 {
		return t.rows
	}
	return slices.DeleteFunc(slices.Clone(t.rows), func(row []cell) bool {
		return t.incomplete("across", func(as string) string { return t.raw(row, as) })
	})
}

// contents are the numbers and labels that a chart can begin with.
func (t *table) contents() claim.Contents {
	names, groups, panels := map[string]bool{}, map[string]bool{}, map[string]bool{}
	values := 0
	for _, row := range t.rows {
		k := t.key(row)
		names[k.name], groups[k.group], panels[k.panel] = true, true, true
		if t.raw(row, t.measure()) != "" {
			values++
		}
	}
	in := claim.Contents{Labels: map[string]string{}, Counts: map[string]int{
		"rows": len(t.rows), "names": len(names), "groups": len(groups), "panels": len(panels), "values": values, "points": len(t.drawn()),
	}}
	for _, c := range t.columns {
		in.Labels[c.as] = strings.TrimSpace(c.label)
	}
	return in
}

// extreme is the claim about the rows with the highest value, where sign is 1, or with
// the lowest. Of intervals it is about the first row, and what others come to is none of them.
func (t *table) extreme(says claim.Says, as string, sign int) (claim.Claim, bool) {
	var of [][]cell
	for _, row := range t.drawn() {
		if t.raw(row, as) == "" || t.raw(row, "total") == "true" {
			continue
		}
		switch {
		case of == nil || t.compare(as, row, of[0])*sign > 0:
			of = [][]cell{row}
		case t.compare(as, row, of[0]) == 0:
			of = append(of, row)
		}
	}
	if of == nil {
		return claim.Claim{}, false
	}
	if says == claim.HighestEnd || says == claim.LowestEnd {
		of = of[:1]
	}
	var names []string
	for _, row := range of {
		names = append(names, t.named(row))
	}
	return claim.Extreme(says, names, t.value(of[0], as)), true
}

// change is the claim about the first and the last value of a group, by time where its
// names are times.
func (t *table) change(name string) (claim.Claim, bool) {
	var rows [][]cell
	for _, row := range t.rows {
		group := strings.TrimSpace(t.prose(row, "group"))
		if i := t.column("value"); i >= 0 && t.column("group") < 0 {
			group = strings.TrimSpace(t.columns[i].label)
		}
		if group == name && t.raw(row, "value") != "" {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return claim.Claim{}, false
	}
	if t.columns[t.column("name")].unit.IsTime() {
		slices.SortStableFunc(rows, func(a, b []cell) int { return t.compare("name", a, b) })
	}
	a, z := rows[0], rows[len(rows)-1]
	return claim.Claim{Says: claim.Change, Names: []string{name, t.when(a), t.when(z)}, Values: []claim.Value{t.value(a, "value"), t.value(z, "value")}}, true
}

// count is the claim of how many rows have a value.
func (t *table) count(value string) (claim.Claim, bool) {
	c := claim.Claim{Says: claim.Count, Names: []string{value}}
	for _, row := range t.rows {
		if t.prose(row, "value") == value {
			c.N++
		}
	}
	return c, c.N > 0
}

func (t *table) missing() (claim.Claim, bool) {
	var names []string
	for _, row := range t.drawn() {
		if t.raw(row, t.measure()) == "" {
			names = append(names, t.named(row))
		}
	}
	return claim.Without(names), len(names) > 0
}

// gaps is the claim of the times between the first and the last that have no row.
func (t *table) gaps() (claim.Claim, bool) {
	c := claim.Claim{Says: claim.Gaps}
	i := t.column("name")
	if i < 0 {
		return c, false
	}
	var there []quantity.Value
	for _, row := range t.rows {
		v, ok := t.columns[i].unit.Read(t.raw(row, "name"))
		if !ok {
			return c, false
		}
		there = append(there, v)
	}
	c.Names = t.columns[i].every.Gaps(t.columns[i].unit, there)
	return c, len(c.Names) > 0
}

// incompleteStacks is the claim of the times at which a part has no value.
func (t *table) incompleteStacks() (claim.Claim, bool) {
	c := claim.Claim{Says: claim.Incomplete}
	i := t.column("name")
	if i < 0 || t.column("group") < 0 {
		return c, false
	}
	var times []quantity.Value
	for k := range t.unstackable() {
		if v, ok := t.columns[i].unit.Read(k.name); ok {
			times = append(times, v)
		}
	}
	c.Names = t.columns[i].every.Spans(t.columns[i].unit, times)
	return c, len(c.Names) > 0
}

// logScale is the claim of the measures on a logarithmic scale.
func (t *table) logScale() (claim.Claim, bool) {
	c := claim.Claim{Says: claim.LogScale}
	for _, as := range []string{"across", "value"} {
		if i := t.column(as); i >= 0 && t.columns[i].log {
			c.Names = append(c.Names, strings.TrimSpace(t.columns[i].label))
		}
	}
	return c, len(c.Names) > 0
}

// unstackable are the names, in their panel, at which some group of that panel has no value.
func (t *table) unstackable() map[key]bool {
	groups, valued := map[string]map[string]bool{}, map[key]bool{}
	for _, row := range t.rows {
		k := t.key(row)
		if groups[k.panel] == nil {
			groups[k.panel] = map[string]bool{}
		}
		groups[k.panel][k.group] = true
		valued[k] = valued[k] || t.raw(row, "value") != ""
	}
	list := map[key]bool{}
	for k := range valued {
		for group := range groups[k.panel] {
			if !valued[key{name: k.name, group: group, panel: k.panel}] {
				list[key{name: k.name, panel: k.panel}] = true
			}
		}
	}
	return list
}

func (t *table) value(row []cell, as string) claim.Value {
	return claim.Value{Raw: t.raw(row, as), Unit: t.columns[t.column(as)].unit}
}

// when says when a row was.
func (t *table) when(row []cell) string {
	unit := t.columns[t.column("name")].unit
	v, ok := unit.Read(t.raw(row, "name"))
	if !ok {
		return ""
	}
	return unit.When(v)
}

// prose writes a cell as in a sentence.
func (t *table) prose(row []cell, as string) string {
	i := t.column(as)
	if i < 0 {
		return ""
	}
	text, ok := written(t.columns[i].unit, t.raw(row, as), quantity.Prose)
	if !ok {
		return ""
	}
	return text
}

// named is what a sentence calls a row.
func (t *table) named(row []cell) string {
	name := t.prose(row, "name")
	if t.column("label") >= 0 && t.column("across") < 0 {
		name = t.prose(row, "label")
	}
	var of []string
	for _, as := range []string{"group", "panel"} {
		if t.column(as) >= 0 {
			of = append(of, t.prose(row, as))
		}
	}
	if len(of) == 0 {
		return name
	}
	return name + " (" + strings.Join(of, ", ") + ")"
}

func (t *table) compare(as string, a, b []cell) int {
	if t.column(as) < 0 {
		return 0
	}
	unit := t.columns[t.column(as)].unit
	x, okX := unit.Read(t.raw(a, as))
	y, okY := unit.Read(t.raw(b, as))
	if !okX || !okY {
		return 0
	}
	return x.Compare(y)
}
