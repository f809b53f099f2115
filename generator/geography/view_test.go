package geography

import "testing"

// TestViews has what is shown of a map where only some shapes have data: the whole where
// they are spread, else no more than is around them, in which each of them is.
func TestViews(t *testing.T) {
	for _, tt := range []struct {
		geography string
		codes     []string
		whole     bool
	}{
		{"us-states", []string{"CA", "NY"}, true},
		{"us-states", []string{"CT"}, false},
		{"us-states", []string{"AK"}, false},
		{"us-counties-2023", []string{"09110", "09120", "09190"}, false},
		{"world", []string{"FI", "EE", "LV"}, false},
		{"world", []string{"FR", "ES", "PT"}, false}, // French Guiana is part of France
		{"world", []string{"BR", "DE"}, true},
		{"world", nil, true},
	} {
		g := Get(tt.geography)
		var shapes []*Shape
		for _, code := range tt.codes {
			shapes = append(shapes, g.Find(code))
		}
		v := g.ViewOf(shapes)
		if whole := v == g.Whole(); whole != tt.whole {
			t.Errorf("%s %v: %v, whole %v, want %v", tt.geography, tt.codes, v, whole, tt.whole)
		}
		if v.X < 0 || v.Y < 0 || v.X+v.Width > g.Width+1 || v.Y+v.Height > g.Height+1 {
			t.Errorf("%s %v: %v is outside of the plane", tt.geography, tt.codes, v)
		}
		for _, s := range shapes {
			if path := v.Path(s); !pathForm.MatchString(path) {
				t.Errorf("%s %v: %s has %.60q in %v", tt.geography, tt.codes, s.ID, path, v)
			}
		}
	}
	if g := Get("world"); g.ViewOf([]*Shape{g.Find("FI")}).Path(g.Find("BR")) != "" {
		t.Error("Brazil is shown beside Finland")
	}
}

// TestAViewCutsShapes has a square of which the view shows a half.
func TestAViewCutsShapes(t *testing.T) {
	s := &Shape{Path: "M0 0l10 0 0 10-10 0z"}
	path := (View{X: 5, Width: 20, Height: 20}).Path(s)
	half := &Shape{Path: path}
	if b := half.main(); len(half.rings()) != 1 || b.Min != [2]float64{5, 0} || b.Max != [2]float64{10, 10} {
		t.Error(path)
	}
}
