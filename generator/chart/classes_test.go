package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestClasses has a map of values and its legend.
func TestClasses(t *testing.T) {
	spread := func(low, step float64) []float64 {
		var list []float64
		for i := range 50 {
			list = append(list, low+float64(i)*step)
		}
		return list
	}
	zeros := func(n int, others ...float64) []float64 { return append(make([]float64, n), others...) }
	for name, tt := range map[string]struct {
		values []float64
		steps  string
		want   string
	}{
		"in a row":           {spread(5, 0.2), "", "1 Under 7%, 2 7%–9%, 3 9%–11%, 4 11%–13%, 5 13%–14.8%"},
		"a narrow range":     {spread(50, 0.01), "", "1 Under 50.1%, 2 50.1%–50.2%, 3 50.2%–50.3%, 4 50.3%–50.4%, 5 50.4%–50.5%"},
		"one far above":      {append(spread(5, 0.2), 90), "", "1 Under 8%, 2 8%–10%, 3 10%–12%, 4 12%–15%, 5 15%–90%"},
		"one far below":      {append(spread(50, 0.2), 1), "", "1 Under 50%, 2 50%–52%, 3 52%–55%, 4 55%–58%, 5 58%–59.8%"},
		"many zeros":         {zeros(40, 45, 46, 47, 48, 49, 50), "", "zero 0%, 2 Under 46%, 3 46%–48%, 4 48%–49%, 5 49%–50%"},
		"one zero":           {zeros(1, spread(5, 0.2)...), "", "1 Under 7%, 2 7%–9%, 3 9%–11%, 4 11%–13%, 5 13%–14.8%"},
		"losses and gains":   {spread(-5, 0.21), "", "below-4 Under −4%, below-2 −4% to −2%, below-1 −2% to 0%, above-1 0%–2%, above-2 2%–4%, above-4 4%–5.3%"},
		"some zeros between": {zeros(3, spread(-5, 0.21)...), "", "below-4 Under −4%, below-2 −4% to −2%, below-1 −2% to 0%, zero 0%, above-1 0%–2%, above-2 2%–4%, above-4 4%–5.3%"},
		"one small loss":     {append(spread(5, 0.2), -0.5), "", "below-1 Under 0%, above-1 0%–8%, above-2 8%–12%, above-4 12%–14.8%"},
		"all the same":       {[]float64{5, 5, 5}, "", "5 All values"},
		"nearly all one":     {append(spread(5, 0), 9), "", "1 Under 8%, 5 8%–9%"},
		"one":                {[]float64{5}, "", "5 All values"},
		"zeros alone":        {zeros(5), "", "5 All values"},
		"by hand":            {spread(-5, 0.2), "steps: [-2, 0, 3]", "below-4 Under −2%, below-1 −2% to 0%, above-1 0%–3%, above-4 3%–4.8%"},
		"by hand, not at 0":  {spread(-5, 0.2), "steps: [-2, 3]", "below-3 Under −2%, zero −2% to 3%, above-3 3%–4.8%"},
		"by hand, unused":    {spread(5, 0.2), "steps: [10, 100]", "1 Under 10%, 3 10%–100%, 5 100% or more"},
		"very large":         {spread(1e15, 1e13), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var csv strings.Builder
			for i, v := range tt.values {
				fmt.Fprintf(&csv, "A%02d,2015,%g,\n", i, v)
			}
			c := charted(t, "kind: heatmap\ny: name\nx: year\nvalue: rate\n"+tt.steps+"\n", csv.String())
			var got []string
			for _, item := range c.Legend {
				got = append(got, strings.TrimPrefix(strings.TrimPrefix(item.Color, "--step-"), "--")+" "+item.Label)
			}
			if said := strings.Join(got, ", "); tt.want != "" && said != tt.want || len(got) == 0 {
				t.Errorf("got  %s\nwant %s", said, tt.want)
			}
		})
	}
}

// TestBoundsAreUsed for values of any distribution and size: no class is empty.
func TestBoundsAreUsed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		scale := math.Pow(10, float64(random.IntN(30)-15))
		var values []float64
		for range 1 + random.IntN(80) {
			v := random.NormFloat64()
			switch random.IntN(4) {
			case 0:
				v = math.Exp(3 * v)
			case 1:
				v = math.Round(v)
			case 2:
				v = 7
			}
			values = append(values, v*scale)
		}
		slices.Sort(values)
		bounds := roundBounds(values, 1+random.IntN(maxSteps))
		if len(bounds) >= maxSteps {
			t.Fatalf("%d bounds of %v", len(bounds), values)
		}
		for _, k := range between(bounds) {
			if !slices.ContainsFunc(values, k.holds) {
				t.Fatalf("nothing is from %g to %g, by %v, of %v", k.from, k.to, bounds, values)
			}
		}
	}
}
