package lock

import (
	"slices"
	"strings"

	"broadsheet/generator/fact"
	"broadsheet/generator/record"
)

// Showed lists the pages that showed the old value, those of its charts among them.
func (c Change) Showed() []string {
	list := slices.Clone(c.OldPages)
	for _, id := range c.OldCharts {
		list = append(list, "/charts/"+id+"/")
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Follow gives corrections the names that facts and pages have now, so that they outlive a rename.
func Follow(list []record.Correction, changes []Change, now *record.Lock) []record.Correction {
	shown := map[string]bool{}
	for _, f := range now.Facts {
		shown[f.Fact] = true
	}
	list = slices.Clone(list)
	for _, c := range changes {
		if c.Kind != Renamed {
			continue
		}
		for i := range list {
			if c.What == aPage {
				list[i].Pages = renamePage(list[i].Pages, c)
			} else if renamed := c.NameNow(list[i].Fact); !shown[list[i].Fact] && shown[renamed] {
				list[i].Fact = renamed
			}
		}
	}
	return list
}

func renamePage(pages string, c Change) string {
	list := strings.Fields(pages)
	for i, page := range list {
		if page == c.Was {
			list[i] = c.Fact
		}
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// NameNow is the address of a fact of the lock after a rename; the same where the rename is of something else.
func (c Change) NameNow(address string) string {
	at, ok := fact.ParseAddress(address)
	if !ok {
		return address
	}
	switch column := (fact.Address{Name: at.Name, Column: at.Column}); {
	case c.What == anAggregate && at.Name == c.Was:
		at.Name = c.Fact
	case c.What == aColumn && column.String() == c.Was:
		if other, ok := fact.ParseAddress(c.Fact); ok {
			at.Column = other.Column
		}
	case c.What == aKey && strings.Join(at.Key, keySeparator) == c.Was:
		at.Key = strings.Split(c.Fact, keySeparator)
	}
	return at.String()
}
