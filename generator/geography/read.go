package geography

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/memo"

	"github.com/paulmach/orb"
)

// Directory holds the geographies of a report.
const Directory = "data/maps"

// maxFile is how large a file of shapes may be: a page shows none of what is in more.
const maxFile = 20 << 20

// File is a file of data/maps: areas by longitude and latitude. It is read where the memo does not know what comes of it.
type File struct {
	Path  string
	data  []byte
	memo  *memo.Memo
	areas func() ([]area, *diag.Problem) // read once
}

// area is a feature of a file.
type area struct {
	number     int    // from 1
	id         string // the feature's own
	properties map[string]string
	shape      orb.MultiPolygon
}

// Files are those of data/maps, by the name of each geography. One with problems is nil.
func Files(report fs.FS, answers *memo.Memo, problems *diag.List) (map[string]*File, error) {
	files := map[string]*File{}
	entries, err := fs.ReadDir(report, Directory)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems.Add(diag.Problem{File: Directory, Message: "the directory cannot be read"})
	}
	for _, entry := range entries {
		file := path.Join(Directory, entry.Name())
		name := strings.TrimSuffix(entry.Name(), path.Ext(file))
		fail := func(p diag.Problem) { p.File = file; problems.Add(p); files[name] = nil }
		_, twice := files[name]
		switch ending := path.Ext(file); {
		case strings.HasPrefix(entry.Name(), "."):
		case entry.IsDir():
			fail(diag.Problem{Message: "found a directory, expected a file of shapes"})
		case ending == ".shp" || ending == ".kml" || ending == ".gpkg" || ending == ".zip":
			fail(diag.Problem{Message: "a geography as " + ending, Expected: "GeoJSON or TopoJSON, with the ending .geojson or .topojson", Hint: "mapshaper.org converts it"})
		case !slices.Contains([]string{".geojson", ".topojson", ".json"}, ending): // a note beside it
		case slices.Contains(Names, name):
			fail(diag.Problem{Message: "the geography " + diag.Quote(name) + " is built in", Expected: "another name"})
		case twice:
			fail(diag.Problem{Message: "two files of the geography " + diag.Quote(name), Expected: "one"})
		default:
			f, err := open(report, file, answers)
			var problem unsound
			switch {
			case errors.As(err, &problem):
				fail(diag.Problem(problem))
			case err != nil:
				return nil, err
			default:
				files[name] = f
			}
		}
	}
	return files, nil
}

// unsound is the problem of a file, as an error, which the memo does not keep.
type unsound diag.Problem

func (u unsound) Error() string { return diag.Problem(u).String() }

// open opens a file, and reads it where the memo does not know that there is nothing wrong with it.
func open(report fs.FS, file string, answers *memo.Memo) (*File, error) {
	data, problem := textOf(report, file)
	if problem != nil {
		return nil, unsound(*problem)
	}
	f := &File{Path: file, data: data, memo: answers}
	f.areas = sync.OnceValues(func() ([]area, *diag.Problem) { return readAreas(data) })
	key, err := memo.KeyOf("geography", data)
	if err != nil {
		return nil, err
	}
	_, err = memo.Do(answers, "sound", key, func() (bool, error) {
		if _, problem := f.areas(); problem != nil {
			return false, unsound(*problem)
		}
		return true, nil
	})
	return f, err
}

func textOf(report fs.FS, file string) ([]byte, *diag.Problem) {
	if info, err := fs.Stat(report, file); err == nil && info.Size() > maxFile {
		return nil, &diag.Problem{
			Message: "too large a map", Found: fmt.Sprintf("%d MB", info.Size()>>20), Expected: fmt.Sprintf("%d MB or less", maxFile>>20), Hint: "simplify it: mapshaper.org does, and a page shows no difference",
		}
	}
	data, err := fs.ReadFile(report, file)
	if err != nil {
		return nil, &diag.Problem{Message: "the file cannot be read"}
	}
	return data, nil
}

// geoJSON is a feature, a collection of them, or a geometry.
type geoJSON struct {
	Type        string            `json:"type"`
	Features    []json.RawMessage `json:"features"`
	ID          any               `json:"id"`
	Properties  map[string]any    `json:"properties"`
	Geometry    json.RawMessage   `json:"geometry"`
	Coordinates json.RawMessage   `json:"coordinates"`
	Geometries  []json.RawMessage `json:"geometries"`
	Arcs        json.RawMessage   `json:"arcs"` // of TopoJSON

	Objects   map[string]json.RawMessage `json:"objects"`
	Transform *struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	} `json:"transform"`
}

