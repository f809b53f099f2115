package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
)

// shownEvents says how many events and years of the timeline can be seen, what is said of
// that, and the address's query.
func shownEvents(t *testing.T, ctx context.Context) (events, years int, said, query string) {
	t.Helper()
	found := get(t, ctx, chromedp.Evaluate[struct {
		Events, Years int
		Said, Query   string
	}](`({
		events: [...document.querySelectorAll(".timeline li")].filter(e => e.checkVisibility()).length,
		years: [...document.querySelectorAll(".timeline .year")].filter(e => e.checkVisibility()).length,
		said: document.querySelector(".filter[data-facets] output").textContent,
		query: location.search,
	})`))
	return found.Events, found.Years, found.Said, found.Query
}

func TestTimelineShowsWhatIsChosen(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(public, "courts", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	events, lawsuits := strings.Count(string(page), `<li data-facets="`), strings.Count(string(page), `<li data-facets="[&#34;lawsuit&#34;`)
	if lawsuits < 2 || lawsuits == events {
		t.Fatalf("%d of %d events are lawsuits", lawsuits, events)
	}
	for name, place := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			courts := strings.TrimSuffix(place(t), "index.html") + "courts/index.html"
			ctx := open(t, courts, browser.Phone)
			all, years, said, _ := shownEvents(t, ctx)
			if all != events || years < 2 || said != "" {
				t.Fatalf("at first %d events of %d years, %q", all, years, said)
			}
			// from the last link before it
			do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".filter[data-facets]").previousElementSibling.querySelector("a").focus()`))
			tabTo(t, ctx, ".filter[data-facets] select")
			do(t, ctx, chromedp.KeyEvent("lawsuit"))
			suits, _, said, query := shownEvents(t, ctx)
			if suits != lawsuits || said == "" || query != "?kind=lawsuit" {
				t.Errorf("of the lawsuits %d are shown, it says %q, the address %q", suits, said, query)
			}
			tabTo(t, ctx, ".filter[data-facets] label:nth-of-type(3) select")
			do(t, ctx, chromedp.KeyEvent("San Francisco"))
			some, _, said, query := shownEvents(t, ctx)
			if some == 0 || some >= suits || query != "?kind=lawsuit&jurisdictions=San+Francisco" {
				t.Errorf("of those of San Francisco %d are shown, it says %q, the address %q", some, said, query)
			}
			do(t, ctx, chromedp.Navigate(courts+query))
			if again, fewer, also, _ := shownEvents(t, ctx); again != some || also != said || fewer >= years {
				t.Errorf("at the same address %d events of %d years are shown, %q", again, fewer, also)
			}
			do(t, ctx, chromedp.Navigate(courts+"?kind=party"))
			if again, _, said, _ := shownEvents(t, ctx); again != all || said != "" {
				t.Errorf("of a kind that there is not %d are shown, %q", again, said)
			}
		})
	}
}
