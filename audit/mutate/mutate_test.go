package main

import (
	"os"
	"testing"
)

// TestNothingIsSilent changes cells of the small report, one at a time: what readers see change is named, with its row, and
// nothing else is.
func TestNothingIsSilent(t *testing.T) {
	a, err := newAudit(t.Context(), os.DirFS("../../generator/testdata/report"), t.TempDir(), 4)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for range 50 {
		m, o, err := a.next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if o == nil {
			continue
		}
		changed += min(1, o.pages)
		for _, text := range o.faults() {
			t.Errorf("%s\n  %s", m, text)
		}
	}
	if changed < 10 {
		t.Errorf("only %d changes are seen on a page", changed)
	}
}
