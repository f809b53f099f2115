package svg

import (
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"broadsheet"
)

const bars = `{"animation":false,"xAxis":{"type":"value","axisLabel":{"texts":{"0":"$0","5":"five"}}},
	"yAxis":{"type":"category","data":["A & B","<script>alert(1)</script>"]},
	"series":[{"type":"bar","itemStyle":{"color":"var(--one)"},"data":[{"value":5,"label":{"show":true,"formatter":"\"5\" <b>"}},{"value":null}]}]}`

const lines = `{"animation":false,"xAxis":{"type":"category","data":["a","b"]},"yAxis":{},"series":[{"type":"line","data":[1,2]}]}`

const usMap = `{"animation":false,"series":[{"type":"map","map":"us-states","data":[{"name":"06","value":5,"itemStyle":{"areaColor":"var(--five)"}}]}]}`

func draw(t *testing.T, d *Drawer, option string) string {
	t.Helper()
	drawing, err := d.Draw(t.Context(), []byte(option), 360, 200)
	if err != nil {
		t.Fatal(err)
	}
	return drawing.Shapes
}

func open(t *testing.T, cache string) *Drawer {
	t.Helper()
	d := New(broadsheet.Drawing, cache)
	t.Cleanup(d.Close)
	return d
}

func TestDrawingsAreWellFormedAndEscaped(t *testing.T) {
	d := open(t, "")
	for _, option := range []string{bars, lines, usMap} {
		shapes := draw(t, d, option)
		var into struct {
			XMLName xml.Name
		}
		if err := xml.Unmarshal([]byte("<svg>"+shapes+"</svg>"), &into); err != nil {
			t.Errorf("%v in %.300s", err, shapes)
		}
		for _, bad := range []string{"ecmeta", "<style", "zr0", "zr1", "<script", "<b>", "xlink", "xml:"} {
			if strings.Contains(shapes, bad) {
				t.Errorf("%q in %.300s", bad, shapes)
			}
		}
	}
}

func TestDrawingsKeepTheProgramsTextsAndColours(t *testing.T) {
	shapes := draw(t, open(t, ""), bars)
	for _, want := range []string{`fill="var(--one)"`, "A &amp; B", "&lt;script&gt;", ">five<", ">$0<", `data-series="0" data-index="0"`} {
		if !strings.Contains(shapes, want) {
			t.Errorf("no %q in %s", want, shapes)
		}
	}
	if strings.Contains(shapes, `data-index="1"`) {
		t.Error("a missing value is drawn")
	}
	if !strings.Contains(draw(t, open(t, ""), usMap), `fill="var(--five)"`) {
		t.Error("the map does not show its value")
	}
}

// TestMarksSayWhatWasDrawn by ECharts' own account: a stack is the test that this
// is no copy of the option.
func TestMarksSayWhatWasDrawn(t *testing.T) {
	d := open(t, "")
	for option, want := range map[string][]string{
		bars:  {`data-series="0" data-index="0" data-name="A &amp; B" data-value="5"`},
		lines: {`data-series="0" data-index="0" data-name="a" data-value="1"`, `data-series="0" data-index="1" data-name="b" data-value="2"`},
		usMap: {`data-series="0" data-index="0" data-name="06" data-value="5"`},
		`{"animation":false,"xAxis":{"type":"category","data":["a","b"]},"yAxis":{},"series":[
			{"name":"one","type":"bar","stack":"s","data":[0.1,"-"]},{"name":"<two>","type":"bar","stack":"s","data":[0.2,-1e21]}]}`: {
			`data-series="0" data-index="0" data-name="a" data-group="one" data-value="0.1" data-stack="0.1"`,
			`data-series="1" data-index="0" data-name="a" data-group="&lt;two&gt;" data-value="0.2" data-stack="0.3"`,
			`data-series="1" data-index="1" data-name="b" data-group="&lt;two&gt;" data-value="-1e+21" data-stack="-1e+21"`,
		},
		`{"animation":false,"series":[{"type":"treemap","breadcrumb":{"show":false},"data":[{"name":"a","value":2,"itemStyle":{"color":"var(--one)"}}]}]}`: { // and not the ground below
			`fill="var(--one)" data-series="0" data-index="1" data-name="a" data-value="2"`,
		},
		`{"animation":false,"xAxis":{"type":"category","data":["a"]},"yAxis":{"type":"category","data":["b"]},"series":[{"name":"yes","type":"scatter","data":[["a","b"]]}]}`: {
			`data-series="0" data-index="0" data-name="b" data-group="a" data-value="yes"`,
		},
	} {
		shapes := draw(t, d, option)
		if n := strings.Count(shapes, "data-name="); n != len(want) {
			t.Errorf("%d marks instead of %d in %s", n, len(want), option)
		}
		for _, attributes := range want {
			if !strings.Contains(shapes, attributes) {
				t.Errorf("no %s in %.3000s", attributes, shapes)
			}
		}
	}
}

