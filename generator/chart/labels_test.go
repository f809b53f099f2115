package chart

import (
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
)

// TestLabelsAreNearestToTheirOwnCircles: on a crowded coast each label on a map belongs to one circle beyond doubt, and the largest circle has one.
func TestLabelsAreNearestToTheirOwnCircles(t *testing.T) {
	c := charted(t, "kind: symbol-map\ngeography: us-counties-2017\nregion: name\nlabel: kind\nvalue: n\nview: whole\n", strings.Join([]string{
		"06067,,17700000,Sacramento", "41047,,,Marion", "53033,,60000,King", "06037,,2000000,Los-Angeles", "06075,,500000,San-Francisco", "06001,,300000,Alameda",
		"06081,,90000,San-Mateo", "06013,,80000,Contra-Costa", "17167,,6500000,Sangamon", "17031,,1800000,Cook", "36061,,4100000,New-York", "36001,,70000,Albany", "32003,,60000,Clark", "",
	}, "\n"))
	circleOf := regexp.MustCompile(`<path d="M(\S+) (\S+)a(\S+) [^>]* data-name="([^"]*)"`)
	text := regexp.MustCompile(`<text x="(\S+)" y="(\S+)" text-anchor="(\w+)" style="font-size:\d+px;font-weight:600;"[^>]*>([^<]*)<`)
	of := map[string]string{}
	for _, l := range c.lines {
		of[l.Values[c.column("label")].Raw()] = c.id(l, c.column("region"))
	}
	number := func(s string) float64 { n, _ := strconv.ParseFloat(s, 64); return n }
	for _, drawn := range shapes(t, c) {
		labels := text.FindAllStringSubmatch(drawn, -1)
		if len(labels) < 4 || !strings.Contains(drawn, ">Sacramento<") {
			t.Errorf("few labels: %q", labels)
		}
		for _, l := range labels {
			name, x, top := html.UnescapeString(l[4]), number(l[1]), number(l[2])-11.5
			left := x - map[string]float64{"start": 0, "middle": 0.5, "end": 1}[l[3]]*float64(boldWidth(name))
			right, bottom := left+float64(boldWidth(name)), top+2*lineHeight
			nearest, least := "", math.Inf(1)
			for _, m := range circleOf.FindAllStringSubmatch(drawn, -1) {
				r := number(m[3])
				cx, cy := number(m[1])+r, number(m[2])
				if far := math.Hypot(max(left-cx, 0, cx-right), max(top-cy, 0, cy-bottom)) - r; far < least {
					nearest, least = m[4], far
				}
			}
			if nearest != of[name] {
				t.Errorf("the label of %s is nearest to the circle of %s", name, nearest)
			}
		}
	}
}

// TestNoSquareIsAloneInItsRow holds for groups of all sizes at both widths.
func TestNoSquareIsAloneInItsRow(t *testing.T) {
	for _, width := range []int{322, 550} {
		for most := 1; most <= 60; most++ {
			g := unitGrid{step: 26, squares: map[string][]aggregate.Row{"": make([]aggregate.Row, most)}}
			g.pack(width, most)
			if last := most % g.across; g.across*g.step > width || most > g.across && last > 0 && last*3 < g.across {
				t.Errorf("%d squares: %d in a row of %d pixels, and %d in the last", most, g.across, width, last)
			}
		}
	}
}

// TestValuesThatAreNotExactGetNoDecimals: what a source rounds is not written as if it were counted to more digits.
func TestValuesThatAreNotExactGetNoDecimals(t *testing.T) {
	c := charted(t, "kind: bar\nx: n\ny: name\n", "A,,380000000,rounded\nB,,263900000,exact\nC,,5000000,exact\n")
	measure := c.column("x")
	c.of.Columns[measure].PrecisionIn = 1 + c.of.Column("kind")
	texts := c.beside(measure)
	for raw, want := range map[string]string{"380000000": "$380M", "263900000": "$263.9M", "5000000": "$5.0M"} {
		if texts[raw] != want {
			t.Errorf("%s is %q, want %q", raw, texts[raw], want)
		}
	}
}

