package geography

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
)

// square is a feature: a square of so many degrees at a place.
func squareAt(lon, lat, side float64, members string) string {
	return fmt.Sprintf(`{"type": "Feature", %s, "geometry": {"type": "Polygon", "coordinates": [[[%[2]g, %[3]g], [%[4]g, %[3]g], [%[4]g, %[5]g], [%[2]g, %[5]g], [%[2]g, %[3]g]]]}}`,
		members, lon, lat, lon+side, lat+side)
}

func collection(features ...string) string {
	return `{"type": "FeatureCollection", "features": [` + strings.Join(features, ",\n") + "]}"
}

// read makes the geography of a file, or says what is wrong.
func read(t *testing.T, file, text string, c Choice) (*Geography, string) {
	t.Helper()
	var problems diag.List
	files, err := Files(fstest.MapFS{Directory + "/" + file: {Data: []byte(text)}}, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if !problems.Empty() {
		return nil, problems.Sorted()[0].String()
	}
	for name, f := range files {
		g, err := f.Geography(name, c)
		var unfit *Unfit
		if errors.As(err, &unfit) {
			return nil, unfit.At + unfit.Error()
		}
		if err != nil {
			t.Fatal(err)
		}
		return g, ""
	}
	return nil, "no file"
}

var two = collection(
	squareAt(10, 50, 1, `"id": 1, "properties": {"name": "Left", "code": "01", "state": "X"}`),
	squareAt(11, 50, 1, `"id": 2, "properties": {"name": "Right", "code": "02", "state": "X"}`),
)

func TestOwnGeographies(t *testing.T) {
	topology := `{"type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [10, 50]},
		"arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
		"objects": {"places": {"type": "GeometryCollection", "geometries": [
			{"type": "Polygon", "id": "a", "arcs": [[0, 1]]}, {"type": "MultiPolygon", "id": "b", "arcs": [[[2, -1]]]}, {"type": null, "id": "c"}]}}}`
	for name, tt := range map[string]struct {
		file, text string
		choice     Choice
		finds      string
	}{
		"by name":         {"two.geojson", two, Choice{Codes: []string{"Left", "right"}}, "left Right"},
		"by code":         {"two.geojson", two, Choice{Codes: []string{"01"}}, "01 02"},
		"by its own id":   {"two.geojson", two, Choice{Codes: []string{"1", "2"}}, "1 2"},
		"by choice":       {"two.json", two, Choice{ID: "code"}, "01 02"},
		"with a BOM":      {"two.geojson", "\ufeff" + two, Choice{}, ""},
		"topology":        {"two.topojson", topology, Choice{}, "a b"},
		"mercator":        {"two.geojson", two, Choice{Projection: "mercator"}, ""},
		"conic-conformal": {"two.geojson", two, Choice{Projection: "conic-conformal"}, ""},
		"equirectangular": {"two.geojson", two, Choice{Projection: "equirectangular"}, ""},
		"equal-earth":     {"two.geojson", two, Choice{Projection: "equal-earth"}, ""},
		"the equator":     {"two.geojson", collection(squareAt(10, -1, 2, `"id": "a"`)), Choice{Projection: "conic-conformal"}, "a"},
		"one":             {"one.geojson", squareAt(10, 50, 1, `"id": "a"`), Choice{}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			g, wrong := read(t, tt.file, tt.text, tt.choice)
			if g == nil {
				t.Fatal(wrong)
			}
			for code := range strings.FieldsSeq(tt.finds) {
				if g.Find(code) == nil {
					t.Errorf("%q is not found", code)
				}
			}
			for _, s := range g.Shapes {
				if !pathForm.MatchString(s.Path) || s.X < 0 || s.X > g.Width || s.Y < 0 || s.Y > g.Height {
					t.Errorf("%s at %g, %g of %g, %g: %.100s", s.ID, s.X, s.Y, g.Width, g.Height, s.Path)
				}
			}
		})
	}
}

