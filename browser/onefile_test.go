package browser_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"broadsheet/browser"
	"broadsheet/generator/onefile"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestASingleFileNeedsNothing opens it from a disk, alone in its directory.
func TestASingleFileNeedsNothing(t *testing.T) {
	t.Parallel()
	site := map[string][]byte{}
	from := os.DirFS(public)
	if err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		site[name], err = fs.ReadFile(from, name)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	file, err := onefile.Make(site, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(file) > 1_200_000 {
		t.Errorf("%d bytes", len(file))
	}
	name := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(name, file, 0o666); err != nil {
		t.Fatal(err)
	}
	address := "file://" + filepath.ToSlash(name)
	for _, view := range []browser.View{browser.Desktop, browser.Phone} {
		heard := &traffic{requests: map[network.RequestID]string{}, home: address}
		ctx := open(t, address, view, chromedp.WithListener(heard.hear))
		l := get(t, ctx, chromedp.Evaluate[look](seen))
		wrong, requests := heard.take()
		for _, w := range wrong {
			t.Error(w)
		}
		if requests != 1 || !l.Styled || len(l.Charts) < 5 {
			t.Errorf("%d requests, %+v", requests, l)
		}
		wrongOne := "narrow"
		if view.Narrow() {
			wrongOne = "wide"
		}
		checkCharts(t, "the single file", l, wrongOne)
	}
}
