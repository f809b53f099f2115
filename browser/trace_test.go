package browser_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/browser"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tabTo presses Tab until the focus is on what a selector finds.
func tabTo(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	for range 200 {
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		if hasFocus(t, ctx, selector) {
			return
		}
	}
	t.Fatalf("no %s can be reached with Tab", selector)
}

// hasFocus asks the browser's tools, which answer in a page without scripts too.
func hasFocus(t *testing.T, ctx context.Context, selector string) bool {
	t.Helper()
	return get(t, ctx, chromedp.Evaluate[bool](fmt.Sprintf("document.activeElement.matches(%q)", selector)))
}

// enter follows the link that has the focus to another page.
func enter(t *testing.T, ctx context.Context) {
	t.Helper()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
}

func location(t *testing.T, ctx context.Context) string {
	t.Helper()
	return get(t, ctx, chromedp.Location())
}

// target returns the text of what the address names on its page.
func target(t *testing.T, ctx context.Context) string {
	t.Helper()
	found := markup(t, ctx, ":target")
	if len(found) != 1 {
		t.Fatalf("nothing on %s has that name", location(t, ctx))
	}
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(found[0], " ")
}

// valueOf is the raw value of a number on the page.
func valueOf(t *testing.T, ctx context.Context, link string) string {
	t.Helper()
	return get(t, ctx, chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q).closest(\"data\").value", link)))
}

// isItsRow reports an error unless the address names a row of grants.csv, and the page says there what the file does.
func isItsRow(t *testing.T, ctx context.Context) {
	t.Helper()
	_, id, _ := strings.Cut(strings.Replace(location(t, ctx), "/index.html#", "/#", 1), "/data/grants/#row-")
	n, err := strconv.Atoi(id)
	if err != nil {
		t.Fatalf("the row is at %s", location(t, ctx))
	}
	file, err := os.Open(filepath.Join(public, "data", "grants.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || n < 2 || n > len(rows) {
		t.Fatalf("row %d of %d, %v", n, len(rows), err)
	}
	said := target(t, ctx)
	for _, column := range []string{"recipient", "amount_usd"} {
		want := rows[n-1][slices.Index(rows[0], column)]
		if !strings.Contains(strings.ReplaceAll(said, ",", ""), want) {
			t.Errorf("row %d says %q, and its %s is %s", n, said, column, want)
		}
	}
}

// TestNumberToRowToSourceByKeyboard goes from a number in the story to its cell, to
// a row of the CSV and to the source of that, by Tab and Enter alone, without
// scripts.
func TestNumberToRowToSourceByKeyboard(t *testing.T) {
	t.Parallel()
	ctx := open(t, "about:blank", browser.Desktop)
	off := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(front()))
	const number = `main p .fact a[href*="at_risk_by_state"][href*="amount_usd-CA"]`
	tabTo(t, ctx, number)
	raw := valueOf(t, ctx, number)
	enter(t, ctx)
	if cell := digits(target(t, ctx)); cell != raw {
		t.Errorf("the cell says %q, and the number is %s", cell, raw)
	}
	tabTo(t, ctx, `[id="rows:CA"] summary`)
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	tabTo(t, ctx, `.behind a[href*="data/grants/"][href*="#row-"]`)
	enter(t, ctx)
	isItsRow(t, ctx)
	tabTo(t, ctx, `tr:target a[href*="sources/"]`)
	enter(t, ctx)
	if source := target(t, ctx); !strings.Contains(source, "Center for Immigration Studies") {
		t.Errorf("the source says %q", source)
	}
}

const card = `(() => {
	const e = document.querySelector(".trace")
	const r = e.getBoundingClientRect()
	return { open: e.matches(":popover-open"), text: e.innerText, focus: e.contains(document.activeElement), inside: r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight + 1 }
})()`

type trace struct {
	Open, Focus, Inside bool
	Text                string
}

// opened waits for the card.
func opened(t *testing.T, ctx context.Context) trace {
	t.Helper()
	var c trace
	for range 100 {
		if c = get(t, ctx, chromedp.Evaluate[trace](card)); c.Open {
			return c
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("no card opens")
	return c
}

// TestTraceOpensOnTheSpot goes the same way with scripts, and by touch.
func TestTraceOpensOnTheSpot(t *testing.T) {
	for _, view := range []browser.View{browser.Phone, browser.Desktop} {
		t.Run(fmt.Sprint(view.Width), func(t *testing.T) {
			t.Parallel()
			home := serve(t, http.FileServer(http.Dir(public)))
			ctx := open(t, home+"/index.html", view)
			const number = `main p .fact a[href*="at_risk_by_state"][href*="amount_usd-CA"]`
			if before := get(t, ctx, chromedp.Evaluate[bool](`document.querySelector(".trace").matches(":popover-open")`)); before {
				t.Error("a card is open before anything was followed")
			}
			tabTo(t, ctx, number)
			raw := valueOf(t, ctx, number)
			do(t, ctx, chromedp.KeyEvent(kb.Enter))
			c := opened(t, ctx)
			if !strings.Contains(strings.ReplaceAll(c.Text, ",", ""), "$"+raw) {
				t.Errorf("the card does not say %s: %s", raw, c.Text)
			}
			for _, want := range []string{"California", "Byrne JAG money at risk, by state", "Rows behind it", "State of California", "$17,701,281", "Los Angeles", "Center for Immigration Studies", "How it is computed"} {
				if !strings.Contains(c.Text, want) {
					t.Errorf("the card does not say %q: %s", want, c.Text)
				}
			}
			if other := get(t, ctx, chromedp.Evaluate[string](`document.querySelector('.trace [data-feeds]:not([data-feeds~="amount_usd"])')?.outerHTML ?? ""`)); other != "" {
				t.Errorf("the card tells of what is behind other columns: %s", other)
			}
			if !c.Focus || !c.Inside {
				t.Errorf("the card has the focus: %v, is inside the window: %v", c.Focus, c.Inside)
			}
			do(t, ctx, chromedp.KeyEvent(kb.Escape))
			if get(t, ctx, chromedp.Evaluate[bool](`document.querySelector(".trace").matches(":popover-open")`)) {
				t.Error("Escape does not close the card")
			}
			if !hasFocus(t, ctx, number) {
				t.Error("the number does not get the focus back")
			}
			do(t, ctx, chromedp.KeyEvent(kb.Enter))
			opened(t, ctx)
			tabTo(t, ctx, `.trace a[href*="data/grants/"][href*="#row-"]`)
			enter(t, ctx)
			isItsRow(t, ctx)
		})
	}
}
