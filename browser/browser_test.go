package browser_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/browser"
	"broadsheet/generator"
	"broadsheet/generator/output"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var (
	public string          // the folder of the built site
	window context.Context // the browser
	tabs   = make(chan struct{}, 2)
	holds  sync.Map // the tests that hold one of tabs
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "browser tests:", err)
		code = 1
	}
	os.Exit(code)
}

// run builds the site and opens the browser once for all tests.
func run(m *testing.M) (code int, err error) {
	var end func()
	if window, end, err = browser.Open(context.Background()); err != nil {
		return 0, err
	}
	defer end()
	folder, err := os.MkdirTemp("", "broadsheet-browser-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	public = filepath.Join(folder, "public")
	if err := build(public, filepath.Join(folder, "cache")); err != nil {
		return 0, err
	}
	return m.Run(), nil
}

func build(to, cache string) error {
	result, err := generator.Build(context.Background(), os.DirFS(".."), generator.Options{Memo: cache})
	if err != nil {
		return err
	}
	if len(result.Problems) > 0 {
		return fmt.Errorf("the report has %d problems, first: %s", len(result.Problems), result.Problems[0])
	}
	return output.Write(context.Background(), "..", to, result.Pages, "")
}

// front is the address of the front page on the disk.
func front() string { return "file://" + filepath.ToSlash(public) + "/index.html" }

// page is the address of another page on the disk.
func page(path string) string { return strings.Replace(front(), "index.html", path+"/index.html", 1) }

// open opens a page in a new tab. A test waits for its turn once, however many
// tabs it opens: two tests that each held a tab and waited for another would wait
// for ever.
func open(t *testing.T, address string, view browser.View, options ...chromedp.ContextOption) context.Context {
	t.Helper()
	if _, mine := holds.LoadOrStore(t, true); !mine {
		tabs <- struct{}{}
		t.Cleanup(func() { <-tabs })
	}
	ctx, end := context.WithTimeout(window, 2*time.Minute)
	ctx, closeTab := chromedp.NewContext(ctx, options...)
	t.Cleanup(func() { closeTab(); end() })
	do(t, ctx, view.Show(), chromedp.Navigate(address))
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// get returns what an action finds.
func get[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	found, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// tour opens the site and looks at a page of each kind.
func tour(t *testing.T, address string, view browser.View, look func(ctx context.Context, page string), options ...chromedp.ContextOption) {
	t.Helper()
	ctx := open(t, address, view, options...)
	look(ctx, "front")
	for _, stop := range browser.Tour {
		do(t, ctx, stop.Follow())
		look(ctx, stop.Name)
	}
}

// waitFor asks again and again, for some seconds.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 3000 {
		if is() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}

// A traffic is what a tab asked for, and what went wrong in it. Events come on
// the goroutine that reads from the browser.
type traffic struct {
	mu       sync.Mutex
	requests map[network.RequestID]string
	wrong    []string
	home     string // how each address must begin
}

func (f *traffic) hear(event any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		address := e.Request.URL
		if strings.HasPrefix(address, "data:") {
			return
		}
		f.requests[e.RequestID] = address
		if !strings.HasPrefix(address, f.home) {
			f.say("asked for %s, which is not of the site", address)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			f.say("%s answered %d", e.Response.URL, e.Response.Status)
		}
	case *network.EventLoadingFailed:
		f.say("could not load %q: %s", f.requests[e.RequestID], e.ErrorText)
	case *runtime.EventExceptionThrown:
		f.say("threw: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		f.say("wrote to the console (%s)", e.Type)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			f.say("the browser complained: %s %s", e.Entry.Text, e.Entry.URL)
		}
	}
}

func (f *traffic) say(format string, words ...any) {
	f.wrong = append(f.wrong, fmt.Sprintf(format, words...))
}

// take returns what went wrong since it was last asked.
func (f *traffic) take() (wrong []string, requests int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	wrong, f.wrong = f.wrong, nil
	return wrong, len(f.requests)
}

// A look is what a reader sees of a page.
type look struct {
	Styled   bool
	Drawings int
	Charts   []struct {
		ID    string
		Shown []string // the classes of the drawings that can be seen
	}
}

const seen = `(() => {
	const shown = e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0 && e.getBBox().width > 0 }
	const main = document.querySelector("main")
	return {
		styled: getComputedStyle(document.body).marginTop === "0px" && getComputedStyle(main).maxWidth !== "none",
		drawings: document.querySelectorAll("svg.drawing").length,
		charts: [...document.querySelectorAll(".chart")].map(c => ({
			id: c.id, shown: [...c.querySelectorAll("svg.drawing")].filter(shown).map(d => d.getAttribute("class")),
		})),
	}
})()`

// checkCharts checks that each chart shows the one drawing that was made for the
// width.
func checkCharts(t *testing.T, page string, l look, wrongOne string) {
	t.Helper()
	for _, c := range l.Charts {
		if len(c.Shown) != 1 {
			t.Errorf("%s: chart %s shows %d drawings: %q", page, c.ID, len(c.Shown), c.Shown)
		} else if strings.Contains(c.Shown[0], wrongOne) {
			t.Errorf("%s: chart %s shows the drawing for another width: %s", page, c.ID, c.Shown[0])
		}
	}
	if l.Drawings < len(l.Charts) {
		t.Errorf("%s: %d charts have %d drawings", page, len(l.Charts), l.Drawings)
	}
	if page == "front" && len(l.Charts) == 0 {
		t.Error("the front page has no charts")
	}
}

// places are where a site can be. Each returns the address of the front page.
var places = map[string]func(t *testing.T) string{
	"on a disk": func(*testing.T) string { return front() },
	"at the root of a server": func(t *testing.T) string {
		return serve(t, http.FileServer(http.Dir(public))) + "/index.html"
	},
	"in a folder of a server": func(t *testing.T) string {
		const folder = "/any/sub/path/"
		mux := http.NewServeMux() // answers 404 to all else
		mux.Handle(folder, http.StripPrefix(folder, http.FileServer(http.Dir(public))))
		return serve(t, mux) + folder + "index.html"
	},
}

func serve(t *testing.T, site http.Handler) string {
	server := httptest.NewServer(site)
	t.Cleanup(func() {
		server.CloseClientConnections() // a page that is told of builds stays connected where its tab could not be closed
		server.Close()
	})
	return server.URL
}

func TestSiteWorksEverywhere(t *testing.T) {
	for name, place := range places {
		for _, view := range []browser.View{browser.Phone, browser.Desktop} {
			t.Run(fmt.Sprintf("%s at %d", name, view.Width), func(t *testing.T) {
				t.Parallel()
				address := place(t)
				heard := &traffic{requests: map[network.RequestID]string{}, home: strings.TrimSuffix(address, "index.html")}
				wrongOne := "narrow"
				if view.Narrow() {
					wrongOne = "wide"
				}
				pages := 0
				tour(t, address, view, func(ctx context.Context, page string) {
					pages++
					l := get(t, ctx, chromedp.Evaluate[look](seen))
					if !l.Styled {
						t.Errorf("%s: the style sheet is not applied", page)
					}
					checkCharts(t, page, l, wrongOne)
					wrong, requests := heard.take()
					for _, w := range wrong {
						t.Errorf("%s: %s", page, w)
					}
					if requests < pages {
						t.Errorf("%s: heard of %d requests for %d pages", page, requests, pages)
					}
				}, chromedp.WithListener(heard.hear))
			})
		}
	}
}

func TestFactLeadsToItsCell(t *testing.T) {
	t.Parallel()
	ctx := open(t, front(), browser.Desktop)
	value := get(t, ctx, chromedp.Evaluate[string](`
		document.querySelector("data.fact a").focus()
		document.activeElement.closest("data.fact").value`))
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}

	address, err := url.Parse(get(t, ctx, chromedp.Location()))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(address.Path, "/numbers/") || address.Fragment == "" {
		t.Fatalf("the fact leads to %s", address)
	}
	cell := get(t, ctx, chromedp.Evaluate[*struct {
		Text        string
		Top, Bottom float64
	}](`(cell => cell && { text: cell.innerText, top: cell.getBoundingClientRect().top, bottom: cell.getBoundingClientRect().bottom })(document.querySelector(":target"))`))
	if cell == nil {
		t.Fatalf("nothing on the page is called %q", address.Fragment)
	}
	if got, want := digits(cell.Text), digits(value); want == "" || got != want {
		t.Errorf("the fact is %s, and its cell says %q", value, cell.Text)
	}
	if cell.Top < 0 || cell.Bottom > float64(browser.Desktop.Height) {
		t.Errorf("the cell is out of sight, from %g to %g", cell.Top, cell.Bottom)
	}
}

