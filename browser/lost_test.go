package browser_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
)

// lost answers what is not there with the page for that, as servers of static sites do.
func lost(t *testing.T, folder string) http.Handler {
	page, err := os.ReadFile(filepath.Join(public, "404.html"))
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(public, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, folder)))
		if file, err := os.ReadFile(name); err == nil && strings.HasPrefix(r.URL.Path, folder) {
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(file))
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write(page)
	})
}

// TestAnAddressThatLeadsNowhere: its page has its styles, and links that lead back,
// wherever the site is and however deep the address.
func TestAnAddressThatLeadsNowhere(t *testing.T) {
	for _, folder := range []string{"/", "/letters/", "/any/sub/path/"} {
		for _, address := range []string{"zz", "letters/states/zz/", "a/b/c/d/e"} {
			t.Run(folder+address, func(t *testing.T) {
				t.Parallel()
				server := serve(t, lost(t, folder))
				ctx := open(t, server+folder+address, browser.Desktop)
				links := get(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("header a, main a, footer a")].map(a => a.href)`))
				if len(links) < 5 {
					t.Errorf("the page has %d links", len(links))
				}
				for _, link := range links {
					if !strings.HasPrefix(link, server) {
						continue // of the licence
					}
					response, err := http.Get(link)
					if err != nil {
						t.Fatal(err)
					}
					_ = response.Body.Close()
					if response.StatusCode != http.StatusOK {
						t.Errorf("%s leads to %s", link, response.Status)
					}
				}
			})
		}
	}
}
