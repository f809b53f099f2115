package scaffold

import (
	"testing"

	"broadsheet/generator/diag"
)

// TestASheetThatIsNoTableIsNamed with the flag that takes another one.
func TestASheetThatIsNoTableIsNamed(t *testing.T) {
	t.Parallel()
	s := Source{Path: "book.ods", Sheet: "Notes", others: []string{"2018"}}
	got := s.inFile([]diag.Problem{{Line: 1, Message: "row 1 is blank", Hint: "delete it"}})[0].String()
	if want := "book.ods, sheet \"Notes\", row 1: row 1 is blank\n  hint: delete it, or take another sheet: --sheet \"2018\""; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
