package chart

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
)

// charted loads a chart that has no problems.
func charted(t *testing.T, yaml, csv string) *Chart {
	t.Helper()
	c, said := load(t, yaml, csv)
	if said != "" {
		t.Fatal(said)
	}
	return c
}

func legend(c *Chart) string {
	var list []string
	for _, item := range c.Legend {
		list = append(list, item.Symbol+" "+item.Label)
	}
	return strings.Join(list, ", ")
}

// as lists what the columns of the table are in the drawing.
func as(c *Chart) string {
	var list []string
	for _, column := range c.Table.Columns {
		list = append(list, column.Name+" "+string(column.As))
	}
	return strings.Join(list, ", ")
}

func TestEachKindSaysWhatItShows(t *testing.T) {
	for name, tt := range map[string]struct{ yaml, csv, alt, legend, as string }{
		"grouped": {"kind: bar\nx: n\ny: name\nseries: kind\n", "A,,5,x\nA,,-7,y\nB,,,x\n",
			"Grouped bar chart of 2 names in 2 groups. Highest: A (x), $5. Lowest: A (y), −$7. No value: B (x).", "square X, square Y", "kind group, name name, n value"},
		"stacked": {"kind: bar\nx: n\ny: name\nstack: kind\n", "A,,5,x\nA,,7,y\n",
			"Stacked bar chart of 1 name in 2 groups. Highest: A (y), $7. Lowest: A (x), $5.", "square X, square Y", "kind group, name name, n value"},
		"area": {"kind: area\nx: year\ny: n\n", ",2015,5,\n,2017,6,\n",
			"Area chart of 1 area. N: from $5 in 2015 to $6 in 2017. No values for 2016.", "", "year name, n value"},
		"scatter": {"kind: scatter\nx: n\ny: rate\nlabel: name\n", "A,,5,\nB,,,\n",
			"Scatter plot of 1 point: Rate, and across N. Highest: A, 5%.", "", "name name, n across, rate value"},
		"dot": {"kind: dot\nx: n\ny: name\nseries: year\n", "A,2015,5,\nA,2016,6,\n",
			"Dot plot of 1 row. Highest: A (2016), $6. Lowest: A (2015), $5.", "circle 2015, triangle 2016", "year group, name name, n value"},
		"range": {"kind: range\ny: name\nlow: n\nhigh: rate\n", "A,,5,\nB,,7,\n",
			"Range chart of 2 intervals. Highest end: B, 7%. Lowest end: A, $5.", "", "name name, n low, rate high"},
		"histogram": {"kind: histogram\nx: n\nlabel: name\n", "A,,5,\nB,,7,\nC,,,\n",
			"Histogram of 2 values: N. Highest: B, $7. Lowest: A, $5. No value: C.", "", "name name, n binned"},
		"heatmap": {"kind: heatmap\nx: year\ny: name\nvalue: n\n", "A,2015,5,\nA,2016,,\n",
			"Heat map of 1 row and 2 columns. Highest: A (2015), $5. No value: A (2016).", "square All values, square Not known", "name name, year group, n value"},
		"waterfall": {"kind: waterfall\nx: name\ny: n\n", "A,,5,\nB,,-7,\n",
			"Waterfall chart of 2 steps. Highest: A, $5. Lowest: B, −$7.", "", "name name, n value"},
		"units": {"kind: units\nlabel: name\nx: year\nvalue: kind\n", "A,2017,,x\nB,2016,,x\nC,2015,,y\n",
			"Unit chart of 3 squares. X: 2. Y: 1.", "", "name name, year when, kind value"},
		"box": {"kind: box\nlabel: name\nx: n\n", "A,,5,\nB,,7,\nC,,,\nD,,1,\nE,,2,\nF,,9,\n",
			"Box plot of 5 dots. Highest: F, $9. Lowest: D, $1. No value: C.", "square The middle half of the values, with the median", "name name, n value"},
		"funnel": {"kind: funnel\ny: name\nx: n\n", "A,,9,\nB,,7,\nC,,2,\n",
			"Funnel chart of 3 steps. Highest: A, $9. Lowest: C, $2.", "", "name name, n value"},
		"strip": {"kind: strip\nlabel: name\nx: n\n", "A,,5,\nB,,7,\nC,,,\n",
			"Strip plot of 2 dots. Highest: B, $7. Lowest: A, $5. No value: C.", "", "name name, n value"},
		"dumbbell": {"kind: dumbbell\nx: n\ny: name\nseries: year\n", "A,2015,5,\nA,2016,6,\n",
			"Dumbbell chart of 1 row. Highest: A (2016), $6. Lowest: A (2015), $5.", "ring 2015, circle 2016", "year group, name name, n value"},
		"slope": {"kind: slope\nx: year\ny: n\nseries: name\n", "A,2015,5,\nA,2016,6,\nB,2016,4,\n",
			"Slope chart of 2 lines. Highest: 2016 (A), $6. Lowest: 2016 (B), $4.", "", "name group, year name, n value"},
		"ties": {"kind: bar\nx: n\ny: name\n", "A,,5,\nB,,5,\nC,,1,\nD,,1,\nE,,1,\nF,,1,\n",
			"Bar chart of 6 bars. Highest: A, B, $5 each. Lowest: $1, 4 times.", "", "name name, n value"},
		"many without value": {"kind: bar\nx: n\ny: name\n", "A,,5,\nB,,,\nC,,,\nD,,,\nE,,,\nF,,,\nG,,,\nH,,,\nI,,,\n",
			"Bar chart of 9 bars. Highest: A, $5. No value: B, C, D, E, F, G and 2 more.", "", "name name, n value"},
		"treemap": {"kind: treemap\nlabel: name\nvalue: n\nparent: kind\n", "A,,5,x\nA,,7,y\n",
			"Treemap of 2 tiles. Highest: A (y), $7. Lowest: A (x), $5.", "square X, square Y", "kind group, name name, n value"},
		"sankey": {"kind: sankey\nsource: name\ntarget: kind\nvalue: n\n", "A,,5,x\nB,,7,x\n",
			"Flow chart of 2 flows. Highest: B (x), $7. Lowest: A (x), $5.", "", "name name, kind group, n value"},
		"counties": {"kind: map\ngeography: us-counties-2017\nregion: name\nvalue: rate\n", "17031,,5,\n06037,,7,\n",
			"Map of the United States with values for 2 counties. Highest: 06037, 7%. Lowest: 17031, 5%.", "square Under 6%, square 6%–7%, square Not in the data", "name name, rate value"},
		"multiples": {"kind: bar\nx: n\ny: name\nby: kind\n", "A,,5,x\nA,,7,y\nB,,6,y\n",
			"Small multiples of 2 panels. Highest: A (y), $7. Lowest: A (x), $5.", "", "kind panel, name name, n value"},
	} {
		t.Run(name, func(t *testing.T) {
			c := charted(t, tt.yaml, tt.csv)
			if c.Alt() != tt.alt {
				t.Errorf("alt text is %q, want %q", c.Alt(), tt.alt)
			}
			if got := legend(c); got != tt.legend {
				t.Errorf("legend is %q, want %q", got, tt.legend)
			}
			if got := as(c); got != tt.as {
				t.Errorf("columns are %q, want %q", got, tt.as)
			}
			for _, s := range shapes(t, c) {
				if !strings.Contains(s, "data-name=") && !strings.Contains(s, "data-low=") {
					t.Errorf("nothing is drawn: %s", s)
				}
			}
		})
	}
}

