package check_test

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"

	"broadsheet"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/check"
	"broadsheet/generator/diag"
)

// said is what the check of a finished site says.
func said(t *testing.T, site map[string][]byte) string {
	t.Helper()
	var problems diag.List
	if err := check.Pages(context.Background(), check.Site{Pages: site}, &problems); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range problems.Sorted() {
		all = append(all, p.String())
	}
	return strings.Join(all, "\n")
}

const gallery = "all-charts/index.html"

var (
	elsewhere = regexp.MustCompile(`<a href="[^"]*"( data-address="[^"]*")?>`)
	downloads = regexp.MustCompile(`<a href="([^"]*)" download`)
)

// figureOf is a site of one chart of the frozen report, with what it links to for download; other links lead nowhere.
func figureOf(t *testing.T, id string) map[string][]byte {
	t.Helper()
	result, err := built()
	if err != nil {
		t.Fatal(err)
	}
	_, figure, found := strings.Cut(string(result.Pages[gallery]), `<figure class="chart" id="chart-`+id+`"`)
	figure, _, closed := strings.Cut(figure, "</figure>")
	if !found || !closed {
		t.Fatalf("%s has no chart %s", gallery, id)
	}
	figure = elsewhere.ReplaceAllString(figure, "<a>")
	site := map[string][]byte{gallery: []byte(`<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><figure class="chart" id="chart-` + id + `"` + figure + `</figure>`)}
	for _, link := range downloads.FindAllStringSubmatch(figure, -1) {
		name := path.Join(path.Dir(gallery), link[1])
		site[name] = result.Pages[name]
	}
	if got := said(t, site); got != "" {
		t.Fatal(got)
	}
	return site
}