func TestWhatIsNoGeographyIsNamed(t *testing.T) {
	many := make([]string, 0, 400)
	for i := range 400 {
		many = append(many, squareAt(float64(i%20), float64(i/20), 0.9, fmt.Sprintf(`"id": %d, "properties": {"pad": %q}`, i, strings.Repeat("x", 60_000))))
	}
	for name, tt := range map[string]struct {
		file, text string
		choice     Choice
		want       string
	}{
		"broken":            {"m.geojson", "{\n  \"type\": }", Choice{}, "data/maps/m.geojson:2:11: not a map, found broken JSON, expected GeoJSON or TopoJSON"},
		"cut off":           {"m.geojson", `{"type": "FeatureCollection", "features": [`, Choice{}, "data/maps/m.geojson:1:43: not a map, found broken JSON"},
		"empty":             {"m.geojson", "", Choice{}, "not a map, found broken JSON"},
		"a list":            {"m.geojson", "[1, 2]", Choice{}, "not a map, found JSON of something else"},
		"another object":    {"m.json", `{"name": "x"}`, Choice{}, "not a map, found JSON without type"},
		"no features":       {"m.geojson", `{"type": "FeatureCollection", "features": []}`, Choice{}, "a map without areas"},
		"points":            {"m.geojson", collection(`{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}`), Choice{}, `feature 1 is not an area, found Point`},
		"coordinates":       {"m.geojson", collection(`{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[1, 2]]}}`), Choice{}, `feature 1 has coordinates that cannot be read`},
		"in meters":         {"m.geojson", collection(squareAt(500000, 5000000, 1000, `"id": "a"`)), Choice{}, "feature 1 has coordinates that are not longitude and latitude, found 500000, 5e+06"},
		"layers":            {"m.topojson", `{"type": "Topology", "arcs": [], "objects": {"a": {}, "b": {}}}`, Choice{}, "TopoJSON with several layers"},
		"an arc too many":   {"m.topojson", `{"type": "Topology", "arcs": [], "objects": {"a": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[7]]}]}}}`, Choice{}, "feature 1 has coordinates that cannot be read"},
		"a shapefile":       {"m.shp", "x", Choice{}, "a geography as .shp, expected GeoJSON or TopoJSON"},
		"a built-in name":   {"world.geojson", two, Choice{}, `the geography "world" is built in`},
		"too large":         {"m.geojson", collection(many...), Choice{}, "too large a map, found 22 MB, expected 20 MB or less"},
		"no id":             {"m.geojson", collection(squareAt(1, 1, 1, `"id": null`), squareAt(2, 1, 1, `"id": null`)), Choice{}, "geography: m has no property that tells all its shapes apart"},
		"an id twice":       {"m.geojson", collection(squareAt(1, 1, 1, `"id": "a"`), squareAt(2, 1, 1, `"id": "A"`)), Choice{Codes: []string{"a"}}, `geography: features 1 and 2 of m have the same id, found "A"`},
		"a chosen id twice": {"m.geojson", two, Choice{ID: "state"}, `id: features 1 and 2 of m have the same state, found "X"`},
		"no such property":  {"m.geojson", two, Choice{ID: "nmae"}, `id: m has no property "nmae", expected one of code, id, name, state`},
		"two properties": {"m.geojson", collection(squareAt(1, 1, 1, `"properties": {"a": "1", "b": "2"}`), squareAt(2, 1, 1, `"properties": {"a": "2", "b": "1"}`)), Choice{Codes: []string{"1", "2"}},
			"geography: the codes may be of several properties of m, found a, b, expected id: a"},
		"outside": {"m.geojson", collection(squareAt(0, 80, 9, `"id": "a"`)), Choice{Projection: "mercator"}, "projection: feature 1 of data/maps/m.geojson is outside the projection mercator"},
	} {
		t.Run(name, func(t *testing.T) {
			if g, wrong := read(t, tt.file, tt.text, tt.choice); g != nil || !strings.Contains(wrong, tt.want) {
				t.Errorf("got  %s\nwant %s", wrong, tt.want)
			}
		})
	}
}

