package geography

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Projections of a report's own geographies, by the names and formulas of Snyder, "Map
// Projections: A Working Manual" (1987), and of Šavrič, Patterson and Jenny for Equal Earth
// (2018). A file cuts its shapes at the antimeridian already, as RFC 7946 asks, so that a
// formula for each point is all.

// frame is what part of the earth a projection shows, in radians.
type frame struct {
	center    float64 // the longitude in the middle
	low, high float64 // latitudes
	wide      float64 // the longitudes that it spans
}

// projection makes the formula for a frame: of longitude from the center and latitude.
type projection func(f frame) func(lon, lat float64) (x, y float64)

// Projections are those that a chart may name.
var Projections = []string{"albers", "conic-conformal", "equal-earth", "equirectangular", "mercator"}

var projections = map[string]projection{
	"albers":          albers,
	"conic-conformal": conicConformal,
	"equal-earth":     func(frame) func(lon, lat float64) (x, y float64) { return equalEarth },
	"equirectangular": func(f frame) func(lon, lat float64) (x, y float64) {
		narrow := math.Cos((f.low + f.high) / 2)
		return func(lon, lat float64) (float64, float64) { return lon * narrow, lat }
	},
	"mercator": func(frame) func(lon, lat float64) (x, y float64) { return mercator },
}

// mercator ends where its plane would be a square.
func mercator(lon, lat float64) (x, y float64) {
	if math.Abs(lat) > 85.06*math.Pi/180 {
		return math.NaN(), math.NaN()
	}
	return lon, math.Asinh(math.Tan(lat))
}

// parallels are the standard ones of a conic projection, a sixth of the latitudes from
// each end.
func (f frame) parallels() (south, north float64) {
	sixth := (f.high - f.low) / 6
	return f.low + sixth, f.high - sixth
}

// albers is the equal-area conic projection.
func albers(f frame) func(lon, lat float64) (x, y float64) {
	south, north := f.parallels()
	n := (math.Sin(south) + math.Sin(north)) / 2
	if math.Abs(n) < 0.02 { // around the equator the cone is a cylinder
		k := math.Cos(north)
		return func(lon, lat float64) (float64, float64) { return lon * k, math.Sin(lat) / k }
	}
	c := math.Cos(south)*math.Cos(south) + 2*n*math.Sin(south)
	return func(lon, lat float64) (float64, float64) {
		r := math.Sqrt(c-2*n*math.Sin(lat)) / n
		return r * math.Sin(n*lon), -r * math.Cos(n*lon)
	}
}

// conicConformal is Lambert's.
func conicConformal(f frame) func(lon, lat float64) (x, y float64) {
	south, north := f.parallels()
	t := func(lat float64) float64 { return math.Tan(math.Pi/4 + lat/2) }
	n := math.Sin(south)
	if north-south > 1e-9 {
		n = math.Log(math.Cos(south)/math.Cos(north)) / math.Log(t(north)/t(south))
	}
	if math.Abs(n) < 0.02 {
		return mercator
	}
	k := math.Cos(south) * math.Pow(t(south), n) / n
	return func(lon, lat float64) (float64, float64) {
		r := k / math.Pow(t(lat), n)
		return r * math.Sin(n*lon), -r * math.Cos(n*lon)
	}
}

func equalEarth(lon, lat float64) (x, y float64) {
	const a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
	l := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat))
	l2 := l * l
	l6 := l2 * l2 * l2
	return lon * math.Cos(l) / (math.Sqrt(3) / 2 * (a + 3*b*l2 + l6*(7*c+9*d*l2))), l * (a + b*l2 + l6*(c+d*l2))
}

// frameOf is the part of the earth that areas are in. Its center is opposite the widest gap of longitudes.
func frameOf(areas []area) frame {
	f := frame{low: math.Inf(1), high: math.Inf(-1)}
	var spans [][2]float64 // of longitudes in degrees, from -180
	for _, a := range areas {
		for _, polygon := range a.shape {
			b := polygon[0].Bound()
			f.low, f.high = min(f.low, b.Min[1]), max(f.high, b.Max[1])
			from, to := wrapped(b.Min[0]), wrapped(b.Min[0])+min(360, b.Max[0]-b.Min[0])
			spans = append(spans, [2]float64{from, min(to, 180)})
			if to > 180 {
				spans = append(spans, [2]float64{-180, to - 360})
			}
		}
	}
	slices.SortFunc(spans, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	gap, middle, reach := 0.0, 180.0, spans[0][1] // across the antimeridian, at first
	for _, s := range spans[1:] {
		if s[0]-reach > gap {
			gap, middle = s[0]-reach, (s[0]+reach)/2
		}
		reach = max(reach, s[1])
	}
	if across := spans[0][0] + 360 - reach; across >= gap {
		gap, middle = across, (spans[0][0]+360+reach)/2
	}
	f.low, f.high, f.wide = f.low*rad, f.high*rad, (360-gap)*rad
	f.center = wrapped(middle+180) * rad
	if gap < 10 { // the whole earth
		f.center = 0
	}
	return f
}

// wrapped is a longitude from -180 up to 180.
func wrapped(lon float64) float64 {
	if lon >= -180 && lon <= 180 {
		return lon
	}
	return lon - 360*math.Floor((lon+180)/360)
}

// usual is the projection for a frame: equal in area, as the eye takes area for size.
func (f frame) usual() string {
	if f.wide > 2.6 || f.high-f.low > 1.9 { // 150 degrees, 110 degrees
		return "equal-earth"
	}
	return "albers"
}

const rad = math.Pi / 180

// place projects the points of a ring.
func place(ring orb.Ring, f frame, to func(lon, lat float64) (x, y float64)) orb.Ring {
	projected := make(orb.Ring, len(ring))
	for i, p := range ring {
		projected[i] = f.place(p[0], p[1], to)
	}
	return projected
}

// place projects a point in degrees.
func (f frame) place(lon, lat float64, to func(lon, lat float64) (x, y float64)) orb.Point {
	lon = lon*rad - f.center
	if f.center != 0 {
		lon -= 2 * math.Pi * math.Floor((lon+math.Pi)/(2*math.Pi))
	}
	x, y := to(lon, max(-90, min(90, lat))*rad)
	return orb.Point{x, -y} // SVG counts down
}

// Part is a part of the earth in a plane, in its projection. Its center and its ends are in degrees.
type Part struct {
	Projection string    `json:"projection"`
	Center     float64   `json:"center"`
	Low        float64   `json:"low"`
	High       float64   `json:"high"`
	Scale      float64   `json:"scale"`
	X          float64   `json:"x"`
	Y          float64   `json:"y"`
	Within     []float64 `json:"within"` // west, south, east, north; nil for all
}

// Locate is where a point has its place in the plane; false where it is outside.
func (g *Geography) Locate(lon, lat float64) (x, y float64, ok bool) {
	for _, part := range g.Parts {
		if w := part.Within; w != nil && (lon < w[0] || lat < w[1] || lon > w[2] || lat > w[3]) {
			continue
		}
		f := frame{center: part.Center * rad, low: part.Low * rad, high: part.High * rad}
		p := f.place(lon, lat, projections[part.Projection](f))
		x, y = part.X+part.Scale*p[0], part.Y+part.Scale*p[1]
		return x, y, x >= 0 && y >= 0 && x <= g.Width && y <= g.Height
	}
	return 0, 0, false
}