func digits(text string) string { return regexp.MustCompile(`\D`).ReplaceAllString(text, "") }

func TestWithoutJavaScript(t *testing.T) {
	t.Parallel()
	ctx := open(t, "about:blank", browser.Desktop)
	off := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(`data:text/html,<script>document.write("<h1>on</h1>")</script><noscript><h1>off</h1></noscript>`))
	if h1 := markup(t, ctx, "h1"); len(h1) != 1 || !strings.Contains(h1[0], "off") {
		t.Fatalf("scripts still run: %q", h1)
	}
	do(t, ctx, chromedp.Navigate(front()))

	facts := markup(t, ctx, "data.fact a")
	if len(facts) == 0 {
		t.Error("no facts")
	}
	for _, fact := range facts {
		if !regexp.MustCompile(`>[^<]+</a>`).MatchString(fact) {
			t.Errorf("a fact says nothing: %s", fact)
		}
	}
	charts := nodes(t, ctx, ".chart")
	if shown := heights(t, ctx, ".chart svg.drawing"); len(shown) != len(charts) {
		t.Errorf("%d charts show %d drawings", len(charts), len(shown))
	}
	closed := heights(t, ctx, ".chart details:has(table)")
	for _, summary := range nodes(t, ctx, ".chart details:has(table) > summary") {
		do(t, ctx, chromedp.KeyEventNode(summary, kb.Enter))
	}
	opened := heights(t, ctx, ".chart details:has(table)")
	if len(opened) != len(charts) || len(closed) != len(charts) {
		t.Fatalf("%d charts have %d tables", len(charts), len(opened))
	}
	for i := range opened {
		if opened[i] < closed[i]+50 {
			t.Errorf("table %d does not open: %d px high, and %d before", i, opened[i], closed[i])
		}
	}
}

