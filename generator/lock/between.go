package lock

import (
	"cmp"
	"slices"

	"broadsheet/generator/record"
)

// Between lists what differs between two lists of locked facts, both sorted by
// address: what changed, that which prose does not show last, what is new, what is
// gone. Where a fact is shown does not count.
func Between(before, now []record.LockedFact) []Change {
	var changed, added, gone []Change
	for len(before) > 0 || len(now) > 0 {
		side := -1
		switch {
		case len(before) == 0:
			side = 1
		case len(now) > 0:
			side = cmp.Compare(before[0].Fact, now[0].Fact)
		}
		switch {
		case side < 0:
			old := before[0]
			gone = append(gone, Change{Fact: old.Fact, Kind: Gone, Old: old.Said(), OldValue: old.Value, OldPages: old.Pages})
			before = before[1:]
		case side > 0:
			added = append(added, Change{Fact: now[0].Fact, Kind: Added, New: now[0].Said(), NewValue: now[0].Value, Pages: now[0].Pages})
			now = now[1:]
		default:
			if old, new := before[0], now[0]; !old.Reads(new) {
				c := Change{Fact: old.Fact, Kind: Changed, Old: old.Said(), New: new.Said(), OldValue: old.Value, NewValue: new.Value, OldPages: old.Pages, Pages: new.Pages}
				if c.Old == c.New && !old.Opens() && !new.Opens() { // the change is below what prose rounds to
					c.Same = true
					c.Old, c.New = cmp.Or(old.Value, "N/A"), cmp.Or(new.Value, "N/A")
				}
				if isFlag(old.Value) && isFlag(new.Value) {
					c.Reversal = Finding
				}
				changed = append(changed, c)
			}
			before, now = before[1:], now[1:]
		}
	}
	slices.SortStableFunc(changed, func(a, b Change) int { return cmp.Compare(order(a.Same), order(b.Same)) })
	return slices.Concat(changed, added, gone)
}

func isFlag(value string) bool { return value == "true" || value == "false" }
