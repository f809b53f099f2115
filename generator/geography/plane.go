package geography

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// A plane is as wide as those of the built-in geographies, so that a whole unit is less
// than the eye sees, and fits on a screen.
const (
	planeWidth  = 1950
	planeHeight = 1700 // at most
	grain       = 8.0  // points nearer than a part of so many of a unit are one
)

// mostPoints is how many points a geography keeps: more would make heavy pages.
const mostPoints = 25_000

// smallest is the side of the square that stands for an area too small to be seen.
const smallest = 6

// fit moves and scales areas into the plane, and returns its height, the scale, and where the origin then is.
func fit(areas []orb.MultiPolygon) (height, scale, x, y float64) {
	bound := areas[0].Bound()
	for _, a := range areas {
		bound = bound.Union(a.Bound())
	}
	wide, high := bound.Max[0]-bound.Min[0], bound.Max[1]-bound.Min[1]
	scale = 1
	if wide > 0 || high > 0 {
		scale = min(planeWidth/wide, planeHeight/high)
	}
	left := (planeWidth - wide*scale) / 2
	for _, a := range areas {
		for _, polygon := range a {
			for _, ring := range polygon {
				for i, p := range ring {
					ring[i] = orb.Point{snap(left + (p[0]-bound.Min[0])*scale), snap((p[1] - bound.Min[1]) * scale)}
				}
			}
		}
	}
	return max(1, math.Ceil(high*scale)), scale, left - bound.Min[0]*scale, -bound.Min[1] * scale
}

func snap(n float64) float64 { return math.Round(n*grain) / grain }

// simplified are areas without corners that the eye does not see, in whole units. What two
// areas have in common stays in common: borders are cut where a third begins, and each
// part is simplified by itself, in one direction.
func simplified(areas []orb.MultiPolygon) []orb.MultiPolygon {
	ends := junctions(areas)
	threshold := 2.0 // square units
	for ; ; threshold *= 2 {
		count := 0
		areas = eachRing(areas, func(ring orb.Ring) orb.Ring {
			ring = simplifiedRing(ring, ends, threshold)
			count += len(ring)
			return ring
		})
		if count <= mostPoints || threshold > planeWidth {
			break
		}
	}
	return eachRing(areas, func(ring orb.Ring) orb.Ring {
		if ring = rounded(ring); len(ring) < 4 || math.Abs(planar.Area(ring)) < threshold {
			return nil
		}
		return ring
	})
}

// eachRing changes the rings of areas. A polygon goes with its outer ring.
func eachRing(areas []orb.MultiPolygon, change func(orb.Ring) orb.Ring) []orb.MultiPolygon {
	changed := make([]orb.MultiPolygon, len(areas))
	for i, a := range areas {
		for _, polygon := range a {
			var rings orb.Polygon
			for j, ring := range polygon {
				if ring = change(ring); ring != nil {
					rings = append(rings, ring)
				} else if j == 0 {
					break
				}
			}
			if len(rings) > 0 {
				changed[i] = append(changed[i], rings)
			}
		}
	}
	return changed
}

// junctions are the points where a border divides: those with other neighbours in one
// ring than in another.
func junctions(areas []orb.MultiPolygon) map[orb.Point]bool {
	type pair [2]orb.Point
	neighbours, ends := map[orb.Point]pair{}, map[orb.Point]bool{}
	for _, a := range areas {
		for _, polygon := range a {
			for _, ring := range polygon {
				n := len(ring) - 1 // the last is the first
				for i := range n {
					around := pair{ring[(i+n-1)%n], ring[(i+1)%n]}
					if before(around[1], around[0]) {
						around[0], around[1] = around[1], around[0]
					}
					if known, ok := neighbours[ring[i]]; ok && known != around {
						ends[ring[i]] = true
					}
					neighbours[ring[i]] = around
				}
			}
		}
	}
	return ends
}

func before(a, b orb.Point) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

func simplifiedRing(ring orb.Ring, ends map[orb.Point]bool, threshold float64) orb.Ring {
	n := len(ring) - 1
	start := slices.IndexFunc(ring[:n], func(p orb.Point) bool { return ends[p] })
	if start < 0 { // an island: from one and the same point, whichever ring it is in
		start = 0
		for i, p := range ring[:n] {
			if before(p, ring[start]) {
				start = i
			}
		}
	}
	var result orb.Ring
	arc := orb.LineString{ring[start]}
	for i := 1; i <= n; i++ {
		p := ring[(start+i)%n]
		arc = append(arc, p)
		if ends[p] || i == n {
			arc = simplifiedArc(arc, threshold)
			result = append(result, arc[:len(arc)-1]...) // its end is the start of the next
			arc = orb.LineString{p}
		}
	}
	return append(result, result[0])
}

// simplifiedArc is the same in both directions.
func simplifiedArc(arc orb.LineString, threshold float64) orb.LineString {
	last := len(arc) - 1
	backward := before(arc[last], arc[0]) || arc[0] == arc[last] && last > 1 && before(arc[last-1], arc[1])
	arc = slices.Clone(arc)
	if backward {
		slices.Reverse(arc)
	}
	keep := 2
	if arc[0] == arc[last] {
		keep = 4
	}
	arc = simplify.Visvalingam(threshold, keep).LineString(arc)
	if backward {
		slices.Reverse(arc)
	}
	return arc
}

// rounded is a ring of whole units without points that say nothing.
func rounded(ring orb.Ring) orb.Ring {
	var whole orb.Ring
	for _, p := range ring {
		p = orb.Point{math.Round(p[0]), math.Round(p[1])}
		if len(whole) == 0 || whole[len(whole)-1] != p {
			whole = append(whole, p)
		}
	}
	if len(whole) > 1 && whole[0] != whole[len(whole)-1] {
		whole = append(whole, whole[0])
	}
	return whole
}

// shape writes an area as a path, as a square where it is too small to be seen.
func shape(s Shape, whole, small orb.MultiPolygon) Shape {
	largest := whole[0]
	for _, polygon := range whole {
		if planar.Area(polygon) > planar.Area(largest) {
			largest = polygon
		}
	}
	middle, _ := planar.CentroidArea(largest)
	if math.IsNaN(middle[0]) || math.IsNaN(middle[1]) {
		middle = largest[0][0]
	}
	s.X, s.Y = math.Round(middle[0]), math.Round(middle[1])
	if planar.Area(small) < smallest*smallest/2 {
		left, top := s.X-smallest/2, s.Y-smallest/2
		s.Path = fmt.Sprintf("M%g %gl%d 0 0 %d%d 0z", left, top, smallest, smallest, -smallest)
		return s
	}
	var b strings.Builder
	for _, polygon := range small {
		for _, ring := range polygon {
			b.WriteString(pathOf(ring))
		}
	}
	s.Path = b.String()
	return s
}

// pathOf writes a ring: M10 20l3-1 2 2z
func pathOf(ring orb.Ring) string {
	path := make([]byte, 0, 8*len(ring))
	number := func(n float64) { path = strconv.AppendFloat(path, n, 'f', -1, 64) }
	apart := func(n float64) { // a minus is enough between two numbers
		if n >= 0 {
			path = append(path, ' ')
		}
		number(n)
	}
	path = append(path, 'M')
	number(ring[0][0])
	path = append(path, ' ')
	number(ring[0][1])
	path = append(path, 'l')
	for i := 1; i < len(ring)-1; i++ {
		x, y := ring[i][0]-ring[i-1][0], ring[i][1]-ring[i-1][1]
		if i == 1 {
			number(x)
		} else {
			apart(x)
		}
		apart(y)
	}
	return string(append(path, 'z'))
}
