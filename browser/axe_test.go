package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// lights are in which pages are looked at.
var lights = map[string]browser.View{
	"light": browser.Desktop,
	"dark":  {Width: browser.Phone.Width, Height: browser.Phone.Height, Dark: true},
}

// axe is the script of axe-core.
func axe(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// TestAccessible has axe-core look at a page of each kind, with all that can be
// opened open.
func TestAccessible(t *testing.T) {
	axe := axe(t)
	for name, view := range lights {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tour(t, front(), view, func(ctx context.Context, page string) {
				do(t, ctx, chromedp.Evaluate[chromedp.Void](unfolded+axe))
				for _, v := range violations(t, ctx) {
					t.Errorf("%s: %s", page, v)
				}
			})
		})
	}
	t.Run("chapters", func(t *testing.T) {
		t.Parallel()
		ctx := open(t, front(), browser.Desktop)
		chapters := get(t, ctx, chromedp.Evaluate[[]string](`[...new Set([...document.querySelectorAll("header a, footer a")].map(a => a.href.split("#")[0]))].filter(a => a.startsWith("file:"))`))
		for _, page := range chapters {
			do(t, ctx, chromedp.Navigate(page), chromedp.Evaluate[chromedp.Void](unfolded+axe))
			for _, v := range violations(t, ctx) {
				t.Errorf("%s: %s", page, v)
			}
		}
	})
}

func violations(t *testing.T, ctx context.Context) []string {
	t.Helper()
	do(t, ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`
		window.found = undefined
		// drawings are pictures for it, and hold thousands of shapes
		axe.run({ exclude: ["svg.drawing > *"] }, { resultTypes: ["violations"], runOnly: %s }).then(
			({ violations }) => found = violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" ")),
			e => found = [String(e)])`, `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`)))
	var found []string
	waitFor(t, "axe-core", func() bool {
		if !get(t, ctx, chromedp.Evaluate[bool](`window.found !== undefined`)) {
			return false
		}
		found = get(t, ctx, chromedp.Evaluate[[]string](`window.found`))
		return true
	})
	return found
}

// TestAccessibleInUse has axe-core look at what scripts open.
func TestAccessibleInUse(t *testing.T) {
	axe := axe(t)
	for name, view := range lights {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := open(t, serve(t, http.FileServer(http.Dir(public)))+"/index.html", view)
			do(t, ctx, chromedp.Evaluate[chromedp.Void](unfolded+axe))
			for what, keys := range map[string][]string{
				"#chart-rounds .plot":          {kb.End},
				".find input":                  {"c", "a", kb.ArrowDown},
				"#chart-at-risk-map .sort":     {kb.Enter},
				"#chart-at-risk-map input":     {"c", "o"},
				`#chart-rounds .legend button`: {kb.Enter},
				".standfirst .fact a":          {kb.Enter},
			} {
				do(t, ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).focus()`, what)))
				pressAll(t, ctx, keys...)
				switch what {
				case ".find input":
					offered(t, ctx)
				case ".standfirst .fact a":
					opened(t, ctx)
				}
				for _, v := range violations(t, ctx) {
					t.Errorf("%s: %s", what, v)
				}
				pressAll(t, ctx, kb.Escape)
			}
		})
	}
}
