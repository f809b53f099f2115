package browser_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/browser"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// offered are the names that the box offers once there are any.
func offered(t *testing.T, ctx context.Context) []string {
	t.Helper()
	for range 100 {
		if found := get(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll(".find [role=option]")].filter(o => o.checkVisibility()).map(o => o.textContent)`)); len(found) > 0 {
			return found
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil
}

func TestFindYourPlaceByKeyboard(t *testing.T) {
	for _, page := range []string{"/index.html", "/states/index.html", "/jurisdictions/index.html"} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			home := serve(t, http.FileServer(http.Dir(public)))
			ctx := open(t, home+page, browser.Phone)
			tabTo(t, ctx, ".find input")
			for _, letter := range "californ" {
				pressAll(t, ctx, string(letter))
			}
			if found := offered(t, ctx); len(found) != 2 || !strings.HasPrefix(found[0], "California") {
				t.Fatalf("offers %q", found)
			}
			pressAll(t, ctx, kb.ArrowDown, kb.ArrowDown, kb.ArrowUp)
			if said := get(t, ctx, chromedp.Evaluate[string](`document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).textContent`)); !strings.HasPrefix(said, "California") {
				t.Errorf("the keys lead to %q", said)
			}
			pressAll(t, ctx, kb.Escape)
			if open := get(t, ctx, chromedp.Evaluate[bool](`document.querySelector(".find ul").checkVisibility()`)); open {
				t.Error("Escape does not close the list")
			}
			pressAll(t, ctx, kb.Backspace)
			offered(t, ctx)
			enter(t, ctx)
			if at := location(t, ctx); !strings.Contains(at, "/states/ca/") {
				t.Errorf("leads to %s", at)
			}
		})
	}
}

// TestFindYourPlaceOnADisk has the plain index, as no list can be loaded there.
func TestFindYourPlaceOnADisk(t *testing.T) {
	t.Parallel()
	ctx := open(t, front(), browser.Desktop)
	found := get(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll(".find :is(input, a)")].map(e => e.tagName + e.textContent)`))
	if strings.Join(found, " ") != "AStates APlaces" {
		t.Errorf("there is %q", found)
	}
}

// TestFindYourPlaceFromAnyPage opens the box at the top of a page without one of its own, leaves it, and finds a place.
func TestFindYourPlaceFromAnyPage(t *testing.T) {
	t.Parallel()
	home := serve(t, http.FileServer(http.Dir(public)))
	ctx := open(t, home+"/money/index.html", browser.View{Width: 320, Height: 700})
	tabTo(t, ctx, ".seek a")
	pressAll(t, ctx, kb.Enter)
	for _, letter := range "californ" {
		pressAll(t, ctx, string(letter))
	}
	if found := offered(t, ctx); len(found) != 2 || !strings.HasPrefix(found[0], "California") {
		t.Fatalf("offers %q", found)
	}
	if wide := get(t, ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`)); wide > 320 {
		t.Errorf("the page is %d px wide with the box open", wide)
	}
	pressAll(t, ctx, kb.Escape, kb.Escape)
	if at := get(t, ctx, chromedp.Evaluate[string](`document.activeElement.parentElement.className + " " + document.querySelectorAll(".seek input").length`)); at != "seek 0" {
		t.Errorf("Escape leads to %q, and not back to the link", at)
	}
	pressAll(t, ctx, kb.Enter)
	for _, letter := range "californ" {
		pressAll(t, ctx, string(letter))
	}
	offered(t, ctx)
	enter(t, ctx)
	if at := location(t, ctx); !strings.Contains(at, "/states/ca/") {
		t.Errorf("leads to %s", at)
	}
}
