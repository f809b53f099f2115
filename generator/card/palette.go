package card

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"slices"
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
		b.count += r.length
		b.r, b.g, b.b = b.r+r.length*r.r, b.g+r.length*r.g, b.b+r.length*r.b
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
	err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&file, out)
	return file.Bytes(), err
}

// run is pixels that follow one another with one colour: most of a card is paper.
type run struct{ r, g, b, length int }

// shade is five or six bits of each part.
func (r run) shade() int { return r.r>>3<<11 | r.g>>2<<5 | r.b>>3 }

func runsOf(picture *image.RGBA) (list []run) {
	const pixel = 4
	for rest := picture.Pix; len(rest) >= pixel; {
		first := binary.LittleEndian.Uint32(rest)
		length := 1
		for rest = rest[pixel:]; len(rest) >= pixel && binary.LittleEndian.Uint32(rest) == first; rest = rest[pixel:] {
			length++
		}
		list = append(list, run{int(first & 0xff), int(first >> 8 & 0xff), int(first >> 16 & 0xff), length})
	}
	return list
}
