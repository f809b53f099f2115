package generator

import (
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"broadsheet"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/check"
	"broadsheet/generator/diag"
)

// judged is what the check of a finished site says.
func judged(t *testing.T, site map[string][]byte) string {
	t.Helper()
	var problems diag.List
	if err := check.Pages(context.Background(), check.Site{Pages: site}, &problems); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems.Sorted() {
		said = append(said, p.String())
	}
	return strings.Join(said, "\n")
}

// thisReport builds the report of this repository, once for all tests.
var thisReport = sync.OnceValues(func() (*Result, error) {
	return Build(context.Background(), os.DirFS(".."), Options{})
})

// change is one change of a finished chart, and the one problem that it must give.
type change struct {
	name     string
	chart    string // "" for the whole file
	from, to string // from is a regular expression; its first match is replaced
	want     string
}

// TestChartsSayTheSameEverywhere changes a finished page, or a download, in one
// place, as no build should ever do.
func TestChartsSayTheSameEverywhere(t *testing.T) {
	for _, c := range []change{
		{
			"a value in a drawing", "at-risk-by-state", `data-value="8547660"`, `data-value="8547661"`,
			`the value of "Illinois" is not the same everywhere, found 8547660 in the table and the narrow drawing and the download, 8547661 in the wide drawing`,
		},
		{
			"a value in the narrow drawing", "at-risk-by-state", `(?s)(drawing narrow.*?data-value=)"8547660"`, `$1"8.5"`,
			`the value of "Illinois" is not the same everywhere, found 8547660 in the table and the wide drawing and the download, 8.5 in the narrow drawing`,
		},
		{
			"a value in the table", "at-risk-by-state", `<data value="8547660">\$8,547,660<`, `<data value="8547661">$$8,547,661<`,
			`the value of "Illinois" is not the same everywhere, found 8547661 in the table, 8547660 in the wide drawing and the narrow drawing and the download`,
		},
		{
			"a text in the table", "at-risk-by-state", `>\$8,547,660<`, `>$$8,547,661<`,
			`the table at "Illinois", found "$8,547,661", expected "$8,547,660" for 8547660`,
		},
		{
			"a cell of the download", "", `,8547660`, `,8547661`,
			`the value of "Illinois" is not the same everywhere, found 8547660 in the table and the wide drawing and the narrow drawing, 8547661 in the download`,
		},
		{
			"a row of the download is gone", "", `\nIL,[^\n]*`, ``,
			`the names are not the same everywhere, found "Illinois" is in the table and not in the download`,
		},
		{
			"a row of the table is gone", "at-risk-by-state", `<tr><th scope="row">Vermont.*?</tr>`, ``,
			`the names are not the same everywhere, found "Vermont" is in the wide drawing and not in the table; "Vermont" is in the narrow drawing and not in the table; "Vermont" is in the download and not in the table`,
		},
		{
			"a bar is gone", "at-risk-by-state", `<path [^>]*data-name="Illinois"[^>]*>`, ``,
			`the value of "Illinois" is not the same everywhere, found 8547660 in the table and the narrow drawing and the download, no value in the wide drawing`,
		},
		{
			"a missing value is drawn as zero", "at-risk-by-state", `(<path [^>]*data-index="10"[^>]*>)`, `$1<path d="M113 316.2l0 0l0 19.6l0 0Z" data-series="0" data-index="11" data-name="Oregon" data-value="0"/>`,
			`the value of "Oregon" is not the same everywhere, found no value in the table and the narrow drawing and the download, 0 in the wide drawing`,
		},
		{
			"a missing value is listed as zero", "at-risk-by-state", `<data value="">N/A<`, `<data value="0">$$0<`,
			`the value of "Oregon" is not the same everywhere, found 0 in the table, no value in the wide drawing and the narrow drawing and the download`,
		},
		{
			"a missing state is coloured as zero", "at-risk-per-head", `data-name="OR" data-value=""`, `data-name="OR" data-value="0"`,
			`the value of "OR" is not the same everywhere, found no value in the table and the download, 0 in the drawing`,
		},
		{
			"a bar twice", "at-risk-by-state", `(<path [^>]*data-name="Illinois"[^>]*>)`, `$1$1`,
			`the names are not the same everywhere, found "Illinois" is in the wide drawing 2 times`,
		},
		{
			"a name for another", "at-risk-by-state", `data-name="Illinois"`, `data-name="California"`,
			`the names are not the same everywhere, found "California" is in the wide drawing 2 times`,
		},
		{
			"a row of the table twice", "at-risk-by-state", `(<tr><th scope="row">Vermont.*?</tr>)`, `$1$1`,
			`the names are not the same everywhere, found "Vermont" is in the table 2 times`,
		},
		{
			"a state for another", "at-risk-per-head", `data-name="CO"`, `data-name="WY"`,
			`the names are not the same everywhere, found "WY" is in the drawing and not in the table`,
		},
		{
			"a bar too long", "at-risk-by-state", `l219\.9 0(l0 19\.6)l-219\.9`, `l229.9 0${1}l-229.9`,
			`a bar of the wide drawing, found "Illinois" is drawn off its value, 8547660`,
		},
		{
			"a bar that does not start at zero", "at-risk-by-state", `M113 36\.2`, `M115 36.2`,
			`a bar of the wide drawing, found "Illinois" is drawn off its value, 8547660`,
		},
		{
			"a label", "at-risk-by-state", `>\$8\.5M<`, `>$$8.6M<`,
			`a label of the wide drawing, found "$8.6M" at "Illinois" instead of "$8.5M"`,
		},
		{
			"a label is gone", "at-risk-by-state", `>\$67K<`, `><`,
			`a label of the wide drawing, found "" at "Massachusetts" instead of "$67K"`,
		},
		{
			"a missing value is not said", "at-risk-by-state", `>N/A<`, `><`,
			`a label of the wide drawing, found N/A is there 0 times, and 1 values are missing`,
		},
		{
			"a label of an axis", "state-totals", `>\$15M<`, `>$$16M<`,
			`a label of an axis of the wide drawing, found "$16M" on the y axis at 15000000`,
		},
		{
			"a label of an axis in another place", "state-totals", `translate\(38 194\.8571\)`, `translate(38 184.8571)`,
			`a point of the wide drawing, found "$15M" is drawn off its value, 15000000`,
		},
		{
			"an axis with another value", "state-totals", `data-tick="15000000">\$15M<`, `data-tick="16000000">$$16M<`,
			`a point of the wide drawing, found "$16M" is drawn off its value, 16000000`,
		},
		{
			"a name of an axis", "at-risk-by-state", `(data-tick="Illinois">)Illinois<`, `${1}Indiana<`,
			`a label of an axis of the wide drawing, found "Indiana" on the y axis at "Illinois"`,
		},
		{
			"a name beside another bar", "at-risk-by-state", `translate\(105 18\)(.*>California<.*\n.*)translate\(105 46\)`, `translate(105 46)${1}translate(105 18)`,
			`a mark of the wide drawing, found "California" is beside another name on the y axis`,
		},
		{
			"a point too high", "state-totals", `501\.2,185\.7143`, `501.2,180.7143`,
			`a point of the wide drawing, found "2019" of "Florida" is drawn off its value, 16000000`,
		},
		{
			"a point in another year", "state-totals", `501\.2,185\.7143`, `387.4,185.7143`,
			`a point of the wide drawing, found "2019" of "Florida" is not with the others of "2019"`,
		},
		{
			"a line cut short", "state-totals", `(L501\.2 185\.7)L615 199\.4`, `$1`,
			`a line of the wide drawing, found "Florida"`,
		},
		{
			"a line over a gap", "state-totals", `M387\.4 179\.3`, `L387.4 179.3`,
			`a line of the wide drawing, found "Florida"`,
		},
		{
			"a point is gone", "state-totals", `<path [^>]*data-name="2019" data-group="Florida"[^>]*>`, ``,
			`the value of "2019" of "Florida" is not the same everywhere, found 16000000 in the table and the narrow drawing and the download, no value in the wide drawing`,
		},
		{
			"a symbol in another column", "letters-matrix", `data-name="Chicago" data-group="Jan 2018"`, `data-name="Chicago" data-group="Apr 2018"`,
			`the names are not the same everywhere, found "Chicago" of "Apr 2018" is in the wide drawing and not in the table`,
		},
		{
			"a symbol of another value", "letters-matrix", `(data-name="Chicago" data-group="Jan 2018" data-value=)"demand"`, `$1"cleared"`,
			`the value of "Chicago" of "Jan 2018" is not the same everywhere, found "demand" in the table and the narrow drawing and the download, "cleared" in the wide drawing`,
		},
		{
			"a symbol in another place", "letters-matrix", `matrix\(6,0,0,6,202\.6,39\)`, `matrix(6,0,0,6,202.6,63)`,
			`a row of the wide drawing, found "Clark County" of "Apr 2017" is with those of "Chicago"`,
		},
		{
			"the alt text: highest", "at-risk-by-state", `California, \$20\.6 million`, `California, $$20.7 million`,
			`the alt text of the wide drawing, found "Highest: California, $20.7 million", expected "Highest: California, $20.6 million"`,
		},
		{
			"the alt text: a name", "at-risk-per-head", `Lowest: Florida`, `Lowest: Vermont`,
			`the alt text of the drawing, found "Lowest: Vermont, $2.91", expected "Lowest: Florida, $2.91"`,
		},
		{
			"the alt text: nothing missing", "at-risk-by-state", `No value: Oregon`, `No value: Illinois`,
			`the alt text of the wide drawing, found "No value: Illinois", expected "No value: Oregon"`,
		},
		{
			"the alt text: so many", "at-risk-by-jurisdiction", `of 23 bars`, `of 24 bars`,
			`the alt text of the wide drawing, found "Bar chart of 24 bars", expected "Bar chart of 23 bars"`,
		},
		{
			"the alt text: last", "state-totals", `to \$14\.5 million in 2020`, `to $$17.8 million in 2020`,
			`the alt text of the wide drawing, found "Florida: from $16.2 million in 2015 to $17.8 million in 2020", expected "Florida: from $16.2 million in 2015 to $14.5 million in 2020"`,
		},
		{
			"the alt text: a gap", "state-totals", `No values for 2017`, `No values for 2018`,
			`the alt text of the wide drawing, found "No values for 2018", expected "No values for 2017"`,
		},
		{
			"the alt text: symbols", "letters-matrix", `demand: 69`, `demand: 68`,
			`the alt text of the wide drawing, found "demand: 68", expected "demand: 69"`,
		},
		{
			"the alt text: a figure from elsewhere", "at-risk-by-state", `No value: Oregon\.`, `All in all $$34.8 million.`,
			`the alt text of the wide drawing, found "All in all $34.8 million", expected "No value: Oregon"`,
		},
		{
			"the alt text: a sentence more", "at-risk-by-state", `No value: Oregon\.`, `$0 All is well.`,
			"the alt text of the wide drawing, found \"All is well\", expected nothing after what the chart claims\n  hint: words of your own stand in alt, in the file of the chart",
		},
		{
			"a claim: a value", "at-risk-per-head", `&#34;2\.9[0-9]*&#34;`, `&#34;3.5&#34;`,
			`a claim in data-claims, found "Lowest: Florida, $3.50", expected "Lowest: Florida, $2.91"`,
		},
		{
			"a claim: nothing of the kind", "at-risk-by-state", `&#34;says&#34;:&#34;missing&#34;`, `&#34;says&#34;:&#34;gaps&#34;`,
			`a claim in data-claims, found "No values for Oregon", expected nothing of the kind`,
		},
		{
			"no claims", "at-risk-by-state", ` data-claims="[^"]*"`, ``,
			"it does not say as data what its alt text claims\n  hint: a figure of the class chart has what the one in layouts/_partials/chart.html of Broadsheet has",
		},
		{
			"no alt text", "at-risk-by-state", `aria-label="Bar[^"]*"`, ``,
			"the wide drawing has no alt text\n  hint: say in aria-label what it shows",
		},
		{
			"no link to the data", "at-risk-by-state", ` download>Data`, `>Data`,
			"there is no link to its data as CSV\n  hint: a figure of the class chart has what the one in layouts/_partials/chart.html of Broadsheet has",
		},
		{
			"no table", "at-risk-by-state", `(?s)<table>.*?</table>`, ``,
			"there is no table of its data\n  hint: a figure of the class chart has what the one in layouts/_partials/chart.html of Broadsheet has",
		},
		{
			"a part of a stack too long", "example-stacked", `l455\.4 0(l0 19\.6)l-455\.4`, `l400 0${1}l-400`,
			`a bar of the wide drawing, found "California" of "State government" is `,
		},
		{
			"a bin with another count", "example-histogram", `(data-low="200" data-high="400" data-value=)"27"`, `$1"28"`,
			`a bin of the wide drawing, found from 200 to 400: 28, and there are 27`,
		},
		{
			"a cell of another value", "example-heatmap", `(data-name="Baltimore" data-group="2010" data-value=)"1500.3"`, `$1"1500.4"`,
			`the value of "Baltimore" of "2010" is not the same everywhere, found 1500.3 in the table and the narrow drawing and the download, 1500.4 in the wide drawing`,
		},
		{
			"a step that starts elsewhere", "example-waterfall", `data-from="17701281"`, `data-from="17000000"`,
			`a step of the wide drawing, found "State of Illinois" goes from 17000000 to `,
		},
		{
			"a point of a scatter across", "example-scatter", `data-across="27.2"`, `data-across="27.3"`,
			`the value of "California" (across) is not the same everywhere, found 27.2 in the table and the narrow drawing and the download, 27.3 in the wide drawing`,
		},
		{
			"an end of an interval", "example-range", `(data-name="California" data-low=)"[0-9]*"`, `$1"1"`,
			`the value of "California" (low) is not the same everywhere, found `,
		},
		{
			"a point in another panel", "example-multiples", `(data-panel=)"Baltimore"`, `$1"Chicago"`,
			`the names are not the same everywhere, found `,
		},
		{
			"a flow", "example-sankey", `(data-name="Cities" data-group="Demand, Byrne JAG" data-value=)"[0-9]*"`, `$1"99"`,
			`the value of "Cities" of "Demand, Byrne JAG" is not the same everywhere, found `,
		},
		{
			"a tile", "example-treemap", `data-name="ruling" data-value="16"`, `data-name="ruling" data-value="61"`,
			`the value of "ruling" is not the same everywhere, found 16 in the table and the narrow drawing and the download, 61 in the wide drawing`,
		},
		{
			"another column's download", "", `^state,name,amount_usd`, `state,name,amount`,
			"the download has no column \"amount_usd\"\n  hint: a figure of the class chart has what the one in layouts/_partials/chart.html of Broadsheet has",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			result, err := thisReport()
			if err != nil {
				t.Fatal(err)
			}
			site, file, id := maps.Clone(map[string][]byte(result.Pages)), "index.html", c.chart
			switch c.chart {
			case "letters-matrix":
				file = "jurisdictions/index.html"
			case "":
				file, id = "numbers/at_risk_by_state.csv", "at-risk-by-state"
			}
			if strings.HasPrefix(c.chart, "example-") {
				file = "charts/index.html"
			}
			text := string(site[file])
			start := 0
			if c.chart != "" {
				start = strings.Index(text, `id="chart-`+c.chart+`"`)
			}
			at := regexp.MustCompile(c.from).FindStringSubmatchIndex(text[start:])
			if at == nil {
				t.Fatalf("no %s", c.from)
			}
			to := regexp.MustCompile(c.from).ExpandString(nil, c.to, text[start:], at)
			site[file] = []byte(text[:start+at[0]] + string(to) + text[start+at[1]:])
			// the wanted text of a new kind may leave out its end
			if got, want := judged(t, site), "data/charts/"+id+".yaml: "+c.want; got != want && !(file == "charts/index.html" && strings.HasPrefix(got, want)) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestSoundChartsPass builds charts of every kind of values that are hard to draw,
// to name or to write.
func TestSoundChartsPass(t *testing.T) {
	result := buildCharts(t, map[string]chartOf{
		"lying":     {"a text, n usd", "('A', 28300000.0049), ('B', 0), ('C', NULL), ('<b>', -5), ('-', 9007199254740993), (' x ', 0.001)", "kind: bar\nx: n\ny: a"},
		"standing":  {"a text, n percent", "('A', 12.25), ('N/A', -12.25), ('\"', NULL)", "kind: bar\nx: a\ny: n"},
		"below":     {"a text, n ratio", "('A', -1), ('B', -2.345)", "kind: bar\nx: n\ny: a"},
		"zeros":     {"a text, n count", "('A', 0), ('B', 0)", "kind: bar\nx: n\ny: a"},
		"one":       {"a text, n count", "('A', 7)", "kind: bar\nx: n\ny: a"},
		"none":      {"a text, n count", "('A', NULL)", "kind: bar\nx: n\ny: a"},
		"days":      {"a date, n count", "(DATE '2018-01-24', 1200000), (DATE '2017-02-01', 3)", "kind: bar\nx: n\ny: a"},
		"years":     {"a year, n usd", "(2017, 5), (2015, 6)", "kind: bar\nx: a\ny: n"},
		"flags":     {"a flag, n per_100k", "(true, 5), (false, 6)", "kind: bar\nx: a\ny: n"},
		"line":      {"a year, n usd", "(2015, 5), (2016, 6.5), (2018, NULL), (2019, 4), (2021, -4)", "kind: line\nx: a\ny: n"},
		"lines":     {"a year, s flag, n percent", "(2016, true, 5), (2015, true, 6), (2015, false, 5), (2019, false, NULL)", "kind: line\nx: a\ny: n\nseries: s"},
		"nameless":  {"a year, s text, n usd", "(2016, 'A', 5), (2015, 'A', 6), (2015, NULL, 5)", "kind: line\nx: a\ny: n\nseries: s"},
		"flat":      {"a year, s text, n usd", "(2015, 'A', 5), (2016, 'A', 5), (2015, 'B', 5), (2016, 'B', 5)", "kind: line\nx: a\ny: n\nseries: s"},
		"alike":     {"a year, s text, n usd", "(2015, 'York', 5), (2016, 'York', 6), (2015, 'New York', 5), (2016, 'New York', 6)", "kind: line\nx: a\ny: n\nseries: s"},
		"map":       {"a text, l text, n percent", "('CA', 'California', 12.25), ('41', 'Oregon', NULL), ('TX', 'Texas', 0)", "kind: map\nregion: a\nlabel: l\nvalue: n"},
		"maps":      {"a text, l text, p text, n percent", "('CA', 'California', 'x', 12.25), ('41', 'Oregon', 'y', 3)", "kind: map\nregion: a\nlabel: l\nvalue: n\nby: p"},
		"codes":     {"a text, n percent", "('06', 12.25), ('IL', -3)", "kind: map\nregion: a\nvalue: n"},
		"matrix":    {"a date, y year, v flag", "(DATE '2018-01-24', 2015, true), (DATE '2018-01-24', 2016, NULL), (DATE '2018-01-25', 2015, false)", "kind: matrix\nx: y\ny: a\nvalue: v"},
		"dashes":    {"a text, y text, v text", "('-', '', '12'), ('', '-', NULL), ('b', 'a', 'N/A')", "kind: matrix\nx: y\ny: a\nvalue: v"},
		"numbers":   {"a count, y count, v count", "(1200000, 3, 1), (1300000, 3, 1), (1200000, 4, 2), (1200000, 5, 1)", "kind: matrix\nx: a\ny: y\nvalue: v"},
		"apart":     {"a year, n usd", "(2015, 5), (2017, 6)", "kind: line\nx: a\ny: n"},
		"grouped":   {"a text, s text, n usd", "('A', 'x', 5000), ('A', 'y', -6), ('B', 'y', NULL), ('B', 'x', 9007199254740993)", "kind: bar\nx: n\ny: a\nseries: s"},
		"upright":   {"a year, s text, n percent", "(2015, 'x', 5.25), (2015, 'y', -6), (2016, 'y', NULL), (2017, 'x', 0)", "kind: bar\nx: a\ny: n\nseries: s"},
		"stacked":   {"a text, s text, n usd", "('A', 'x', 5000), ('A', 'y', -6), ('B', 'y', NULL), ('B', 'x', 0.1), ('B', 'z', 0.2)", "kind: bar\nx: n\ny: a\nstack: s"},
		"piled":     {"a year, s text, n count", "(2015, 'x', 5), (2015, 'y', 6), (2016, 'y', NULL), (2017, 'x', 0)", "kind: bar\nx: a\ny: n\nstack: s"},
		"area":      {"a year, n usd", "(2015, 5), (2016, 6.5), (2018, NULL), (2019, 4), (2021, -4)", "kind: area\nx: a\ny: n"},
		"areas":     {"a year, s text, n usd", "(2015, 'x', 5), (2016, 'x', 6.5), (2018, 'y', NULL), (2016, 'y', 4), (2015, 'y', 0)", "kind: area\nx: a\ny: n\nstack: s"},
		"scatter":   {"a text, x count, y per_100k", "('A', 1000000, 5.5), ('B', 0, -7), ('C', NULL, 4), ('D', 4, NULL), ('E', 1e15::BIGINT, 0.0001)", "kind: scatter\nlabel: a\nx: x\ny: y"},
		"sorts":     {"a text, s flag, x count, y percent", "('A', true, 1, 5), ('B', false, 2, -7), ('C', NULL, 1, 5)", "kind: scatter\nlabel: a\nx: x\ny: y\nseries: s"},
		"dot":       {"a text, n usd", "('A', 5), ('B', NULL), ('C', -1000000)", "kind: dot\nx: n\ny: a"},
		"dots":      {"a text, s year, n per_100k", "('A', 2014, 5), ('A', 2015, 8.25), ('B', 2014, NULL), ('B', 2015, 3), ('C', 2014, 5), ('C', 2015, 5)", "kind: dot\nx: n\ny: a\nseries: s"},
		"range":     {"a text, n percent, l percent, h percent", "('A', 5, 4, 6), ('B', NULL, 1.5, 2.5), ('C', -3, -4.5, 0), ('D', 1, NULL, 2)", "kind: range\ny: a\nvalue: n\nlow: l\nhigh: h"},
		"span":      {"a year, l usd, h usd", "(2015, 4, 6), (2016, 1.5, 2.5), (2018, NULL, NULL)", "kind: range\nx: a\nlow: l\nhigh: h"},
		"histogram": {"a text, n per_100k", "('A', 0), ('B', 10), ('C', 10), ('D', NULL), ('E', 99.5), ('F', 100)", "kind: histogram\nlabel: a\nx: n"},
		"alike-all": {"a text, n usd", "('A', 7), ('B', 7)", "kind: histogram\nlabel: a\nx: n\nbins: 3"},
		"small":     {"a text, n ratio", "('A', 0.1), ('B', 0.3), ('C', -0.7), ('D', 0.30000000000000004)", "kind: histogram\nlabel: a\nx: n\nbins: 7"},
		"heatmap":   {"a text, y year, n percent", "('A', 2015, 5), ('A', 2016, NULL), ('B', 2015, -12.25), ('C', 2017, 80)", "kind: heatmap\nx: y\ny: a\nvalue: n"},
		"waterfall": {"a text, n usd, t flag", "('A', 5000000, false), ('B', -0.1, false), ('C', 0.3, NULL), ('D', 5000000.2, true), ('E', -6000000, false)", "kind: waterfall\nx: a\ny: n\ntotal: t"},
		"steps":     {"a text, n count", "('A', 5), ('B', -3), ('C', -9)", "kind: waterfall\nx: n\ny: a"},
		"panels":    {"p text, a text, n usd", "('P', 'A', 5), ('P', 'B', NULL), ('Q', 'A', -7), ('Q', 'C', 1e9::BIGINT)", "kind: bar\nx: n\ny: a\nby: p"},
		"over-time": {"p text, a year, s text, n usd", "('P', 2015, 'x', 5), ('P', 2016, 'x', 6), ('Q', 2015, 'x', 15), ('Q', 2018, 'x', 5), ('Q', 2018, 'y', NULL)", "kind: line\nx: a\ny: n\nseries: s\nby: p"},
		"bins-by":   {"p flag, a text, n count", "(true, 'A', 1), (true, 'B', 2), (false, 'A', 40)", "kind: histogram\nlabel: a\nx: n\nby: p"},
		"maps-by":   {"p year, a text, n percent", "(2015, 'CA', 1), (2015, 'OR', NULL), (2016, 'CA', 40)", "kind: map\nregion: a\nvalue: n\nby: p"},
		"points-by": {"p year, a text, n percent, m percent", "(2015, 'CA', 1, 3), (2015, 'OR', NULL, 5), (2016, 'CA', 40, -2)", "kind: scatter\nlabel: a\nx: n\ny: m\nby: p"},
		"ranges-by": {"p year, a text, n percent, m percent", "(2015, 'CA', 1, 3), (2015, 'OR', NULL, 5), (2016, 'CA', -40, -2)", "kind: range\ny: a\nlow: n\nhigh: m\nby: p"},
		"cells-by":  {"p year, a text, b text, n percent", "(2015, 'CA', 'x', 3), (2015, 'OR', 'y', 5), (2016, 'CA', 'y', -2)", "kind: heatmap\ny: a\nx: b\nvalue: n\nby: p"},
		"treemap":   {"a text, n usd", "('A', 5000000), ('B', NULL), ('C', 25000.5)", "kind: treemap\nlabel: a\nvalue: n"},
		"tiles":     {"a text, p text, n count", "('A', 'x', 5), ('B', 'x', 9), ('A', 'y', 3), ('C', 'y', 600)", "kind: treemap\nlabel: a\nvalue: n\nparent: p"},
		"sankey":    {"a text, b text, n usd", "('A', 'x', 5), ('B', 'x', 9), ('A', 'y', 3000000), ('x', 'z', 14), ('B', 'y', NULL)", "kind: sankey\nsource: a\ntarget: b\nvalue: n"},
		"counties":  {"a text, l text, n percent", "('17031', 'Cook', 12.25), ('06037', 'Los Angeles', NULL), ('48201', 'Harris', 0)", "kind: counties\nregion: a\nlabel: l\nvalue: n"},
		"nothing":   {"a text, n count", "('A', 1)) WHERE (false", "kind: bar\nx: n\ny: a"},
		"no-points": {"a year, n count", "(2015, 1)) WHERE (false", "kind: line\nx: a\ny: n"},
	})
	for _, p := range result.Problems {
		t.Error(p)
	}
}

// chartOf is a chart of a table that is written in SQL.
type chartOf struct{ columns, values, yaml string }

// buildCharts builds a report of such charts.
func buildCharts(t *testing.T, charts map[string]chartOf) *Result {
	t.Helper()
	report := fstest.MapFS{
		"hugo.toml":             {Data: []byte(`title = "Report"`)},
		"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv":            {Data: []byte("n\n1\n")},
	}
	prose := "---\ntitle: Charts\n---\n"
	for _, id := range slices.Sorted(maps.Keys(charts)) {
		c := charts[id]
		name := strings.ReplaceAll(id, "-", "_")
		var columns, names []string
		for column := range strings.SplitSeq(c.columns, ", ") {
			name, unit, _ := strings.Cut(column, " ")
			names, columns = append(names, name), append(columns, fmt.Sprintf("%s: {label: %s, unit: %s}", name, strings.ToUpper(name), unit))
		}
		report["data/aggregates/"+name+".sql"] = &fstest.MapFile{Data: fmt.Appendf(nil, "/*\ntitle: A\nkey: row\ncolumns: {row: {label: Row, unit: count}, %s}\n*/\nSELECT row_number() OVER () AS row, %s, (SELECT list(_row) FROM t) AS t_rows FROM (SELECT * FROM (VALUES %s)) AS v(%s)",
			strings.Join(columns, ", "), strings.Join(names, ", "), c.values, strings.Join(names, ", "))}
		report["data/charts/"+id+".yaml"] = &fstest.MapFile{Data: []byte("of: " + name + "\ntitle: The chart " + strings.NewReplacer("0", "", "3", "").Replace(id) + "\nsubtitle: S, 2017, US dollars or percent per head\n" + c.yaml + "\n")}
		prose += "\n{{< chart \"" + id + "\" >}}\n"
	}
	report["content/_index.md"] = &fstest.MapFile{Data: []byte(prose)}
	result, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestStacksStandOnWhatIsBelow draws a stack and moves a part of it.
func TestStacksStandOnWhatIsBelow(t *testing.T) {
	drawer := svg.New(broadsheet.Drawing, nil)
	defer drawer.Close()
	drawing, err := drawer.Draw(t.Context(), []byte(`{"animation": false, "xAxis": {"type": "category", "data": ["2016", "2017"]}, "yAxis": {"type": "value", "axisLabel": {"show": false}}, "series": [
		{"type": "bar", "stack": "s", "name": "state", "data": [10, 20.5]},
		{"type": "bar", "stack": "s", "name": "local", "data": [5, "-"]},
		{"type": "bar", "stack": "s", "name": "repaid", "data": [-3, -0.25]}]}`), 340, 300)
	if err != nil {
		t.Fatal(err)
	}
	const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><figure class="chart" id="chart-x" data-claims='[{"says":"shows","parts":[{"words":"Bars"}]}]'><svg class="drawing wide" aria-label="Bars.">%s</svg>
		<table><tr><th scope="col" data-as="name" data-column="year" data-unit="year">Year</th><th scope="col" data-as="group" data-column="who" data-unit="text">Who</th><th scope="col" data-as="value" data-column="n" data-unit="ratio">N</th></tr>
		<tr><th>2016</th><td>state</td><td>10</td></tr><tr><th>2017</th><td>state</td><td>20.5</td></tr><tr><th>2016</th><td>local</td><td>5</td></tr><tr><th>2017</th><td>local</td><td>N/A</td></tr>
		<tr><th>2016</th><td>repaid</td><td><data value="-3">−3</data></td></tr><tr><th>2017</th><td>repaid</td><td><data value="-0.25">−0.25</data></td></tr></table><a href="x.csv" download>CSV</a></figure>`
	site := func(shapes string) map[string][]byte {
		return map[string][]byte{
			"index.html": fmt.Appendf(nil, page, shapes),
			"x.csv":      []byte("year,who,n\n2016,state,10\n2017,state,20.5\n2016,local,5\n2017,local,\n2016,repaid,-3\n2017,repaid,-0.25\n"),
		}
	}
	if said := judged(t, site(drawing.Shapes)); said != "" {
		t.Fatal(said)
	}
	local := regexp.MustCompile(`M(\S+) (\S+)(l[^"]*)("[^>]* data-name="2016" data-group="local" data-value="5" data-stack=)"15"`)
	if !local.MatchString(drawing.Shapes) {
		t.Fatalf("the stack is not as expected: %s", drawing.Shapes)
	}
	for to, want := range map[string]string{
		`M$1 20$3$4"15"`:   `data/charts/x.yaml: a bar of the wide drawing, found "2016" of "local" is `,
		`M$1 $2$3$4"14"`:   `data/charts/x.yaml: a stack of the wide drawing, found "2016" of "local" ends at 14, and the values up to it add up to 15`,
		`M$1 $2$3$4"15.5"`: `data/charts/x.yaml: a stack of the wide drawing, found "2016" of "local" ends at 15.5, and the values up to it add up to 15`,
	} {
		if got := judged(t, site(local.ReplaceAllString(drawing.Shapes, to))); !strings.HasPrefix(got, want) || strings.Contains(got, "\n") {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
