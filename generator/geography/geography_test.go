package geography

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

var pathForm = regexp.MustCompile(`^(?:M-?\d+ ?-?\d+l-?\d+(?:[ -]-?\d+)+z)+$`)

func TestBuiltInGeographiesAreWhole(t *testing.T) {
	for _, name := range Names {
		g := Get(name)
		if g.Noun == "" || g.Plural == "" || g.Place == "" || g.Example == "" || g.Base != "" && Get(g.Base).Width != g.Width {
			t.Errorf("%s: %q %q %q %q on %q", name, g.Noun, g.Plural, g.Place, g.Example, g.Base)
		}
		for _, s := range g.Shapes {
			if s.Name == "" || !pathForm.MatchString(s.Path) {
				t.Errorf("%s: %s, %q: %.80s", name, s.ID, s.Name, s.Path)
			}
			if s.X < 0 || s.Y < 0 || s.X > g.Width || s.Y > g.Height {
				t.Errorf("%s: the middle of %s is outside", name, s.ID)
			}
			if found := g.Find(s.ID); found == nil || found.ID != s.ID {
				t.Errorf("%s: %s is not found by its id", name, s.ID)
			}
		}
	}
}

func TestShapesAreFoundByTheirCodes(t *testing.T) {
	for geography, all := range map[string]map[string]string{
		"us-states":        {"CA": "06", "06": "06", "California": "06", "dc": "11", "PR": "72", " GU ": "66", "FR": "", "": "", "6": ""},
		"us-counties-2017": {"17031": "17031", "09001": "09001", "09110": "", "51540": "51540", "51683": "51683", "72127": "72127", "Cook": ""},
		"us-counties-2023": {"09110": "09110", "09001": "", "02063": "02063", "51600": "51600", "78030": "78030"},
		"world":            {"FR": "250", "FRA": "250", "250": "250", "France": "250", "DE": "276", "South Korea": "410", "XK": "Kosovo", "SG": "702", "MT": "470", "TV": "798"},
	} {
		for code, want := range all {
			got := ""
			if s := Get(geography).Find(code); s != nil {
				got = s.ID
			}
			if got != want {
				t.Errorf("%s: %q is %q, want %q", geography, code, got, want)
			}
		}
	}
	if got := With("09110"); !slices.Equal(got, []string{"us-counties-2023"}) {
		t.Errorf("09110 is in %v", got)
	}
	if Get("mars") != nil {
		t.Error("there is no mars")
	}
}

// TestNoPlaceIsLost counts what the Census Bureau and ISO list.
func TestNoPlaceIsLost(t *testing.T) {
	for name, want := range map[string]map[string]int{
		"us-states":        {"": 56},
		"us-counties-2017": {"": 3142 + 88, "51": 133, "09": 8, "72": 78, "11": 1},
		"us-counties-2023": {"": 3144 + 88, "51": 133, "09": 9, "72": 78, "11": 1},
	} {
		for state, n := range want {
			got := 0
			for _, s := range Get(name).Shapes {
				if strings.HasPrefix(s.ID, state) {
					got++
				}
			}
			if got != n {
				t.Errorf("%s has %d shapes of %q, want %d", name, got, state, n)
			}
		}
	}
	if district := Get("us-states").Find("DC"); strings.Count(district.Path, "M") != 1 || strings.Count(district.Beside, "M") != 1 {
		t.Errorf("the District of Columbia is its shape and a square: %s", district.Drawn())
	}
}

func TestPointsHaveTheirPlace(t *testing.T) {
	for name, all := range map[string]map[string][2]float64{
		"us-states":        {"CO": {-104.98, 39.74}, "AK": {-149.9, 61.2}, "HI": {-155.5, 19.6}, "PR": {-66.3, 18.2}, "FL": {-81.5, 28}, "ME": {-69, 45.3}, "": {2.35, 48.86}},
		"us-counties-2017": {"17031": {-87.7, 41.85}, "36061": {-73.97, 40.78}},
		"world":            {"FR": {2.35, 48.86}, "US": {-98, 39}, "AU": {134, -25}, "RU": {100, 62}, "": {0, -85}},
	} {
		g := Get(name)
		for code, at := range all {
			x, y, ok := g.Locate(at[0], at[1])
			inside := g.Find(code)
			if ok != (code != "") {
				t.Errorf("%s: %v has a place: %t", name, at, ok)
			}
			if inside != nil && !slices.ContainsFunc(inside.rings(), func(r orb.Ring) bool { return planar.RingContains(r, orb.Point{x, y}) }) {
				t.Errorf("%s: %v is at %.0f %.0f, which is not in %s", name, at, x, y, code)
			}
		}
	}
}

func TestTilesAreApart(t *testing.T) {
	seen := map[Tile]string{}
	for _, s := range Get("us-states").Shapes {
		if s.Tile == nil || s.Tile.Label != s.Codes[0] {
			t.Fatalf("the tile of %s is %v", s.Name, s.Tile)
		}
		if other := seen[Tile{Column: s.Tile.Column, Row: s.Tile.Row}]; other != "" {
			t.Errorf("%s has the tile of %s", s.Name, other)
		}
		seen[Tile{Column: s.Tile.Column, Row: s.Tile.Row}] = s.Name
	}
}
