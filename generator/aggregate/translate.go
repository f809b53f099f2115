package aggregate

import (
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// In is the set as pages in another language show it: values as that language writes them, and titles and labels in it, where the heads
// have them.
func (s Set) In(l *quantity.Language, problems *diag.List) Set {
	set := Set{}
	for name, a := range s {
		if a == nil {
			set[name] = nil
			continue
		}
		b := *a
		head := &spec{file: a.File, text: a.text, line: 1}
		head.splitText(l.Tag(), problems)
		b.Title, b.About = head.Title, head.About
		b.Columns = slices.Clone(a.Columns)
		for i, c := range b.Columns {
			b.Columns[i].Unit = c.Unit.In(l)
			b.Columns[i].Label = head.Columns[c.Name].Label
		}
		if len(a.Findings) > 0 {
			b.Findings = nil
			b.test(head, a.Findings[0].Unit.In(l), &diag.List{}) // what is wrong with them is told
		}
		set[name] = &b
	}
	return set
}

// Language is that in which the set is written.
func (s Set) Language() *quantity.Language {
	for _, a := range s {
		if a != nil && len(a.Columns) > 0 {
			return a.Columns[0].Unit.Language()
		}
	}
	return quantity.English
}