func TestDrawingsDoNotDependOnWhatWasDrawnBefore(t *testing.T) {
	first := draw(t, open(t, ""), lines)
	d := open(t, "")
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() { _, _ = d.Draw(t.Context(), []byte(bars), 360, 200) })
	}
	group.Wait()
	if again := draw(t, d, lines); again != first {
		t.Errorf("got\n%s\nwant\n%s", again, first)
	}
}

func TestCacheHoldsWhatTheLastBuildDrew(t *testing.T) {
	cache := t.TempDir()
	build := func(options ...string) (drawn int) {
		d := New(broadsheet.Drawing, cache)
		for _, option := range options {
			draw(t, d, option)
		}
		d.Close()
		d.Sweep()
		return d.Drawn()
	}
	if n := build(bars, lines); n != 2 {
		t.Errorf("an empty cache gave %d drawings, want 2 new ones", n)
	}
	if n := build(bars); n != 0 {
		t.Errorf("%d drawn again", n)
	}
	if n := build(lines); n != 1 {
		t.Error("the cache grows: a drawing that the last build did not need is still there")
	}
	ignore, err := os.ReadFile(cache + "/.gitignore")
	if err != nil || string(ignore) != "*\n" {
		t.Error("the cache would be committed", err)
	}
}

// TestABuildThatStopsKeepsTheCache: only a whole build knows what it needs.
func TestABuildThatStopsKeepsTheCache(t *testing.T) {
	cache := t.TempDir()
	for _, want := range []int{2, 0} {
		d := New(broadsheet.Drawing, cache)
		draw(t, d, bars)
		draw(t, d, lines)
		d.Close()
		if d.Drawn() != want {
			t.Errorf("%d drawn, want %d", d.Drawn(), want)
		}
		New(broadsheet.Drawing, cache).Close() // stops before it draws
	}
}

// TestACachedDrawingIsBelievedOnlyWhole: what was done to a file of the cache shows
// in no page.
func TestACachedDrawingIsBelievedOnlyWhole(t *testing.T) {
	cache := t.TempDir()
	d := open(t, cache)
	want := map[string]string{bars: draw(t, d, bars), lines: draw(t, d, lines)}
	names, err := filepath.Glob(cache + "/*.svg")
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for what, change := range map[string]func(text string) string{
		"emptied": func(string) string { return "" },
		"cut":     func(text string) string { return text[:len(text)/2] },
		"edited":  func(text string) string { return strings.Replace(text, "<path", "<script>alert(1)</script><path", 1) },
		"of another": func(text string) string {
			return map[string]string{read(names[0]): read(names[1]), read(names[1]): read(names[0])}[text]
		},
		"as it was": func(text string) string { _, drawing, _ := strings.Cut(text, "\n"); return drawing },
	} {
		changed := map[string]string{}
		for _, name := range names {
			changed[name] = change(read(name))
		}
		for name, text := range changed {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		d := open(t, cache)
		for option, drawing := range want {
			if draw(t, d, option) != drawing {
				t.Errorf("%s: another drawing", what)
			}
		}
		if d.Drawn() != 2 {
			t.Errorf("%s: %d drawn anew, want 2", what, d.Drawn())
		}
	}
}

// TestOnlyDrawingsAreRemoved, and only from a directory that is no link.
func TestOnlyDrawingsAreRemoved(t *testing.T) {
	dir := t.TempDir()
	name := strings.Repeat("0123abcd", 4) + ".svg"
	put := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mine := []string{"a.svg", name[1:], "x" + name, name + ".bak", name + ".tmp", name}
	for _, m := range mine {
		put("cache/"+m, "<svg>mine</svg>")
		put("pictures/"+m, headingOf(m, "")+"\n")
	}
	left := []string{"1" + name[1:], "2" + name[1:] + ".1234567", "3" + name[1:] + ".99"}
	put("cache/"+left[0], headingOf(left[0], "old")+"\nold")
	put("cache/"+left[1], headingOf(left[1], "half")+"\nha")
	put("cache/"+left[2], "")
	if err := errors.Join(os.Symlink("pictures", filepath.Join(dir, "link")), os.Symlink("../pictures/none", filepath.Join(dir, "cache", ".gitignore"))); err != nil {
		t.Fatal(err)
	}
	for _, cache := range []string{"cache", "link"} {
		d := open(t, filepath.Join(dir, cache))
		draw(t, d, lines)
		d.Sweep()
		if d.Drawn() != 1 {
			t.Errorf("%s: %d drawn", cache, d.Drawn())
		}
	}
	for _, m := range mine {
		for _, directory := range []string{"cache", "pictures"} {
			if _, err := os.Stat(filepath.Join(dir, directory, m)); err != nil {
				t.Error(err)
			}
		}
	}
	for _, l := range left {
		if _, err := os.Stat(filepath.Join(dir, "cache", l)); err == nil {
			t.Errorf("%s is still there", l)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "pictures")); err != nil || len(entries) != len(mine) {
		t.Errorf("pictures hold %v, %v", entries, err)
	}
}

func TestBrokenOptionIsAnError(t *testing.T) {
	d := open(t, "")
	if _, err := d.Draw(t.Context(), []byte("{"), 100, 100); err == nil {
		t.Error("no error")
	}
	draw(t, d, lines) // and the drawer goes on
}
