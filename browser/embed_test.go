package browser_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/browser"
	"broadsheet/generator"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"
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
				height = get(t, ctx, chromedp.Evaluate[int](`parseInt(document.querySelector("iframe").parentNode.style.paddingBottom) || 0`))
				if height != 0 {
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

// TestSnippetFitsWithoutScripts takes the script out of snippets, and those of the frame too: in a frame of any width nothing of the chart is
// cut, and less than a fifth is empty.
func TestSnippetFitsWithoutScripts(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.Dir(public)))
	others := serve(t, http.FileServer(http.FS(caseOf(t, "longnames"))))
	ctx := open(t, home+"/index.html", browser.Desktop)
	for page, chart := range map[string]string{
		others + "/charts/c/": "c", home + "/charts/state-totals/": "", home + "/charts/at-risk-by-jurisdiction/": "", home + "/charts/at-risk-map/": "", home + "/charts/rulings-units/": "",
		home + "/charts/at-risk-per-head/": "", home + "/charts/crime-claims/": "", home + "/charts/suit-lanes/": "", home + "/charts/letters-matrix/": "",
	} {
		do(t, ctx, chromedp.Navigate(page+"index.html"))
		// a frame without scripts, of which the test can still read the height
		text := get(t, ctx, chromedp.Evaluate[string](`(() => {
			const made = new DOMParser().parseFromString(document.querySelector(".snippet textarea").value, "text/html")
			made.querySelector("script").remove()
			made.querySelector("iframe").setAttribute("sandbox", "allow-same-origin")
			made.querySelector("iframe").removeAttribute("loading")
			document.body.innerHTML = [320, 360, 414, 500, 600, 700, 752, 760, 1000].map(w => "<div class=frame style='width: " + w + "px'>" + made.body.innerHTML + "</div>").join("")
			return Promise.all([...document.querySelectorAll("iframe")].map(f => new Promise(done => f.onload = done))).then(() =>
				[...document.querySelectorAll("iframe")].map(f => {
					const [high, needs] = [f.clientHeight, f.contentDocument.body.getBoundingClientRect().height]
					return needs > high + 1 || high * 0.8 > needs ? f.clientWidth + " wide, " + high + " high, needs " + Math.ceil(needs) : ""
				}).filter(Boolean).join("; "))
		})()`, chromedp.EvalAwaitPromise))
		if text != "" {
			t.Errorf("%s%s: %s", page, chart, text)
		}
	}
}

// caseOf builds a report of generator/testdata/cases.
func caseOf(t *testing.T, name string) fs.FS {
	t.Helper()
	archive, err := txtar.ParseFile("../generator/testdata/cases/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	report, site := fstest.MapFS{}, fstest.MapFS{}
	for _, f := range archive.Files {
		report[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	result, err := generator.Build(t.Context(), report, generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	for name, page := range result.Pages {
		site[name] = &fstest.MapFile{Data: page}
	}
	return site
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
		return get(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll("iframe")].map(f => f.clientHeight).join(" ")`))
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

// TestWideTableScrollsByItself shows a wide table in Markdown on a phone.
func TestWideTableScrollsByItself(t *testing.T) {
	t.Parallel()
	site := serve(t, http.FileServer(http.FS(caseOf(t, "mdtable"))))
	ctx := open(t, site+"/index.html", browser.View{Width: 360, Height: 700})
	got := get(t, ctx, chromedp.Evaluate[string](`(() => {
		const [page, region] = [document.scrollingElement, document.querySelector("table").parentNode]
		return [page.scrollWidth > page.clientWidth, region.scrollWidth > region.clientWidth, region.tabIndex, region.ariaLabel].join(" ")
	})()`))
	if want := "false true 0 Table: a, b, c, d, e, f, g, h"; got != want {
		t.Errorf("page scrolls, table scrolls, focusable, named: %s, want %s", got, want)
	}
}

// TestAFrameHasTheColorsThatItsAddressAsksFor whatever the reader's system prefers, without scripts.
func TestAFrameHasTheColorsThatItsAddressAsksFor(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.Dir(public)))
	embeds, err := filepath.Glob(filepath.Join(public, "embed", "*"))
	if err != nil || len(embeds) == 0 {
		t.Fatal("no chart to embed", err)
	}
	page := home + "/embed/" + filepath.Base(embeds[0]) + "/index.html"
	light, dark := "rgb(255, 253, 249)", "rgb(22, 24, 26)"
	for _, tt := range []struct {
		asked      string
		prefersIt  bool // dark
		background string
	}{{"", true, light}, {"", false, light}, {"#dark", false, dark}, {"#auto", true, dark}, {"#auto", false, light}} {
		ctx := open(t, "about:blank", browser.View{Width: 560, Height: 600, Dark: tt.prefersIt})
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
		do(t, ctx, chromedp.Navigate(page+tt.asked))
		if got := get(t, ctx, chromedp.Evaluate[string](`getComputedStyle(document.body).backgroundColor`)); got != tt.background {
			t.Errorf("%q, for a reader who prefers dark: %v: the frame is %s", tt.asked, tt.prefersIt, got)
		}
	}
}
