package lock

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/record"
)

// Between lists what differs between two lists of locked facts, both sorted by
// address: what changed, that which prose does not show last, what is new, what is
// gone. Where a fact is shown does not count.
func Between(before, now []record.LockedFact) []Change {
	var changed, added, gone []Change
	for len(before) > 0 || len(now) > 0 {
		order := -1
		switch {
		case len(before) == 0:
			order = 1
		case len(now) > 0:
			order = cmp.Compare(before[0].Fact, now[0].Fact)
		}
		switch {
		case order < 0:
			old := before[0]
			gone = append(gone, Change{Fact: old.Fact, Kind: Gone, Old: old.Text, OldValue: old.Value, OldPages: strings.Fields(old.Pages)})
			before = before[1:]
		case order > 0:
			added = append(added, Change{Fact: now[0].Fact, Kind: Added, New: now[0].Text, NewValue: now[0].Value, Pages: strings.Fields(now[0].Pages)})
			now = now[1:]
		default:
			if old, new := before[0], now[0]; old.Value != new.Value || old.Text != new.Text {
				c := Change{Fact: old.Fact, Kind: Changed, Old: old.Text, New: new.Text, OldValue: old.Value, NewValue: new.Value, OldPages: strings.Fields(old.Pages), Pages: strings.Fields(new.Pages)}
				if c.Old == c.New { // the change is below what prose rounds to
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
	slices.SortStableFunc(changed, func(a, b Change) int {
		switch {
		case a.Same == b.Same:
			return 0
		case a.Same:
			return 1
		}
		return -1
	})
	return slices.Concat(changed, added, gone)
}

func isFlag(value string) bool { return value == "true" || value == "false" }
