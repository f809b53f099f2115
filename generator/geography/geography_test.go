package geography

import (
	"regexp"
	"slices"
	"strings"
	"testing"
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
	if district := Get("us-states").Find("DC"); strings.Count(district.Path, "M") != 2 {
		t.Errorf("the District of Columbia is its shape and a square: %s", district.Path)
	}
}
