package generator

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestRanksStepsAndDaysCanBeDrawn draws ranks that are shared, not known or many, steps that lose nothing or all, and days of two years. The
// check of finished pages holds the drawings to the tables; LOOK writes the pages, as for TestAwkwardDataCanBeDrawn.
func TestRanksStepsAndDaysCanBeDrawn(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 30 {
		name := string(rune('A'+i%26)) + strings.Repeat("x", i/26)
		for year, shift := range []string{"1", "2"} {
			many = append(many, "('Place "+name+"', 201"+shift+", "+strconv.Itoa((i*7+year*11)%30+1)+")")
		}
	}
	const ranks = "a text, b year, n rank"
	result := buildCharts(t, map[string]chartOf{
		"bump-shared":  {ranks, "('A', 2015, 1), ('B', 2015, 1), ('C', 2015, 3), ('A', 2016, 2), ('B', 2016, 2), ('C', 2016, 1), ('A', 2017, 1), ('B', 2017, 1), ('C', 2017, 1)", "kind: bump\nseries: a\nx: b\ny: n"},
		"bump-gaps":    {ranks, "('A', 2015, 1), ('B', 2015, 2), ('A', 2016, NULL), ('B', 2016, 1), ('A', 2018, 2), ('B', 2018, 1)", "kind: bump\nseries: a\nx: b\ny: n"},
		"bump-lone":    {ranks, "('A', 2015, 1)", "kind: bump\nseries: a\nx: b\ny: n"},
		"bump-long":    {ranks, "('The United States Department of Justice, Office of Justice Programs', 2015, 12), ('B', 2015, 11), ('The United States Department of Justice, Office of Justice Programs', 2016, 11), ('B', 2016, 12)", "kind: bump\nseries: a\nx: b\ny: n"},
		"bump-many":    {ranks, strings.Join(many, ", "), "kind: bump\nseries: a\nx: b\ny: n\nhighlight: [Place A, Place B]"},
		"bump-panels":  {"a text, b year, n rank, c text", "('A', 2015, 1, 'x'), ('B', 2015, 2, 'x'), ('A', 2016, 2, 'x'), ('B', 2016, 1, 'x'), ('A', 2015, 2, 'y'), ('B', 2015, 1, 'y')", "kind: bump\nseries: a\nx: b\ny: n\nby: c"},
		"funnel-long":  {"a text, n usd", "('What Congress appropriated for the program and for all of its set-asides in the fiscal year', 376000000), ('B', 274900000), ('C', 274900000), ('D', 34800000), ('E', 0)", "kind: funnel\ny: a\nx: n\nhighlight: [D]"},
		"funnel-empty": {"a text, n count", "('A', 0), ('B', 0)", "kind: funnel\ny: a\nx: n"},
		"funnel-panel": {"a text, c text, n count", "('A', 'x', 9), ('B', 'x', 4), ('A', 'y', 5), ('B', 'y', 5)", "kind: funnel\ny: a\nx: n\nby: c"},
		"days-apart":   {"d date, n usd", "(DATE '2019-12-30', -5), (DATE '2020-02-29', 7), (DATE '2021-01-01', NULL)", "kind: calendar\nx: d\nvalue: n"},
		"days-panel":   {"d date, c text, n count", "(DATE '2019-12-30', 'x', 5), (DATE '2019-12-30', 'y', 7), (DATE '2020-01-01', 'y', 1)", "kind: calendar\nx: d\nvalue: n\nby: c"},
		"box-rows":     {"a text, b text, n usd", "('A', 'x', 1), ('B', 'x', 2), ('C', 'x', 3), ('D', 'x', 4), ('E', 'x', 50), ('A', 'y', -1), ('B', 'y', NULL)", "kind: box\nlabel: a\ny: b\nx: n"},
	})
	for _, p := range result.Problems {
		t.Error(p)
	}
	page := string(result.Pages["index.html"])
	for _, want := range []string{">2=</text>", ">73.1% of the first, $101.1M less than before</text>", ">73.1% of the first</text>", "Calendar of 3 days.", "Bump chart of 3 lines."} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if folder := os.Getenv("LOOK"); folder != "" {
		for name, data := range result.Pages {
			file := filepath.Join("..", folder, "ranks", name)
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}
