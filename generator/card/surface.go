package card

import (
	"image"
	"image/color"
	"math"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// point is a place on a card, in pixels.
type point struct{ x, y float64 }

// matrix is an affine transformation: x' = a x + c y + e, y' = b x + d y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times is the transformation that applies n first.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

func (m matrix) apply(p point) point { return point{m.a*p.x + m.c*p.y + m.e, m.b*p.x + m.d*p.y + m.f} }

// scale is by how much lengths grow.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

func (m matrix) move(x, y float64) matrix { return m.times(matrix{a: 1, d: 1, e: x, f: y}) }

// op is a step of a path.
type op byte

const (
	moveTo op = iota
	lineTo
	quadTo
	cubeTo
	closed
	edgeFrom // of the outline of a line, whose edges are not in order: a moveTo that closes nothing
)

type step struct {
	op op
	to [3]point
}

// path is an outline.
type path []step

func (p *path) add(o op, to ...point) {
	s := step{op: o}
	copy(s.to[:], to)
	*p = append(*p, s)
}

func (p path) under(m matrix) path {
	out := make(path, len(p))
	for i, s := range p {
		out[i].op = s.op
		for j := range s.to {
			out[i].to[j] = m.apply(s.to[j])
		}
	}
	return out
}

func rectangle(x, y, w, h float64) (p path) {
	p.add(moveTo, point{x, y})
	p.add(lineTo, point{x + w, y})
	p.add(lineTo, point{x + w, y + h})
	p.add(lineTo, point{x, y + h})
	p.add(closed)
	return p
}

func (o op) points() int { return [...]int{1, 1, 2, 3, 0, 1}[o] }

// surface is a card while it is drawn.
type surface struct {
	*image.RGBA
	rasterizer vector.Rasterizer
}

// tile is up to which size the rasterizer calculates with whole numbers, which are the same on every kind of machine.
const tile = 512

// fill fills a path within a clip.
func (s *surface) fill(p path, c color.Color, clip image.Rectangle) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range p {
		for _, q := range s.to[:s.op.points()] {
			low, high = point{min(low.x, q.x), min(low.y, q.y)}, point{max(high.x, q.x), max(high.y, q.y)}
		}
	}
	if !(low.x <= high.x) {
		return
	}
	whole := func(v float64) int { return int(max(-1e6, min(1e6, v))) }
	box := image.Rect(whole(math.Floor(low.x)), whole(math.Floor(low.y)), whole(math.Ceil(high.x)), whole(math.Ceil(high.y))).Intersect(clip).Intersect(s.Rect)
	paint := image.NewUniform(c)
	for y := box.Min.Y; y < box.Max.Y; y += tile {
		for x := box.Min.X; x < box.Max.X; x += tile {
			part := image.Rect(x, y, min(x+tile, box.Max.X), min(y+tile, box.Max.Y))
			s.rasterizer.Reset(part.Dx(), part.Dy())
			s.trace(p, part.Min)
			s.rasterizer.Draw(s.RGBA, part, paint, image.Point{})
		}
	}
}

func (s *surface) trace(p path, origin image.Point) {
	at := func(q point) (float32, float32) { // rounded, so that no machine's way of calculating shows
		return float32(math.Round(q.x*64)/64 - float64(origin.X)), float32(math.Round(q.y*64)/64 - float64(origin.Y))
	}
	z := &s.rasterizer
	isOpen := false
	end := func() {
		if isOpen {
			z.ClosePath()
		}
		isOpen = false
	}
	for _, s := range p {
		ax, ay := at(s.to[0])
		bx, by := at(s.to[1])
		cx, cy := at(s.to[2])
		switch s.op {
		case moveTo:
			end()
			z.MoveTo(ax, ay)
			isOpen = true
		case edgeFrom:
			z.MoveTo(ax, ay)
		case lineTo:
			z.LineTo(ax, ay)
		case quadTo:
			z.QuadTo(ax, ay, bx, by)
		case cubeTo:
			z.CubeTo(ax, ay, bx, by, cx, cy)
		case closed:
			end()
		}
	}
	end()
}

// pen is how a line is drawn.
type pen struct {
	width     float64
	cap, join string // as SVG names them
	dashes    []float64
}

// stroke draws the line of a path.
func (s *surface) stroke(p path, pen pen, c color.Color, clip image.Rectangle) {
	edge := &edges{}
	dasher := rasterx.NewDasher(s.Rect.Dx(), s.Rect.Dy(), edge)
	ends := map[string]rasterx.CapFunc{"round": rasterx.RoundCap, "square": rasterx.SquareCap}[pen.cap]
	if ends == nil {
		ends = rasterx.ButtCap
	}
	join := map[string]rasterx.JoinMode{"round": rasterx.Round, "bevel": rasterx.Bevel}
	mode, ok := join[pen.join]
	if !ok {
		mode = rasterx.Miter
	}
	dasher.SetStroke(fixed.Int26_6(pen.width*64), 4*64, ends, nil, nil, mode, pen.dashes, 0)
	at := func(q point) fixed.Point26_6 { return rasterx.ToFixedP(q.x, q.y) }
	open := false
	for _, s := range p {
		switch s.op {
		case moveTo:
			if open {
				dasher.Stop(false)
			}
			dasher.Start(at(s.to[0]))
			open = true
		case lineTo:
			dasher.Line(at(s.to[0]))
		case quadTo:
			dasher.QuadBezier(at(s.to[0]), at(s.to[1]))
		case cubeTo:
			dasher.CubeBezier(at(s.to[0]), at(s.to[1]), at(s.to[2]))
		case closed:
			dasher.Stop(true)
			open = false
		}
	}
	if open {
		dasher.Stop(false)
	}
	s.fill(edge.path, c, clip)
}

// edges collects the outline of a line. Rasterx's own scanner would go over the whole card for each line.
type edges struct{ path path }

func (e *edges) Start(a fixed.Point26_6) { e.path.add(edgeFrom, ofFixed(a)) }
func (e *edges) Line(b fixed.Point26_6)  { e.path.add(lineTo, ofFixed(b)) }

func ofFixed(p fixed.Point26_6) point { return point{float64(p.X) / 64, float64(p.Y) / 64} }

func (e *edges) Draw()                              {}
func (e *edges) GetPathExtent() fixed.Rectangle26_6 { return fixed.Rectangle26_6{} }
func (e *edges) SetBounds(int, int)                 {}
func (e *edges) SetColor(any)                       {}
func (e *edges) SetWinding(bool)                    {}
func (e *edges) Clear()                             {}
func (e *edges) SetClip(image.Rectangle)            {}
