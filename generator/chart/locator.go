package chart

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/geography"
	"broadsheet/generator/markup"
)

// Locator is what a small map shows, which marks one place, or a few, for a page about it: a state in its country, a county or a city in its state.
//
//	{{< locator region="CA" >}}
//	{{< locator geography="us-counties-2017" region=".fips" label=".name" >}}
//	{{< locator longitude=".longitude" latitude=".latitude" label=".name" >}}
type Locator struct {
	Name string // of what is marked

	ground         *geography.Geography
	view           geography.View
	around, marked []*geography.Shape // all of the ground, where around is nil
	point          *[2]float64
}

// LocatorWidth is how wide the drawing is, in pixels.
const LocatorWidth = 300

var locatorParameters = []string{"geography", "label", "latitude", "longitude", "region"}

// Locate finds what a shortcode's parameters say.
func Locate(said map[string]string) (*Locator, *diag.Problem) {
	for name := range said {
		if !slices.Contains(locatorParameters, name) {
			return nil, &diag.Problem{Message: "unknown parameter " + diag.Quote(name), Expected: "one of " + strings.Join(locatorParameters, ", "), Hint: diag.Nearest(name, locatorParameters)}
		}
	}
	name := said["geography"]
	if name == "" {
		name = geography.Default
	}
	g := geography.Get(name)
	if g == nil {
		return nil, &diag.Problem{Message: "unknown geography " + diag.Quote(name), Expected: "one of " + strings.Join(geography.Names, ", "), Hint: diag.Nearest(name, geography.Names)}
	}
	hasPoint := said["longitude"]+said["latitude"] != ""
	switch {
	case said["region"] != "" && hasPoint:
		return nil, &diag.Problem{Message: "a place by region, and by longitude and latitude", Expected: "one of them"}
	case said["region"] != "":
		return locateRegions(g, said["region"], said["label"])
	case hasPoint:
		return locatePoint(g, said["longitude"], said["latitude"], said["label"])
	}
	return nil, &diag.Problem{Message: "no place to mark", Expected: `region="CA", or longitude and latitude`}
}

// locateRegions marks shapes, given by their codes with a semicolon between.
func locateRegions(g *geography.Geography, codes, label string) (*Locator, *diag.Problem) {
	var marked []*geography.Shape
	var names []string
	for code := range strings.SplitSeq(codes, ";") {
		s := g.Find(code)
		if s == nil {
			return nil, &diag.Problem{Message: g.Name + " has no shape " + diag.Quote(strings.TrimSpace(code)), Expected: g.Example}
		}
		marked, names = append(marked, s), append(names, s.Name)
	}
	if label == "" {
		label = strings.Join(names, ", ")
	}
	ground := g
	if base := geography.Get(g.Base); base != nil {
		ground = base
	}
	around := containers(ground, marked)
	view := ground.Whole()
	switch {
	case ground != g: // a county in its state
		if len(around) > 0 {
			view = geography.Close(around, 0.06, 0)
		}
	case g.Name == "world":
		view = geography.Close(marked, 1, g.Width/4)
		around = nil
	default:
		around = nil
	}
	return &Locator{label, ground, view, around, marked, nil}, nil
}

// locatePoint marks a point in the shape that it is in.
func locatePoint(g *geography.Geography, longitude, latitude, label string) (*Locator, *diag.Problem) {
	lon, err := strconv.ParseFloat(longitude, 64)
	lat, wrong := strconv.ParseFloat(latitude, 64)
	if err != nil || wrong != nil {
		return nil, &diag.Problem{Message: "no longitude and latitude", Found: diag.Quote(longitude) + ", " + diag.Quote(latitude), Expected: `degrees, such as longitude="-87.63" latitude="41.88"`}
	}
	x, y, ok := g.Locate(lon, lat)
	switch {
	case label == "":
		return nil, &diag.Problem{Message: "a point without a name", Expected: `label="…"`}
	case !ok:
		return nil, &diag.Problem{Message: "a place outside " + g.Name, Found: longitude + ", " + latitude}
	}
	if base := geography.Get(g.Base); base != nil {
		g = base
	}
	view := g.Whole()
	in := g.At(x, y)
	if in != nil {
		view = geography.Close([]*geography.Shape{in}, 0.06, g.Width/30)
		return &Locator{label, g, view, []*geography.Shape{in}, nil, &[2]float64{x, y}}, nil
	}
	return &Locator{label, g, view, nil, nil, &[2]float64{x, y}}, nil
}

// containers are the shapes that the marked ones are in.
func containers(ground *geography.Geography, marked []*geography.Shape) []*geography.Shape {
	var list []*geography.Shape
	for _, s := range marked {
		// a county's FIPS code begins with that of its state
		if in := ground.Find(s.ID[:min(2, len(s.ID))]); in != nil && !slices.Contains(list, in) {
			list = append(list, in)
		}
	}
	return list
}

// Draw draws the ground, and what is marked on it.
func (l *Locator) Draw() template.HTML {
	view, around, marked := l.view, l.around, l.marked
	scale := float64(LocatorWidth) / view.Width
	const tallest = 260
	width := LocatorWidth
	if view.Height*scale > tallest {
		scale = tallest / view.Height
		width = int(view.Width*scale + 0.5)
	}
	height := int(view.Height*scale + 0.5)
	if around == nil {
		for i := range l.ground.Shapes {
			if s := &l.ground.Shapes[i]; !s.Inset || slices.Contains(marked, s) {
				around = append(around, s)
			}
		}
	}
	var ground, marks strings.Builder
	for _, s := range around {
		if !slices.Contains(marked, s) {
			ground.WriteString(view.Path(s))
		}
	}
	w := &markup.Writer{}
	number := func(n float64) string { return strconv.FormatFloat(n, 'g', 6, 64) }
	w.Raw("<svg").Attr("viewBox", fmt.Sprintf("0 0 %d %d", width, height)).Attr("width", strconv.Itoa(width)).Attr("height", strconv.Itoa(height)).Raw(` role="img"`).Attr("aria-label", l.Name)
	w.Raw("><g").Attr("transform", fmt.Sprintf("matrix(%.6g,0,0,%.6g,%.6g,%.6g)", scale, scale, -view.X*scale, -view.Y*scale))
	w.Raw(` stroke="var(--paper)" stroke-linejoin="round"`).Attr("stroke-width", number(0.75/scale))
	w.Raw("><path").Attr("d", ground.String()).Raw(` fill="var(--rule)"/>`)
	for _, s := range marked {
		marks.WriteString(view.Path(s))
	}
	if marks.Len() > 0 {
		w.Raw("<path").Attr("d", marks.String()).Raw(` fill="var(--accent)"/>`)
	}
	w.Raw("</g>")
	circle := func(x, y, r float64) *markup.Writer {
		return w.Raw("<circle").Attr("cx", tenth((x-view.X)*scale)).Attr("cy", tenth((y-view.Y)*scale)).Attr("r", number(r))
	}
	for _, s := range marked {
		const small = 9 // pixels
		if left, top, right, bottom := s.Box(); max(right-left, bottom-top)*scale < small {
			circle(s.X, s.Y, small).Raw(` fill="none" stroke="var(--accent)" stroke-width="2"/>`)
		}
	}
	if l.point != nil {
		circle(l.point[0], l.point[1], 5.5).Raw(` fill="var(--accent)" stroke="var(--paper)" stroke-width="1.5"/>`)
	}
	return w.Raw("</svg>").HTML()
}
