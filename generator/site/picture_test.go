package site

import (
	"encoding/xml"
	"errors"
	"image"
	"io"
	"strings"
	"testing"

	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/fact"
)

func TestLightColours(t *testing.T) {
	colours := tokens(firstRoot, ":root {\n  color-scheme: light dark;\n  --paper: #fffdf9;\n  --chart-1:#1b5e8c;\n}\n@media screen { :root { --paper: #000; } }")
	if len(colours) != 2 || colours["--paper"] != "#fffdf9" || colours["--chart-1"] != "#1b5e8c" {
		t.Errorf("%v", colours)
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int]string{0: "1 KB", 1499: "1 KB", 1500: "2 KB", 999_499: "999 KB", 1_000_000: "1.0 MB", 12_340_000: "12.3 MB"} {
		if got := Size(n); got != want {
			t.Errorf("%d bytes are %q, not %q", n, got, want)
		}
	}
}

// TestPictureStandsAlone reads the file as XML, and looks for what only a page has.
func TestPictureStandsAlone(t *testing.T) {
	p := &pictures{tokens: map[string]string{"--ink": "#111111", "--step-1": "#c9dfee"}, credit: func(string) string { return "Chart: A & B" }}
	c := &chart.Chart{
		Title:  fact.Prose{{Text: "Fewer < than before, " + strings.Repeat("and so on ", 12)}},
		Claims: claim.List{{Says: claim.Missing, Names: []string{`"no" & 'yes'`}}},
		Legend: []chart.LegendItem{{Label: "one \x01", Color: "--step-1", Symbol: "square"}, {Label: "other", Color: "--unheard-of", Symbol: "ring"}},
	}
	drawing := svg.Drawing{Width: 700, Height: 100, Shapes: `<path fill="var(--ink)" d="M0 0"/>`}
	file, height := p.draw(c, drawing, p.inList(drawing), "Source: C. ")
	text := string(file)
	for decoder := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
	}
	for _, want := range []string{`xmlns="http://www.w3.org/2000/svg"`, `fill="#111111"`, `fill="#c9dfee"`, "Source: C. Chart: A &amp; B</text>", "<title>Fewer &lt; than before"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "var(") || height < 200 || strings.Count(text, `font-weight="700"`) != 3 {
		t.Errorf("%d px high:\n%s", height, text)
	}
}

// TestListsShowTheShapes holds that a list leaves no room for texts, which it does not show, and keeps a few shapes small.
func TestListsShowTheShapes(t *testing.T) {
	const bars = `<path d="M94 8l555 0l0 20l-555 0Z" fill="var(--chart-1)"/><g transform="translate(0 20)"><path d="M94 20l20 0l0 20l-20 0Z" fill="var(--chart-1)"/></g>`
	for _, c := range []struct {
		shapes string
		want   image.Rectangle
	}{
		{bars + `<text x="4" y="20">California</text>`, image.Rect(88, 2, 656, 67)},
		{bars + `<path d="M0 50L700 50" fill="none" stroke="var(--rule)"/>`, image.Rect(-6, 2, 706, 67)},
		{bars + `<path d="M10 80a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z" fill="none" stroke="var(--ink-quiet)"/>`, image.Rect(88, 2, 656, 67)},
		{`<path d="M340 8l20 0l0 20l-20 0Z" fill="var(--chart-1)"/>`, image.Rect(334, 2, 800, 35)},
		{`<text x="4" y="20">California</text>`, image.Rect(0, 0, 700, 100)},
	} {
		if shown := (&pictures{}).inList(svg.Drawing{Width: 700, Height: 100, Shapes: c.shapes}); shown != c.want {
			t.Errorf("%s is shown by %v, not %v", c.shapes, shown, c.want)
		}
	}
}
