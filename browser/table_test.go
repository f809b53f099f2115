package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// rowsOf returns the texts of the rows of the first table that can be seen, and the address's query.
func rowsOf(t *testing.T, ctx context.Context, table string) (rows [][]string, query string) {
	t.Helper()
	found := get(t, ctx, chromedp.Evaluate[struct {
		Rows  [][]string
		Query string
	}](fmt.Sprintf(`({
		rows: [...document.querySelector(%q + " table").querySelectorAll("tbody tr")].filter(r => r.checkVisibility()).map(r => [...r.cells].map(c => c.innerText.trim())),
		query: location.search,
	})`, table)))
	return found.Rows, found.Query
}

func TestTableSortsAndFilters(t *testing.T) {
	for name, place := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := strings.TrimSuffix(place(t), "index.html")
			ctx := open(t, home+"numbers/at_risk_by_jurisdiction/index.html", browser.Desktop)
			before, _ := rowsOf(t, ctx, "main")
			column := get(t, ctx, chromedp.Evaluate[int](`document.querySelector("th[data-column=amount_usd]").cellIndex`))
			width := get(t, ctx, chromedp.Evaluate[float64](`document.querySelector("main table").offsetWidth`))

			tabTo(t, ctx, "th[data-column=amount_usd] button")
			do(t, ctx, chromedp.KeyEvent(kb.Enter))
			falling, query := rowsOf(t, ctx, "main")
			if query != "?sort=amount_usd&order=desc" {
				t.Errorf("the address says %q", query)
			}
			for i := 1; i < len(falling); i++ {
				a, b := falling[i-1][column], falling[i][column]
				if x, y := number(a), number(b); y != "" && (len(x) < len(y) || len(x) == len(y) && x < y) {
					t.Errorf("%s comes before %s", a, b)
				}
			}
			if last := falling[len(falling)-1][column]; last != "N/A" {
				t.Errorf("what has no value comes last, and not %s", last)
			}
			known := slices.DeleteFunc(slices.Clone(falling), func(row []string) bool { return row[column] == "N/A" })
			do(t, ctx, chromedp.KeyEvent(kb.Enter))
			if rising, query := rowsOf(t, ctx, "main"); query != "?sort=amount_usd&order=asc" || rising[0][column] != known[len(known)-1][column] || rising[len(rising)-1][column] != "N/A" {
				t.Errorf("%s begins with %q and ends with %q", query, rising[0], rising[len(rising)-1])
			}
			if sorted := get(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll("th[aria-sort]")].map(e => e.dataset.column + " " + e.ariaSort).join()`)); sorted != "amount_usd ascending" {
				t.Errorf("it is sorted by %q", sorted)
			}
			if now := get(t, ctx, chromedp.Evaluate[float64](`document.querySelector("main table").offsetWidth`)); now != width {
				t.Errorf("sorting makes the table %g px wide, from %g", now, width)
			}
			do(t, ctx, chromedp.KeyEvent(kb.Enter))
			if again, query := rowsOf(t, ctx, "main"); query != "" || fmt.Sprint(again) != fmt.Sprint(before) {
				t.Errorf("the third press does not give back the order: %s", query)
			}

			do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.Evaluate[chromedp.Void](`document.querySelector(".filter input").focus()`))
			for _, letter := range "monterey" {
				do(t, ctx, chromedp.KeyEvent(string(letter)))
			}
			found, query := rowsOf(t, ctx, "main")
			if len(found) == 0 || len(found) == len(before) || query != "?sort=amount_usd&order=desc&q=monterey" {
				t.Errorf("%q: %q", query, found)
			}
			said := fmt.Sprintf("%d of %d rows", len(found), len(before))
			if text := get(t, ctx, chromedp.Evaluate[string](`document.querySelector(".filter output").textContent`)); text != said {
				t.Errorf("says %q, not %q", text, said)
			}
			do(t, ctx, chromedp.Reload())
			if again, _ := rowsOf(t, ctx, "main"); fmt.Sprint(again) != fmt.Sprint(found) {
				t.Errorf("the address does not bring back %q, but %q", found, again)
			}
		})
	}
}

// number is the digits of a text before its decimals.
func number(text string) string {
	text, _, _ = strings.Cut(text, ".")
	return digits(text)
}

// TestChartTableOpensAsShared opens a page at an address that sorts the table of a
// chart.
func TestChartTableOpensAsShared(t *testing.T) {
	t.Parallel()
	ctx := open(t, serve(t, http.FileServer(http.Dir(public)))+"/charts/at-risk-by-state/index.html?at-risk-by-state.sort=name&at-risk-by-state.order=desc", browser.Desktop)
	rows, _ := rowsOf(t, ctx, "#chart-at-risk-by-state")
	if len(rows) < 2 || rows[0][0] < rows[1][0] {
		t.Errorf("the table is not open, or not sorted: %q", rows)
	}
}

// TestTablesStackOnAPhone holds that a table of many columns needs no scrolling on a
// phone: each cell is beside its heading, and the head still sorts.
func TestTablesStackOnAPhone(t *testing.T) {
	t.Parallel()
	courts := serve(t, http.FileServer(http.Dir(public))) + "/courts/index.html"
	look := func(view browser.View) (wide []string, heading, first, most string) {
		ctx := open(t, courts, view)
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true); [...document.querySelectorAll(".stacked th[data-column=decisions] button")].forEach(b => b.click())`))
		found := get(t, ctx, chromedp.Evaluate[struct {
			Wide                 []string
			Heading, First, Most string
		}](`(() => {
			const cell = document.querySelector(".stacked td[data-label=Decisions]")
			return {
				wide: [...document.querySelectorAll(".stacked")].filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel),
				heading: getComputedStyle(cell, "::before").content,
				first: cell.innerText.trim(),
				most: String(Math.max(...[...document.querySelectorAll(".stacked td[data-label=Decisions]")].map(e => Number(e.innerText.trim())))),
			}
		})()`))
		return found.Wide, found.Heading, found.First, found.Most
	}
	if wide, heading, first, most := look(browser.Phone); len(wide) > 0 || heading != `"Decisions"` || first != most {
		t.Errorf("on a phone %q scroll, a cell has the heading %s, and the most decisions are %s of %s", wide, heading, first, most)
	}
	if _, heading, _, _ := look(browser.Desktop); heading != "none" {
		t.Errorf("on a desktop a cell has the heading %s of its own", heading)
	}
}
