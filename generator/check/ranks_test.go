package check

import (
	"fmt"
	"testing"
)

// TestRanksAreCountedFromAbove puts the points of a chart of ranks where they belong, and elsewhere.
func TestRanksAreCountedFromAbove(t *testing.T) {
	point := func(name, group, rank string, x, y float64) shape {
		m := &mark{at: key{name: name, group: group}, value: rank, transform: fmt.Sprintf("matrix(5,0,0,5,%g,%g)", x, y)}
		return shape{mark: m, x: x, y: y, low: -y, high: -y}
	}
	sound := []shape{
		point("2018", "a", "1", 0, 10), point("2018", "b", "2", 0, 30), point("2018", "c", "2", 0, 50), point("2018", "d", "4", 0, 70),
		point("2019", "a", "4", 99, 70), point("2019", "b", "1", 99, 10), point("2019", "c", "1", 99, 30), point("2019", "d", "3", 99, 50),
	}
	if said := misranked(sound); said != "" {
		t.Error(said)
	}
	for i, tt := range []struct {
		at int
		y  float64
	}{{3, 60}, {4, 20}} {
		moved := append([]shape{}, sound...)
		p := moved[tt.at]
		moved[tt.at] = point(p.at.name, p.at.group, p.value, p.x, tt.y)
		if said := misranked(moved); said == "" {
			t.Errorf("%d: a point in the wrong place passes", i)
		}
	}
}
