package card

import (
	"bytes"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/memo"
)

var theme = map[string]string{
	"--paper": "#fffdf9", "--ink": "#1d1b18", "--ink-quiet": "#5f5a52", "--rule": "#e4ded2", "--accent": "#b3431a", "--chart-1": "#1b5e8c",
}

// cards are awkward ones. LOOK=directory go test ./generator/card writes them, to look at.
var cards = map[string]Card{
	"short":           {Title: "Fire"},
	"number":          {Report: "Letters", Title: "Letters put police grants in 12 states at risk", Number: "$34.8 million", Label: "in fiscal 2017 grants", Source: "Source: A"},
	"small number":    {Report: "Letters", Title: "Few were left", Number: "3", Label: strings.Repeat("of those that were there at the beginning of the year ", 4)},
	"long number":     {Report: "Letters", Title: strings.Repeat("A very long headline that goes on ", 9), Number: "$1,234,567,890,123,456 and 78 cents", Label: strings.Repeat("as was said ", 40)},
	"long":            {Report: strings.Repeat("A report with a long name ", 9), Title: strings.Repeat("One more word ", 60), Text: strings.Repeat("and more ", 90), Source: strings.Repeat("Somebody; ", 60)},
	"one long word":   {Title: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung", Text: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"},
	"hebrew":          {Report: "דוח", Title: "מכתבים סיכנו מענקים של 12 מדינות", Number: "\u200e$34.8 million", Label: "בכספי המדינה", Source: "מקור: משרד המשפטים"},
	"arabic":          {Report: "تقرير", Title: "رسائل عرّضت منح الشرطة في 12 ولاية للخطر", Text: "ما الذي كان على المحك", Source: "المصدر: وزارة العدل"},
	"mixed":           {Title: "The letter to שלום and to تقرير in Київ and Αθήνα", Text: "Zoë, Łódź, Þór, Nguyễn"},
	"foreign label":   {Title: "A title", Number: "12", Label: "東京"},
	"chart":           {Report: "Letters", Title: "One bar is longer", Text: "Letters by year", Drawings: []svg.Drawing{bars(200)}, Legend: []Key{{"circle", "--chart-1", "One"}, {"ring", "--accent", "Two"}, {"diamond", "--chart-1", "Three"}}},
	"chart in hebrew": {Title: "מכתבים סיכנו מענקים של 12 מדינות", Text: "מכתבים", Drawings: []svg.Drawing{bars(300)}, Legend: []Key{{"square", "--chart-1", "אחד"}}},
	"tall chart":      {Title: "A chart that is too tall", Text: "Letters by year", Drawings: []svg.Drawing{bars(2000)}},
}

func bars(height int) svg.Drawing {
	return svg.Drawing{Width: 340, Height: height, Shapes: `<path d="M40 10.5L330 10.5" fill="none" stroke="var(--rule)" stroke-dasharray="4,2"/>
<g clip-path="url(#c)"><path d="M40 20l250 0l0 30l-250 0Z" fill="var(--chart-1)"/></g>
<path d="M1 0A1 1 0 1 1 1 -0.0001" transform="matrix(6,0,0,6,60,90)" fill="var(--paper)" stroke="var(--accent)" stroke-width=".5"/>
<text dominant-baseline="central" text-anchor="end" style="font-size:13px;" transform="translate(36 35)" fill="var(--ink)">2017</text>
<defs><clipPath id="c"><path d="M0 0l340 0l0 200l-340 0Z"/></clipPath></defs>`}
}

func painter(colors map[string]string) *Painter { return New(colors, Faces{}, broadsheet.Faces, nil) }

