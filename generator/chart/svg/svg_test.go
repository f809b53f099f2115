package svg

import (
	"encoding/xml"
	"strings"
	"sync"
	"testing"

	"broadsheet"
	"broadsheet/generator/memo"
)

const bars = `{"animation":false,"xAxis":{"type":"value","axisLabel":{"texts":{"0":"$0","5":"five"}}},
	"yAxis":{"type":"category","data":["A & B","<script>alert(1)</script>"]},
	"series":[{"type":"bar","itemStyle":{"color":"var(--one)"},"data":[{"value":5,"label":{"show":true,"formatter":"\"5\" <b>"}},{"value":null}]}]}`

const lines = `{"animation":false,"xAxis":{"type":"category","data":["a","b"]},"yAxis":{},"series":[{"type":"line","data":[1,2]}]}`

func draw(t *testing.T, d *Drawer, option string) string {
	t.Helper()
	drawing, err := d.Draw(t.Context(), "c", []byte(option), 360, 200)
	if err != nil {
		t.Fatal(err)
	}
	return drawing.Shapes
}

func open(t *testing.T, cache string) *Drawer {
	t.Helper()
	return New(broadsheet.Drawing, memo.Open(cache))
}

func TestDrawingsAreWellFormedAndEscaped(t *testing.T) {
	d := open(t, "")
	for _, option := range []string{bars, lines} {
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
}

// TestMarksSayWhatWasDrawn by ECharts' own account: a stack is the test that this
// is not a copy of the option.
func TestMarksSayWhatWasDrawn(t *testing.T) {
	d := open(t, "")
	for option, want := range map[string][]string{
		bars:  {`data-series="0" data-index="0" data-name="A &amp; B" data-value="5"`},
		lines: {`data-series="0" data-index="0" data-name="a" data-value="1"`, `data-series="0" data-index="1" data-name="b" data-value="2"`},
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
		group.Go(func() { _, _ = d.Draw(t.Context(), "c", []byte(bars), 360, 200) })
	}
	group.Wait()
	if again := draw(t, d, lines); again != first {
		t.Errorf("got\n%s\nwant\n%s", again, first)
	}
}

// TestADrawingFromTheMemoIsVerified even where its digest holds.
func TestADrawingFromTheMemoIsVerified(t *testing.T) {
	folder := t.TempDir()
	build := func() (shapes string, drawn int) {
		m := memo.Open(folder)
		defer m.Close()
		d := New(broadsheet.Drawing, m)
		return draw(t, d, bars), d.Drawn()
	}
	want, _ := build()
	if got, drawn := build(); got != want || drawn != 0 {
		t.Error("a drawing is not remembered")
	}
	plant(t, folder, bars, "<script>alert(1)</script>"+want)
	if got, drawn := build(); got != want || drawn != 1 {
		t.Error("a drawing that holds a script is believed")
	}
}

func TestBrokenOptionIsAnError(t *testing.T) {
	d := open(t, "")
	if _, err := d.Draw(t.Context(), "c", []byte("{"), 100, 100); err == nil {
		t.Error("no error")
	}
	draw(t, d, lines) // and the drawer goes on
}
