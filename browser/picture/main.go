// Picture makes pictures of the report in the current folder.
//
//	go run ./browser/picture front.png    # the front page in a window and on a phone
//	go run ./browser/picture -all folder  # a page of each kind, in each way to see it
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/signal"
	"path/filepath"

	"broadsheet/browser"
	"broadsheet/generator"
	"broadsheet/generator/output"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func main() {
	all := flag.String("all", "", "the `folder` for a picture of each kind of page in each view")
	flag.Parse()
	if *all == "" && flag.NArg() != 1 || flag.NArg() > 1 {
		fmt.Fprintln(os.Stderr, "usage: picture [-all folder] [front.png]")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, flag.Arg(0), *all); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, file, folder string) (err error) {
	temp, err := os.MkdirTemp("", "broadsheet-picture-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	site := filepath.Join(temp, "public")
	if err := build(ctx, site); err != nil {
		return err
	}
	window, end, err := browser.Open(ctx)
	if err != nil {
		return err
	}
	defer end()
	if folder != "" {
		if err := shootAll(window, site, folder); err != nil {
			return err
		}
	}
	if file != "" {
		return shootFront(window, site, file)
	}
	return nil
}

func build(ctx context.Context, to string) error {
	result, err := generator.Build(ctx, os.DirFS("."), generator.Options{})
	if err != nil {
		return err
	}
	if len(result.Problems) > 0 {
		return fmt.Errorf("the report has %d problems, first: %s", len(result.Problems), result.Problems[0])
	}
	return output.Write(ctx, ".", to, result.Pages, "")
}

// address is that of a page of the site on the disk.
func address(site, name string) string {
	return "file://" + filepath.ToSlash(site) + "/" + name
}

// ways are how -all shows a page, by the end of the file's name.
var ways = map[string]browser.View{
	"phone":   browser.Phone,
	"desktop": browser.Desktop,
	"dark":    {Width: browser.Desktop.Width, Height: browser.Desktop.Height, Dark: true},
	"print":   browser.Paper,
}

// tallest is where the picture of a page ends.
const tallest = 12000

func shootAll(window context.Context, site, folder string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for way, view := range ways {
		if err := shootTour(window, site, view, func(name string) string {
			return filepath.Join(folder, name+"-"+way+".png")
		}); err != nil {
			return err
		}
	}
	return nil
}

func shootTour(window context.Context, site string, view browser.View, file func(name string) string) error {
	tab, closeTab := chromedp.NewContext(window)
	defer closeTab()
	if err := chromedp.Do(tab, view.Show(), chromedp.Navigate(address(site, "index.html")), save(view, file("front"))); err != nil {
		return err
	}
	for _, stop := range browser.Tour {
		if err := chromedp.Do(tab, stop.Follow(), save(view, file(stop.Name))); err != nil {
			return err
		}
	}
	return chromedp.Do(tab, chromedp.Navigate(address(site, "404.html")), save(view, file("404")))
}

// save writes a picture of the page from its top to its end.
func save(view browser.View, file string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		height, err := chromedp.Evaluate[int64](`Math.ceil(document.documentElement.getBoundingClientRect().height)`)(ctx, tab)
		if err != nil {
			return err
		}
		shot, err := shoot(view.Width, min(height, tallest))(ctx, tab)
		if err != nil {
			return err
		}
		return os.WriteFile(file, shot, 0o666)
	})
}

// shoot takes a picture of the top left of the page.
func shoot(width, height int64) chromedp.Action[[]byte] {
	return func(ctx context.Context, tab *chromedp.Target) ([]byte, error) {
		beyond := true
		r, err := cdp.Call(ctx, tab, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Clip:                  &page.Viewport{Width: float64(width), Height: float64(height), Scale: 1},
			CaptureBeyondViewport: &beyond,
		})
		return r.Data, err
	}
}

// The front page's picture has a margin around and between the two windows.
const margin = 32

var (
	backdrop = color.NRGBA{0xe9, 0xe6, 0xdf, 0xff}
	frame    = color.NRGBA{0xc4, 0xbe, 0xb2, 0xff}
)

func shootFront(window context.Context, site, file string) error {
	desktop, err := shootView(window, site, browser.Desktop)
	if err != nil {
		return err
	}
	phone, err := shootView(window, site, browser.Phone)
	if err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return errors.Join(encoder.Encode(out, beside(desktop, phone)), out.Close())
}

func shootView(window context.Context, site string, view browser.View) (image.Image, error) {
	tab, closeTab := chromedp.NewContext(window)
	defer closeTab()
	if err := chromedp.Do(tab, view.Show(), chromedp.Navigate(address(site, "index.html"))); err != nil {
		return nil, err
	}
	shot, err := chromedp.Run(tab, shoot(view.Width, browser.Desktop.Height)) // as tall as the other
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(shot))
}

// beside puts pictures next to each other.
func beside(pictures ...image.Image) image.Image {
	size := image.Pt(margin, 0)
	for _, p := range pictures {
		size.X += p.Bounds().Dx() + margin
		size.Y = max(size.Y, p.Bounds().Dy()+2*margin)
	}
	whole := image.NewNRGBA(image.Rectangle{Max: size})
	draw.Draw(whole, whole.Bounds(), image.NewUniform(backdrop), image.Point{}, draw.Src)
	at := image.Pt(margin, margin)
	for _, p := range pictures {
		place := image.Rectangle{Max: p.Bounds().Size()}.Add(at)
		draw.Draw(whole, place.Inset(-1), image.NewUniform(frame), image.Point{}, draw.Src)
		draw.Draw(whole, place, p, p.Bounds().Min, draw.Src)
		at.X = place.Max.X + margin
	}
	return whole
}
