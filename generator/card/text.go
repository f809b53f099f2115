package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// typeface is a face for each script, the first for most: of several, the first that has a letter writes it.
type typeface []*font.Font

// typefaces are those of a card.
type typefaces struct {
	headline, bold, regular typeface
}

// Faces are files of typefaces (TTF or OTF) that a report has of its own; nil for none.
type Faces struct {
	Headline, Bold, Regular []byte
}

// IsFace reports whether a file is a typeface that cards can be written in.
func IsFace(file []byte) bool {
	_, err := font.ParseTTF(bytes.NewReader(file))
	return err == nil
}

func readFaces(files fs.FS, own Faces) (*typefaces, error) {
	t := &typefaces{}
	hebrew, arabic := "NotoSansHebrew_", "NotoSansArabic_"
	for into, names := range map[*typeface][]string{
		&t.headline: {"SourceSerif4_700Bold", hebrew + "700Bold", arabic + "700Bold"},
		&t.bold:     {"SourceSans3_600SemiBold", hebrew + "700Bold", arabic + "700Bold"},
		&t.regular:  {"SourceSans3_400Regular", hebrew + "400Regular", arabic + "400Regular"},
	} {
		for _, name := range names {
			data, err := fs.ReadFile(files, "assets/dist/faces/"+name+".ttf")
			if err != nil {
				return nil, err
			}
			face, err := font.ParseTTF(bytes.NewReader(data))
			if err != nil {
				return nil, fmt.Errorf("the typeface %s: %w", name, err)
			}
			*into = append(*into, face.Font)
		}
	}
	for into, data := range map[*typeface][]byte{&t.headline: own.Headline, &t.bold: own.Bold, &t.regular: own.Regular} {
		if face, err := font.ParseTTF(bytes.NewReader(data)); data != nil && err == nil {
			*into = append(typeface{face.Font}, *into...)
		}
	}
	return t, nil
}

// has reports whether the typeface has all letters of a text.
func (t typeface) has(text string) bool {
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Mn) {
			continue
		}
		if !slices.ContainsFunc(t, func(f *font.Font) bool { _, ok := f.NominalGlyph(r); return ok }) {
			return false
		}
	}
	return true
}

// writer writes text. It is not safe for concurrent use.
type writer struct {
	*typefaces
	language language.Language
	faces    map[*font.Font]*font.Face
	shaper   shaping.HarfbuzzShaper
}

func newWriter(t *typefaces, tag string) *writer {
	return &writer{typefaces: t, language: language.NewLanguage(tag), faces: map[*font.Font]*font.Face{}}
}

// resolver is a typeface for a segmenter.
type resolver struct {
	*writer
	typeface
}

func (r resolver) ResolveFace(letter rune) *font.Face {
	found := r.typeface[0]
	for _, f := range r.typeface {
		if _, ok := f.NominalGlyph(letter); ok {
			found = f
			break
		}
	}
	face := r.faces[found]
	if face == nil {
		face = font.NewFace(found)
		r.faces[found] = face
	}
	return face
}

// block is a text in lines.
type block struct {
	lines     []shaping.Line
	size      float64
	leading   float64 // from line to line
	width     float64 // of the widest line
	toTheLeft bool    // it runs from right to left
	cut       bool    // it did not fit
}

func (b block) height() float64 { return float64(len(b.lines)) * b.leading }

// leading is the distance of lines in parts of their size.
const leading = 1.18

// set breaks a text into lines; what is behind the last is cut off, and an ellipsis written for it.
func (w *writer) set(t typeface, size float64, text string, width float64, lines int) block {
	b := block{size: size, leading: size * leading}
	letters := []rune(strings.Map(onOneLine, text))
	if len(letters) == 0 {
		return b
	}
	direction := di.DirectionLTR
	for _, r := range letters {
		p, _ := bidi.LookupRune(r)
		if c := p.Class(); c == bidi.L {
			break
		} else if c == bidi.R || c == bidi.AL {
			direction, b.toTheLeft = di.DirectionRTL, true
			break
		}
	}
	shape := func(letters []rune) (runs []shaping.Output) {
		var segmenter shaping.Segmenter
		in := shaping.Input{Text: letters, RunEnd: len(letters), Direction: direction, Size: fixed.Int26_6(size * 64), Language: w.language}
		for _, run := range segmenter.Split(in, resolver{w, t}) {
			runs = append(runs, w.shaper.Shape(run))
		}
		return runs
	}
	config := shaping.WrapConfig{Direction: direction, TruncateAfterLines: lines, Truncator: shape([]rune("…"))[0]}
	var wrapper shaping.LineWrapper
	wrapped, cut := wrapper.WrapParagraph(config, int(width), letters, shaping.NewSliceIterator(shape(letters)))
	b.cut = cut > 0
	for _, line := range wrapped {
		line = slices.Clone(line) // the wrapper uses it again
		slices.SortStableFunc(line, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
		b.lines = append(b.lines, line)
		b.width = max(b.width, advance(line))
	}
	return b
}

// onOneLine writes a space for a line break, of which the wrapper makes no glyph.
func onOneLine(r rune) rune {
	if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
		return ' '
	}
	return r
}

func advance(line shaping.Line) float64 {
	var sum fixed.Int26_6
	for _, run := range line {
		sum += run.Advance
	}
	return float64(sum) / 64
}

// outline is a line of text as a path, from 0 0 at its left end and its base line.
func (w *writer) outline(line shaping.Line) (p path) {
	x := 0.0
	for _, run := range line {
		scale := float64(run.Size) / 64 / float64(run.Face.Upem())
		for _, glyph := range run.Glyphs {
			at := point{x + float64(glyph.XOffset)/64, -float64(glyph.YOffset) / 64}
			if data, ok := run.Face.GlyphDataOutline(glyph.GlyphID); ok {
				for _, s := range data.Segments {
					q := step{op: map[opentype.SegmentOp]op{
						opentype.SegmentOpMoveTo: moveTo, opentype.SegmentOpLineTo: lineTo, opentype.SegmentOpQuadTo: quadTo, opentype.SegmentOpCubeTo: cubeTo,
					}[s.Op]}
					for i, a := range s.Args {
						q.to[i] = point{at.x + float64(a.X)*scale, at.y - float64(a.Y)*scale}
					}
					p = append(p, q)
				}
			}
			x += float64(glyph.Advance) / 64
		}
	}
	return p
}

// write draws a block into the box whose left upper corner is at x, y, and returns where the next line would begin.
func (s *surface) write(w *writer, b block, x, y, width float64, c color.Color) float64 {
	for _, line := range b.lines {
		left := x
		if b.toTheLeft {
			left = x + width - advance(line)
		}
		s.fill(w.outline(line).under(identity.move(left, y+b.size*0.95)), c, s.bounds())
		y += b.leading
	}
	return y
}

func (s *surface) bounds() image.Rectangle { return s.Rect }
