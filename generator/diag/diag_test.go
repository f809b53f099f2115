package diag

import "testing"

func TestProblemReadsLikeASentence(t *testing.T) {
	for _, tt := range []struct {
		problem Problem
		want    string
	}{
		{
			Problem{File: "data/grants.csv", Line: 14, Column: 5, Field: "amount_usd", Found: `"28.3m"`, Expected: "a whole number", Hint: "write 28300000"},
			"data/grants.csv:14:5: amount_usd (cell E14): found \"28.3m\", expected a whole number\n  hint: write 28300000",
		},
		{
			Problem{File: "data/grants.csv", Message: "the file is empty"},
			"data/grants.csv: the file is empty",
		},
		{
			Problem{File: "content/_index.md", Line: 3, Column: 9, Message: `unknown fact "a.b"`},
			`content/_index.md:3:9: unknown fact "a.b"`,
		},
	} {
		if got := tt.problem.String(); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

func TestLetters(t *testing.T) {
	for column, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 703: "AAA"} {
		if got := Letters(column); got != want {
			t.Errorf("Letters(%d) = %q, want %q", column, got, want)
		}
	}
}

func TestListIsSortedAndHoldsEachProblemOnce(t *testing.T) {
	var l List
	l.Add(
		Problem{File: "b.csv", Line: 2, Message: "x"},
		Problem{File: "a.csv", Line: 10, Message: "x"},
		Problem{File: "a.csv", Line: 9, Column: 2, Message: "x"},
		Problem{File: "a.csv", Line: 9, Column: 1, Message: "x"},
		Problem{File: "a.csv", Line: 10, Message: "x"},
	)
	var got string
	for _, p := range l.Sorted() {
		got += p.String() + "\n"
	}
	want := "a.csv:9:1: x\na.csv:9:2: x\na.csv:10: x\nb.csv:2: x\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"amount_usd", "recipients", "share_percent"}
	for written, want := range map[string]string{
		"amount_us":  `did you mean "amount_usd"?`,
		"Recipients": `did you mean "recipients"?`,
		"population": "",
		"":           "",
	} {
		if got := Nearest(written, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", written, got, want)
		}
	}
}
