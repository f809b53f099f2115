package browser_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
)

// TestSnippetShowsTheChart puts what the chart's page says into a page of another
// site, and checks that the frame takes the height of the chart.
func TestSnippetShowsTheChart(t *testing.T) {
	for _, width := range []int64{390, 1200} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			home := serve(t, http.FileServer(http.Dir(public)))
			ctx := open(t, home+"/charts/state-totals/index.html", browser.View{Width: width, Height: 900})
			snippet := get(t, ctx, chromedp.Evaluate[string](`document.querySelector(".snippet textarea").value`))
			if !strings.Contains(snippet, home+"/embed/state-totals/") {
				t.Fatalf("the snippet does not say where the site lies: %s", snippet)
			}
			other := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `<!DOCTYPE html><meta name="viewport" content="width=device-width"><title>Another site</title>`+snippet)
			}))
			do(t, ctx, chromedp.Navigate(other))
			var height int
			for range 100 {
				height = get(t, ctx, chromedp.Evaluate[int](`Number(document.querySelector("iframe").height)`))
				if height != 0 && height != 620 {
					break
				}
				time.Sleep(20 * time.Millisecond)
			}
			do(t, ctx, chromedp.Navigate(home+"/embed/state-totals/index.html"), browser.View{Width: width - 16, Height: 900}.Show())
			if want := get(t, ctx, chromedp.Evaluate[int](`Math.ceil(document.body.getBoundingClientRect().height)`)); height != want {
				t.Errorf("the frame is %d px high, and its page %d", height, want)
			}
		})
	}
}

// TestSnippetHearsItsOwnFrame has other frames of the page ask for a height, and the chart's for one without bound.
func TestSnippetHearsItsOwnFrame(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.Dir(public)))
	ctx := open(t, home+"/charts/state-totals/index.html", browser.Desktop)
	snippet := get(t, ctx, chromedp.Evaluate[string](`document.querySelector(".snippet textarea").value`))
	snippet = strings.Replace(snippet, home+"/embed/state-totals/", "/frame", 1)
	other := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			_, _ = io.WriteString(w, `<!DOCTYPE html><title>Another site</title><iframe src="/frame" id="advertisement" height="90"></iframe>`+snippet)
			return
		}
		_, _ = io.WriteString(w, `<!DOCTYPE html><script>
			for (const height of [1e9, -5, "x", null, Infinity]) parent.postMessage({ broadsheet: { height } }, "*")
			parent.postMessage("x", "*")
			parent.postMessage(null, "*")
			parent.postMessage({ done: true }, "*")
		</script>`)
	}))
	do(t, ctx, chromedp.Navigate(other))
	heights := func() string {
		return get(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll("iframe")].map(f => f.height).join(" ")`))
	}
	waitFor(t, "a height", func() bool { return strings.HasSuffix(heights(), " 5000") })
	if got := heights(); got != "90 5000" {
		t.Errorf("the advertisement and the chart are %s px high", got)
	}
}

// TestPNGIsTwiceTheSize presses the button and looks at what would be saved.
func TestPNGIsTwiceTheSize(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.Dir(public)))
	ctx := open(t, home+"/charts/at-risk-per-head/index.html", browser.Desktop)
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`
		let picture // a page may ask only its site, and not for what is in its memory
		const address = URL.createObjectURL
		URL.createObjectURL = blob => address(picture = blob)
		HTMLAnchorElement.prototype.click = async function () {
			const bytes = new Uint8Array(await picture.arrayBuffer())
			window.saved = { name: this.download, data: btoa(String.fromCharCode(...bytes.slice(0, 24))), label: document.querySelector(".take button").textContent }
		}
		document.querySelector(".take button").click()`))
	var saved struct{ Name, Data, Label string }
	for range 200 {
		saved = get(t, ctx, chromedp.Evaluate[struct{ Name, Data, Label string }](`window.saved ?? {}`))
		if saved.Name != "" {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	head, err := base64.StdEncoding.DecodeString(saved.Data)
	if err != nil || len(head) < 24 || string(head[1:4]) != "PNG" {
		t.Fatalf("no PNG: %q, %v", saved.Name, err)
	}
	size := func(at int) int { return int(head[at+2])<<8 | int(head[at+3]) }
	if saved.Name != "at-risk-per-head.png" || saved.Label != fmt.Sprintf("PNG, %d × %d px", size(16), size(20)) || size(16) != 2*740 {
		t.Errorf("%s of %d × %d px, and the button says %q", saved.Name, size(16), size(20), saved.Label)
	}
}
