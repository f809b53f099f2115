package browser_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
)

// TestPolicyStopsWhatCheckCannotSee serves a page of the site with a script of a report that asks another host in each
// way that it knows, and with a handler and a script in the page.
func TestPolicyStopsWhatCheckCannotSee(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var asked []string
	other := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.URL.Path)
	}))
	page, err := os.ReadFile(filepath.Join(public, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	home := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			_, _ = io.WriteString(w, strings.Replace(string(page), "</head>", `<script src="own.js"></script><script>window.inline = true</script></head>`, 1)+`<img src="x" alt="" onerror="window.handler = true">`)
		case "/own.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = io.WriteString(w, strings.ReplaceAll(`
				window.own = true
				const tries = [
					() => fetch("OTHER/fetch"), () => navigator.sendBeacon("OTHER/beacon"), () => new Image().src = "OTHER/image", () => import("OTHER/import.js"),
					() => new EventSource("OTHER/events"), () => new WebSocket("OTHER/socket".replace("http", "ws")), () => new Worker("OTHER/worker.js"),
					() => document.head.append(Object.assign(document.createElement("script"), { src: "OTHER/script.js" })),
					() => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "OTHER/style.css" })),
					() => document.head.append(Object.assign(document.createElement("style"), { textContent: "@import 'OTHER/import.css'; html { background: url(OTHER/background.png) }" })),
					() => document.documentElement.append(Object.assign(document.createElement("iframe"), { src: "OTHER/frame" })),
					() => document.documentElement.append(Object.assign(document.createElement("object"), { data: "OTHER/object" })),
					() => document.documentElement.append(Object.assign(document.createElement("video"), { src: "OTHER/video" })),
					() => document.head.prepend(Object.assign(document.createElement("base"), { href: "OTHER/" })),
					() => new FontFace("x", "url(OTHER/font.woff2)").load(),
					() => { const f = document.createElement("form"); f.action = "OTHER/form"; f.method = "post"; document.documentElement.append(f); f.submit() },
					() => new Function("window.evaluated = true")(),
				]
				for (const attempt of tries) try { Promise.resolve(attempt()).catch(() => {}) } catch {}
				setTimeout(() => window.tried = tries.length, 1500)
			`, "OTHER", other))
		default:
			http.FileServer(http.Dir(public)).ServeHTTP(w, r)
		}
	}))
	ctx := open(t, home+"/", browser.Desktop)
	waitFor(t, "the script of the report", func() bool {
		return get(t, ctx, chromedp.Evaluate[int](`window.tried ?? 0`)) > 0
	})
	if ran := get(t, ctx, chromedp.Evaluate[string](`[window.own, window.inline, window.handler, window.evaluated].join(" ")`)); ran != "true   " {
		t.Errorf("of own, inline, handler and evaluated these ran: %s", ran)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(asked) > 0 {
		t.Errorf("another host was asked for %q", asked)
	}
}
