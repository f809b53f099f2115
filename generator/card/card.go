// Package card draws what other sites and programs show of a page to which somebody links: a PNG of 1200 by 630 pixels
// with the headline, the page's lead number or a chart, where the data come from, and the name of the report. It says
// nothing that its page does not say, in the same words.
//
// A card is shown at half its size and less, so nothing on it is smaller than that can be read: a chart that would have
// to be, as it is tall, is not on its card.
//
// text.go shapes text with the faces of the program, in the order of its script; drawing.go reads the drawing of a chart;
// surface.go fills and draws outlines; palette.go writes the file. The file is the same on every machine: outlines are
// rounded to parts of a pixel, and the rasterizer calculates with whole numbers.
package card

import (
	"image"
	"image/draw"
	"io/fs"
	"strings"
	"sync"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/memo"
)

// The size of a card, as Open Graph and most readers of it want it.
const (
	Width  = 1200
	Height = 630
)

// Card is what a card says.
type Card struct {
	Report        string // its name
	Title         string
	Number, Label string        // "$28.3 million", "at risk in California"; without a chart
	Text          string        // a sentence, where there is room
	Drawings      []svg.Drawing // of a chart: the one that can be shown largest is
	Legend        []Key
	Source        string
	Language      string // "en"
}

// Key is a line of a legend.
type Key struct {
	Symbol, Color, Label string
}

// Painter draws cards. It is safe for concurrent use.
type Painter struct {
	colors colors
	own    Faces
	memo   *memo.Memo
	faces  func() (*typefaces, error)

	pictures sync.Pool // of 3 MB each, to be painted over
}

// New returns a painter with the custom properties of a style sheet, the faces of a report and those of the program, which write what
// the report's have no letters for.
func New(colors map[string]string, own Faces, faces fs.FS, m *memo.Memo) *Painter {
	return &Painter{colors: colors, own: own, memo: m, faces: sync.OnceValues(func() (*typefaces, error) { return readFaces(faces, own) })}
}

// Draw returns the file of a card; nil where no face has the letters of its title.
func (p *Painter) Draw(c Card) ([]byte, error) {
	inputs := []any{c.Report, c.Title, c.Number, c.Label, c.Text, c.Source, c.Language, p.own.Headline, p.own.Bold, p.own.Regular}
	for _, d := range c.Drawings {
		inputs = append(inputs, d.Width, d.Height, d.Shapes)
	}
	for _, k := range c.Legend {
		inputs = append(inputs, k.Symbol, k.Color, k.Label)
	}
	for _, name := range p.colors.names() {
		inputs = append(inputs, name, p.colors[name])
	}
	key, err := memo.KeyOf(inputs...)
	if err != nil {
		return nil, err
	}
	return memo.Do(p.memo, "card", key, func() ([]byte, error) { return p.draw(c) })
}

// The places on a card.
const (
	edge   = 64
	inner  = Width - 2*edge
	top    = 108 // below the name of the report
	bottom = 552 // above the line of sources
	gap    = 28
)

// layout is a card while it is drawn.
type layout struct {
	Card
	*surface
	*writer
	colors colors
}

func (p *Painter) draw(c Card) ([]byte, error) {
	faces, err := p.faces()
	if err != nil || !faces.headline.has(c.Title) {
		return nil, err
	}
	for _, text := range []*string{&c.Report, &c.Source, &c.Text} {
		if !faces.regular.has(*text) {
			*text = ""
		}
	}
	if !faces.headline.has(c.Number) || !faces.regular.has(c.Label) {
		c.Number, c.Label = "", ""
	}
	picture, _ := p.pictures.Get().(*image.RGBA)
	if picture == nil {
		picture = image.NewRGBA(image.Rect(0, 0, Width, Height))
	}
	defer p.pictures.Put(picture)
	l := &layout{Card: c, surface: &surface{RGBA: picture}, writer: newWriter(faces, c.Language), colors: p.colors}
	draw.Draw(l.RGBA, l.Rect, image.NewUniform(p.colors.property("--paper")), image.Point{}, draw.Src)
	l.fill(rectangle(0, 0, Width, 12), p.colors.property("--accent"), l.Rect)
	l.frame()
	drawn, err := l.withChart()
	if err != nil {
		return nil, err
	}
	if !drawn {
		l.withWords()
	}
	return encode(l.RGBA)
}

