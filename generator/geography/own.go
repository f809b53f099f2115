package geography

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/memo"

	"github.com/paulmach/orb"
)

// Choice is what a chart says of its geography.
type Choice struct {
	ID         string   // the property by which data name the places; "" to find it
	Projection string   // "" for the usual one
	Codes      []string // of the data
}

// ownID is what the id of a feature itself goes by, which is beside its properties.
const ownID = "id"

// Unfit is why a file makes no geography: a problem of the chart, at a key of its file.
type Unfit struct {
	diag.Problem
	At string
}

func (u *Unfit) Error() string { return u.Problem.String() }

// Geography makes the geography of a file, or takes it from the memo. Where the chart has a problem, the error is Unfit.
func (f *File) Geography(name string, c Choice) (*Geography, error) {
	codes := slices.Compact(slices.Sorted(slices.Values(c.Codes)))
	key, err := memo.KeyOf(f.data, name, c.ID, c.Projection, codes)
	if err != nil {
		return nil, err
	}
	g, err := memo.Do(f.memo, "geography", key, func() (*Geography, error) {
		g, at, problem := f.make(name, c)
		if problem != nil {
			return nil, &Unfit{*problem, at}
		}
		return g, nil
	})
	if err != nil {
		return nil, err
	}
	g.Name = name // which the memo does not keep
	g.index()
	return g, nil
}

// make makes the geography of a file. A problem is of the chart, at the key that the second value names.
func (f *File) make(name string, c Choice) (*Geography, string, *diag.Problem) {
	areas, problem := f.areas()
	if problem != nil {
		return nil, "geography", problem
	}
	id, at, problem := idBy(areas, name, c)
	if problem != nil {
		return nil, at, problem
	}
	frame := frameOf(areas)
	projected := c.Projection
	if projected == "" {
		projected = frame.usual()
	}
	to := projections[projected](frame)
	whole := make([]orb.MultiPolygon, len(areas))
	for i, a := range areas {
		for _, polygon := range a.shape {
			var placed orb.Polygon
			for _, ring := range polygon {
				placed = append(placed, place(ring, frame, to))
			}
			whole[i] = append(whole[i], placed)
		}
		if !finite(whole[i]) {
			return nil, "projection", &diag.Problem{
				Message: fmt.Sprintf("feature %d of %s is outside the projection %s", a.number, f.Path, projected), Expected: "areas that it can show", Hint: "projection: " + frame.usual(),
			}
		}
	}
	g := &Geography{Name: name, Noun: "region", Plural: "regions", Width: planeWidth}
	part := Part{Projection: projected, Center: frame.center / rad, Low: frame.low / rad, High: frame.high / rad}
	g.Height, part.Scale, part.X, part.Y = fit(whole)
	g.Parts = []Part{part}
	small := simplified(whole)
	var squares []Shape
	for i, a := range areas {
		s := shape(Shape{ID: a.by(id), Name: a.by(id), Tile: a.tile()}, whole[i], small[i])
		if len(small[i]) == 0 {
			squares = append(squares, s)
		} else {
			g.Shapes = append(g.Shapes, s)
		}
	}
	g.Shapes = append(g.Shapes, squares...) // so that no other hides them
	g.Example = "one of " + g.some(id)
	return g, "", nil
}

// tile is what the properties tile_column, tile_row and tile_label of a feature say; nil where it has none.
func (a area) tile() *Tile {
	column, err := strconv.Atoi(a.properties["tile_column"])
	row, wrong := strconv.Atoi(a.properties["tile_row"])
	if err != nil || wrong != nil || column < 0 || row < 0 || column > mostTiles || row > mostTiles {
		return nil
	}
	return &Tile{column, row, a.properties["tile_label"]}
}

// mostTiles is how many tiles fit side by side on a phone.
const mostTiles = 40

