package progress

import (
	"context"
	"testing"
)

func TestPart(t *testing.T) {
	for _, tt := range []struct {
		at   Progress
		want float64
	}{
		{Progress{}, 0},
		{Progress{Step: 1, Steps: 8}, 0},
		{Progress{Step: 5, Steps: 8, Done: 1, Total: 2}, 4.5 / 8},
		{Progress{Step: 8, Steps: 8, Done: 2, Total: 2}, 1},
	} {
		if got := tt.at.Part(); got != tt.want {
			t.Errorf("%+v: %v, want %v", tt.at, got, tt.want)
		}
	}
}

func TestCount(t *testing.T) {
	var last [2]int
	done := Count(With(context.Background(), func(done, total int, _ string) { last = [2]int{done, total} }), 2, "page")
	if last != [2]int{0, 2} {
		t.Error("the start of a count is not told:", last)
	}
	done()
	done()
	if last != [2]int{2, 2} {
		t.Error(last)
	}
	Count(context.Background(), 2, "page")() // nobody watches
}
