package record

import (
	"maps"
	"reflect"
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
			{Fact: `a.n["a, \"b\""]`, Value: "1", Text: "1"},
			{Fact: "a.n[=1+1]", Value: "two\nlines", Text: ""},
			{Fact: "a.n[Zürich 🗽]", Value: "", Text: "N/A"},
			{Fact: "a.n[x]", Value: "170141183460469231731687303715884105727", Text: "5"},
		},
		Salt:   "pepper",
		Places: []LockedPlace{{"/", "chart x"}, {"/", "a.n[*]"}, {"chart x", `a.n["a, \"b\""]`}},
		Rows:   []LockedRow{{Table: "t", Cells: "id n", Behind: "x"}, {Table: "t", Row: "=1, \"2\"", Cells: "-_0a", Behind: ""}},
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
			t.Errorf("%s is on row %d", got.Facts[i].Fact, got.Facts[i].Line)
		}
		if !slices.Equal(got.Facts[i].Pages, []string{"/"}) || (i == 0) != slices.Equal(got.Facts[i].Charts, []string{"x"}) {
			t.Errorf("%s was on %v and in %v", got.Facts[i].Fact, got.Facts[i].Pages, got.Facts[i].Charts)
		}
		got.Facts[i].Line, got.Facts[i].Pages, got.Facts[i].Charts = 0, nil, nil
	}
	if !reflect.DeepEqual(got, lock) {
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
	const facts = "fact,value,text\nversion,2,\na.b,1,1\na.c,2,2\n"
	const places = "place,shows\nversion,2\n/,\"a.b,c\"\n"
	const rows = "table,row,cells,behind\nversion,2,salt,\nt,,id n,\nt,2,abcdefgh,\nu,,id,\nu,2,abcd,\n"
	read := func(facts, places, rows string) (*Lock, string) {
		var problems diag.List
		lock, err := ReadLock(fstest.MapFS{LockFile: {Data: []byte(facts)}, PlacesFile: {Data: []byte(places)}, RowsFile: {Data: []byte(rows)}}, &problems)
		if err != nil {
			t.Errorf("%q %q %q: %v", facts, places, rows, err)
		}
		said := ""
		for _, p := range problems.Sorted() {
			said += p.String() + "\n"
		}
		if (lock == nil) == (said == "") {
			t.Errorf("%q %q %q: %v and %q", facts, places, rows, lock, said)
		}
		return lock, said
	}
	for i := range facts {
		read(facts[:i], places, rows)
	}
	for i := range places {
		read(facts, places[:i], rows)
	}
	for i := range rows {
		read(facts, places, rows[:i])
	}
	for wrong, want := range map[string]string{
		"t,2,abcdefgh,\n":                `row "2" of "t"`,
		"t,,id,\nt,3,abcd,\nt,2,abcd,\n": `row "2" of "t"`,
		"t,,id,\nt,2,abcd,\nt,2,abcd,\n": `row "2" of "t"`,
		"t,,id,\nu,,id,\nt,,id,\n":       `row "" of "t"`,
	} {
		if lock, said := read(facts, places, "table,row,cells,behind\nversion,2,salt,\n"+wrong); lock != nil || !strings.Contains(said, want) || strings.Contains(said, "strconv") {
			t.Errorf("%q: %v %s", wrong, lock, said)
		}
	}
}

// FuzzReadLock holds that a broken lock is a problem and never more.
func FuzzReadLock(f *testing.F) {
	f.Add("fact,value,text,pages\nversion,1,,\na.b,1,1,/\n")
	f.Add("fact,value,text\nversion,2,\n<<<<<<< x\na.b,1,1\n||||||| y\n=======\na.b,2,2\n>>>>>>> z\n")
	f.Add("\ufefffact,value,text\r\nversion,2,\r\n")
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