// finite reports whether an area has a place in the plane.
func finite(shape orb.MultiPolygon) bool {
	for _, p := range (area{shape: shape}).points() {
		if sum := p[0] + p[1]; math.IsNaN(sum) || math.IsInf(sum, 0) {
			return false
		}
	}
	return true
}

// some are the first ids, to see what they look like.
func (g *Geography) some(id string) string {
	const most = 3
	var list []string
	for _, s := range g.Shapes[:min(most, len(g.Shapes))] {
		list = append(list, diag.Quote(s.ID))
	}
	return "its " + id + ", such as " + strings.Join(list, ", ")
}

// by is the value of a property.
func (a area) by(id string) string {
	if id == ownID && a.id != "" {
		return a.id
	}
	return a.properties[id]
}

// idBy finds the property by which data name the places: of those that tell all areas
// apart the one that knows the most codes.
func idBy(areas []area, name string, c Choice) (id, at string, problem *diag.Problem) {
	candidates := propertiesOf(areas)
	if c.ID != "" {
		if !slices.Contains(candidates, c.ID) {
			return "", "id", &diag.Problem{Message: name + " has no property " + diag.Quote(c.ID), Expected: "one of " + strings.Join(candidates, ", "), Hint: diag.Nearest(c.ID, candidates)}
		}
		if p := notUnique(areas, name, c.ID); p != nil {
			return "", "id", p
		}
		return c.ID, "", nil
	}
	var best []string
	most := -1
	for _, unique := range []bool{true, false} { // where they know as many codes, one that tells all areas apart
		for _, candidate := range candidates {
			if (notUnique(areas, name, candidate) == nil) != unique {
				continue
			}
			switch n := known(areas, candidate, c.Codes); {
			case n > most:
				best, most = []string{candidate}, n
			case n == most && unique && !same(areas, best[0], candidate):
				best = append(best, candidate)
			}
		}
	}
	switch {
	case len(best) == 0 || most == 0 && notUnique(areas, name, best[0]) != nil:
		return "", "geography", &diag.Problem{Message: name + " has no property that tells all its shapes apart", Expected: "an id for each, as a property", Hint: "dissolve shapes of one place into one, or add an id: mapshaper.org does both"}
	case len(best) > 1 && most > 0:
		return "", "geography", &diag.Problem{Message: "the codes may be of several properties of " + name, Found: strings.Join(best, ", "), Expected: "id: " + best[0]}
	}
	return best[0], "geography", notUnique(areas, name, best[0])
}

// known is how many codes are values of a property.
func known(areas []area, property string, codes []string) int {
	values := map[string]bool{}
	for _, a := range areas {
		values[fold(a.by(property))] = true
	}
	n := 0
	for _, code := range codes {
		if values[fold(code)] {
			n++
		}
	}
	return n
}

// properties are those that areas have, sorted, with the feature's own id.
func propertiesOf(areas []area) []string {
	names := map[string]bool{}
	for _, a := range areas {
		for name := range a.properties {
			names[name] = true
		}
		if a.id != "" {
			names[ownID] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// notUnique is what is wrong with a property as an id.
func notUnique(areas []area, name, id string) *diag.Problem {
	seen := map[string]int{}
	for _, a := range areas {
		value := a.by(id)
		if value == "" {
			return &diag.Problem{Message: fmt.Sprintf("feature %d of %s has no %s", a.number, name, id), Expected: "an id for each shape"}
		}
		if other, ok := seen[fold(value)]; ok {
			return &diag.Problem{
				Message: fmt.Sprintf("features %d and %d of %s have the same %s", other, a.number, name, id), Found: diag.Quote(value), Expected: "an id for each shape",
				Hint: "dissolve shapes of one place into one: mapshaper.org does",
			}
		}
		seen[fold(value)] = a.number
	}
	return nil
}

// same reports whether two properties have the same values.
func same(areas []area, one, other string) bool {
	return !slices.ContainsFunc(areas, func(a area) bool { return fold(a.by(one)) != fold(a.by(other)) })
}