// readAreas reads GeoJSON (RFC 7946) and TopoJSON.
func readAreas(data []byte) ([]area, *diag.Problem) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	const notMap = "not a map"
	expected := "GeoJSON or TopoJSON"
	top, err := decode(data)
	if err != nil {
		p := &diag.Problem{Message: notMap, Found: "broken JSON", Expected: expected}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			p.Line, p.Column = config.Position(data, int(syntax.Offset)-1)
		}
		var unfit *json.UnmarshalTypeError
		if errors.As(err, &unfit) {
			p.Found = "JSON of something else"
		}
		return nil, p
	}
	r := &reader{}
	var list []*geoJSON
	switch top.Type {
	case "FeatureCollection":
		for i, raw := range top.Features {
			f, err := decode(raw)
			if err != nil || f.Type != "Feature" {
				return nil, &diag.Problem{Message: fmt.Sprintf("feature %d is not a feature of GeoJSON", i+1)}
			}
			list = append(list, f)
		}
	case "Feature":
		list = append(list, top)
	case "Topology":
		if problem := r.readArcs(top); problem != nil {
			return nil, problem
		}
		list, err = topologyFeatures(top)
		if err != nil {
			return nil, &diag.Problem{Message: notMap, Found: "TopoJSON with several layers, or none", Expected: "one layer of areas", Hint: "keep one: mapshaper.org exports layers each"}
		}
	default:
		found := "JSON without type"
		if top.Type != "" {
			found = "JSON of type " + diag.Quote(top.Type)
		}
		return nil, &diag.Problem{Message: notMap, Found: found, Expected: expected}
	}
	return r.areas(list)
}

func (r *reader) areas(list []*geoJSON) ([]area, *diag.Problem) {
	var areas []area
	for i, f := range list {
		var shape orb.MultiPolygon
		var err error
		if f.Geometry != nil {
			shape, err = r.shape(f.Geometry, 0)
		}
		var kind notArea
		switch {
		case errors.As(err, &kind):
			return nil, &diag.Problem{Message: fmt.Sprintf("feature %d is not an area", i+1), Found: string(kind), Expected: "Polygon or MultiPolygon", Hint: "keep areas only: points and lines cannot be colored"}
		case err != nil:
			return nil, &diag.Problem{Message: fmt.Sprintf("feature %d has coordinates that cannot be read", i+1)}
		case len(shape) == 0:
			continue // a place without geometry
		}
		a := area{number: i + 1, properties: map[string]string{}, shape: shape}
		a.id, _ = text(f.ID)
		for key, value := range f.Properties {
			if said, ok := text(value); ok {
				a.properties[key] = said
			}
		}
		areas = append(areas, a)
	}
	if len(areas) == 0 {
		return nil, &diag.Problem{Message: "a map without areas", Expected: "features that are polygons"}
	}
	for _, a := range areas {
		for _, p := range a.points() {
			if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90.001) {
				return nil, &diag.Problem{
					Message: fmt.Sprintf("feature %d has coordinates that are not longitude and latitude", a.number), Found: fmt.Sprintf("%g, %g", p[0], p[1]),
					Expected: "degrees, from −180 to 180 and from −90 to 90", Hint: "export it in WGS 84 (EPSG:4326)",
				}
			}
		}
	}
	return areas, nil
}

// points are all of an area.
func (a area) points() []orb.Point {
	var list []orb.Point
	for _, polygon := range a.shape {
		for _, ring := range polygon {
			list = append(list, ring...)
		}
	}
	return list
}

// decode reads an object, and nothing after it.
func decode(data []byte) (*geoJSON, error) {
	var g geoJSON
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&g); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return nil, &json.SyntaxError{Offset: int64(len(data))}
		}
		return nil, err
	}
	return &g, nil
}

// text is a value by which data may name a place: a text or a whole number.
func text(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return strings.TrimSpace(value), strings.TrimSpace(value) != ""
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64), value == math.Trunc(value)
	}
	return "", false
}

// notArea is a kind of geometry that is not an area.
type notArea string

func (n notArea) Error() string { return string(n) }

var errCoordinates = errors.New("coordinates")

// reader reads geometries.
type reader struct {
	arcs []orb.LineString // of TopoJSON, by place
}

const maxDepth = 8 // of collections of geometries

