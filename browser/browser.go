// Package browser shows the finished site in a real browser, as readers see it:
// to the tests, and to the program that makes the pictures of it.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// names are what the browser is called, from system to system.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// ErrNone says that there is no browser to show the site in.
var ErrNone = errors.New("no browser in PATH: install Chromium, on Debian with `apt-get install chromium`")

// Find returns the path of the browser.
func Find() (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// Open starts a browser. Each chromedp.NewContext below the returned context is a
// tab of it. The browser ends with close.
func Open(parent context.Context) (ctx context.Context, close func(), err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	allocator, free := chromedp.NewExecAllocator(parent, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // containers have no user namespaces, and the pages are our own
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// the site needs nothing from outside, and a test must not reach there
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)...)
	ctx, end := chromedp.NewContext(allocator)
	close = func() { end(); free() }
	if err := chromedp.Do(ctx); err != nil {
		close()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, close, nil
}

// A View is what a page is shown on.
type View struct {
	Width, Height int64
	Dark, Print   bool
}

// The views that readers have.
var (
	Phone   = View{Width: 390, Height: 844}
	Desktop = View{Width: 1200, Height: 1500}
	Paper   = View{Width: 718, Height: 1047, Print: true} // A4 at 96 dpi, less the margins
)

// Narrow reports whether the view is that of a phone.
func (v View) Narrow() bool { return v.Width < 600 }

// Show makes the tab show pages in the view. It is for the pages that are opened
// after it: a page that is open may take a while to follow.
func (v View) Show() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		size := emulation.SetDeviceMetricsOverrideParams{Width: v.Width, Height: v.Height, DeviceScaleFactor: 1, Mobile: v.Narrow()}
		if _, err := cdp.Call(ctx, tab, emulation.SetDeviceMetricsOverride, size); err != nil {
			return err
		}
		media := emulation.SetEmulatedMediaParams{Media: "screen", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}}
		if v.Dark {
			media.Features[0].Value = "dark"
		}
		if v.Print {
			media.Media = "print"
		}
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, media)
		return err
	})
}

// A Stop is a page of the tour.
type Stop struct {
	Name string // of the kind of page
	Link string // what is in the path of the page; "" for the first page below the one before
}

// Tour visits a page of each kind after the front page, from one to the next by
// links that a reader finds there.
var Tour = []Stop{
	{"courts", "/courts/index.html"}, {"claims", "/claims/index.html"},
	{"states", "/states/index.html"}, {"state", ""},
	{"jurisdictions", "/jurisdictions/index.html"}, {"jurisdiction", ""},
	{"data", "/data/index.html"}, {"table", ""},
	{"numbers", "/numbers/index.html"}, {"number", ""},
	{"sources", "/sources/index.html"}, {"method", "/method/index.html"}, {"corrections", "/corrections/index.html"},
	{"charts", "/charts/index.html"}, {"chart", ""}, {"embed", "/embed/"},
}

// Follow follows the link to the stop, and waits for the page.
func (s Stop) Follow() chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		click := chromedp.Evaluate[chromedp.Void](fmt.Sprintf(follow, s.Link))
		_, err := chromedp.RunResponse(ctx, click)
		if err != nil {
			err = fmt.Errorf("go to %s: %w", s.Name, err)
		}
		return chromedp.Void{}, err
	}
}

const follow = `(end => {
	const here = new URL(".", location).href
	const isBelow = a => a.closest("main") && a.href.startsWith(here) && a.href !== here + "index.html" && a.pathname.endsWith("/index.html")
	const link = [...document.links].filter(a => !a.closest(".seek")).find(a => end ? a.pathname.includes(end) : isBelow(a) && !a.hash)
	if (!link) throw new Error("no link to " + (end || "a page below") + " on " + location)
	link.click()
})(%q)`
