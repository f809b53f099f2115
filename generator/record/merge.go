package record

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Git merges a file of the lock line by line. Where it cannot, it leaves both sides
// between markers, and with diff3 the base between them. The lock is then made of the
// sides: what only one has changed is taken from it, and of a fact that both have
// changed both values are kept, as neither editor saw what comes of them together.

// The sides of a merge.
const (
	ours = iota
	base
	theirs
)

// split takes the sides apart, with what git could merge in each. The base is nil where
// git did not write it. whole is false where markers do not pair.
func split(text []byte) (sides [3][]byte, whole bool) {
	const everywhere = -1
	at, hasBase := everywhere, false
	for l := range bytes.Lines(text) {
		marker, _, _ := strings.Cut(strings.TrimRight(string(l), "\r\n"), " ")
		next := at
		switch {
		case marker == "<<<<<<<" && at == everywhere:
			next = ours
		case marker == "|||||||" && at == ours:
			next, hasBase = base, true
		case marker == "=======" && (at == ours || at == base):
			next = theirs
		case marker == ">>>>>>>" && at == theirs:
			next = everywhere
		case marker == "<<<<<<<" || marker == ">>>>>>>":
			return sides, false
		}
		if next != at {
			at = next
			continue
		}
		for i := range sides {
			if at == everywhere || at == i {
				sides[i] = append(sides[i], l...)
			}
		}
	}
	if !hasBase {
		sides[base] = nil
	}
	return sides, at == everywhere
}

// line is a line of a file of the lock, which has a name in it.
type line interface {
	LockedFact | LockedPlace | LockedRow
}

// name is by what a line is the same on both sides, and in the order of the file.
func name[T line](l T) [2]string {
	switch l := any(l).(type) {
	case LockedFact:
		return [2]string{l.Fact}
	case LockedRow:
		return [2]string{l.Table, l.Row}
	case LockedPlace:
		return [2]string{l.Place, l.Shows}
	}
	return [2]string{}
}

// same reports whether two lines of one name say the same.
func same[T line](a, b T) bool {
	switch a := any(a).(type) {
	case LockedFact:
		b, _ := any(b).(LockedFact)
		return a.Reads(b)
	case LockedRow:
		b, _ := any(b).(LockedRow)
		return a == b
	}
	return true
}

// merge makes one list of the sides. Without a base, what one side alone has is kept: if
// it is gone, diff says so.
func merge[T line](sides [3][]T, hasBase bool) []T {
	var byName [3]map[[2]string]T
	names := map[[2]string]bool{}
	var list []T
	for i, side := range sides {
		byName[i] = map[[2]string]T{}
		for _, l := range side {
			byName[i][name(l)] = l
			names[name(l)] = true
		}
	}
	for n := range names {
		our, isOurs := byName[ours][n]
		their, isTheirs := byName[theirs][n]
		was, existed := byName[base][n]
		switch {
		case isOurs && isTheirs && (same(our, their) || existed && same(their, was)):
			list = append(list, our)
		case isOurs && isTheirs && existed && same(our, was):
			list = append(list, their)
		case isOurs && isTheirs:
			if f, ok := any(&our).(*LockedFact); ok {
				other, _ := any(their).(LockedFact)
				f.Theirs = &other
			}
			list = append(list, our)
		case isOurs && !(hasBase && existed && same(our, was)):
			list = append(list, our)
		case isTheirs && !(hasBase && existed && same(their, was)):
			list = append(list, their)
		}
	}
	slices.SortFunc(list, func(a, b T) int {
		n, m := name(a), name(b)
		return cmp.Or(strings.Compare(n[0], m[0]), strings.Compare(n[1], m[1]))
	})
	return list
}