// TestChartsSayTheSameEverywhere changes a finished chart, or its download, in one place, as no build should ever do:
// each change is one problem.
func TestChartsSayTheSameEverywhere(t *testing.T) {
	t.Parallel()
	const (
		download = "numbers/loans_last.csv" // of the chart "missing"
		hint     = "\n  hint: a figure of the class chart has what the one in layouts/_partials/chart.html of Broadsheet has"
	)
	for _, c := range []struct {
		name, chart, file string
		from, to          string // from is a regular expression; its first match is replaced
		want              string
	}{
		{"a value in a drawing", "missing", gallery, `data-value="6350"`, `data-value="6351"`,
			`the value of "Ada" differs between table, drawings and download, found 6350 in the table and the middle drawing and the narrow drawing and the download, 6351 in the wide drawing`},
		{"a value in the narrow drawing", "missing", gallery, `(?s)(drawing narrow.*?data-value=)"6350"`, `$1"8.5"`,
			`the value of "Ada" differs between table, drawings and download, found 6350 in the table and the wide drawing and the middle drawing and the download, 8.5 in the narrow drawing`},
		{"a value in the table", "missing", gallery, `<data value="6350">6,350<`, `<data value="6351">6,351<`,
			`the value of "Ada" differs between table, drawings and download, found 6351 in the table, 6350 in the wide drawing and the middle drawing and the narrow drawing and the download`},
		{"a text in the table", "missing", gallery, `(<data value="6350">)6,350<`, `${1}6,351<`,
			`the table at "Ada", found "6,351", expected "6,350" for 6350`},
		{"a row of the table is gone", "missing", gallery, `<tr><th scope="row">Ada.*?</tr>`, ``,
			`names differ between table, drawings and download, found "Ada" is in the wide drawing and not in the table; "Ada" is in the middle drawing and not in the table; "Ada" is in the narrow drawing and not in the table; and 1 more`},
		{"a bar is gone", "missing", gallery, `<path [^>]*data-name="Ada"[^>]*>`, ``,
			`the value of "Ada" differs between table, drawings and download, found 6350 in the table and the middle drawing and the narrow drawing and the download, no value in the wide drawing`},
		{"a missing value is drawn as zero", "missing", gallery, `(<path [^>]*data-index="1"[^>]*>)`, `$1<path d="M40 64.2l0 0l0 19.6l0 0Z" data-series="0" data-index="2" data-name="Bath" data-value="0"/>`,
			`the value of "Bath" differs between table, drawings and download, found no value in the table and the middle drawing and the narrow drawing and the download, 0 in the wide drawing`},
		{"a missing value is listed as zero", "missing", gallery, `<data value="">N/A<`, `<data value="0">0<`,
			`the value of "Bath" differs between table, drawings and download, found 0 in the table, no value in the wide drawing and the middle drawing and the narrow drawing and the download`},
		{"a missing state is coloured as zero", "missing-states", gallery, `data-name="KY" data-value=""`, `data-name="KY" data-value="0"`,
			`the value of "KY" differs between table, drawings and download, found no value in the table and the download, 0 in the drawing`},
		{"a bar twice", "missing", gallery, `(<path [^>]*data-name="Ada"[^>]*>)`, `$1$1`,
			`names differ between table, drawings and download, found "Ada" is in the wide drawing 2 times`},
		{"a name for another", "missing", gallery, `data-name="Ada"`, `data-name="Dade"`,
			`names differ between table, drawings and download, found "Dade" is in the wide drawing 2 times`},
		{"a row of the table twice", "missing", gallery, `(<tr><th scope="row">Bath.*?</tr>)`, `$1$1`,
			`names differ between table, drawings and download, found "Bath" is in the table 2 times`},
		{"a state for another", "missing-states", gallery, `data-name="FL"`, `data-name="WY"`,
			`names differ between table, drawings and download, found "WY" is in the drawing and not in the table`},
		{"a circle too large", "circles", gallery, `(<path d="M\S+ \S+)a[0-9.]+ [0-9.]+ 0 1 0 [0-9.]+ 0a[0-9.]+ [0-9.]+ 0 1 0 -[0-9.]+ 0Z("[^>]* data-name="ID")`, `${1}a40 40 0 1 0 80 0a40 40 0 1 0 -80 0Z$2`,
			`a circle of the wide drawing, found "ID" is not as large as its value, 6350`},
		{"a missing circle as one that is known", "circles", gallery, `fill="var\(--paper\)" fill-opacity="0.7"([^>]* data-name="KY")`, `fill="var(--chart-1)"$1`,
			`a circle of the wide drawing, found "KY" has no value, and looks as if it had one`},
		{"a bar too long", "missing", gallery, `l83\.1 0(l0 19\.6)l-83\.1`, `l93.1 0${1}l-93.1`,
			`a bar of the wide drawing, found "Ada" is drawn off its value, 6350`},
		{"a bar that does not start at zero", "missing", gallery, `M40 36\.2`, `M42 36.2`,
			`a bar of the wide drawing, found "Ada" is drawn off its value, 6350`},
		{"a label", "missing", gallery, `>47K<`, `>48K<`,
			`a label of the wide drawing, found "48K" at "Dade" instead of "47K"`},
		{"a label is gone", "missing", gallery, `>6,350</text>`, `></text>`,
			`a label of the wide drawing, found "" at "Ada" instead of "6,350"`},
		{"a missing value is not said", "missing", gallery, `>N/A<`, `><`,
			`a label of the wide drawing, found N/A is there 0 times, with 1 value missing`},
		{"a label of an axis", "gap", gallery, `>50K<`, `>51K<`,
			`a label of an axis of the wide drawing, found "51K" on the y axis at 50000`},
		{"a label of an axis in another place", "gap", gallery, `translate\(25 65\.3333\)`, `translate(25 55.3333)`,
			`a point of the wide drawing, found "50K" is drawn off its value, 50000`},
		{"an axis with another value", "gap", gallery, `data-tick="50000">50K<`, `data-tick="51000">51K<`,
			`a point of the wide drawing, found "51K" is drawn off its value, 51000`},
		{"a name of an axis", "missing", gallery, `(data-tick="Ada">)Ada<`, `${1}Adam<`,
			`a label of an axis of the wide drawing, found "Adam" on the y axis at "Ada"`},
		{"a name beside another bar", "missing", gallery, `translate\(32 18\)(.*>Dade<.*\n.*)translate\(32 46\)`, `translate(32 46)${1}translate(32 18)`,
			`a mark of the wide drawing, found "Dade" is beside another name on the y axis`},
		{"a point too high", "gap", gallery, `622,80\.2667`, `622,75.2667`,
			`a point of the wide drawing, found "2019" of "Dade" is drawn off its value, 47200`},
		{"a point in another year", "gap", gallery, `622,80\.2667`, `474.75,80.2667`,
			`a point of the wide drawing, found "2019" of "Dade" is not with the others of "2019"`},
		{"another value at the end of a line", "gap", gallery, `>6,350</text>`, `>6,850</text>`,
			`the end of a line of the wide drawing, found "6,850" at "2019" of "Ada" instead of "6,350"`},
		{"the name of another line", "gap", gallery, `>Bath</text>`, `>Dade</text>`,
			`the end of a line of the wide drawing, found "Dade240" at "2018" of "Bath"`},
		{"a line cut short", "gap", gallery, `(M474\.8 60)L622 80\.3`, `$1`,
			`a line of the wide drawing, found "Dade"`},
		{"a line over a gap", "gap", gallery, `M474\.8 60`, `L474.8 60`,
			`a line of the wide drawing, found "Dade"`},
		{"a point is gone", "gap", gallery, `<path [^>]*data-name="2019" data-group="Dade"[^>]*>`, ``,
			`the value of "2019" of "Dade" differs between table, drawings and download, found 47200 in the table and the middle drawing and the narrow drawing and the download, no value in the wide drawing`},
		{"a symbol in another column", "grid", gallery, `data-name="clay" data-group="2018"`, `data-name="clay" data-group="2019"`,
			`names differ between table, drawings and download, found "clay" of "2019" is in the wide drawing and not in the table`},
		{"a symbol of another value", "grid", gallery, `(data-name="clay" data-group="2018" data-value=)"few"`, `$1"many"`,
			`the value of "clay" of "2018" differs between table, drawings and download, found "few" in the table and the middle drawing and the narrow drawing and the download, "many" in the wide drawing`},
		{"a symbol in another place", "grid", gallery, `matrix\(6,0,0,6,366\.5,39\)`, `matrix(6,0,0,6,366.5,63)`,
			`a row of the wide drawing, found "ada" of "2019" is not with the others of "ada"`},
		{"the alt text: highest", "missing", gallery, `Highest: Dade, 47,200`, `Highest: Dade, 47,300`,
			`the alt text of the wide drawing, found "Highest: Dade, 47,300", expected "Highest: Dade, 47,200"`},
		{"the alt text: a name", "missing-states", gallery, `Lowest: Ada`, `Lowest: Bath`,
			`the alt text of the drawing, found "Lowest: Bath, 1,351.2", expected "Lowest: Ada, 1,351.2"`},
		{"the alt text: nothing missing", "missing", gallery, `No value: Bath`, `No value: Ada`,
			`the alt text of the wide drawing, found "No value: Ada", expected "No value: Bath"`},
		{"the alt text: so many", "missing", gallery, `of 3 bars`, `of 4 bars`,
			`the alt text of the wide drawing, found "Bar chart of 4 bars", expected "Bar chart of 3 bars"`},
		{"the alt text: last", "gap", gallery, `to 47,200 in 2019`, `to 51,000 in 2019`,
			`the alt text of the wide drawing, found "Dade: from 48,000 in 2015 to 51,000 in 2019", expected "Dade: from 48,000 in 2015 to 47,200 in 2019"`},
		{"the alt text: a gap", "gap", gallery, `No values for 2017`, `No values for 2018`,
			`the alt text of the wide drawing, found "No values for 2018", expected "No values for 2017"`},
		{"the alt text: symbols", "grid", gallery, `Few: 6`, `Few: 5`,
			`the alt text of the wide drawing, found "Few: 5", expected "Few: 6"`},
		{"the alt text: a figure from elsewhere", "missing", gallery, `No value: Bath\.`, `All in all 53,550.`,
			`the alt text of the wide drawing, found "All in all 53,550", expected "No value: Bath"`},
		{"the alt text: a sentence more", "missing", gallery, `No value: Bath\.`, `$0 All is well.`,
			"the alt text of the wide drawing, found \"All is well\", expected nothing after what the chart claims\n  hint: write your own words in alt, in the file of the chart"},
		{"a claim: a value", "missing", gallery, `&#34;6350&#34;`, `&#34;6360&#34;`,
			`a claim in data-claims, found "Lowest: Ada, 6,360", expected "Lowest: Ada, 6,350"`},
		{"a claim: nothing of the kind", "missing", gallery, `&#34;says&#34;:&#34;missing&#34;`, `&#34;says&#34;:&#34;gaps&#34;`,
			`a claim in data-claims, found "No values for Bath", expected nothing of the kind`},
		{"no claims", "missing", gallery, ` data-claims="[^"]*"`, ``,
			"it does not say as data what its alt text claims" + hint},
		{"no alt text", "missing", gallery, `aria-label="Bar[^"]*"`, ``,
			"the wide drawing has no alt text\n  hint: say in aria-label what it shows"},
		{"no link to the data", "missing", gallery, ` download>Data`, `>Data`,
			"there is no link to its data as CSV" + hint},
		{"no table", "missing", gallery, `(?s)<table>.*?</table>`, ``,
			"there is no table of its data" + hint},
		{"a part of a stack too long", "stack", gallery, `l0 -88\.1l`, `l0 -78.1l`,
			`a bar of the wide drawing, found "dade" of "2018" is drawn off its value, 91000`},
		{"a bin with another count", "bins", gallery, `(data-low="0" data-high="10" data-value=)"8"`, `$1"9"`,
			`a bin of the wide drawing, found from 0 to 10: 9, and there are 8`},
		{"a cell of another value", "heat", gallery, `(data-name="ada" data-group="2019" data-value=)"1350"`, `$1"1351"`,
			`the value of "ada" of "2019" differs between table, drawings and download, found 1350 in the table and the middle drawing and the narrow drawing and the download, 1351 in the wide drawing`},
		{"a step that starts elsewhere", "steps", gallery, `data-from="202500"`, `data-from="200000"`,
			`a step of the wide drawing, found "Erie" goes from 200000 to 221200, and its value is 18700`},
		{"a point of a scatter across", "scatter", gallery, `data-across="[^"]*"`, `data-across="27.3"`,
			`the value of "Dade" (across) differs between table, drawings and download, found 7453.073242546927 in the table and the middle drawing and the narrow drawing and the download, 27.3 in the wide drawing`},
		{"an end of an interval", "intervals", gallery, `(data-name="2018" data-low=)"[0-9]*"`, `$1"1"`,
			`the value of "2018" in "ada" (low) differs between table, drawings and download, found 1080 in the table and the middle drawing and the narrow drawing and the download, 1 in the wide drawing`},
		{"a point in another panel", "columns", gallery, `(data-panel=)"ada"`, `$1"bath"`,
			`names differ between table, drawings and download, found "2018" in "bath" is in the wide drawing 2 times; "2019" in "bath" is in the wide drawing 2 times; "2020" in "bath" is in the wide drawing 2 times`},
		{"a flow", "flows", gallery, `(data-name="KY" data-group="few" data-value=)"215"`, `$1"99"`,
			`the value of "KY" of "few" differs between table, drawings and download, found 215 in the table and the middle drawing and the narrow drawing and the download, 99 in the wide drawing`},
		{"a tile", "tiles", gallery, `(data-name="Erie" data-group="East" data-value=)"18700"`, `$1"18701"`,
			`the value of "Erie" of "East" differs between table, drawings and download, found 18700 in the table and the middle drawing and the narrow drawing and the download, 18701 in the wide drawing`},
		{"a day of a calendar in another place", "days", gallery, `M22 88l20`, `M44 88l20`,
			`a day of the wide drawing, found "2020-01-20" is not where its day is`},
		{"a month of a calendar", "days", gallery, `>Feb\.<`, `>March<`,
			`a day of the wide drawing, found "March" above the days of 2020-02`},
		{"a month in the place of another", "days", gallery, `M366 22l20`, `M22 22l20`,
			`a day of the wide drawing, found "2020-03-02" is in the place of another month`},
		{"a box too long", "boxes", gallery, `M67\.9 45l227\.82 0l0 43\.1l-227\.82`, `M67.9 45l327.82 0l0 43.1l-327.82`,
			`a box of the wide drawing, found the box is not around the middle half of the dots of "many"`},
		{"no box", "boxes", gallery, `<path d="M67\.9 45[^>]*>`, ``,
			`a box of the wide drawing, found not one box and one median for the dots of "many"`},
		{"a median in another place", "boxes", gallery, `M104 41`, `M114 41`,
			`a box of the wide drawing, found the line is not at the median of the dots of "many"`},
		{"the number of a median", "boxes", gallery, `>8,100<`, `>8,200<`,
			`a box of the wide drawing, found "8,200" at the median of the dots of "many" instead of "8,100"`},
		{"a part of a funnel", "left", gallery, `9\.8% of the first`, `8.8% of the first`,
			`a step of the wide drawing, found "8.8% of the first, 203K less than before" below "Without Dade" instead of "9.8% of the first, 203K less than before"`},
		{"a step of a funnel too long", "left", gallery, `l64\.61 0l0 20l-64\.61`, `l94.61 0l0 20l-94.61`,
			`a bar of the wide drawing, found "Without Dade" is drawn off its value, 21937`},
		{"a rank in another place", "ranks", gallery, `13,100\)`, `13,60)`,
			`a point of the wide drawing, found "2018" of "erie" is drawn off its rank, 2`},
		{"a cell of the download", "missing", download, `6350`, `6351`,
			`the value of "Ada" differs between table, drawings and download, found 6350 in the table and the wide drawing and the middle drawing and the narrow drawing, 6351 in the download`},
		{"a row of the download is gone", "missing", download, `\nada,[^\n]*`, ``,
			`names differ between table, drawings and download, found "Ada" is in the table and not in the download`},
		{"another column's download", "missing", download, `^place,name,state,loans`, `place,name,state,loan`,
			"the download has no column \"loans\"" + hint},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			site := figureOf(t, c.chart)
			from, text := regexp.MustCompile(c.from), string(site[c.file])
			at := from.FindStringSubmatchIndex(text)
			if at == nil {
				t.Fatalf("no %s", c.from)
			}
			site[c.file] = []byte(text[:at[0]] + string(from.ExpandString(nil, c.to, text, at)) + text[at[1]:])
			if got, want := said(t, site), "data/charts/"+c.chart+".yaml: "+c.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestStacksRestOnWhatIsBelow draws a stack and moves a part of it.
func TestStacksRestOnWhatIsBelow(t *testing.T) {
	t.Parallel()
	drawer := svg.New(broadsheet.Drawing, nil)
	drawing, err := drawer.Draw(t.Context(), "c", []byte(`{"animation": false, "xAxis": {"type": "category", "data": ["2016", "2017"]}, "yAxis": {"type": "value", "axisLabel": {"show": false}}, "series": [
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
	if got := said(t, site(drawing.Shapes)); got != "" {
		t.Fatal(got)
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
		if got := said(t, site(local.ReplaceAllString(drawing.Shapes, to))); !strings.HasPrefix(got, want) || strings.Contains(got, "\n") {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