func TestBinsHoldTheirLowerBound(t *testing.T) {
	c := charted(t, "kind: histogram\nx: n\nlabel: name\nbins: 4\n", "A,,0,\nB,,10,\nC,,10,\nD,,19.999,\nE,,40,\n")
	var got []string
	for _, b := range c.bins() {
		got = append(got, fmt.Sprintf("%v-%v: %d", b.low, b.high, b.count))
	}
	if want := []string{"0-10: 1", "10-20: 3", "20-30: 0", "30-40: 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPanelsHaveOneScaleAndOneText(t *testing.T) {
	c := charted(t, "kind: bar\nx: n\ny: name\nby: kind\n", "A,,5,x & y\nA,,10,z\n")
	drawn := shapes(t, c)
	for _, want := range []string{`data-panel="x &amp; y"`, `>x &amp; y<`, ">$5<", ">$10<"} {
		for _, s := range drawn {
			if !strings.Contains(s, want) {
				t.Errorf("no %s in the drawing", want)
			}
		}
	}
	first, second := c.renderings[0].option, c.renderings[1].option
	if a, b := first.XAxis.Max, second.XAxis.Max; a != b || a != 10.0 {
		t.Errorf("the scales end at %v and %v", a, b)
	}
}

func TestOptionsAreMerged(t *testing.T) {
	c := charted(t, "kind: bar\nx: n\ny: name\noptions: {series: [{barWidth: 3}], grid: {left: 50}}\n", "A,,5,\n")
	option := c.renderings[1].option
	data, err := json.Marshal(option)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"barWidth":3`, `"left":50`, `"value":5`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in %s", want, data)
		}
	}
}

func TestAxesDoNotRoundTheirOwnNumbers(t *testing.T) {
	c := charted(t, "kind: dot\nx: n\ny: name\n", "A,,1,\nB,,2,\n")
	if got := c.tickTexts(c.column("x"), []float64{1, 1.5, 2}); !slices.Equal(got, []string{"$1.00", "$1.50", "$2.00"}) {
		t.Errorf("%q", got)
	}
	if got := c.tickTexts(c.column("x"), []float64{-1e6, 0, 1.5e6}); !slices.Equal(got, []string{"−$1.0M", "$0", "$1.5M"}) {
		t.Errorf("%q", got)
	}
}

func TestSparklinesLeaveGaps(t *testing.T) {
	c := charted(t, "kind: line\nx: year\ny: n\n", "A,2015,1,\n")
	a := &aggregate.Aggregate{Result: aggregate.Result{Columns: c.Of.Columns}}
	for _, l := range []struct{ key, year string }{{"x", "2015"}, {"x", "2016"}, {"x", "2018"}, {"y", "2015"}} {
		line := c.Of.Rows[0]
		line.Key = []string{l.key, l.year}
		a.Rows = append(a.Rows, line)
	}
	s := Sparkline(a, c.Of.Column("n"), []string{"x"})
	if strings.Count(s.Shapes, "M") != 2 || strings.Count(s.Shapes, "L") != 1 || s.Label != "$1 in 2015, $1 in 2018" {
		t.Errorf("%+v", s)
	}
	if s := Sparkline(a, c.Of.Column("n"), []string{"z"}); s.Shapes != "" || s.Label != "no values" {
		t.Errorf("%+v", s)
	}
}

// TestTicksHaveNoBinaryFractions holds that no tick shows what binary fractions add.
func TestTicksHaveNoBinaryFractions(t *testing.T) {
	for _, list := range [][]float64{ticksOver(5, 7, 10, 0), ticks(0, 0.7, 7), ticks(-0.3, 0.3, 6)} {
		for _, f := range list {
			if text := strconv.FormatFloat(f, 'f', -1, 64); len(text) > 4 {
				t.Errorf("a tick at %s", text)
			}
		}
	}
}

func TestYearsStandInOrder(t *testing.T) {
	c := charted(t, "kind: matrix\ny: name\nx: year\nvalue: kind\n", "B,2016,5,x\nA,2015,7,y\nA,2017,7,y\n")
	if years, _ := c.names(c.column("x")); !slices.Equal(years, []string{"2015", "2016", "2017"}) {
		t.Errorf("the columns are %q", years)
	}
	if names, _ := c.names(c.column("y")); !slices.Equal(names, []string{"B", "A"}) {
		t.Errorf("the rows are %q", names)
	}
}

func TestLabelsAreBrokenBetweenWords(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  string
	}{
		{"New York", 100, "New York"},
		{"New York City", 50, "New\nYork\nCity"},
		{"Apr 2017", 27, "Apr\n2017"}, // a word that just fits stays whole
		{"בירושלים תל אביב", 70, "בירושלים\nתל אביב"},
		{"Unbreakable", 30, "Unbr\neaka\nble"},
		{"", 10, ""},
	} {
		if got := broken(tt.text, tt.width); got != tt.want {
			t.Errorf("%q in %d pixels is %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

// TestAnnotationsAreSaid: what a chart's annotations say is in its description, and drawn in each width.
func TestAnnotationsAreSaid(t *testing.T) {
	c := charted(t, "kind: bar\nx: year\ny: n\nannotate: {points: [{key: '2', text: a peak}], events: [{at: 2016, text: 'after the fair & all'}], bands: [{from: 2014, to: 2015, text: before}]}\n", ",2014,5,\n,2015,7,\n,2016,6,\n")
	if got, want := c.Said.String(), "Marked: a peak; before; after the fair & all (2016)."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	for _, s := range c.renderings {
		before := svg.Drawing{Width: s.width, Height: s.height, Shapes: "<path/>"}
		drawn := s.annotate(before)
		if !strings.Contains(drawn.Shapes, "after the fair &amp; all") || !strings.Contains(drawn.Shapes, ">before<") || !strings.Contains(drawn.Shapes, "<path/>") {
			t.Errorf("%d px wide: %s", s.width, drawn.Shapes)
		}
	}
}
