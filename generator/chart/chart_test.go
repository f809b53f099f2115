package chart

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet"
	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// load makes the chart of a YAML file over a table with the columns name, year,
// n, rate (a rate), kind, and side: gain where n is above zero, else none.
func load(t *testing.T, yaml, csv string) (*Chart, string) {
	t.Helper()
	report := fstest.MapFS{
		dataset.File: {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [
			{"name": "name", "type": "string"}, {"name": "year", "type": "year"}, {"name": "n", "type": "number"}, {"name": "kind", "type": "string"}]}}]}`)},
		"data/t.csv": {Data: []byte("name,year,n,kind\n" + csv)},
		"data/aggregates/a.sql": {Data: []byte(`/*
title: A
key: row
columns: {row: {label: Row, unit: count}, name: {label: Name, unit: text}, year: {label: Year, unit: year}, n: {label: N, unit: usd}, rate: {label: Rate, unit: percent}, kind: {label: Kind, unit: text}, side: {label: Side, unit: text}}
*/
SELECT _row AS row, name, year, n, n AS rate, kind, CASE WHEN n > 0 THEN 'gain' END AS side, [_row] AS t_rows FROM t`)},
		"data/charts/c.yaml": {Data: []byte("of: a\ntitle: T\nsubtitle: S, 2017, US dollars or percent per head\n" + yaml)},
	}
	eng, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := eng.Close(); err != nil {
			t.Error(err)
		}
	}()
	var problems diag.List
	data, err := dataset.Load(t.Context(), report, nil, eng, nil, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	set, err := aggregate.Load(t.Context(), report, data, eng, nil, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	charts, err := Load(t.Context(), Files(report, &problems), set, nil, data.Package.Created, Palette{}, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems.Sorted() {
		said = append(said, p.String())
	}
	return charts["c"], strings.Join(said, "\n")
}

// shapes draws a chart at both widths.
func shapes(t *testing.T, c *Chart) []string {
	t.Helper()
	d := svg.New(broadsheet.Drawing, nil)
	var all []string
	for _, width := range []int{Narrow, Wide} {
		drawing, err := c.Draw(t.Context(), d, width)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, drawing.Shapes)
	}
	return all
}

func TestBarsShowEachValueAndNoMissingOne(t *testing.T) {
	c, said := load(t, "kind: bar\nx: n\ny: name\nhighlight: ['2']\n", "A,,28300000,\nB,,0,\nC,,,\nD & <x>,,-5,\n")
	if said != "" {
		t.Fatal(said)
	}
	if want := "Bar chart of 4 bars. Highest: A, $28.3 million. Lowest: D & <x>, −$5. No value: C."; c.Alt() != want {
		t.Errorf("alt text is %q, want %q", c.Alt(), want)
	}
	for _, s := range shapes(t, c) {
		for _, want := range []string{">$28.3M<", ">$0<", ">N/A<", ">−$5<", "D &amp; &lt;x&gt;", "var(--chart-1)", "var(--chart-quiet)"} {
			if !strings.Contains(s, want) {
				t.Errorf("no %s in the drawing", want)
			}
		}
		if n := strings.Count(s, "data-index="); n != 3 {
			t.Errorf("%d bars are drawn, want 3", n)
		}
	}
	if rows := c.Table.Rows; len(rows) != 4 || rows[2][1].Text != "N/A" || rows[0][1].Raw != "28300000" {
		t.Errorf("%+v", rows)
	}
}

func TestStandingBars(t *testing.T) {
	c, said := load(t, "kind: bar\nx: name\ny: n\n", "A,,1,\nB,,2,\n")
	if said != "" {
		t.Fatal(said)
	}
	for _, s := range shapes(t, c) {
		if !strings.Contains(s, ">$2<") || strings.Count(s, "data-index=") != 2 {
			t.Error(s)
		}
	}
}

func TestLinesLeaveGapsAndNameTheirSeries(t *testing.T) {
	c, said := load(t, "kind: line\nx: year\ny: n\nseries: name\n", "A,2015,1,\nA,2016,2,\nA,2018,4,\nB,2015,3,\nB,2018,,\n")
	if said != "" {
		t.Fatal(said)
	}
	if want := "Line chart of 2 lines. A: from $1 in 2015 to $4 in 2018. B: from $3 in 2015 to $3 in 2015. No values for 2017."; c.Alt() != want {
		t.Errorf("alt text is %q, want %q", c.Alt(), want)
	}
	for _, s := range shapes(t, c) {
		for _, want := range []string{">A<", ">$4<", ">B<", ">$3<", ">2015<", ">2018<", ">$0<"} {
			if !strings.Contains(s, want) {
				t.Errorf("no %s in the drawing", want)
			}
		}
		if n := strings.Count(s, "data-name="); n != 4 {
			t.Errorf("%d points, want 4", n)
		}
	}
}

// Of a line of many points those are seen that end it, or a part of it; all are there, to be checked and pointed at.
func TestLinesOfManyPointsShowTheirEnds(t *testing.T) {
	csv := ""
	for year := 2000; year < 2020; year++ {
		if year != 2010 {
			csv += fmt.Sprintf("A,%d,%d,\n", year, year-1999)
		}
	}
	c, said := load(t, "kind: line\nx: year\ny: n\nseries: name\n", csv)
	if said != "" {
		t.Fatal(said)
	}
	for _, s := range shapes(t, c) {
		if all, seen := strings.Count(s, "data-name="), strings.Count(s, "matrix(3.5,"); all != 19 || seen != 3 {
			t.Errorf("%d of %d points are seen, want 3 of 19", seen, all)
		}
	}
}

func TestMapsColourInStepsAndTellUnknownFromAbsent(t *testing.T) {
	csv := ""
	for i, state := range []string{"CA", "IL", "NY", "TX", "FL", "WA", "06X"}[:6] {
		csv += fmt.Sprintf("%s,,%d,\n", state, 10*(i+1))
	}
	c, said := load(t, "kind: map\nregion: name\nvalue: rate\n", csv+"41,,,\n")
	if said != "" {
		t.Fatal(said)
	}
	var legend []string
	for _, item := range c.Legend {
		legend = append(legend, item.Label)
	}
	if want := []string{"Under 20%", "20%–30%", "30%–40%", "40%–50%", "50%–60%", "Not known", "Not in the data"}; !slices.Equal(legend, want) {
		t.Errorf("legend %q, want %q", legend, want)
	}
	for _, s := range shapes(t, c) {
		for _, want := range []string{"var(--step-1)", "var(--step-5)", "var(--step-unknown)", "var(--step-none)"} {
			if !strings.Contains(s, want) {
				t.Errorf("no %s on the map", want)
			}
		}
	}
}

// TestMapsShowSmallAndFarPlaces: the District of Columbia has a square beside its shape,
// territories are there where the data have them, and few counties cover their states.
func TestMapsShowSmallAndFarPlaces(t *testing.T) {
	states := shapes(t, charted(t, "kind: map\nregion: name\nvalue: rate\n", "DC,,5,\nPR,,7,\n"))[0]
	for name, parts := range map[string]int{"DC": 2, "PR": 4} {
		before, _, found := strings.Cut(states, `data-name="`+name+`"`)
		if path := before[strings.LastIndex(before, "<path"):]; !found || strings.Count(path, "M") != parts {
			t.Errorf("%s is not drawn in %d parts: %s", name, parts, path)
		}
	}
	if n := strings.Count(states, "data-name="); n != 2 {
		t.Errorf("%d marks", n)
	}
	counties := shapes(t, charted(t, "kind: map\ngeography: us-counties-2023\nregion: name\nvalue: rate\n", "09110,,5,\n51540,,7,\n"))[0]
	if len(counties) > 20_000 || strings.Count(counties, "<path") != 3 {
		t.Errorf("two counties take %d bytes, %d paths", len(counties), strings.Count(counties, "<path"))
	}
}

func TestMatrixTellsValuesByShape(t *testing.T) {
	c, said := load(t, "kind: matrix\nx: year\ny: name\nvalue: kind\n", "A,2015,,demand\nB,2015,,cleared\nB,2016,,demand\n")
	if said != "" {
		t.Fatal(said)
	}
	if len(c.Legend) != 2 || c.Legend[0].Symbol == c.Legend[1].Symbol || c.Alt() != "Matrix of 2 rows and 2 columns. Demand: 2. Cleared: 1." {
		t.Errorf("%+v %q", c.Legend, c.Alt())
	}
	for _, s := range shapes(t, c) {
		if n := strings.Count(s, "data-index="); n != 3 {
			t.Errorf("%d symbols", n)
		}
	}
}

func TestProblems(t *testing.T) {
	for name, tt := range map[string]struct{ yaml, csv, want string }{
		"two names":             {"kind: bar\nx: n\ny: name\n", "A,,1,\nA,,2,\n", "two rows are named \"A\""},
		"no measure":            {"kind: bar\nx: name\ny: kind\n", "A,,1,x\n", "a bar needs a name on one axis and a measure on the other"},
		"no x":                  {"kind: bar\ny: name\n", "A,,1,\n", "a bar needs x"},
		"no such channel":       {"kind: bar\nx: n\ny: name\nregion: name\n", "A,,1,\n", "a bar has no region"},
		"map of totals":         {"kind: map\nregion: name\nvalue: n\n", "CA,,1,\n", "a map of totals shows where people live"},
		"no such state":         {"kind: map\nregion: name\nvalue: rate\n", "XX,,1,\n", "us-states has no shape \"XX\""},
		"a state twice":         {"kind: map\nregion: name\nvalue: rate\n", "CA,,1,\n06,,2,\n", "two lines are of the state \"06\""},
		"too many lines":        {"kind: line\nx: year\ny: n\nseries: name\n", "A,2015,1,\nB,2015,1,\nC,2015,1,\nD,2015,1,\nE,2015,1,\nF,2015,1,\nG,2015,1,\nH,2015,1,\n", "8 lines"},
		"a cell twice":          {"kind: matrix\nx: year\ny: name\nvalue: kind\n", "A,2015,,x\nA,2015,,y\n", "two rows fall on the same cell"},
		"a year twice":          {"kind: line\nx: year\ny: n\nseries: name\n", "A,2015,1,\nA,2015,2,\n", "two rows are of \"A\" in 2015"},
		"a year twice, unnamed": {"kind: line\nx: year\ny: n\n", "A,2015,1,\nB,2015,2,\n", "two rows are of 2015"},
		"years far apart":       {"kind: line\nx: year\ny: n\n", "A,1990,1,\nB,2000,2,\nC,2010,2,\n", "no time follows another, so that nothing is connected, found 3 times in years from 1990 to 2010, expected the period between them\n  hint: every: 10 years"},
		"years between":         {"kind: line\nx: year\ny: n\nevery: 10 years\n", "A,1990,1,\nB,2000,2,\nC,2005,2,\n", "needs years on x, found \"2005\", expected a year, such as 2016 or 2016-17, every 10 years after 1990"},
		"no period":             {"kind: line\nx: year\ny: n\nevery: decade\n", "A,1990,1,\n", "every, found \"decade\", expected days, weeks, months, quarters or years, such as 10 years"},
		"too short a period":    {"kind: line\nx: year\ny: n\nevery: week\n", "A,1990,1,\n", "every, found \"week\", expected at least a year, as year has the unit year"},
		"no times":              {"kind: bar\nx: name\ny: n\nevery: week\n", "A,1990,1,\n", "a bar without times, found every: week"},
		"no year":               {"kind: line\nx: year\ny: n\n", "A,2015,1,\nB,,2,\n", "a row of the aggregate has no time on x"},
		"a flow in a cycle":     {"kind: sankey\nsource: name\ntarget: kind\nvalue: n\n", "A,,1,B\nB,,1,A\n", "flows form a cycle through \"A\""},
		"no measures":           {"kind: scatter\nx: kind\ny: n\nlabel: name\n", "A,,1,B\n", "a scatter needs measures on x and y"},
		"lines of one name":     {"kind: line\nx: year\ny: n\nseries: rate\n", "A,2015,5.001,\nB,2015,5.002,\n", "two rows are named \"5%\""},
		"a measure as units":    {"kind: units\nlabel: name\nvalue: n\n", "A,,1,\n", "units need names as label and a group, not a measure, as value"},
		"two units of a name":   {"kind: units\nlabel: name\nvalue: kind\n", "A,,,x\nA,,,y\n", "two rows are named \"A\""},
		"too many units":        {"kind: units\nlabel: name\nvalue: kind\n", strings.Join(manyRows(501), ""), "501 squares, expected 500 or fewer"},
		"three of a dumbbell":   {"kind: dumbbell\nx: n\ny: name\nseries: year\n", "A,2015,1,\nA,2016,1,\nA,2017,1,\n", "a dumbbell goes from one value to another, found \"2015\", \"2016\", \"2017\", expected two values in year"},
		"one end of a slope":    {"kind: slope\nx: year\ny: n\nseries: name\n", "A,2015,1,\n", "a slope goes from one time to another"},
		"a strip of names":      {"kind: strip\nx: kind\nlabel: name\n", "A,,1,x\n", "a strip needs a measure on x, and names as label"},
		"lanes without time":    {"kind: lanes\ny: kind\nlabel: name\nx: n\nvalue: rate\n", "A,2015,1,x\n", "events without a time on x, found unit: usd"},
		"highlight":             {"kind: bar\nx: n\ny: name\nhighlight: [nobody]\n", "A,,1,\n", "unknown value \"nobody\""},
	} {
		t.Run(name, func(t *testing.T) {
			if c, said := load(t, tt.yaml, tt.csv); !strings.Contains(said, tt.want) || c != nil {
				t.Errorf("got %q, want %q", said, tt.want)
			}
		})
	}
}

// manyRows are rows of different names.
func manyRows(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("N%d,,,x\n", i))
	}
	return list
}

func TestTicksAreRound(t *testing.T) {
	for _, tt := range []struct {
		low, high float64
		about     int
		want      []float64
	}{
		{0, 30.5, 4, []float64{0, 10, 20, 30, 40}},
		{3, 9, 4, []float64{0, 5, 10}},
		{-5, 12, 4, []float64{-5, 0, 5, 10, 15}},
		{0, 0, 4, []float64{0, 0.5, 1}},
		{0, 1e-9, 2, []float64{0, 5e-10, 1e-9}},
	} {
		got := ticks(tt.low, tt.high, tt.about)
		if !slices.EqualFunc(got, tt.want, func(a, b float64) bool { return a-b < 1e-15 && b-a < 1e-15 }) {
			t.Errorf("ticks(%v, %v, %d) = %v, want %v", tt.low, tt.high, tt.about, got, tt.want)
		}
	}
}

func TestOptionsHoldExactNumbers(t *testing.T) {
	c, said := load(t, "kind: bar\nx: n\ny: name\n", "A,,9007199254740993.07,\n")
	if said != "" {
		t.Fatal(said)
	}
	option, _ := barOption(c.plot, Wide)
	data, err := json.Marshal(option)
	if err != nil || !strings.Contains(string(data), "9007199254740993.07") {
		t.Errorf("%s %v", data, err)
	}
}
