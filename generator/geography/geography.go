// Package geography has the shapes on which maps are drawn.
//
// A geography is named shapes in a plane, each with an id and other codes by which data
// may name it, such as 06, CA and California. Some are built in: assets/maps.mjs makes
// them of published atlases.
//
//	us-states          by FIPS code, postal code or name
//	us-counties-2017   by FIPS code, with the borders of 2017
//	us-counties-2023   with those of 2023: Connecticut's planning regions, Alaska's new areas
//	world              countries by ISO 3166 code or English name
//
// A report has others as data/maps/NAME.geojson or NAME.topojson. Of such a file the property
// is found by which data name the places; points are projected, borders simplified
// without gaps between neighbours, and the result is what the built-in ones are made of.
//
// Shapes are SVG paths, projected and simplified already: to draw a map is to write them.
package geography

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"broadsheet"

	"github.com/paulmach/orb"
)

// Geography is named shapes in a plane.
type Geography struct {
	Name    string  `json:"-"`
	Place   string  `json:"place"` // "the United States"; "" if unknown
	Noun    string  `json:"noun"`  // what a shape is called: "county"
	Plural  string  `json:"plural"`
	Example string  `json:"example"` // of codes: "CA, 06 or California"
	Base    string  `json:"base"`    // the geography of the same plane that is drawn below, where few shapes have data
	Width   float64 `json:"width"`
	Height  float64 `json:"height"`
	Shapes  []Shape `json:"shapes"` // those that others would hide come last
	Parts   []Part  `json:"parts"`  // where a point has its place

	places map[string]int // by folded code
}

// Shape is a place of a geography.
type Shape struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Codes []string `json:"codes"` // by which data may name it, beside the id and the name
	Path  string   `json:"path"`  // as SVG has it
	X     float64  `json:"x"`     // its middle
	Y     float64  `json:"y"`
	Inset bool     `json:"inset"` // drawn only where there are data

	Beside string `json:"beside"` // a square beside a shape that is too small to be seen
	Tile   *Tile  `json:"tile"`   // nil where it has none

	outline func() []orb.Ring // Path, read once; nobody may change it
}

// Tile is the place of a shape among tiles of one size, counted from 0.
type Tile struct {
	Column int    `json:"column"`
	Row    int    `json:"row"`
	Label  string `json:"label"` // "" for the name
}

// Drawn is all that is drawn of a shape that has a colour of its own.
func (s *Shape) Drawn() string { return s.Path + s.Beside }

// Default is the geography of a map that names none.
const Default = "us-states"

var builtIn = map[string]func() *Geography{}

// Names are the built-in geographies, sorted.
var Names = []string{"us-counties-2017", "us-counties-2023", "us-states", "world"}

func init() {
	for _, name := range Names {
		builtIn[name] = sync.OnceValue(func() *Geography { return unpack(name) })
	}
}

// unpack reads a built-in geography. It is part of the program, so that it can be read.
func unpack(name string) *Geography {
	file := "assets/dist/map-" + name + ".json.gz"
	data, err := broadsheet.Maps.ReadFile(file)
	if err != nil {
		panic(file + " is missing: run make")
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		panic(err)
	}
	g := &Geography{Name: name}
	if err := json.NewDecoder(z).Decode(g); err != nil {
		panic(err)
	}
	if g.Parts == nil {
		panic(file + " was made by an earlier version: run make")
	}
	g.index()
	return g
}

// index makes the shapes known by their codes. Of two with one name neither has it.
func (g *Geography) index() {
	g.places = map[string]int{}
	for i, s := range g.Shapes {
		g.Shapes[i].outline = sync.OnceValue(func() []orb.Ring { return ringsOf(s.Path) })
		g.places[fold(s.ID)] = i
	}
	const several = -1
	named := map[string]int{}
	for i, s := range g.Shapes {
		for _, code := range append([]string{s.Name}, s.Codes...) {
			at := i
			if other, ok := named[fold(code)]; ok && other != i {
				at = several
			}
			named[fold(code)] = at
		}
	}
	for code, i := range named {
		if _, isID := g.places[code]; !isID && i != several {
			g.places[code] = i
		}
	}
}

func fold(code string) string { return strings.ToLower(strings.TrimSpace(code)) }

// Find returns the shape of a code, nil where there is none.
func (g *Geography) Find(code string) *Shape {
	if i, ok := g.places[fold(code)]; ok {
		return &g.Shapes[i]
	}
	return nil
}

// Get returns a built-in geography, nil for another name.
func Get(name string) *Geography {
	if open := builtIn[name]; open != nil {
		return open()
	}
	return nil
}

// With lists the built-in geographies that have a shape for each of some codes.
func With(codes ...string) []string {
	return slices.DeleteFunc(slices.Clone(Names), func(name string) bool {
		return slices.ContainsFunc(codes, func(code string) bool { return Get(name).Find(code) == nil })
	})
}
