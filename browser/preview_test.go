package browser_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/browser"
	"broadsheet/generator"
	"broadsheet/generator/preview"

	"github.com/chromedp/chromedp"
)

// TestAPreviewFollowsTheEditor opens a page of a preview, and saves a cell as
// LibreOffice does: beside the file, then under its name. The page is never reloaded
// by hand.
func TestAPreviewFollowsTheEditor(t *testing.T) {
	t.Parallel()
	report := t.TempDir()
	if err := os.CopyFS(report, os.DirFS("../generator/testdata/report")); err != nil {
		t.Fatal(err)
	}
	o := generator.Options{Memo: filepath.Join(report, ".broadsheet")}
	rounds := make(chan preview.Round, 10)
	server := preview.New(report, func(ctx context.Context) (*generator.Result, error) {
		return generator.BuildDirectory(ctx, report, o)
	}, func(r preview.Round) { rounds <- r })
	running, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(running) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	<-rounds
	save := func(from, to string) {
		t.Helper()
		name := filepath.Join(report, "data/years.csv")
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), from) {
			t.Fatal(err, from)
		}
		beside := filepath.Join(report, "data/lu1.tmp")
		if err := os.WriteFile(beside, []byte(strings.Replace(string(text), from, to, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(beside, name); err != nil {
			t.Fatal(err)
		}
	}

	ctx := open(t, serve(t, http.HandlerFunc(server.ServeHTTP))+"/", browser.Desktop)
	text := func(expression string) string {
		return get(t, ctx, chromedp.Evaluate[string](`(() => { const r = [...document.body?.children ?? []].at(-1)?.shadowRoot; return String(`+expression+` ?? "") })()`))
	}
	headline := func() string { return text(`document.querySelector("h1")?.textContent`) }
	overlay := func() string { return text(`r?.querySelector(".problems")?.textContent`) }
	before := headline()
	if before == "" || overlay() != "" {
		t.Fatal(before, overlay())
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`scrollTo(0, 300)`))

	save("ada;2018;1200;", "ada;2018;1300;")
	waitFor(t, "the new number", func() bool { return headline() != before && headline() != "" })
	waitFor(t, "the bar", func() bool { return strings.Contains(text(`r?.querySelector(".bar")?.textContent`), "from the lock") })
	waitFor(t, "a marked fact", func() bool { return text(`document.querySelector("a[title^='was ']")?.title`) != "" })
	waitFor(t, "the place where the reader was", func() bool { return text(`scrollY > 100`) == "true" })
	changed := headline()

	save("ada;2018;1300;", "ada;2018;l300;")
	waitFor(t, "the overlay", func() bool { return overlay() != "" })
	for _, want := range []string{"1 problem", "data/years.csv, row ", "cell ", "column visits", `"l300"`} {
		if said := overlay(); !strings.Contains(said, want) {
			t.Errorf("the overlay does not say %s: %s", want, said)
		}
	}
	if headline() != changed {
		t.Error("the last good page is gone")
	}

	save("ada;2018;l300;", "ada;2018;1200;")
	waitFor(t, "the end of the overlay", func() bool { return overlay() == "" && headline() == before })
}
