package record

import (
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
)

func TestRowsThatNobodyCountedAreNotZero(t *testing.T) {
	t.Parallel()
	none := 0
	for name, read := range map[string]*int{"nobody counted": nil, "none": &none} {
		text, err := WriteExtracted([]Extracted{{Table: "t", Server: "postgresql://localhost/d", Rows: 2, Read: read}})
		if err != nil {
			t.Fatal(err)
		}
		var problems diag.List
		list, err := ReadExtracted(fstest.MapFS{ExtractedFile: {Data: text}}, &problems)
		if err != nil || !problems.Empty() || len(list) != 1 {
			t.Fatal(err, problems.Sorted(), list)
		}
		if got := list[0].Read; (got == nil) != (read == nil) || got != nil && *got != *read {
			t.Errorf("%s: read as %v", name, got)
		}
	}
}
