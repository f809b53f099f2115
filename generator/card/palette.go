package card

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// encode writes a picture as a PNG of its most frequent colours: a card has a dozen of them, and the shades at the edges
// of its letters.
func encode(picture *image.RGBA) ([]byte, error) {
	shade := func(i int) int { // five or six bits of each part
		p := picture.Pix[i : i+3 : i+3]
		return int(p[0]>>3)<<11 | int(p[1]>>2)<<5 | int(p[2]>>3)
	}
	type bin struct{ shade, count, r, g, b int }
	bins := make([]bin, 1<<16)
	for i := 0; i < len(picture.Pix); i += 4 {
		b := &bins[shade(i)]
		b.count++
		b.r, b.g, b.b = b.r+int(picture.Pix[i]), b.g+int(picture.Pix[i+1]), b.b+int(picture.Pix[i+2])
	}
	var used []bin
	for i, b := range bins {
		if b.count > 0 {
			b.shade, b.r, b.g, b.b = i, b.r/b.count, b.g/b.count, b.b/b.count
			used = append(used, b)
		}
	}
	slices.SortStableFunc(used, func(a, b bin) int { return cmp.Compare(b.count, a.count) })
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
	for i := range out.Pix {
		out.Pix[i] = index[shade(i*4)]
	}
	var file bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&file, out)
	return file.Bytes(), err
}
