package browser_test

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"broadsheet/browser"
	"broadsheet/generator"

	"github.com/chromedp/chromedp"
)

// TestChartsAreLegibleAtEveryWidth measures each chart of the reports in this repository on screens from the smallest to a desktop: no text
// overlaps another, leaves the drawing, is under 12 px, or is lost on the mark behind it.
func TestChartsAreLegibleAtEveryWidth(t *testing.T) {
	for name, site := range map[string]func(*testing.T) fs.FS{
		"report": func(*testing.T) fs.FS { return os.DirFS(public) },
		"docs":   func(t *testing.T) fs.FS { return siteOf(t, os.DirFS("../docs")) },
		"frozen": func(t *testing.T) fs.FS { return siteOf(t, os.DirFS("../generator/testdata/report")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages := site(t)
			charts, err := fs.Glob(pages, "embed/*/index.html")
			if err != nil || len(charts) == 0 {
				t.Fatal("no charts", err)
			}
			list, err := json.Marshal(charts)
			if err != nil {
				t.Fatal(err)
			}
			home := serve(t, http.FileServer(http.FS(pages)))
			ctx := open(t, home+"/charts/index.html", browser.Desktop)
			for _, view := range []browser.View{{Width: 320}, {Width: 390}, {Width: 560}, {Width: 768}, {Width: 1280}, {Width: 1280, Dark: true}} {
				view.Height = 1000
				do(t, ctx, view.Show(), chromedp.Navigate(home+"/charts/index.html"))
				found := get(t, ctx, chromedp.Evaluate[struct {
					Texts  int
					Faults []string
				}](legible+"("+string(list)+")", chromedp.EvalAwaitPromise))
				if found.Texts < 5*len(charts) {
					t.Errorf("%d px, dark %t: %d texts in %d charts", view.Width, view.Dark, found.Texts, len(charts))
				}
				for _, fault := range found.Faults {
					t.Errorf("%d px, dark %t: %s", view.Width, view.Dark, fault)
				}
			}
		})
	}
}

// siteOf builds a report.
func siteOf(t *testing.T, report fs.FS) fs.FS {
	t.Helper()
	result, err := generator.Build(t.Context(), report, generator.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	site := fstest.MapFS{}
	for name, page := range result.Pages {
		site[filepath.ToSlash(name)] = &fstest.MapFile{Data: page}
	}
	return site
}

// legible puts the charts of all pages on one page, and measures what of them is seen. The box of a text is that of its ink.
const legible = `(async (pages) => {
	const story = document.createElement("article")
	story.className = "story"
	document.querySelector("main").replaceChildren(story)
	for (const page of await Promise.all(pages.map(async p => new DOMParser().parseFromString(await (await fetch("../" + p)).text(), "text/html")))) story.append(page.querySelector("figure.chart"))
	await Promise.all(["400", "600"].map(weight => document.fonts.load(weight + ' 13px "Report Sans"')))

	const pen = document.createElement("canvas").getContext("2d")
	const rgb = color => { const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number); return [r, g, b, a] }
	const over = (top, part, below) => top.map((c, i) => i < 3 ? c * part + below[i] * (1 - part) : 1)
	const light = c => c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05) }
	const opacity = e => { let all = 1; for (; e.tagName !== "svg"; e = e.parentNode) all *= Number(getComputedStyle(e).opacity); return all }
	const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5

	const faults = [], paper = rgb(getComputedStyle(document.body).backgroundColor)
	let count = 0
	for (const figure of story.children) {
		const say = text => faults.push(figure.id.slice(6) + ": " + text)
		const shown = [...figure.querySelectorAll("svg.drawing")].filter(d => d.checkVisibility())
		if (shown.length !== 1) { say(shown.length + " drawings are seen"); continue }
		const drawing = shown[0], frame = drawing.getBoundingClientRect()
		const items = [...figure.querySelectorAll(".legend li")]
		for (const item of items) {
			if (item.scrollWidth > item.clientWidth + 1) say('"' + item.textContent + '" is cut')
			if (items.some(o => o !== item && meet(o.getBoundingClientRect(), item.getBoundingClientRect()))) say('"' + item.textContent + '" overlaps another legend')
		}
		const order = [...drawing.querySelectorAll("path, text, rect, circle")]
		const marks = [], texts = []
		order.forEach((e, at) => {
			const style = getComputedStyle(e), all = opacity(e)
			if (style.visibility === "hidden" || all === 0) return
			const matrix = e.getScreenCTM(), rect = e.getBoundingClientRect()
			if (e.tagName !== "text") {
				marks.push({ e, at, rect, to: matrix.inverse(),
					fill: style.fill !== "none" && all * style.fillOpacity > 0 && { color: rgb(style.fill), part: all * style.fillOpacity },
					stroke: style.stroke !== "none" && parseFloat(style.strokeWidth) > 0 && { color: rgb(style.stroke), part: all * style.strokeOpacity } })
				return
			}
			if (!e.textContent.trim()) return
			pen.font = style.fontWeight + " " + style.fontSize + " " + style.fontFamily
			const size = parseFloat(style.fontSize) * matrix.d, ink = pen.measureText(e.textContent)
			const base = rect.bottom - ink.fontBoundingBoxDescent * matrix.d
			texts.push({ e, at, size, text: e.textContent, color: over(rgb(style.fill), all * style.fillOpacity, paper), halo: style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2 && style.paintOrder.startsWith("stroke"),
				left: rect.left, right: rect.right, top: base - ink.actualBoundingBoxAscent * matrix.d, bottom: base + ink.actualBoundingBoxDescent * matrix.d })
		})
		count += texts.length
		texts.forEach((t, i) => {
			const q = '"' + t.text + '"'
			if (t.size < 11.99) say(q + " is " + t.size.toFixed(1) + " px high")
			if (t.left < frame.left - 1 || t.right > frame.right + 1 || t.top < frame.top - 1 || t.bottom > frame.bottom + 1)
				say(q + " leaves the drawing: " + [t.left - frame.left, t.top - frame.top, frame.right - t.right, frame.bottom - t.bottom].map(v => v.toFixed(1)))
			for (const o of texts.slice(i + 1)) if (meet(t, o)) say(q + ' overlaps "' + o.text + '"')
			const near = marks.filter(m => m.rect.left <= t.right && m.rect.right >= t.left && m.rect.top <= t.bottom && m.rect.bottom >= t.top)
			let lost = 0, covered = 0, worst = 21
			for (let x = 0.5; x < 12; x++) for (let y = 0.5; y < 4; y++) {
				const at = new DOMPoint(t.left + (t.right - t.left) * x / 12, t.top + (t.bottom - t.top) * y / 4)
				let ground = paper, hidden = false
				for (const m of near) {
					const point = at.matrixTransform(m.to)
					for (const paint of [m.fill && m.e.isPointInFill(point) && m.fill, m.stroke && m.e.isPointInStroke(point) && m.stroke]) {
						if (!paint) continue
						if (m.at < t.at) ground = over(paint.color, paint.part, ground)
						else if (paint.part > 0.2) hidden = true
					}
				}
				covered += hidden
				if (!t.halo && contrast(t.color, ground) < 4.5) { lost++; worst = Math.min(worst, contrast(t.color, ground)) }
			}
			if (lost > 0) say(q + " has a contrast of " + worst.toFixed(1) + " over " + lost + " of 48 points")
			if (covered > 0) say(q + " is covered at " + covered + " of 48 points")
		})
	}
	return { texts: count, faults }
})`
