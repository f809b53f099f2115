package lock

import (
	"strings"
	"testing"

	"broadsheet/generator/record"
)

func TestBetween(t *testing.T) {
	before := []record.LockedFact{
		{Fact: "a.below", Value: "1001", Text: "$1,000"}, {Fact: "a.flag", Value: "true", Text: "yes"}, {Fact: "a.gone", Value: "1", Text: "1"},
		{Fact: "a.same", Value: "2", Text: "2", Pages: []string{"/"}}, {Fact: "a.step", Value: "3", Text: "3"},
	}
	now := []record.LockedFact{
		{Fact: "a.below", Value: "1002", Text: "$1,000"}, {Fact: "a.flag", Value: "false", Text: "no"}, {Fact: "a.new", Value: "5", Text: "5"},
		{Fact: "a.same", Value: "2", Text: "2", Pages: []string{"/", "/b/"}}, {Fact: "a.step", Value: "4", Text: "4"},
	}
	changes := Between(before, now)
	var got []string
	for _, c := range changes {
		got = append(got, c.Fact+": "+c.Step())
	}
	want := []string{
		"a.flag: yes -> no  (finding flipped)", "a.step: 3 -> 4", "a.below: 1001 -> 1002  (no visible change)", "a.new: new: 5", "a.gone: removed: 1",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if tally := Tally(changes); tally != "3 facts changed, 1 new, 1 removed" {
		t.Error(tally)
	}
	if none := Between(now, now); len(none) != 0 {
		t.Error(none)
	}
}
