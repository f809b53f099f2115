package record

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
)

// TestLockIsReadAsItWasWritten holds values that a CSV could spoil.
func TestLockIsReadAsItWasWritten(t *testing.T) {
	lock := &Lock{
		Facts: []LockedFact{
			{Fact: `a.n["a, \"b\""]`, Value: "1", Text: "1", Pages: "/ /x/"},
			{Fact: "a.n[=1+1]", Value: "two\nlines", Text: "two\nlines", Pages: "/"},
			{Fact: "a.n[Zürich 🗽]", Value: "", Text: "N/A", Pages: "/"},
			{Fact: "a.n[x]", Value: "170141183460469231731687303715884105727", Text: "5", Pages: ""},
		},
		Rows: []LockedRow{{Table: "t", Row: 1, Cells: "id n", Behind: "x"}, {Table: "t", Row: 2, Cells: "-_0a", Behind: ""}},
	}
	slices.SortFunc(lock.Facts, func(a, b LockedFact) int { return map[bool]int{true: -1, false: 1}[a.Fact < b.Fact] })
	files, err := lock.Files()
	if err != nil {
		t.Fatal(err)
	}
	report := fstest.MapFS{}
	for name, text := range files {
		report[name] = &fstest.MapFile{Data: text}
	}
	var problems diag.List
	got, err := ReadLock(report, &problems)
	if err != nil || got == nil {
		t.Fatal(err, problems.Sorted())
	}
	for i := range got.Facts {
		if got.Facts[i].Line != i+3 {
			t.Errorf("%s stands on row %d", got.Facts[i].Fact, got.Facts[i].Line)
		}
		got.Facts[i].Line = 0
	}
	if !slices.Equal(got.Facts, lock.Facts) || !slices.Equal(got.Rows, lock.Rows) {
		t.Errorf("%+v", got)
	}
	again, err := got.Files()
	if err != nil || !maps.EqualFunc(files, again, slices.Equal) {
		t.Error("written again it is another", err)
	}
}

// FuzzReadLock holds that a broken lock is a problem and never more.
func FuzzReadLock(f *testing.F) {
	f.Add("fact,value,text,pages\nversion,1,,\na.b,1,1,/\n")
	f.Add("fact,value,text,pages\nversion,1,,\n<<<<<<< x\n")
	f.Add("\ufefffact,value,text,pages\r\nversion,2,,\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		var problems diag.List
		lock, err := ReadLock(fstest.MapFS{LockFile: {Data: []byte(text)}, RowsFile: {Data: []byte(text)}}, &problems)
		if err != nil || lock == nil && problems.Empty() {
			t.Errorf("%q: %v, and no problem", text, err)
		}
		if _, err := Corrections(fstest.MapFS{CorrectionsFile: {Data: []byte(text)}}, &problems); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
