package browser_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
)

// sheets are what is printed on: the room between the margins of one centimetre.
var sheets = map[string]browser.View{
	"A4":     browser.Paper,
	"Letter": {Width: 740, Height: 980, Print: true},
}

// TestPaperHasAll checks that charts fit on a sheet and are not cut, that their
// tables come out though nobody opened them, and that each number in the text has
// its place in the list of traces.
func TestPaperHasAll(t *testing.T) {
	for name, sheet := range sheets {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tour(t, front(), sheet, func(ctx context.Context, page string) {
				for _, wrong := range get(t, ctx, chromedp.Evaluate[[]string](onPaper)) {
					t.Errorf("%s: %s", page, wrong)
				}
			})
		})
	}
}

const onPaper = `(() => {
	const wrong = []
	const height = e => e.getBoundingClientRect().height
	for (const chart of document.querySelectorAll(".chart")) {
		const plot = chart.querySelector(".plot"), head = chart.querySelector("figcaption")
		for (const part of [plot, head]) if (getComputedStyle(part).breakInside !== "avoid") wrong.push(chart.id + " can be cut")
		if (height(plot) + height(head) > innerHeight) wrong.push(chart.id + " is higher than a sheet")
		const all = [...chart.querySelectorAll("tbody tr")], rows = chart.querySelector("[data-paper]") ? all.slice(0, 120) : all // a very long one says how many there are
		if (rows.some(r => height(r) === 0 || !r.checkVisibility({ contentVisibilityAuto: true }))) wrong.push(chart.id + " hides its table")
		if (!getComputedStyle(chart.querySelector("[data-address]"), "::after").content.includes("numbers/")) wrong.push(chart.id + " does not say where it is computed")
	}
	const numbers = [...document.querySelectorAll("main .fact")].map(e => e.textContent)
	const listed = [...document.querySelectorAll(".traces ol li")].map(e => e.textContent.split(": ")[0])
	const isCopy = document.querySelector("main[data-copy]")
	if (!isCopy && numbers.join("|") !== listed.join("|")) wrong.push("the list of traces has " + listed + ", the text " + numbers)
	for (const e of document.querySelectorAll("nav, button, input, textarea")) {
		if (e.matches("nav, .find *, .filter *, .take *, .snippet *") && e.checkVisibility()) wrong.push("printed: " + e.outerHTML.slice(0, 80))
	}
	return wrong
})()`

// TestTablesFitOnPaper looks at every page with a table of data or numbers: what is
// wider than the sheet would be cut. Tables of many columns are printed across.
func TestTablesFitOnPaper(t *testing.T) {
	t.Parallel()
	var pages []string
	for _, folder := range []string{"data", "numbers"} {
		found, err := filepath.Glob(filepath.Join(public, folder, "*", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	if len(pages) < 30 {
		t.Fatalf("there are only %d pages", len(pages))
	}
	ctx := open(t, front(), browser.Paper)
	check := func(pages []string, across bool) (others []string) {
		for _, page := range pages {
			do(t, ctx, chromedp.Navigate("file://"+page))
			found := get(t, ctx, chromedp.Evaluate[struct {
				Wrong  []string
				Others int
			}](fmt.Sprintf(`(() => {
				const all = [...document.querySelectorAll("main table")]
				const these = all.filter(e => (getComputedStyle(e.parentElement).page === "across") === %v)
				const wide = these.filter(e => e.getBoundingClientRect().right > innerWidth)
				return { wrong: wide.map(e => e.offsetWidth + " px in " + innerWidth), others: all.length - these.length }
			})()`, across)))
			for _, wrong := range found.Wrong {
				t.Errorf("%s: %s", page, wrong)
			}
			if found.Others > 0 {
				others = append(others, page)
			}
		}
		return others
	}
	lying := check(pages, false)
	if len(lying) == 0 {
		t.Error("no table lies across")
	}
	do(t, ctx, browser.View{Width: sheets["Letter"].Height, Height: sheets["Letter"].Width, Print: true}.Show())
	check(lying, true)
}
