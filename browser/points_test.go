package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tip is what a chart shows and announces of a point.
type tip struct {
	Shown  bool
	Text   string
	Said   string
	On     int // marks that are singled out and can be seen
	Dimmed int
	Inside bool // the tip is inside the window, sideways
}

func tipOf(t *testing.T, ctx context.Context, chart string) tip {
	t.Helper()
	return get(t, ctx, chromedp.Evaluate[tip](fmt.Sprintf(`(() => {
		const chart = document.getElementById("chart-" + %q), tip = chart.querySelector(".tip"), r = tip.getBoundingClientRect()
		return {
			shown: tip.checkVisibility(), text: tip.innerText, said: chart.querySelector(".plot [role=status]").textContent,
			on: [...chart.querySelectorAll(".on")].filter(e => e.checkVisibility()).length, dimmed: chart.querySelectorAll(".dim").length,
			inside: r.left >= 0 && r.right <= innerWidth,
		}
	})()`, chart)))
}

// pressAll presses keys, one after the other.
func pressAll(t *testing.T, ctx context.Context, keys ...string) {
	t.Helper()
	for _, key := range keys {
		do(t, ctx, chromedp.KeyEvent(key))
	}
}

func TestPointsByKeyboard(t *testing.T) {
	for _, view := range []browser.View{browser.Phone, browser.Desktop} {
		t.Run(fmt.Sprint(view.Width), func(t *testing.T) {
			t.Parallel()
			ctx := open(t, page("charts/state-totals"), view)
			do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#chart-state-totals .plot").focus()`))
			if s := tipOf(t, ctx, "state-totals"); s.Shown {
				t.Errorf("a point is shown before a key: %q", s.Text)
			}
			for _, step := range []struct {
				key, says string
			}{
				{kb.ArrowRight, "California, 2015"},
				{kb.ArrowRight, "California, 2016"},
				{kb.ArrowRight, "California, 2018"}, // nothing is known of the year between
				{kb.End, "2020"},
				{kb.Home, "California, 2015"},
				{kb.ArrowLeft, "California, 2015"},
			} {
				pressAll(t, ctx, step.key)
				s := tipOf(t, ctx, "state-totals")
				if !s.Shown || !strings.Contains(s.Text, step.says) || !strings.Contains(s.Text, "$") {
					t.Errorf("shows %q, not %q", s.Text, step.says)
				}
				if said := strings.ReplaceAll(s.Text, "\n", ". "); s.Said != said {
					t.Errorf("says %q and shows %q", s.Said, said)
				}
				if s.On != 1 || s.Dimmed == 0 || !s.Inside {
					t.Errorf("%d marks are singled out, %d dimmed, the tip is inside: %v", s.On, s.Dimmed, s.Inside)
				}
			}
			pressAll(t, ctx, kb.ArrowDown)
			if s := tipOf(t, ctx, "state-totals"); strings.Contains(s.Text, "California") || !strings.Contains(s.Text, "2015") {
				t.Errorf("down from California, 2015 leads to %q", s.Text)
			}
			pressAll(t, ctx, kb.Escape)
			if s := tipOf(t, ctx, "state-totals"); s.Shown || s.On > 0 || s.Dimmed > 0 || s.Said != "" {
				t.Errorf("after Escape: %+v", s)
			}
			pressAll(t, ctx, kb.Home, kb.Tab)
			if s := tipOf(t, ctx, "state-totals"); s.Shown {
				t.Errorf("after Tab: %+v", s)
			}
		})
	}
}

// TestPointsSayWhatTheTableSays walks charts of all kinds, and points at each of their
// marks.
func TestPointsSayWhatTheTableSays(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob(filepath.Join(public, "charts", "*", "index.html"))
	if err != nil || len(pages) < 5 {
		t.Fatalf("%d pages of charts, %v", len(pages), err)
	}
	ctx := open(t, front(), browser.Desktop)
	for _, page := range pages {
		do(t, ctx, chromedp.Navigate("file://"+page))
		for _, w := range get(t, ctx, chromedp.Evaluate[[]string](walked)) {
			t.Errorf("%s: %s", filepath.Base(filepath.Dir(page)), w)
		}
	}
}

const walked = `(() => {
	const chart = document.querySelector("figure.chart"), plot = chart.querySelector(".plot"), tip = chart.querySelector(".tip"), wrong = []
	if (!tip) return ["has no points"]
	const rows = [...chart.querySelectorAll("tbody tr")].map(r => [...r.cells].map(c => c.textContent.trim()))
	const names = [...chart.querySelectorAll("thead th")].map(h => ["name", "group", "panel"].includes(h.dataset.as))
	const isBinned = chart.querySelector("[data-as=binned]")
	const judge = (what, said) => {
		const row = isBinned ? /^\d+ of \d+/.test(said) : rows.find(r => r.every((text, i) => names[i] && chart.querySelector("[data-as=label]") || said.includes(text)))
		if (!row) wrong.push(what + " says what is in no row: " + said)
	}
	// marks that stand for values, without the places of a flow
	const marks = [...chart.querySelectorAll("svg [data-name], svg [data-low]")].filter(m => m.getBoundingClientRect().width > 0 && m.dataset.value !== "" && m.dataset.value !== "0")
	for (const mark of marks) {
		const r = mark.getBoundingClientRect()
		mark.dispatchEvent(new PointerEvent("pointermove", { pointerType: "mouse", bubbles: true, clientX: r.x + r.width / 2, clientY: r.y + r.height / 2 }))
		if (tip.hidden) wrong.push("nothing is said of " + JSON.stringify({ ...mark.dataset }))
		else judge("a mark", tip.innerText)
	}
	if (marks.length === 0) wrong.push("has no marks")
	const press = key => plot.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
	press("Escape")
	const said = new Set()
	press("Home")
	for (const key of ["ArrowRight", "ArrowDown"]) {
		for (let i = 0; i < rows.length; i++) {
			const now = plot.querySelector("[role=status]").textContent
			said.add(now)
			judge(key, now)
			press(key)
		}
	}
	if (said.size < 2) wrong.push("the keys lead nowhere")
	return wrong.slice(0, 5)
})()`