// nodes returns what a selector finds, by the browser's own query.
func nodes(t *testing.T, ctx context.Context, selector string) []*chromedp.Node {
	t.Helper()
	return get(t, ctx, chromedp.Nodes(chromedp.CSSAll(selector)))
}

func markup(t *testing.T, ctx context.Context, selector string) (found []string) {
	t.Helper()
	for _, n := range nodes(t, ctx, selector) {
		r, err := chromedp.Call(ctx, dom.GetOuterHTML, dom.GetOuterHTMLParams{NodeID: n.NodeID})
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, r.OuterHTML)
	}
	return found
}

// heights returns how high those are that a selector finds and a reader can see.
func heights(t *testing.T, ctx context.Context, selector string) (found []int64) {
	t.Helper()
	for _, n := range nodes(t, ctx, selector) {
		r, err := chromedp.Call(ctx, dom.GetBoxModel, dom.GetBoxModelParams{NodeID: n.NodeID})
		if err == nil && r.Model.Height > 0 { // what is not shown has no box
			found = append(found, r.Model.Height)
		}
	}
	return found
}

// unfolded opens all that a reader can open.
const unfolded = `for (const d of document.querySelectorAll("details")) d.open = true;`

func TestNothingScrollsSideways(t *testing.T) {
	for _, width := range []int64{320, 375, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			// a window of 1280 by 1024 at 400 percent is the smallest
			tour(t, front(), browser.View{Width: width, Height: width * 4 / 5}, func(ctx context.Context, page string) {
				l := get(t, ctx, chromedp.Evaluate[struct {
					Client, Scroll int64
					Outside        []string
				}](unfolded+sideways))
				if l.Client != width || l.Scroll > width {
					t.Errorf("%s: the page is %d px wide, and scrolls to %d", page, l.Client, l.Scroll)
				}
				for _, o := range l.Outside {
					t.Errorf("%s: beyond the edge of the window: %s", page, o)
				}
			})
		})
	}
}

