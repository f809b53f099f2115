package card

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/markup"
)

// drawing draws a chart: its SVG is that of package svg, which lets nothing through but paths, texts and clips.
type drawing struct {
	*surface
	*writer
	colors  colors
	to      matrix // from the drawing to the card
	clips   map[string]image.Rectangle
	defines string           // the clip path that is open
	stack   []element        // those that are open
	covered *image.Rectangle // by shapes, where that is all that is asked for
}

// element is what an open element says of those inside it.
type element struct {
	clip  image.Rectangle
	to    matrix
	looks map[string]string // of a group of shapes: its line
}

func (s *surface) chart(w *writer, c colors, d svg.Drawing, to matrix) error {
	r := &drawing{surface: s, writer: w, colors: c, to: to, clips: map[string]image.Rectangle{}, stack: []element{{clip: s.bounds(), to: to}}}
	if err := r.read(d.Shapes, true); err != nil { // clips come last
		return err
	}
	return r.read(d.Shapes, false)
}

// Covered is what the shapes of a drawing take up of it, without its texts and the circles of a key.
func Covered(d svg.Drawing) (image.Rectangle, error) {
	whole := image.Rect(0, 0, d.Width, d.Height)
	r := &drawing{to: identity, clips: map[string]image.Rectangle{}, stack: []element{{clip: whole, to: identity}}, covered: &image.Rectangle{}}
	if err := r.read(d.Shapes, true); err != nil {
		return whole, err
	}
	if err := r.read(d.Shapes, false); err != nil {
		return whole, err
	}
	return *r.covered, nil
}

func (r *drawing) read(shapes string, clips bool) error {
	decoder := xml.NewDecoder(strings.NewReader(shapes))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			a := attributes(token.Attr)
			in := r.stack[len(r.stack)-1]
			clip := in.clip
			if to, ok := r.clips[strings.TrimSuffix(strings.TrimPrefix(a["clip-path"], "url(#"), ")")]; ok {
				clip = clip.Intersect(to)
			}
			for name, value := range in.looks {
				if _, own := a[name]; !own {
					a[name] = value
				}
			}
			inside := element{clip: clip, to: in.to, looks: in.looks}
			if token.Name.Local == "g" {
				inside.to, inside.looks = in.to.times(transform(a["transform"])), map[string]string{}
				for _, name := range []string{"stroke", "stroke-width", "stroke-linejoin"} {
					if value, ok := a[name]; ok {
						inside.looks[name] = value
					}
				}
			}
			r.to = inside.to
			r.stack = append(r.stack, inside)
			switch token.Name.Local {
			case "clipPath":
				r.defines = a["id"]
			case "path":
				p, err := parsePath(a["d"])
				switch {
				case err != nil:
					return err
				case r.defines != "" && clips:
					r.clips[r.defines] = box(p.under(r.to.times(transform(a["transform"]))))
				case r.defines == "" && !clips:
					r.shape(p, a, clip)
				}
			case "text":
				var text string
				if err := decoder.DecodeElement(&text, &token); err != nil {
					return err
				}
				r.stack = r.stack[:len(r.stack)-1]
				if !clips && r.covered == nil {
					r.text(text, a, clip)
				}
			}
		case xml.EndElement:
			r.stack = r.stack[:len(r.stack)-1]
			if token.Name.Local == "clipPath" {
				r.defines = ""
			}
		}
	}
}

func attributes(list []xml.Attr) map[string]string {
	a := map[string]string{}
	for _, attr := range list {
		a[attr.Name.Local] = attr.Value
	}
	return a
}

func box(p path) image.Rectangle {
	var r image.Rectangle
	for _, s := range p {
		for _, q := range s.to[:s.op.points()] {
			r = r.Union(image.Rect(int(math.Floor(q.x)), int(math.Floor(q.y)), int(math.Ceil(q.x))+1, int(math.Ceil(q.y))+1))
		}
	}
	return r
}

func number(text string, otherwise float64) float64 {
	if v, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
		return v
	}
	return otherwise
}

var numbers = regexp.MustCompile(`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`) // "-.5", "1e-3"

func values(text string) (list []float64) {
	for _, v := range numbers.FindAllString(text, -1) {
		list = append(list, number(v, 0))
	}
	return list
}

