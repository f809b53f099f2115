package card

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"slices"
	"sync"
)

// encode writes a picture as a PNG of its most frequent colours: a card has a dozen of them, and the shades at the edges
// of its letters.
func encode(picture *image.RGBA) ([]byte, error) {
	type bin struct{ shade, count, r, g, b int }
	var used []bin
	at := make([]uint16, 1<<16) // of each shade its place in used, from 1
	runs := runsOf(picture)
	for _, r := range runs {
		shade := r.shade()
		if at[shade] == 0 {
			used = append(used, bin{shade: shade})
			at[shade] = uint16(len(used))
		}
		b := &used[at[shade]-1]
		red, green, blue := r.parts()
		length := int(r.length)
		b.count += length
		b.r, b.g, b.b = b.r+length*red, b.g+length*green, b.b+length*blue
	}
	for i := range used {
		b := &used[i]
		b.r, b.g, b.b = b.r/b.count, b.g/b.count, b.b/b.count
	}
	slices.SortFunc(used, func(a, b bin) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.shade, b.shade)) })
	const most = 64 // more are not seen
	kept := used[:min(len(used), most)]
	var palette color.Palette
	for _, b := range kept {
		palette = append(palette, color.RGBA{uint8(b.r), uint8(b.g), uint8(b.b), 255})
	}
	index := make([]uint8, 1<<16)
	for _, b := range used {
		nearest, least := 0, 1<<30
		for i, k := range kept {
			if d := (k.r-b.r)*(k.r-b.r) + (k.g-b.g)*(k.g-b.g) + (k.b-b.b)*(k.b-b.b); d < least {
				nearest, least = i, d
			}
		}
		index[b.shade] = uint8(nearest)
	}
	out := image.NewPaletted(picture.Rect, palette)
	rest := out.Pix
	for _, r := range runs {
		color := index[r.shade()]
		for i := range rest[:r.length] {
			rest[i] = color
		}
		rest = rest[r.length:]
	}
	var file bytes.Buffer
	err := encoder.Encode(&file, out)
	return file.Bytes(), err
}

var encoder = &png.Encoder{CompressionLevel: png.DefaultCompression, BufferPool: &buffers{}}

// buffers are those that cards are compressed with, of a megabyte each.
type buffers struct{ sync.Pool }

func (b *buffers) Get() *png.EncoderBuffer {
	buffer, _ := b.Pool.Get().(*png.EncoderBuffer)
	return buffer
}
func (b *buffers) Put(e *png.EncoderBuffer) { b.Pool.Put(e) }

// run is pixels that follow one another with one colour: most of a card is paper.
type run struct {
	rgba   uint32 // as image.RGBA has them, the red part lowest
	length int32
}

func (r run) parts() (red, green, blue int) {
	return int(r.rgba & 0xff), int(r.rgba >> 8 & 0xff), int(r.rgba >> 16 & 0xff)
}

// shade is five or six bits of each part.
func (r run) shade() int {
	red, green, blue := r.parts()
	return red>>3<<11 | green>>2<<5 | blue>>3
}

func runsOf(picture *image.RGBA) []run {
	const pixel = 4
	list := make([]run, 0, 1<<15)
	for rest := picture.Pix; len(rest) >= pixel; {
		first := binary.LittleEndian.Uint32(rest)
		length := int32(1)
		for rest = rest[pixel:]; len(rest) >= pixel && binary.LittleEndian.Uint32(rest) == first; rest = rest[pixel:] {
			length++
		}
		list = append(list, run{first, length})
	}
	return list
}