func (r *reader) shape(raw json.RawMessage, depth int) (orb.MultiPolygon, error) {
	if string(raw) == "null" || depth > maxDepth {
		return nil, nil
	}
	g, err := decode(raw)
	if err != nil {
		return nil, errCoordinates
	}
	switch g.Type {
	case "Polygon":
		polygon, err := r.polygon(g.Coordinates, g.Arcs)
		if len(polygon) == 0 {
			return nil, err
		}
		return orb.MultiPolygon{polygon}, err
	case "MultiPolygon":
		return r.polygons(g.Coordinates, g.Arcs)
	case "GeometryCollection":
		var all orb.MultiPolygon
		for _, part := range g.Geometries {
			shape, err := r.shape(part, depth+1)
			if err != nil {
				return nil, err
			}
			all = append(all, shape...)
		}
		return all, nil
	}
	return nil, notArea(g.Type)
}

func (r *reader) polygons(coordinates, arcs json.RawMessage) (orb.MultiPolygon, error) {
	var all orb.MultiPolygon
	var parts []json.RawMessage
	isArcs := coordinates == nil
	if isArcs {
		coordinates = arcs
	}
	if err := json.Unmarshal(coordinates, &parts); err != nil {
		return nil, errCoordinates
	}
	for _, part := range parts {
		var polygon orb.Polygon
		var err error
		if isArcs {
			polygon, err = r.polygon(nil, part)
		} else {
			polygon, err = r.polygon(part, nil)
		}
		if err != nil {
			return nil, err
		}
		if len(polygon) > 0 {
			all = append(all, polygon)
		}
	}
	return all, nil
}

// polygon reads rings, the first of which is the outer one; those of fewer than three
// corners are not areas.
func (r *reader) polygon(coordinates, arcs json.RawMessage) (orb.Polygon, error) {
	var polygon orb.Polygon
	add := func(ring orb.Ring) {
		if len(ring) > 1 && ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
		}
		if len(ring) >= 4 {
			polygon = append(polygon, ring)
		}
	}
	if coordinates != nil {
		var rings [][][]float64
		if err := json.Unmarshal(coordinates, &rings); err != nil {
			return nil, errCoordinates
		}
		for _, points := range rings {
			var ring orb.Ring
			for _, p := range points {
				if len(p) < 2 {
					return nil, errCoordinates
				}
				ring = append(ring, orb.Point{p[0], p[1]}) // a height is not drawn
			}
			add(ring)
		}
		return polygon, nil
	}
	var rings [][]int
	if err := json.Unmarshal(arcs, &rings); err != nil {
		return nil, errCoordinates
	}
	for _, list := range rings {
		var ring orb.Ring
		for _, place := range list {
			backward := place < 0
			if backward {
				place = ^place
			}
			if place >= len(r.arcs) {
				return nil, errCoordinates
			}
			arc := slices.Clone(r.arcs[place])
			if backward {
				slices.Reverse(arc)
			}
			if len(ring) > 0 && len(arc) > 0 { // it begins where the one before ends
				arc = arc[1:]
			}
			ring = append(ring, arc...)
		}
		add(ring)
	}
	return polygon, nil
}

// readArcs reads the arcs of TopoJSON, whose points may be steps from one to the next.
func (r *reader) readArcs(top *geoJSON) *diag.Problem {
	var arcs [][][]float64
	if err := json.Unmarshal(top.Arcs, &arcs); err != nil {
		return &diag.Problem{Message: "TopoJSON with arcs that cannot be read"}
	}
	for _, points := range arcs {
		var arc orb.LineString
		var x, y float64
		for _, p := range points {
			if len(p) < 2 {
				return &diag.Problem{Message: "TopoJSON with arcs that cannot be read"}
			}
			if t := top.Transform; t != nil {
				x, y = x+p[0], y+p[1]
				arc = append(arc, orb.Point{x*t.Scale[0] + t.Translate[0], y*t.Scale[1] + t.Translate[1]})
			} else {
				arc = append(arc, orb.Point{p[0], p[1]})
			}
		}
		r.arcs = append(r.arcs, arc)
	}
	return nil
}

// topologyFeatures are the geometries of the only layer as features.
func topologyFeatures(top *geoJSON) ([]*geoJSON, error) {
	if len(top.Objects) != 1 {
		return nil, errors.New("layers")
	}
	var list []*geoJSON
	for _, raw := range top.Objects {
		layer, err := decode(raw)
		if err != nil || layer.Type != "GeometryCollection" {
			return nil, errors.New("layer")
		}
		for _, part := range layer.Geometries {
			g, err := decode(part)
			if err != nil {
				return nil, err
			}
			g.Geometry = part
			if g.Type == "" {
				g.Geometry = nil
			}
			list = append(list, g)
		}
	}
	return list, nil
}
