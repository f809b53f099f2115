package generator

import (
	"bytes"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// builtWith builds, with a memo, a report that has nothing wrong with it.
func builtWith(t *testing.T, report fstest.MapFS, memo string) *Result {
	t.Helper()
	result, err := Build(t.Context(), report, Options{Memo: memo})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Problems {
		t.Error(p)
	}
	return result
}

// TestTheMemoChangesNothing but the time: with an empty memo, a full one, and one of
// the report as it was before a change, a site is the same byte for byte.
func TestTheMemoChangesNothing(t *testing.T) {
	t.Parallel()
	before := frozen(t)
	for name, change := range map[string]func(fstest.MapFS){
		"a cell":        replaced("data/years.csv", "ada;2018;1200;", "ada;2018;1201;"),
		"a query":       replaced("data/aggregates/large.sql", "sum(visits)", "sum(visits + 1)"),
		"a label":       replaced("data/aggregates/by_place.sql", "label: Visits,", "label: All visits,"),
		"a chart":       replaced("data/charts/bars.yaml", "Visits by place,", "Visits by places,"),
		"a description": replaced("data/datapackage.json", "Invented figures", "Made-up figures"),
		"nothing":       func(fstest.MapFS) {},
	} {
		memo := t.TempDir()
		builtWith(t, before, memo)
		after := maps.Clone(before)
		change(after)
		want := builtWith(t, after, "")
		for _, round := range []string{"of before", "of now"} {
			got := builtWith(t, after, memo)
			if !maps.EqualFunc(got.Pages, want.Pages, bytes.Equal) {
				t.Errorf("%s: another site with a memo %s", name, round)
			}
		}
	}
}

// replaced is a change of one file.
func replaced(file, from, to string) func(fstest.MapFS) {
	return func(report fstest.MapFS) {
		text := strings.Replace(string(report[file].Data), from, to, 1)
		report[file] = &fstest.MapFile{Data: []byte(text)}
	}
}

// TestOneChangedCellIsLittleWork: only what rests on the cell is computed.
func TestOneChangedCellIsLittleWork(t *testing.T) {
	t.Parallel()
	memo := t.TempDir()
	report := frozen(t)
	builtWith(t, report, memo)
	if again := builtWith(t, report, memo); again.Computed != 0 {
		t.Errorf("%d answers were computed with nothing changed", again.Computed)
	}
	// nobody shows what a person's phone number is, and no aggregate reads the table
	replaced("data/events.csv", "A good day", "A very good day")(report)
	if quote := builtWith(t, report, memo); quote.Drawn != 0 || quote.Computed == 0 {
		t.Errorf("a quotation draws %d charts, and %d answers are computed", quote.Drawn, quote.Computed)
	}
	// what is lost on the way ends there: all visits stay the same
	replaced("data/years.csv", "ada;2018;1200;", "ada;2018;1201;")(report)
	replaced("data/years.csv", "ada;2019;1350;", "ada;2019;1349;")(report)
	moved := builtWith(t, report, memo)
	if all := builtWith(t, report, ""); moved.Drawn == 0 || moved.Drawn >= all.Drawn {
		t.Errorf("%d of %d charts are drawn", moved.Drawn, all.Drawn)
	}
}

// TestAGeographyIsMadeOnce: where nothing of it changed, the file of a map is not even read as one.
func TestAGeographyIsMadeOnce(t *testing.T) {
	t.Parallel()
	report := frozen(t)
	report["data/maps/north.geojson"] = &fstest.MapFile{Data: []byte(`{"type": "FeatureCollection", "features": [
		{"type": "Feature", "properties": {"name": "ID"}, "geometry": {"type": "Polygon", "coordinates": [[[10, 50], [11, 50], [11, 51], [10, 50]]]}},
		{"type": "Feature", "properties": {"name": "FL"}, "geometry": {"type": "Polygon", "coordinates": [[[11, 50], [12, 50], [12, 51], [11, 50]]]}},
		{"type": "Feature", "properties": {"name": "KY"}, "geometry": {"type": "Polygon", "coordinates": [[[12, 50], [13, 50], [13, 51], [12, 50]]]}}]}`)}
	replaced("data/charts/circles.yaml", "kind: symbol-map", "kind: symbol-map\ngeography: north")(report)
	memo := t.TempDir()
	first := builtWith(t, report, memo)
	again := builtWith(t, report, memo)
	if again.Computed != 0 || !maps.EqualFunc(again.Pages, first.Pages, bytes.Equal) {
		t.Errorf("%d answers were computed with nothing changed", again.Computed)
	}
	replaced("data/maps/north.geojson", "[13, 51]", "[13, 52]")(report)
	if moved := builtWith(t, report, memo); bytes.Equal(moved.Pages["charts/circles.svg"], first.Pages["charts/circles.svg"]) {
		t.Error("the map is of another file")
	}
}

// TestAMemoThatWasTamperedWith is made anew, and the site is the same.
func TestAMemoThatWasTamperedWith(t *testing.T) {
	t.Parallel()
	memo := t.TempDir()
	want := builtWith(t, frozen(t), memo)
	name := memo + "/answers"
	whole, err := os.ReadFile(name)
	if err != nil || bytes.Count(whole, []byte("\npage-")) < 50 {
		t.Fatal(len(whole), err)
	}
	for tampering, data := range map[string][]byte{
		"cut off": whole[:len(whole)/2],
		"edited":  bytes.ReplaceAll(whole, []byte("1"), []byte("2")),
		"in part": append(bytes.ReplaceAll(whole[:len(whole)/2:len(whole)/2], []byte("visits"), []byte("vision")), whole[len(whole)/2:]...),
		"emptied": nil,
	} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		got := builtWith(t, frozen(t), memo)
		if !maps.EqualFunc(got.Pages, want.Pages, bytes.Equal) {
			t.Errorf("%s: another site", tampering)
		}
		if got.Computed == 0 {
			t.Errorf("%s: it was believed", tampering)
		}
	}
}

// TestAMistakeKeepsTheMemo: the build after it is a warm one.
func TestAMistakeKeepsTheMemo(t *testing.T) {
	t.Parallel()
	memo := t.TempDir()
	report := frozen(t)
	builtWith(t, report, memo)
	broken := maps.Clone(report)
	replaced("data/years.csv", "ada;2018;1200;", "ada;2018;12OO;")(broken)
	if result, err := Build(t.Context(), broken, Options{Memo: memo}); err != nil || len(result.Problems) != 1 {
		t.Fatal(result.Problems, err)
	}
	if again := builtWith(t, report, memo); again.Computed != 0 {
		t.Errorf("%d answers were computed again", again.Computed)
	}
}