// at returns the middle of the first that a selector finds and a reader can see,
// after scrolling to it.
func at(t *testing.T, ctx context.Context, selector string) (x, y float64) {
	t.Helper()
	p := get(t, ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(`(() => {
		const e = [...document.querySelectorAll(%q)].find(e => e.getBoundingClientRect().width > 0)
		e.scrollIntoView({ block: "center" })
		const r = e.getBoundingClientRect()
		return [r.x + r.width / 2, r.y + r.height / 2]
	})()`, selector)))
	return p[0], p[1]
}

func moveTo(x, y float64) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseMoved", X: x, Y: y})
		return err
	})
}

func tap(x, y float64) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: x, Y: y}}}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}})
		return err
	})
}

func TestPointsByMouse(t *testing.T) {
	t.Parallel()
	ctx := open(t, front(), browser.Desktop)
	for chart, want := range map[string][2]string{
		"at-risk-by-state": {`[data-name="Illinois"]`, "Illinois"},
		"at-risk-per-head": {`[data-name="IL"]`, "Illinois"},
		"state-totals":     {`[data-group="Texas"][data-name="2018"]`, "Texas, 2018"},
	} {
		do(t, ctx, chromedp.Navigate(page("charts/"+chart)))
		x, y := at(t, ctx, "#chart-"+chart+" svg "+want[0])
		do(t, ctx, moveTo(x, y+3))
		if s := tipOf(t, ctx, chart); !s.Shown || !strings.HasPrefix(s.Text, want[1]) || s.On != 1 || s.Said != "" {
			t.Errorf("%s: %+v", chart, s)
		}
		do(t, ctx, moveTo(5, 5))
		if s := tipOf(t, ctx, chart); s.Shown {
			t.Errorf("%s: the tip stays: %q", chart, s.Text)
		}
	}
}

func TestPointsByTouch(t *testing.T) {
	t.Parallel()
	ctx := open(t, serve(t, http.FileServer(http.Dir(public)))+"/charts/at-risk-by-jurisdiction/index.html", browser.Phone)
	do(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
		return err
	}))
	x, y := at(t, ctx, `#chart-at-risk-by-jurisdiction svg [data-name="Chicago"]`)
	do(t, ctx, tap(x, y))
	if s := tipOf(t, ctx, "at-risk-by-jurisdiction"); !s.Shown || !strings.HasPrefix(s.Text, "Chicago") || !s.Inside {
		t.Errorf("a tap shows %+v", s)
	}
	x, y = at(t, ctx, "h1")
	do(t, ctx, tap(x, y))
	if s := tipOf(t, ctx, "at-risk-by-jurisdiction"); s.Shown {
		t.Errorf("a tap elsewhere leaves %q", s.Text)
	}
	x, y = at(t, ctx, `#chart-at-risk-by-jurisdiction svg [data-name="Chicago"]`)
	do(t, ctx, tap(x, y))
	if s := tipOf(t, ctx, "at-risk-by-jurisdiction"); !s.Shown {
		t.Error("the first tap on a mark leads away")
	}
	do(t, ctx, tap(x, y))
	waitFor(t, "a second tap leads to Chicago", func() bool {
		return get(t, ctx, chromedp.Evaluate[bool](`location.pathname.includes("/jurisdictions/chicago-il/")`))
	})
}

// TestMarksLeadOnByKeyboard follows a name of a chart, and a mark that was reached with the arrow keys.
func TestMarksLeadOnByKeyboard(t *testing.T) {
	t.Parallel()
	chart := serve(t, http.FileServer(http.Dir(public))) + "/charts/at-risk-by-state/index.html"
	ctx := open(t, chart, browser.Desktop)
	for _, tt := range []struct{ to, press string }{{"svg.wide a", ""}, {".plot", kb.Home}} {
		do(t, ctx, chromedp.Navigate(chart))
		tabTo(t, ctx, tt.to)
		if tt.press != "" {
			do(t, ctx, chromedp.KeyEvent(tt.press))
		}
		do(t, ctx, chromedp.KeyEvent(kb.Enter))
		waitFor(t, tt.to+" leads to California", func() bool {
			return get(t, ctx, chromedp.Evaluate[bool](`location.pathname.includes("/states/ca/")`))
		})
	}
}

// TestLegendSinglesOut presses a key of a legend and checks what is left of the
// others.
func TestLegendSinglesOut(t *testing.T) {
	t.Parallel()
	ctx := open(t, page("letters"), browser.Desktop)
	dimmed := func() int {
		return get(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("svg.wide .dim").length`))
	}
	tabTo(t, ctx, ".legend button")
	pressAll(t, ctx, kb.Enter)
	all := get(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("svg.wide [data-name]").length`))
	if n := dimmed(); n == 0 || n >= all {
		t.Errorf("%d of %d marks are dimmed", n, all)
	}
	pressAll(t, ctx, kb.Enter)
	if n := dimmed(); n > 0 {
		t.Errorf("%d marks stay dimmed", n)
	}
}
