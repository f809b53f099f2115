package browser_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"broadsheet"
	"broadsheet/browser"

	"github.com/chromedp/chromedp"
)

// TestChartsAreLaidOutWithTheFaceThatReadersSee compares the widths by which the program lays out charts with those in the browser.
func TestChartsAreLaidOutWithTheFaceThatReadersSee(t *testing.T) {
	t.Parallel()
	var widths map[string]map[string]float64
	if err := json.Unmarshal(broadsheet.Widths, &widths); err != nil {
		t.Fatal(err)
	}
	ctx := open(t, front(), browser.Desktop)
	for _, text := range []string{"Left for formula grants, as counted in June 2016", "City and County of San Francisco", "$1,234,567.89", "Łódź, Zürich and Málaga"} {
		for name, weight := range map[string]int{"regular": 400, "semibold": 600} {
			want := 0.0
			for letter := range strings.SplitSeq(text, "") {
				want += widths[name][letter]
			}
			got := get(t, ctx, chromedp.Evaluate[float64](fmt.Sprintf(`(async () => {
				const line = document.createElement("span")
				const font = '%d 100px "Report Sans"'
				line.style.cssText = "position: absolute; white-space: pre; font: " + font + "; font-variant-numeric: tabular-nums"
				line.textContent = %q
				document.body.append(line)
				await document.fonts.load(font, line.textContent)
				return line.getBoundingClientRect().width * 10
			})()`, weight, text), chromedp.EvalAwaitPromise))
			if math.Abs(got-want) > want*0.02 {
				t.Errorf("%q in %s is %.0f wide, and the program takes it for %.0f", text, name, got, want)
			}
		}
	}
}
