package record

import (
	"maps"
	"slices"
	"strings"
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

// TestHalfALockIsAProblem cuts the files of a lock at every byte: what is left is a
// problem or a lock, and never an error or rows of another table.
func TestHalfALockIsAProblem(t *testing.T) {
	const facts = "fact,value,text,pages\nversion,1,,\na.b,1,1,/\na.c,2,2,/\n"
	const rows = "table,row,cells,behind\nversion,1,,\nt,1,id n,\nt,2,abcdefgh,\nu,1,id,\nu,2,abcd,\n"
	read := func(facts, rows string) (*Lock, string) {
		var problems diag.List
		lock, err := ReadLock(fstest.MapFS{LockFile: {Data: []byte(facts)}, RowsFile: {Data: []byte(rows)}}, &problems)
		if err != nil {
			t.Errorf("%q %q: %v", facts, rows, err)
		}
		said := ""
		for _, p := range problems.Sorted() {
			said += p.String() + "\n"
		}
		if (lock == nil) == (said == "") {
			t.Errorf("%q %q: %v and %q", facts, rows, lock, said)
		}
		return lock, said
	}
	for i := range facts {
		read(facts[:i], rows)
	}
	for i := range rows {
		read(facts, rows[:i])
	}
	for wrong, want := range map[string]string{
		"t,2,abcdefgh,\n":                         `row 2 of "t"`,
		"t,1,id,\nt,x,abcd,\n":                    `"x" as the number of a row`,
		"t,1,id,\nt,3,abcd,\nt,2,abcd,\n":         `row 2 of "t"`,
		"t,1,id,\nt,2,abcd,\nt,2,abcd,\n":         `row 2 of "t"`,
		"t,1,id,\nu,1,id,\nt,1,id,\n":             `row 1 of "t"`,
		"t,1,id,\nt,99999999999999999999,abcd,\n": `as the number of a row`,
		"t,1,id,\nt,-1,abcd,\n":                   `row -1 of "t"`,
	} {
		if lock, said := read(facts, "table,row,cells,behind\nversion,1,,\n"+wrong); lock != nil || !strings.Contains(said, want) || strings.Contains(said, "strconv") {
			t.Errorf("%q: %v %s", wrong, lock, said)
		}
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
