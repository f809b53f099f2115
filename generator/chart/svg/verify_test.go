package svg

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet"
	"broadsheet/generator/memo"
)

// TestDrawingsHoldNothingThatRuns puts into the cache what a browser would run or
// fetch, with its digest, and looks whether it is drawn anew.
func TestDrawingsHoldNothingThatRuns(t *testing.T) {
	cache := t.TempDir()
	d := open(t, cache)
	clean := draw(t, d, bars)
	for _, poison := range []string{
		``, // and what was drawn, cut off
		`<animate onbegin="alert()"/>`,
		`<set attributeName="onclick" to="alert()"/>`,
		`<a xlink:href="javascript:alert()"><text>x</text></a>`,
		`<a href="javascript:alert()"><text>x</text></a>`,
		`<image href="https://evil.example/x"/>`,
		`<use href="https://evil.example/x#a"/>`,
		`<foreignObject><iframe srcdoc="x"/></foreignObject>`,
		`<script>alert()</script>`,
		`<style>@import "https://evil.example/"</style>`,
		`<text><![CDATA[</svg><script>alert()</script>]]></text>`,
		`<!-- --><text>x</text>`,
		`<?x?>`,
		`<text onclick="alert()">x</text>`,
		`<text class="x">x</text>`,
		`<text fill="red" fill="blue">x</text>`,
		`<text style="font-size:13px;background:url(//evil.example/)">x</text>`,
		`<text style="font-family:&quot;&gt;&lt;script&gt;">x</text>`,
		`<text fill="url(https://evil.example/#x)">x</text>`,
		`<text fill="u\rl(x)">x</text>`,
		`<path d="M0 0" transform="url(x)"/>`,
		`<g clip-path="url(https://evil.example/#x)"></g>`,
		`<g clip-path="url(#main)"></g>`,
		`<clipPath id="main"></clipPath>`,
		`</svg><img src="x" onerror="alert()"/><svg>`,
		`9999 percent`,
		`<text>x`,
		`<text>&nbsp;</text>`,
	} {
		stored := clean + poison
		if poison == "" {
			stored = clean[:len(clean)-5]
		}
		plant(t, cache, bars, stored)
		if draw(t, open(t, cache), bars) != clean {
			t.Errorf("a drawing with %s is published", poison)
		}
	}
}

// plant puts a drawing of somebody else into the memo, digest and all.
func plant(t *testing.T, folder, option, shapes string) {
	t.Helper()
	key, err := memo.KeyOf(New(broadsheet.Drawing, nil).name("c", []byte(option), 360, 200))
	if err != nil {
		t.Fatal(err)
	}
	m := memo.Open(folder)
	m.Forget("drawing", key)
	if _, err := memo.Do(m, "drawing", key, func() (string, error) { return shapes, nil }); err != nil {
		t.Fatal(err)
	}
	m.Close()
}

// TestAttributesAreEscaped gives ECharts texts that end an attribute, where it
// writes what it is given.
func TestAttributesAreEscaped(t *testing.T) {
	d := open(t, "")
	for _, option := range []string{
		`{"animation":false,"textStyle":{"fontFamily":"\"><script>alert()</script>"},"xAxis":{"type":"category","data":["a"]},"yAxis":{},"series":[{"type":"bar","data":[1]}]}`,
		`{"animation":false,"xAxis":{"type":"category","data":["a"]},"yAxis":{},"series":[{"type":"bar","data":[1],"itemStyle":{"color":"\"><script>alert()</script>"}}]}`,
	} {
		drawing, err := d.Draw(t.Context(), "c", []byte(option), 360, 200)
		if err == nil || strings.Contains(drawing.Shapes, "<script") || !strings.Contains(err.Error(), "&lt;") && !strings.Contains(err.Error(), "<script>") {
			t.Errorf("%v: %s", err, drawing.Shapes)
		}
	}
}

// TestDrawingEndsWithItsContext stops a drawing that would take minutes.
func TestDrawingEndsWithItsContext(t *testing.T) {
	names := make([]string, 500_000)
	for i := range names {
		names[i] = fmt.Sprintf(`"name %d"`, i)
	}
	option := `{"animation":false,"xAxis":{"type":"category","data":[` + strings.Join(names, ",") + `],"axisLabel":{"interval":0}},"yAxis":{},"series":[{"type":"bar","data":[1]}]}`
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := New(broadsheet.Drawing, nil).Draw(ctx, "c", []byte(option), 360, 200)
	if err == nil || time.Since(start) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}
