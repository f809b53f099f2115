package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/browser"
	"broadsheet/generator"
	"broadsheet/generator/output"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// longReport has a table of 5,000 rows and an aggregate of as many.
func longReport() fstest.MapFS {
	var csv strings.Builder
	csv.WriteString("name,amount_usd\n")
	for i := range 5000 {
		amount := fmt.Sprint((i * 7919) % 5000 * 1000)
		if i == 4000 {
			amount = ""
		}
		fmt.Fprintf(&csv, "Place %d,%s\n", i+1, amount)
	}
	report := fstest.MapFS{}
	for name, text := range map[string]string{
		"hugo.toml":         "title = \"Long\"\n",
		"content/_index.md": "---\ntitle: Long\n---\n{{< table of=\"all\" columns=\"name, amount_usd\" >}}\n",
		"data/places.csv":   csv.String(),
		"data/datapackage.json": `{"name": "long", "resources": [{"name": "places", "path": "places.csv", "schema": {"primaryKey": ["name"], "fields": [
			{"name": "name", "type": "string"}, {"name": "amount_usd", "type": "integer", "unit": "usd"}]}}]}`,
		"data/aggregates/all.sql": "/*\ntitle: All\ncolumns:\n  name: {label: Name, unit: text}\n  amount_usd: {label: Amount, unit: usd}\nkey: name\n*/\n" +
			"SELECT name, amount_usd, [places._row] AS places_rows FROM places ORDER BY places._row\n",
	} {
		report[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return report
}

// TestALongTableIsSearchedWhole finds a row that the page does not show, orders all rows, and goes through them by keyboard.
func TestALongTableIsSearchedWhole(t *testing.T) {
	t.Parallel()
	result, err := generator.Build(t.Context(), longReport(), generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	folder := filepath.Join(t.TempDir(), "public")
	if err := output.Write(t.Context(), t.TempDir(), folder, result.Pages, ""); err != nil {
		t.Fatal(err)
	}
	home := serve(t, http.FileServer(http.Dir(folder)))
	said := func(ctx context.Context) string {
		return get(t, ctx, chromedp.Evaluate[string](`document.querySelector(".filter output").textContent`))
	}
	for page, found := range map[string]int{"/index.html": 1, "/numbers/all/index.html": 1, "/data/places/index.html": 2} { // with the row of that number
		ctx := open(t, home+page, browser.Desktop)
		first, _ := rowsOf(t, ctx, "main")
		if len(first) != 1000 {
			t.Fatalf("%s shows %d rows", page, len(first))
		}
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".filter input").focus()`))
		for _, letter := range "place 4321" {
			do(t, ctx, chromedp.KeyEvent(string(letter)))
		}
		waitFor(t, "the row", func() bool { return said(ctx) == fmt.Sprintf("%d of 5,000 rows", found) })
		rows, query := rowsOf(t, ctx, "main")
		if len(rows) != found || !strings.Contains(strings.Join(rows[found-1], " "), "Place 4321 $80,000") || query != "?q=place+4321" {
			t.Errorf("%s: %q finds %q", page, query, rows)
		}
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`(() => { const i = document.querySelector(".filter input"); i.value = ""; i.dispatchEvent(new Event("input")) })()`))
		if again, query := rowsOf(t, ctx, "main"); fmt.Sprint(again) != fmt.Sprint(first) || query != "" {
			t.Errorf("%s: without a filter there are %d rows and %q", page, len(again), query)
		}

		tabTo(t, ctx, "th[data-column=amount_usd] button")
		do(t, ctx, chromedp.KeyEvent(kb.Enter))
		if rows, _ := rowsOf(t, ctx, "main"); len(rows) != 100 || !strings.Contains(strings.Join(rows[0], " "), "$4,999,000") || !strings.Contains(strings.Join(rows[99], " "), "$4,900,000") {
			t.Errorf("%s: the largest are %q to %q", page, rows[0], rows[len(rows)-1])
		}
		tabTo(t, ctx, ".pager button:enabled")
		do(t, ctx, chromedp.KeyEvent(kb.Enter))
		rows, query = rowsOf(t, ctx, "main")
		if !strings.Contains(strings.Join(rows[0], " "), "$4,899,000") || query != "?sort=amount_usd&order=desc&page=2" {
			t.Errorf("%s: %q begins with %q", page, query, rows[0])
		}
		if get(t, ctx, chromedp.Evaluate[bool](`[...document.querySelectorAll("main p.quiet")].some(p => p.checkVisibility() && p.textContent.includes("are shown"))`)) {
			t.Errorf("%s: it says that the first rows are shown, and they are not", page)
		}
		if pager := get(t, ctx, chromedp.Evaluate[string](`document.querySelector(".pager span").textContent`)); pager != "Rows 101 to 200 of 5,000" {
			t.Errorf("%s: it says %q", page, pager)
		}
		do(t, ctx, chromedp.Navigate(home+page+"?sort=amount_usd&order=desc&page=50"))
		waitFor(t, "the last page", func() bool { rows, _ := rowsOf(t, ctx, "main"); return len(rows) == 100 })
		if rows, _ := rowsOf(t, ctx, "main"); !strings.Contains(strings.Join(rows[99], " "), "Place 4001 N/A") || !strings.Contains(strings.Join(rows[98], " "), "Place 1 $0") {
			t.Errorf("%s: the last are %q", page, rows[98:])
		}
	}

	// from a disk nothing can be fetched
	ctx := open(t, "file://"+filepath.ToSlash(folder)+"/index.html?q=4321", browser.Desktop)
	waitFor(t, "what is searched", func() bool { return said(ctx) == "0 of the first 1,000 rows" })
}

// TestTheFileOfALongTableSaysWhatTheDownloadSays: the rows that only a script shows are those of the CSV.
func TestTheFileOfALongTableSaysWhatTheDownloadSays(t *testing.T) {
	t.Parallel()
	result, err := generator.Build(t.Context(), longReport(), generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	lines := strings.Split(strings.TrimSpace(string(result.Pages["numbers/all.csv"])), "\n")[1001:]
	files := 0
	for name, data := range result.Pages {
		if !strings.HasPrefix(name, "rows/") {
			continue
		}
		files++
		var rest struct {
			Shown int
			Rows  [][]any
		}
		if err := json.Unmarshal(data, &rest); err != nil || rest.Shown != 1000 || len(rest.Rows) != len(lines) {
			t.Fatalf("%s: %v, %d rows after %d", name, err, len(rest.Rows), rest.Shown)
		}
		for i, row := range rest.Rows {
			var raws []string
			for _, cell := range row[len(row)-2:] {
				if pair, ok := cell.([]any); ok {
					cell = pair[1]
				}
				raws = append(raws, fmt.Sprint(cell))
			}
			if got := strings.Join(raws, ","); got != lines[i] {
				t.Fatalf("%s: %q, and the download says %q", name, got, lines[i])
			}
		}
	}
	if files != 2 {
		t.Errorf("%d files, expected one for the table and one for the aggregate, which two pages share", files)
	}
}