// frame writes the name of the report and the sources.
func (l *layout) frame() {
	quiet := l.colors.property("--ink-quiet")
	if l.Report != l.Title {
		l.surface.write(l.writer, l.set(l.bold, 26, l.Report, inner, 1), edge, 44, inner, quiet)
	}
	if l.Source != "" {
		l.fill(rectangle(edge, bottom+14, inner, 2), l.colors.property("--rule"), l.Rect)
		l.surface.write(l.writer, l.set(l.regular, 23, l.Source, inner, 1), edge, bottom+28, inner, quiet)
	}
}

// withWords writes headline and number.
func (l *layout) withWords() {
	ink, quiet := l.colors.property("--ink"), l.colors.property("--ink-quiet")
	room := float64(bottom - top)
	if l.Number != "" {
		room = 200
	} else if l.Text != "" {
		room = 290
	}
	headline := l.fit(l.headline, l.Title, inner, room, 76, 68, 60, 54, 48, 42, 38)
	below := 0.0 // the height of what follows
	var number, label, text block
	side := false
	if l.Number != "" {
		number = l.fit(l.headline, l.Number, inner, 190, 144, 120, 100, 84, 68, 54)
		label = l.fit(l.regular, l.Label, inner-number.width-gap-8, 160, 36, 33, 30)
		if side = number.width < 0.62*inner && !label.cut; side {
			below = max(number.height(), label.height())
		} else { // a long number has its words below it
			headline = l.fit(l.headline, l.Title, inner, 170, 68, 60, 54, 48, 42, 38)
			number = l.fit(l.headline, l.Number, inner, 140, 116, 100, 84, 68, 54)
			label = l.fit(l.regular, l.Label, inner, 84, 34, 30)
			below = number.height() + label.height()
		}
	} else if l.Text != "" {
		text = l.fit(l.regular, l.Text, inner, bottom-top-headline.height()-gap, 34, 30)
		below = text.height()
	}
	total := headline.height() + below
	if below > 0 {
		total += gap
	}
	y := top + max(0, (bottom-top-total)*0.42)
	y = l.surface.write(l.writer, headline, edge, y, inner, ink) + gap
	if text.lines != nil {
		l.surface.write(l.writer, text, edge, y, inner, quiet)
	}
	if l.Number == "" {
		return
	}
	accent := l.colors.property("--accent")
	if !side {
		number.toTheLeft = headline.toTheLeft
		y = l.surface.write(l.writer, number, edge, y, inner, accent)
		l.surface.write(l.writer, label, edge, y, inner, quiet)
		return
	}
	left, beside := float64(edge), edge+number.width+gap+8
	if headline.toTheLeft {
		left, beside = edge+inner-number.width, float64(edge)
	}
	l.surface.write(l.writer, number, left, y+(below-number.height())/2, number.width+1, accent)
	l.surface.write(l.writer, label, beside, y+(below-label.height())/2, inner-number.width-gap-8, quiet)
}

// fit sets a text in the largest of some sizes at which it fits, else in the last, cut off.
func (l *layout) fit(t typeface, text string, width, height float64, sizes ...float64) (b block) {
	for _, size := range sizes {
		leading := size * leading
		b = l.set(t, size, text, width, max(1, int(height/leading)))
		if !b.cut && b.width <= width+1 && !l.breaksWords(b, t, text, width) {
			return b
		}
	}
	return b
}

// breaksWords reports whether a word is too long for a line.
func (l *layout) breaksWords(b block, t typeface, text string, width float64) bool {
	for word := range strings.FieldsSeq(text) {
		if len(word) > 10 && l.set(t, b.size, word, 1e6, 1).width > width {
			return true
		}
	}
	return false
}
