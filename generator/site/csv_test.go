package site

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/quantity"
)

func values(t *testing.T, list ...any) []quantity.Value {
	t.Helper()
	var out []quantity.Value
	for _, v := range list {
		value, err := quantity.NewValue(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, value)
	}
	return out
}

// TestSpreadsheetsRunNothing writes texts that a spreadsheet program would run: the download has them as they are, and
// the file for such programs with an apostrophe in front.
func TestSpreadsheetsRunNothing(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-2+3": "'-2+3", "@SUM(1)": "'@SUM(1)", "\t=1": "'\t'=1", "\rx": "'\rx", "\n=1": "'\n'=1",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x", "  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "\u200b=1": "'\u200b=1",
		"a;=1": "a;'=1", "a; \"=1\"": "a;' \"=1\"", "a\n+1": "a\n'+1", "a\tb": "a\tb", "a-b": "a-b", "": "", "a=1; b": "a=1; b", "'=1": "'=1", "-": "'-",
	} {
		rows := [][]quantity.Value{values(t, text, int64(-5))}
		f, err := write([]string{"=cmd|' /C calc'!A0", "n"}, valueRows(slices.Values(rows)), 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, tt := range map[string]struct {
			file       []byte
			head, cell string
		}{"exact": {f.exact, "=cmd|' /C calc'!A0", text}, "guarded": {bytes.TrimPrefix(f.guarded, []byte("\ufeff")), "'=cmd|' /C calc'!A0", want}} {
			records, err := csv.NewReader(bytes.NewReader(tt.file)).ReadAll()
			if err != nil || len(records) != 2 {
				t.Fatal(name, err, len(records))
			}
			if got := records[0][0]; got != tt.head {
				t.Errorf("%s: the head %q", name, got)
			}
			if got := records[1]; got[0] != tt.cell || got[1] != "-5" {
				t.Errorf("%s: %q became %q, want %q", name, text, got, tt.cell)
			}
		}
	}
}

func TestSheetsOnlyWhereTheyAreNeeded(t *testing.T) {
	for _, tt := range []struct {
		text         string
		exact, sheet string
	}{
		{"plain", "name,n\nplain,-5\n", ""},
		{"Cañon", "name,n\nCañon,-5\n", "\ufeffname,n\nCañon,-5\n"},
		{"=1", "name,n\n=1,-5\n", "\ufeffname,n\n'=1,-5\n"},
	} {
		f, err := write([]string{"name", "n"}, valueRows(slices.Values([][]quantity.Value{values(t, tt.text, int64(-5))})), 0)
		if err != nil || string(f.exact) != tt.exact || string(f.guarded) != tt.sheet {
			t.Errorf("%v: %q, %q", err, f.exact, f.guarded)
		}
	}
	// a missing value is a row, and no blank line
	f, err := write([]string{"n"}, valueRows(slices.Values([][]quantity.Value{values(t, int64(1)), values(t, nil), values(t, int64(2))})), 0)
	if got := string(f.exact); err != nil || got != "n\n1\n\"\"\n2\n" {
		t.Errorf("%v: %q", err, got)
	}
	if records, err := csv.NewReader(strings.NewReader(string(f.exact))).ReadAll(); err != nil || len(records) != 4 {
		t.Errorf("%v: %d rows", err, len(records))
	}
}
