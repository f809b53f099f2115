package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"broadsheet/generator/quantity"
)

// Steps of a measure, each in a colour.

// stepLegend says what the steps of a measure are, and that some values are missing.
func (c *plot) stepLegend(value int) []LegendItem {
	var list []LegendItem
	bounds, missing := c.steps(value)
	low, _ := c.extent(value)
	whole := c.unit(value).Whole() && !slices.ContainsFunc(bounds, func(b float64) bool { return b != math.Trunc(b) })
	for i := range len(bounds) + 1 {
		if len(c.whole) == 0 {
			break
		}
		item := LegendItem{Color: fmt.Sprintf("--step-%d", c.step(i, len(bounds))), Symbol: "square"}
		switch {
		case len(bounds) == 0:
			item.Label = "all values"
		case whole && i < len(bounds) && (i > 0 || low < bounds[0]): // 1, 2–4, 5 or more
			from, to := low, bounds[i]-1
			if i > 0 {
				from = bounds[i-1]
			}
			if item.Label = c.bound(value, from); from < to {
				item.Label += "–" + c.bound(value, to)
			}
		case i == 0:
			item.Label = "under " + c.bound(value, bounds[0])
		case i == len(bounds):
			item.Label = c.bound(value, bounds[i-1]) + " or more"
		default:
			item.Label = c.bound(value, bounds[i-1]) + "–" + c.bound(value, bounds[i])
			if bounds[i-1] < 0 { // a dash beside a minus sign
				item.Label = strings.Replace(item.Label, "–", " to ", 1)
			}
		}
		list = append(list, item)
	}
	if missing {
		list = append(list, LegendItem{Label: "not known", Color: "--step-unknown", Symbol: "square"})
	}
	return list
}

// stepOf is the colour of a value's step.
func (c *plot) stepOf(v quantity.Value, bounds []float64) string {
	if v.IsMissing() {
		return "--step-unknown"
	}
	i := 0
	for i < len(bounds) && v.Float() >= bounds[i] {
		i++
	}
	return fmt.Sprintf("--step-%d", c.step(i, len(bounds)))
}

func (c *plot) bound(value int, bound float64) string {
	v, err := quantity.NewValue(bound)
	if err != nil {
		return ""
	}
	return c.unit(value).Ticks([]quantity.Value{v})[0]
}

const maxSteps = 5

// step spreads the steps that there are over the colours that there are, so that
// the last is always the strongest.
func (c *plot) step(i, bounds int) int {
	if bounds == 0 {
		return maxSteps
	}
	return 1 + i*(maxSteps-1)/bounds
}

// steps are the bounds between at most five steps: those of the chart's file, or
// round ones, with about as many states in each.
func (c *plot) steps(value int) (bounds []float64, missing bool) {
	var list []float64
	for _, l := range c.whole {
		if v := l.Values[value]; v.IsMissing() {
			missing = true
		} else {
			list = append(list, v.Float())
		}
	}
	if len(c.spec.Steps) > 0 {
		return c.spec.Steps, missing
	}
	slices.Sort(list)
	parts := min(maxSteps, len(list))
	for i := 1; i < parts; i++ {
		b := round1(list[i*len(list)/parts])
		if b > list[0] && b <= list[len(list)-1] && !slices.Contains(bounds, b) {
			bounds = append(bounds, b)
		}
	}
	return bounds, missing
}

// round1 rounds to one digit, so that bounds are numbers to remember.
func round1(f float64) float64 {
	if f == 0 {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(math.Abs(f))))
	return math.Round(f/power) * power
}
