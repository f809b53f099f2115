package geography

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
)

// View is a part of the plane.
type View struct{ X, Y, Width, Height float64 }

// Whole is the view of all of a geography.
func (g *Geography) Whole() View { return View{Width: g.Width, Height: g.Height} }

// A view of few shapes keeps what is around them, by a part of its size. It is no
// smaller than a part of the plane, as borders are only as fine as the plane is; and it
// is the whole where the shapes are spread over more than a third of it.
const (
	margin    = 0.15
	finest    = 1.0 / 20
	spread    = 1.0 / 3
	leastHigh = 0.45 // of the width
	mostHigh  = 0.9
)

// ViewOf is what to show where only some shapes matter.
func (g *Geography) ViewOf(shapes []*Shape) View {
	if len(shapes) == 0 {
		return g.Whole()
	}
	box := shapes[0].main()
	for _, s := range shapes {
		box = box.Union(s.main())
	}
	return g.viewOf(box)
}

// ViewAround is what to show where only some points matter.
func (g *Geography) ViewAround(points [][2]float64) View {
	if len(points) == 0 {
		return g.Whole()
	}
	box := orb.Point(points[0]).Bound()
	for _, p := range points {
		box = box.Extend(p)
	}
	return g.viewOf(box)
}

func (g *Geography) viewOf(box orb.Bound) View {
	wide, high := box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	if wide > g.Width*spread || high > g.Height*spread {
		return g.Whole()
	}
	width := max(wide*(1+2*margin), high*(1+2*margin)/mostHigh, g.Width*finest)
	height := max(high*(1+2*margin), width*leastHigh)
	middle := func(low, high, size, most float64) float64 { return min(max(0, (low+high-size)/2), max(0, most-size)) }
	return View{
		X: math.Floor(middle(box.Min[0], box.Max[0], width, g.Width)), Y: math.Floor(middle(box.Min[1], box.Max[1], height, g.Height)),
		Width: math.Ceil(width), Height: math.Ceil(height),
	}
}

// Path is what a shape has in the view; "" where it has nothing there.
func (v View) Path(s *Shape) string { return v.path(s.rings()) }

// Drawn is what is drawn in the view of a shape that has a colour of its own.
func (v View) Drawn(s *Shape) string { return v.path(slices.Concat(s.rings(), ringsOf(s.Beside))) }

func (v View) path(rings []orb.Ring) string {
	bound := orb.Bound{Min: orb.Point{v.X, v.Y}, Max: orb.Point{v.X + v.Width, v.Y + v.Height}}
	var b strings.Builder
	for _, ring := range rings {
		switch r := ring.Bound(); {
		case bound.Contains(r.Min) && bound.Contains(r.Max):
			b.WriteString(pathOf(ring))
		case bound.Intersects(r):
			if ring = rounded(clip.Ring(bound, ring.Clone())); len(ring) > 3 {
				b.WriteString(pathOf(ring))
			}
		}
	}
	return b.String()
}

// main is what the largest ring of a shape takes up: of France, what is in Europe.
func (s *Shape) main() orb.Bound {
	var largest orb.Bound
	size := -1.0
	for _, ring := range s.rings() {
		if r := ring.Bound(); (r.Max[0]-r.Min[0])*(r.Max[1]-r.Min[1]) > size {
			largest, size = r, (r.Max[0]-r.Min[0])*(r.Max[1]-r.Min[1])
		}
	}
	return largest
}

func (s *Shape) rings() []orb.Ring {
	if s.outline != nil {
		return s.outline()
	}
	return ringsOf(s.Path)
}

// ringsOf are those of a path: M10 20l3-1 2 2z, and so on.
func ringsOf(path string) []orb.Ring {
	var list []orb.Ring
	for text := range strings.SplitSeq(path, "M") {
		n := numbersOf(text)
		if len(n) < 2 {
			continue
		}
		p := orb.Point{n[0], n[1]}
		ring := orb.Ring{p}
		for i := 2; i+1 < len(n); i += 2 {
			p = orb.Point{p[0] + n[i], p[1] + n[i+1]}
			ring = append(ring, p)
		}
		list = append(list, append(ring, ring[0]))
	}
	return list
}

// numbersOf are the numbers of a path, which a space, a letter or a minus separates.
func numbersOf(path string) []float64 {
	var list []float64
	start := -1
	flush := func(end int) {
		if start >= 0 {
			n, err := strconv.ParseFloat(path[start:end], 64)
			if err == nil {
				list = append(list, n)
			}
		}
		start = -1
	}
	for i, r := range path {
		switch {
		case r == '-':
			flush(i)
			start = i
		case r >= '0' && r <= '9' || r == '.':
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(path))
	return list
}

// Around reports whether a point is within the bounds of a shape.
func (s *Shape) Around(x, y float64) bool {
	return slices.ContainsFunc(s.rings(), func(r orb.Ring) bool { return r.Bound().Contains(orb.Point{x, y}) })
}

// Close is a view of shapes alone, with a part of their size around them, and at least so wide.
func Close(shapes []*Shape, margin, least float64) View {
	box := shapes[0].main()
	for _, s := range shapes[1:] {
		box = box.Union(s.main())
	}
	wide, high := box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	width := max(wide*(1+2*margin), least)
	height := max(high*(1+2*margin), width*leastHigh)
	return View{X: math.Floor((box.Min[0] + box.Max[0] - width) / 2), Y: math.Floor((box.Min[1] + box.Max[1] - height) / 2), Width: math.Ceil(width), Height: math.Ceil(height)}
}

// Box is what the largest part of a shape takes up.
func (s *Shape) Box() (left, top, right, bottom float64) {
	b := s.main()
	return b.Min[0], b.Min[1], b.Max[0], b.Max[1]
}

// At is the shape at a point of the plane, nil where there is none.
func (g *Geography) At(x, y float64) *Shape {
	for i := range g.Shapes {
		if slices.ContainsFunc(g.Shapes[i].rings(), func(r orb.Ring) bool { return planar.RingContains(r, orb.Point{x, y}) }) {
			return &g.Shapes[i]
		}
	}
	return nil
}