// transform reads what drawings have: translate(x y), matrix(a,b,c,d,e,f), rotate(degrees), scale(x y), scale(both).
func transform(text string) matrix {
	m := identity
	for part := range strings.SplitSeq(text, ")") {
		name, arguments, _ := strings.Cut(strings.TrimSpace(part), "(")
		given := values(arguments)
		v := append(given, 0, 0, 0, 0, 0, 0)
		switch strings.TrimSpace(name) {
		case "translate":
			m = m.move(v[0], v[1])
		case "matrix":
			m = m.times(matrix{v[0], v[1], v[2], v[3], v[4], v[5]})
		case "rotate":
			sin, cos := math.Sincos(v[0] * math.Pi / 180)
			m = m.times(matrix{a: cos, b: sin, c: -sin, d: cos})
		case "scale":
			if len(given) == 1 {
				v[1] = v[0]
			}
			m = m.times(matrix{a: v[0], d: v[1]})
		}
	}
	return m
}

func (r *drawing) shape(p path, a map[string]string, clip image.Rectangle) {
	m := r.to.times(transform(a["transform"]))
	p = p.under(m)
	if r.covered != nil {
		isKey := a["fill"] == "none" && a[string(markup.DataValue)] == "" && slices.ContainsFunc(p, func(s step) bool { return s.op == closed })
		if !isKey {
			*r.covered = r.covered.Union(box(p).Intersect(clip))
		}
		return
	}
	stroke := func() {
		if c, ok := r.colors.paint(a["stroke"], a["stroke-opacity"], a["opacity"]); ok && a["stroke"] != "" {
			scale := m.scale()
			pen := pen{width: number(a["stroke-width"], 1) * scale, cap: a["stroke-linecap"], join: a["stroke-linejoin"]}
			for _, dash := range values(a["stroke-dasharray"]) {
				pen.dashes = append(pen.dashes, dash*scale)
			}
			r.stroke(p, pen, c, clip)
		}
	}
	isBelow := a["paint-order"] == "stroke" // the line around a label
	if isBelow {
		stroke()
	}
	if c, ok := r.colors.paint(a["fill"], a["fill-opacity"], a["opacity"]); ok {
		r.fill(p, c, clip)
	}
	if !isBelow {
		stroke()
	}
}

var (
	fontSize = regexp.MustCompile(`font-size:([0-9.]+)px`)      // "font-size:13px;"
	isBold   = regexp.MustCompile(`font-weight:(?:bold|[6-9])`) // "font-weight:700;"
)

func (r *drawing) text(text string, a map[string]string, clip image.Rectangle) {
	size, face := 12.0, r.regular
	if m := fontSize.FindStringSubmatch(a["style"]); m != nil {
		size = number(m[1], size)
	}
	if isBold.MatchString(a["style"]) {
		face = r.bold
	}
	const fine = 8 // text is set large, so that widths are not those of whole pixels
	b := r.set(face, size*fine, strings.TrimSpace(text), 1e6, 1)
	if len(b.lines) == 0 {
		return
	}
	x, y := number(a["x"], 0), number(a["y"], 0)
	switch width := b.width / fine; a["text-anchor"] {
	case "middle":
		x -= width / 2
	case "end":
		x -= width
	}
	if a["dominant-baseline"] == "central" {
		y += size * 0.34
	}
	p := r.outline(b.lines[0]).under(matrix{a: 1.0 / fine, d: 1.0 / fine, e: x, f: y})
	r.shape(p, a, clip)
}

var commands = regexp.MustCompile(`[a-df-zA-DF-Z][^a-df-zA-DF-Z]*`) // "M10 5", "A1 1 0 1 1 1 0"

// parsePath reads the path of an SVG file.
func parsePath(d string) (path, error) {
	var p path
	var at, first point
	for _, command := range commands.FindAllString(d, -1) {
		name, v := command[0], values(command[1:])
		isRelative := name >= 'a'
		var from point
		xy := func(i int) point { return point{from.x + v[i], from.y + v[i+1]} }
		many, ok := map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 'q': 4, 'a': 7, 'z': 0}[name|0x20]
		if !ok || many == 0 && len(v) > 0 || many > 0 && (len(v) == 0 || len(v)%many != 0) {
			return nil, fmt.Errorf("a path with %.40q", command)
		}
		if many == 0 {
			p.add(closed)
			at = first
			continue
		}
		for i := 0; len(v) > 0; i++ {
			if from = (point{}); isRelative {
				from = at
			}
			switch name | 0x20 {
			case 'm':
				at = xy(0)
				if i == 0 {
					first = at
					p.add(moveTo, at)
				} else {
					p.add(lineTo, at)
				}
			case 'l':
				at = xy(0)
				p.add(lineTo, at)
			case 'h':
				at.x = from.x + v[0]
				p.add(lineTo, at)
			case 'v':
				at.y = from.y + v[0]
				p.add(lineTo, at)
			case 'c':
				p.add(cubeTo, xy(0), xy(2), xy(4))
				at = xy(4)
			case 'q':
				p.add(quadTo, xy(0), xy(2))
				at = xy(2)
			case 'a':
				to := xy(5)
				p.arc(at, to, math.Abs(v[0]), math.Abs(v[1]), v[2]*math.Pi/180, v[3] != 0, v[4] != 0)
				at = to
			}
			v = v[many:]
		}
	}
	return p, nil
}