// TestALaneWithoutValuesNamesItsEvent: a lone short line says what it is.
func TestALaneWithoutValuesNamesItsEvent(t *testing.T) {
	c := charted(t, "kind: lanes\ny: kind\nlabel: name\nx: year\nvalue: side\n", "filed,2015,,X v. Y\nruling,2018,1,X v. Y\n\"filed, no ruling\",2017,,Z v. Y\n")
	for _, s := range shapes(t, c) {
		if strings.Count(s, ">filed, no ruling<") != 1 || strings.Contains(s, ">filed<") {
			t.Error(s)
		}
	}
}

// TestWordsOfLinesAreOverHorizontalBars: beside bars they would read as labels of them.
func TestWordsOfLinesAreOverHorizontalBars(t *testing.T) {
	c := charted(t, "kind: bar\nx: n\ny: name\nannotate: {lines: [{value: 4, text: the limit}, {value: 4.2, text: another}]}\n", "A,,5,\nB,,7,\n")
	words := regexp.MustCompile(`y="(\S+)" text-anchor="\w+" style="font-size:\d+px;" [^>]*>(?:the limit|another)<`)
	for _, s := range c.renderings {
		drawn := s.annotate(svg.Drawing{Width: s.width, Height: s.height})
		found := words.FindAllStringSubmatch(drawn.Shapes, -1)
		if len(found) != 2 {
			t.Errorf("%d px wide: %s", s.width, drawn.Shapes)
		}
		for _, m := range found {
			if y, _ := strconv.ParseFloat(m[1], 64); y >= s.option.Grid.Top {
				t.Errorf("%d px wide: words at %v, and bars from %v", s.width, y, s.option.Grid.Top)
			}
		}
	}
}

// TestLabelColumnIsAsWideAsItsLines holds that names that are broken leave no room beside them, and break alike at the width of their lines.
func TestLabelColumnIsAsWideAsItsLines(t *testing.T) {
	for _, labels := range [][]string{
		{"Central", "Ferry Landing and River Road"},
		{"Appropriated by Congress, fiscal 2016", "Divided by the formula, fiscal 2016", "Put at risk by the letters, fiscal 2017"},
		{"Evanston and the U.S. Conference of Mayors", "Illinois"},
	} {
		const most = 128
		width, lines := labelColumn(labels, most)
		longest, taken := 0, 0
		for _, l := range labels {
			parts := strings.Split(broken(l, width), "\n")
			taken = max(taken, len(parts))
			for _, part := range parts {
				longest = max(longest, textWidth(part))
			}
		}
		if width > most || longest > width || width > longest*11/10+2 || taken != lines {
			t.Errorf("%q have a column of %d for lines of %d, %d lines and not %d", labels, width, longest, taken, lines)
		}
	}
}

// TestCirclesOfFewPlacesFitTheirMap: where the view is of a county or two, and low, neither the largest circle nor the key takes much of it, and that circle has a label.
func TestCirclesOfFewPlacesFitTheirMap(t *testing.T) {
	for _, rows := range []string{"17031,,2350,Cook\n", "17031,,2350,Cook\n17043,,700,DuPage\n", "06001,,300,Alameda\n06075,,900,San-Francisco\n"} {
		c := charted(t, "kind: symbol-map\ngeography: us-counties-2017\nregion: name\nlabel: kind\nvalue: n\n", rows)
		for i, width := range []int{Narrow, Wide} {
			high, key := c.mapHeight(width), 0
			for _, row := range c.sizeKeys(width) {
				key += row.height
			}
			if high > width || key*4 > high+40 || 2*c.largestRadius(width) > float64(high)*0.22+7 {
				t.Errorf("%q at %d: a map of %d has a key of %d and a circle of %.0f", rows, width, high, key, 2*c.largestRadius(width))
			}
			largest := strings.Split(strings.TrimSpace(rows), "\n")[0]
			if strings.HasPrefix(rows, "06001") {
				largest = "San-Francisco"
			}
			if name := largest[strings.LastIndex(largest, ",")+1:]; !strings.Contains(shapes(t, c)[i], ">"+name+"<") {
				t.Errorf("%q at %d: the largest circle has no label %q", rows, width, name)
			}
		}
	}
}
