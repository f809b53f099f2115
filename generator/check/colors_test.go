package check

import "testing"

func TestColorsAreThoseOfValues(t *testing.T) {
	at := func(name, value, color string) mark {
		return mark{at: key{name: name}, value: value, fill: "var(--" + color + ")"}
	}
	for name, tt := range map[string]struct {
		marks []mark
		want  string
	}{
		"in order":          {[]mark{at("a", "5", "step-3"), at("b", "-2", "step-1"), at("c", "4.5", "step-3"), at("d", "", "step-unknown")}, ""},
		"two signs":         {[]mark{at("a", "5", "above-1"), at("b", "-2", "below-1"), at("c", "0", "step-zero")}, ""},
		"of no class":       {[]mark{at("a", "5", "chart-1"), at("b", "-2", "chart-2"), at("c", "6", "chart-2")}, ""},
		"exchanged":         {[]mark{at("a", "1", "step-1"), at("b", "2", "step-3"), at("c", "3", "step-1")}, `"c" is not in the color of its value, 3`},
		"one value, two":    {[]mark{at("a", "1", "step-1"), at("b", "1", "step-3")}, `"b" is not in the color of its value, 1`},
		"unknown, coloured": {[]mark{at("a", "", "step-1")}, `"a" has no value, and the color of one`},
		"known, uncoloured": {[]mark{at("a", "1", "step-unknown")}, `"a" has a value, and no color of one`},
	} {
		if got := miscolored(tt.marks); got != tt.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