func TestCards(t *testing.T) {
	p := painter(theme)
	for name, card := range cards {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := p.Draw(card)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if size := picture.Bounds().Size(); size.X != Width || size.Y != Height || len(file) > 50_000 {
				t.Errorf("%v, %d bytes", size, len(file))
			}
			paper := picture.At(2, Height-2)
			for _, edge := range []int{8, Width - 8} { // nothing runs over the edge
				for y := 14; y < Height; y++ {
					if picture.At(edge, y) != paper {
						t.Fatalf("something at %d %d", edge, y)
					}
				}
			}
			if dir := os.Getenv("LOOK"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".png"), file, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func drawn(t *testing.T, p *Painter, c Card) []byte {
	t.Helper()
	file, err := p.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestACardShowsWhatItIsGiven(t *testing.T) {
	p := painter(theme)
	of := func(change func(*Card)) Card {
		c := cards["number"]
		change(&c)
		return c
	}
	chart := cards["chart"]
	chart.Drawings = nil
	dark := maps.Clone(theme)
	dark["--paper"], dark["--ink"] = "#16181a", "#ece8e1"
	all := map[string]string{}
	for name, file := range map[string][]byte{
		"as it is": drawn(t, p, cards["number"]), "another report": drawn(t, p, of(func(c *Card) { c.Report = "X" })), "another title": drawn(t, p, of(func(c *Card) { c.Title = "X" })),
		"another number": drawn(t, p, of(func(c *Card) { c.Number = "9" })), "another label": drawn(t, p, of(func(c *Card) { c.Label = "X" })), "another source": drawn(t, p, of(func(c *Card) { c.Source = "X" })),
		"a chart": drawn(t, p, cards["chart"]), "no chart": drawn(t, p, chart), "other colours": drawn(t, painter(dark), cards["number"]),
	} {
		if other, ok := all[string(file)]; ok {
			t.Errorf("%s and %s are the same", name, other)
		}
		all[string(file)] = name
	}
	if !bytes.Equal(drawn(t, p, cards["number"]), drawn(t, painter(theme), cards["number"])) {
		t.Error("two drawings of one card differ")
	}
}

// TestNoCardWithoutLetters: letters that no face has would be boxes.
// TestTextsAreOnOneLine: a text of a table may have line breaks, also where it is alone.
func TestTextsAreOnOneLine(t *testing.T) {
	for _, text := range []string{"two\nlines", "\n", "x\u2029y", "a\r\nb\t"} {
		for _, name := range []string{"number", "chart"} {
			c := cards[name]
			c.Title, c.Text, c.Source = text, text, text
			if drawn(t, painter(theme), c) == nil {
				t.Errorf("%q: no card", text)
			}
		}
	}
}

func TestNoCardWithoutLetters(t *testing.T) {
	if file := drawn(t, painter(theme), Card{Title: "東京"}); file != nil {
		t.Error("a card of a title that cannot be written")
	}
	without := cards["foreign label"]
	without.Number, without.Label = "", ""
	if !bytes.Equal(drawn(t, painter(theme), cards["foreign label"]), drawn(t, painter(theme), without)) {
		t.Error("a number without its words")
	}
}

func TestCardsAreRemembered(t *testing.T) {
	m := memo.Open(t.TempDir())
	p := New(theme, Faces{}, broadsheet.Faces, m)
	first := drawn(t, p, cards["chart"])
	if again := drawn(t, New(theme, Faces{}, nil, m), cards["chart"]); !bytes.Equal(first, again) || m.Made() != 1 { // without faces it cannot be drawn
		t.Errorf("drawn %d times", m.Made())
	}
}

// TestGroupsOfShapes, as maps and small multiples have them: a group moves, scales and lines what is in it.
func TestGroupsOfShapes(t *testing.T) {
	p := painter(theme)
	of := func(shapes string) []byte {
		card := cards["chart"]
		card.Drawings = []svg.Drawing{{Width: 340, Height: 200, Shapes: shapes}}
		return drawn(t, p, card)
	}
	grouped := of(`<g transform="translate(100 20)"><g transform="scale(2)" stroke="var(--accent)" stroke-width="2" stroke-linejoin="round"><path d="M5 5l40 0 0 40z" fill="var(--chart-1)"/></g></g><path d="M1 1l9 0 0 9z" fill="var(--ink)"/>`)
	flat := of(`<path d="M110 30l80 0 0 80z" fill="var(--chart-1)" stroke="var(--accent)" stroke-width="4" stroke-linejoin="round"/><path d="M1 1l9 0 0 9z" fill="var(--ink)"/>`)
	if !bytes.Equal(grouped, flat) {
		t.Error("shapes in groups are drawn elsewhere, or otherwise")
	}
}

func TestPaths(t *testing.T) {
	for _, d := range []string{"M", "M1", "M1 2L", "M1 2X3", "L1 2 3", "A1 1"} {
		if p, err := parsePath(d); err == nil {
			t.Errorf("%q is read as %v", d, p)
		}
	}
	one, err := parsePath("M1 2h3v4l-3-4zm1 1a1 1 0 0 1 2 0")
	if err != nil {
		t.Fatal(err)
	}
	two, err := parsePath("M1,2L4 2L4 6L1 2ZM2 3A1 1 0 0 1 4 3")
	if err != nil || len(one) != len(two) {
		t.Fatal(err, one, two)
	}
	for i := range one {
		if one[i] != two[i] {
			t.Errorf("step %d: %v and %v", i, one[i], two[i])
		}
	}
}
