package browser_test

import (
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/browser"
	"broadsheet/generator"
	"broadsheet/generator/output"

	"github.com/chromedp/chromedp"
)

// TestLastTextsAreBelowTheirRowOnAPhone holds that a table of few columns with long texts in the last does not become a column of single
// words on a phone: these texts have the width of the row, what is beside each other is, and nothing scrolls.
func TestLastTextsAreBelowTheirRowOnAPhone(t *testing.T) {
	t.Parallel()
	for _, width := range []int64{320, 390} {
		ctx := open(t, page("states/il"), browser.View{Width: width, Height: 844})
		found := get(t, ctx, chromedp.Evaluate[struct {
			Tables int
			Wrong  []string
		}](`(() => {
			const box = e => e.getBoundingClientRect(), wrong = [], tables = [...document.querySelectorAll(".tail > table")]
			for (const table of tables) {
				const say = text => wrong.push(table.caption.innerText + ": " + text)
				if (table.parentElement.scrollWidth > table.parentElement.clientWidth) say("scrolls sideways")
				for (const row of table.rows) {
					const cells = [...row.cells], last = cells.pop(), others = cells.map(box)
					if (box(last).top < Math.max(...others.map(b => b.bottom)) - 1) say(last.innerText + " is not below the others")
					if (box(last).width < box(row).width * .95) say(last.innerText + " is " + box(last).width + " px wide in " + box(row).width)
					if (others.some((b, i) => i > 0 && b.left < others[i - 1].right - 1)) say(row.innerText + " overlaps")
				}
			}
			return { tables: tables.length, wrong }
		})()`))
		if found.Tables < 2 || len(found.Wrong) > 0 {
			t.Errorf("at %d px %d tables: %s", width, found.Tables, strings.Join(found.Wrong, "\n"))
		}
	}
	ctx := open(t, page("states/il"), browser.Desktop)
	if wrong := get(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll(".tail tr")].filter(r => r.lastElementChild.getBoundingClientRect().top > r.getBoundingClientRect().top + 2).map(r => r.innerText).join()`)); wrong != "" {
		t.Errorf("on a desktop last cells are below their row: %s", wrong)
	}
}

// TestFrontPageHasNoHole holds that all words above the story are beside the picture on a wide screen, so that little is left white.
func TestFrontPageHasNoHole(t *testing.T) {
	t.Parallel()
	for _, width := range []int64{1080, 1280, 1600} {
		ctx := open(t, front(), browser.View{Width: width, Height: 900})
		at := get(t, ctx, chromedp.Evaluate[[]float64](`(() => {
			const box = s => document.querySelector(s).getBoundingClientRect(), chart = box(".front > .chart")
			return [box(".front h1").bottom, box(".front .standfirst").top, box(".front .standfirst").right, box(".front > .find").bottom, chart.left, chart.top, chart.bottom]
		})()`))
		headline, words, right, last, left, top, bottom := at[0], at[1], at[2], at[3], at[4], at[5], at[6]
		if words < headline || top < headline || right > left || math.Abs(top-words) > 40 || last > bottom || bottom-last > 260 {
			t.Errorf("at %d px the headline ends at %.0f, the words go from %.0f to %.0f and to %.0f on the right, the picture begins at %.0f and goes from %.0f to %.0f", width, headline, words, last, right, left, top, bottom)
		}
	}
}

// TestLinesBelowNamesTouchNoOther holds that names in drawings that lead somewhere have a line below them only where it is not through the next one.
func TestLinesBelowNamesTouchNoOther(t *testing.T) {
	t.Parallel()
	underlined := 0
	for _, chart := range []string{"crime-claims", "at-risk-map", "at-risk-by-jurisdiction", "letters-matrix"} {
		for _, width := range []int64{320, 560, 1000} {
			ctx := open(t, page("charts/"+chart), browser.View{Width: width, Height: 900})
			found := get(t, ctx, chromedp.Evaluate[struct {
				Underlined int
				Wrong      []string
			}](`(() => {
				const drawing = [...document.querySelectorAll(".drawing")].find(e => e.checkVisibility())
				const texts = [...drawing.querySelectorAll("text")].filter(e => e.textContent.trim()).map(e => ({ e, box: e.getBoundingClientRect() }))
				const under = texts.filter(t => [t.e, t.e.closest("a")].some(e => e && getComputedStyle(e).textDecorationLine === "underline"))
				const close = (a, b) => a.box.left < b.box.right && b.box.left < a.box.right && b.box.top > a.box.top && b.box.top < a.box.bottom + 1
				return { underlined: under.length, wrong: under.flatMap(a => texts.filter(b => close(a, b)).map(b => a.e.textContent + " and " + b.e.textContent)) }
			})()`))
			underlined += found.Underlined
			if len(found.Wrong) > 0 {
				t.Errorf("%s at %d px: %q", chart, width, found.Wrong)
			}
		}
	}
	if underlined == 0 {
		t.Error("no name has a line below it")
	}
}

// TestTheTableOfAChartFitsAPhone: where it has four columns or fewer.
func TestTheTableOfAChartFitsAPhone(t *testing.T) {
	t.Parallel()
	for _, chart := range []string{"suit-lanes", "letters-matrix", "rulings-over-time", "at-risk-map"} {
		ctx := open(t, page("charts/"+chart), browser.View{Width: 390, Height: 844})
		wide := get(t, ctx, chromedp.Evaluate[[]int](`(() => {
			document.querySelector(".chart details").open = true
			const frame = document.querySelector(".chart details .scroll")
			return [frame.querySelectorAll("thead th").length, frame.scrollWidth, frame.clientWidth]
		})()`))
		if wide[0] < 2 || wide[0] > 4 || wide[1] > wide[2] {
			t.Errorf("the table of %s has %d columns and is %d px wide, in %d px", chart, wide[0], wide[1], wide[2])
		}
	}
}

// TestSmallLinesBeginBelowEachOther: whatever the numbers before them are.
func TestSmallLinesBeginBelowEachOther(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.FS(siteOf(t, os.DirFS("../generator/testdata/report")))))
	ctx := open(t, home+"/index.html", browser.Desktop)
	lines := get(t, ctx, chromedp.Evaluate[[]float64](`[...document.querySelectorAll("td.sparks .spark")].map(e => e.getBoundingClientRect().left)`))
	if len(lines) < 2 || slices.Max(lines)-slices.Min(lines) > 0.5 {
		t.Errorf("small lines begin at %v px", lines)
	}
}

// TestWordsOfAnnotationsAreOnNoLine: no event's line goes through the words of a chart.
func TestWordsOfAnnotationsAreOnNoLine(t *testing.T) {
	t.Parallel()
	for _, chart := range []string{"rulings-over-time", "state-totals", "crime-claims"} {
		for _, width := range []int64{320, 390, 560, 768, 1280} {
			ctx := open(t, page("charts/"+chart), browser.View{Width: width, Height: 900})
			found := get(t, ctx, chromedp.Evaluate[struct {
				Words int
				Wrong []string
			}](`(() => {
				const drawing = [...document.querySelectorAll(".drawing")].find(e => e.checkVisibility())
				const words = [...drawing.querySelectorAll("text[paint-order]")].map(e => ({ text: e.textContent, box: e.getBoundingClientRect() }))
				const lines = [...drawing.querySelectorAll("path[stroke-dasharray]")].map(e => e.getBoundingClientRect())
				const through = (w, l) => l.left > w.left + 1 && l.right < w.right - 1 && l.top < w.bottom && l.bottom > w.top
				return { words: words.length, wrong: words.filter(w => lines.some(l => through(w.box, l))).map(w => w.text) }
			})()`))
			if found.Words == 0 || len(found.Wrong) > 0 {
				t.Errorf("%s at %d px: %d lines of words, a line goes through %q", chart, width, found.Words, found.Wrong)
			}
		}
	}
}

// TestALongTableOfAChartOnPaper holds that paper has the first rows of a very long table, in two columns, with how many there are and where.
func TestALongTableOfAChartOnPaper(t *testing.T) {
	t.Parallel()
	report := longReport()
	report["content/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Long\n---\n{{< chart \"some\" >}}\n")}
	report["data/aggregates/all.sql"].Data = []byte(strings.Replace(string(report["data/aggregates/all.sql"].Data), "FROM places", "FROM places WHERE places._row <= 201", 1))
	report["data/charts/some.yaml"] = &fstest.MapFile{Data: []byte("kind: histogram\nof: all\nx: amount_usd\nlabel: name\ntitle: Amounts\nsubtitle: Of places in 2020, US dollars\n")}
	result, err := generator.Build(t.Context(), report, generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	folder := filepath.Join(t.TempDir(), "public")
	if err := output.Write(t.Context(), t.TempDir(), folder, result.Pages, ""); err != nil {
		t.Fatal(err)
	}
	home := serve(t, http.FileServer(http.Dir(folder)))
	shown := func(view browser.View) string {
		ctx := open(t, home+"/index.html", view)
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
		return get(t, ctx, chromedp.Evaluate[string](`(() => {
			const table = document.querySelector(".chart .scroll"), rows = [...table.querySelectorAll("tbody tr")]
			return [rows.length, rows.filter(r => r.checkVisibility()).length, getComputedStyle(table).columnCount, getComputedStyle(table, "::after").content].join(" ")
		})()`))
	}
	for _, tt := range []struct {
		view browser.View
		want string
	}{
		{browser.Paper, `200 120 2 "The first 120 of 200 are shown."`},
		{browser.Desktop, "200 200 auto none"},
	} {
		if got := shown(tt.view); got != tt.want {
			t.Errorf("%s: %s, not %s", fmt.Sprint(tt.view), got, tt.want)
		}
	}
}