// A page cannot scroll to what is beyond its left edge: that is cut. The link to
// skip to the text is there until it has the focus.
const sideways = `(() => {
	const root = document.documentElement
	const isOutside = e => {
		const r = e.getBoundingClientRect()
		return r.width > 0 && (r.left < -.5 || r.right > root.clientWidth + .5) && !e.matches(".skip, [fill=none]") && !e.parentElement.closest(".scroll, .sql, .behind")
	}
	const name = e => {
		const r = e.getBoundingClientRect()
		return e.tagName + " from " + r.left.toFixed() + " to " + r.right.toFixed() + " " + JSON.stringify(e.textContent.trim().slice(0, 30))
	}
	return { client: root.clientWidth, scroll: root.scrollWidth, outside: [...document.querySelectorAll("body *")].filter(isOutside).slice(0, 5).map(name) }
})()`

func TestTextIsNeverTiny(t *testing.T) {
	t.Parallel()
	tour(t, front(), browser.View{Width: 360, Height: 800}, func(ctx context.Context, page string) {
		l := get(t, ctx, chromedp.Evaluate[struct {
			Texts, Drawn int
			Tiny         []string
		}](unfolded+sizes))
		if l.Texts == 0 || page == "front" && l.Drawn == 0 {
			t.Errorf("%s: %d texts can be seen, %d of them in drawings", page, l.Texts, l.Drawn)
		}
		if len(l.Tiny) > 0 {
			t.Errorf("%s: %d texts are smaller than 12 px, e.g. %s", page, len(l.Tiny), strings.Join(l.Tiny[:min(5, len(l.Tiny))], ", "))
		}
	})
}

// A drawing scales its text: the matrix from it to the screen says how much.
const sizes = `(() => {
	const found = { texts: 0, drawn: 0, tiny: [] }
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let node; node = walker.nextNode();) {
		const e = node.parentElement
		if (!node.data.trim() || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
		const m = e.getScreenCTM?.()
		const scale = m ? Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)) : 1
		const size = parseFloat(getComputedStyle(e).fontSize) * scale
		found.texts++
		if (m) found.drawn++
		if (Math.round(size * 100) < 1200) found.tiny.push(node.data.trim().slice(0, 30) + " (" + size.toFixed(2) + ")")
	}
	return found
})()`

func TestPrint(t *testing.T) {
	for _, view := range []browser.View{browser.Phone, browser.Desktop} {
		t.Run(fmt.Sprintf("from %d", view.Width), func(t *testing.T) {
			t.Parallel()
			view.Print = true
			ctx := open(t, front(), view)
			if get(t, ctx, chromedp.Evaluate[bool](`document.querySelector("header nav").checkVisibility()`)) {
				t.Error("the navigation is printed")
			}
			checkCharts(t, "front", get(t, ctx, chromedp.Evaluate[look](seen)), "narrow")

			pdf := get(t, ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
			sheets := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
			if !strings.HasPrefix(string(pdf), "%PDF-") || sheets < 2 {
				t.Errorf("the front page prints to %d sheets in %d bytes", sheets, len(pdf))
			}
		})
	}
}

func TestPaperCutsNothing(t *testing.T) {
	t.Parallel()
	tour(t, front(), browser.Paper, func(ctx context.Context, page string) {
		for _, c := range get(t, ctx, chromedp.Evaluate[[]string](cut)) {
			t.Errorf("%s: cut on paper, where nobody can scroll: %s", page, c)
		}
	})
}

// What is wider than the sheet and overflows is shrunk by the browser; what a box
// hides is lost.
const cut = `[...document.querySelectorAll("main *")]
	.filter(e => e.checkVisibility() && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && !["visible", "clip"].includes(getComputedStyle(e).overflowX))
	.map(e => e.tagName + "." + e.className + ", " + e.scrollWidth + " px in " + e.clientWidth)`
