package browser_test

import (
	"net/http"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestNothingMovesWhenTypefacesCome opens pages on a phone with a slow connection and nothing in its cache, so that text is first shown in
// a face of the system. That has the measures of the one that comes.
func TestNothingMovesWhenTypefacesCome(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.Dir(public)))
	for _, page := range []string{"/index.html", "/money/index.html", "/claims/index.html"} {
		ctx := open(t, "about:blank", browser.Phone)
		if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
			t.Fatal(err)
		}
		slow := &network.Conditions{Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 750e3 / 8}
		if _, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{slow}}); err != nil {
			t.Fatal(err)
		}
		do(t, ctx, chromedp.Navigate(home+page))
		found := get(t, ctx, chromedp.Evaluate[struct {
			Faces string
			Shift float64
			Of    []string
		}](`(async () => {
			await document.fonts.ready
			await new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))
			const entries = await new Promise(done => { new PerformanceObserver(list => done(list.getEntries())).observe({ type: "layout-shift", buffered: true }); setTimeout(() => done([]), 500) })
			return {
				faces: [...document.fonts].filter(f => f.status === "loaded").map(f => f.family).sort().join(),
				shift: entries.reduce((sum, e) => sum + e.value, 0),
				of: entries.flatMap(e => [e.value.toFixed(3), ...e.sources.map(s => (s.node?.nodeName + "." + s.node?.className) + " " + s.previousRect.y + "+" + s.previousRect.height + " > " + s.currentRect.y + "+" + s.currentRect.height)]),
			}
		})()`, chromedp.EvalAwaitPromise))
		t.Log(page, found)
		if found.Shift > 0.05 {
			t.Errorf("%s: the page moves by %.3f", page, found.Shift)
		}
	}
}