// TestBordersStayInCommon: neighbours have the same points where they meet, however
// their border is written.
func TestBordersStayInCommon(t *testing.T) {
	var border []string
	for i := range 200 {
		border = append(border, fmt.Sprintf("[%g, %g]", 5+0.01*float64(i*7919%13), 50+float64(i)*0.01))
	}
	down := append([]string{}, border...)
	for i, j := 0, len(down)-1; i < j; i, j = i+1, j-1 {
		down[i], down[j] = down[j], down[i]
	}
	polygon := func(id string, corners ...string) string {
		return `{"type": "Feature", "id": "` + id + `", "geometry": {"type": "Polygon", "coordinates": [[` + strings.Join(append(corners, corners[0]), ",") + `]]}}`
	}
	g, wrong := read(t, "m.geojson", collection(
		polygon("left", append([]string{"[4, 51.99]", "[4, 50]"}, border...)...),
		polygon("right", append([]string{"[6, 50]", "[6, 51.99]"}, down...)...),
	), Choice{Projection: "equirectangular"})
	if g == nil {
		t.Fatal(wrong)
	}
	left, right := corners(t, g.Find("left").Path), corners(t, g.Find("right").Path)
	common := 0
	for p := range left {
		if right[p] {
			common++
		}
	}
	if common < 10 || common != len(left)-2 || common != len(right)-2 {
		t.Errorf("of %d and %d corners %d are in common", len(left), len(right), common)
	}
}

// corners are the points of a path.
func corners(t *testing.T, path string) map[[2]int]bool {
	t.Helper()
	list := map[[2]int]bool{}
	for ring := range strings.SplitSeq(strings.TrimSuffix(path, "z"), "z") {
		var x, y int
		start, steps, _ := strings.Cut(strings.TrimPrefix(ring, "M"), "l")
		if _, err := fmt.Sscan(start, &x, &y); err != nil {
			t.Fatal(err)
		}
		list[[2]int{x, y}] = true
		numbers := strings.Fields(strings.ReplaceAll(steps, "-", " -"))
		for i := 0; i+1 < len(numbers); i += 2 {
			var dx, dy int
			if _, err := fmt.Sscan(numbers[i], &dx); err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Sscan(numbers[i+1], &dy); err != nil {
				t.Fatal(err)
			}
			x, y = x+dx, y+dy
			list[[2]int{x, y}] = true
		}
	}
	return list
}

// TestAcrossTheAntimeridian a place is in one piece.
func TestAcrossTheAntimeridian(t *testing.T) {
	g, wrong := read(t, "m.geojson", collection(squareAt(178, -18, 2, `"id": "west"`), squareAt(-180, -18, 2, `"id": "east"`)), Choice{})
	if g == nil {
		t.Fatal(wrong)
	}
	if west, east := g.Find("west"), g.Find("east"); east.X-west.X < g.Width/3 || east.X-west.X > g.Width*2/3 {
		t.Errorf("west is at %g, east at %g of %g", west.X, east.X, g.Width)
	}
}

func FuzzFiles(f *testing.F) {
	for _, seed := range []string{
		`{"type": "Feature", "id": "0", "geometry": {"type": "Polygon", "coordinates": [[[0,0],[0,0],[0,0],[0,0]]]}}`,
		two, collection(), squareAt(179, 89, 1, `"id": 1e300`), `{"type": "Topology", "arcs": [[[0,0],[1,1],[2,0],[-3,-1]]], "objects": {"a": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": 1, "arcs": [[0]]}, {"type": "Polygon", "arcs": [[-1, 0, -9223372036854775808]]}]}}}`,
		`{"type": "Feature", "properties": {"a": [], "b": {}, "c": null, "d": "x"}, "geometry": {"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "coordinates": [[[[0, 0], [0, 1], [0, 2]]], []]}]}}`,
		collection(squareAt(-360, -90, 720, `"id": "a"`), squareAt(0, 0, 0, `"id": "b"`)), "\ufeff[", `{"type": "Topology", "transform": {"scale": [1e308, 1e308]}, "arcs": [[[10, 10], [10, 10], [1, 0]]]}`,
	} {
		f.Add(seed, "albers")
	}
	f.Fuzz(func(t *testing.T, text, projection string) {
		if projections[projection] == nil {
			projection = Projections[len(projection)%len(Projections)]
		}
		if g, wrong := read(t, "m.geojson", text, Choice{Projection: projection}); g != nil {
			for _, s := range g.Shapes {
				if !pathForm.MatchString(s.Path) {
					t.Errorf("%s: %q", s.ID, s.Path)
				}
			}
		} else if wrong == "" {
			t.Error("neither a geography nor a problem")
		}
	})
}