// arc adds an elliptic arc, by the formulas of SVG 1.1, appendix F.6.
func (p *path) arc(from, to point, rx, ry, turn float64, isLarge, isPositive bool) {
	if rx == 0 || ry == 0 || from == to {
		p.add(lineTo, to)
		return
	}
	sin, cos := math.Sincos(turn)
	dx, dy := (from.x-to.x)/2, (from.y-to.y)/2
	x, y := (cos*dx+sin*dy)/rx, (cos*dy-sin*dx)/ry // in a circle of radius 1
	if l := math.Hypot(x, y); l > 1 {
		rx, ry, x, y = rx*l, ry*l, x/l, y/l
	}
	q := x*x + y*y
	h := math.Sqrt(max(0, (1-q)/q))
	if isLarge == isPositive {
		h = -h
	}
	cx, cy := h*y, -h*x // the centre
	start := math.Atan2(y-cy, x-cx)
	sweep := math.Atan2(-y-cy, -x-cx) - start
	if isPositive && sweep < 0 {
		sweep += 2 * math.Pi
	} else if !isPositive && sweep > 0 {
		sweep -= 2 * math.Pi
	}
	m := matrix{a: cos * rx, b: sin * rx, c: -sin * ry, d: cos * ry, e: (from.x + to.x) / 2, f: (from.y + to.y) / 2}.move(cx, cy)
	pieces := max(1, int(math.Ceil(math.Abs(sweep)/(math.Pi/2)-1e-9)))
	step := sweep / float64(pieces)
	k := 4.0 / 3 * math.Tan(step/4)
	for i := range pieces {
		s0, c0 := math.Sincos(start + step*float64(i))
		s1, c1 := math.Sincos(start + step*float64(i+1))
		end := m.apply(point{c1, s1})
		if i == pieces-1 {
			end = to
		}
		p.add(cubeTo, m.apply(point{c0 - k*s0, s0 + k*c0}), m.apply(point{c1 + k*s1, s1 - k*c1}), end)
	}
}

// colors are the custom properties of the style sheet.
type colors map[string]string

func (c colors) names() []string { return slices.Sorted(maps.Keys(c)) }

func (c colors) property(name string) color.Color {
	paint, _ := c.paint("var("+name+")", "", "")
	return paint
}

var (
	variable = regexp.MustCompile(`^var\((--[a-z0-9-]+)\)$`) // "var(--ink)"
	hex      = regexp.MustCompile(`^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
)

// paint reads a colour with its opacities; it fails for one that draws nothing. What is not written in digits is black, as
// where there is no colour.
func (c colors) paint(text string, opacities ...string) (color.Color, bool) {
	text = strings.TrimSpace(text)
	if m := variable.FindStringSubmatch(text); m != nil {
		text = c[m[1]]
	}
	if text == "none" || text == "transparent" {
		return color.Black, false
	}
	alpha := 1.0
	for _, o := range opacities {
		alpha *= number(o, 1)
	}
	v := []float64{0, 0, 0}
	switch {
	case hex.MatchString(text):
		if digits := text[1:]; len(digits) == 3 {
			text = "#" + strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
		}
		for i := range v {
			n, _ := strconv.ParseUint(text[1+2*i:3+2*i], 16, 8) // the pattern has looked
			v[i] = float64(n)
		}
	case strings.HasPrefix(text, "rgb"):
		if found := values(text); len(found) >= 3 {
			if v = found[:3]; len(found) > 3 {
				alpha *= found[3]
			}
		}
	case text == "white":
		v = []float64{255, 255, 255}
	}
	part := func(v float64) uint8 { return uint8(math.Round(max(0, min(255, v)))) }
	return color.NRGBA{part(v[0]), part(v[1]), part(v[2]), part(alpha * 255)}, alpha > 0
}
