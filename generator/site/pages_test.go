package site_test

import (
	"context"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"broadsheet/generator"
)

var built = sync.OnceValues(func() (*generator.Result, error) {
	return generator.Build(context.Background(), os.DirFS("../testdata/report"), generator.Options{})
})

// pages are those of the report in generator/testdata/report.
func pages(t *testing.T) map[string][]byte {
	t.Helper()
	result, err := built()
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	return result.Pages
}

// TestPagesSayWhatTheReportHas looks for what each part of the report becomes.
func TestPagesSayWhatTheReportHas(t *testing.T) {
	t.Parallel()
	site := pages(t)
	for _, tt := range []struct{ what, file, want string }{
		{"a fact", "index.html", `<data class="fact" value="2950"><a href="./numbers/by_place/index.html#visits-ada">2,950</a></data>`},
		{"a chosen word", "index.html", `#open-erie">is open</a></data>`},
		{"a number with its sentence", "index.html", `<p class="number"><data class="fact" value="224437">`},
		{"a finding around a fact and Markdown", "index.html", `<span class="finding" data-finding="by_place.dade_half">Dade had <em>more than half</em> of them, <data class="fact"`},
		{"a title with a fact, for browsers", "index.html", `<meta property="og:title" content="Libraries had 224,437 visits">`},
		{"a source", "index.html", `<cite class="cited"><a href="./sources/index.html#census">Census Bureau</a></cite>`},
		{"a quotation in a sentence", "index.html", `<q class="quoted"><a href="./sources/index.html#county">a good day</a></q>`},
		{"a quotation as a block", "index.html", `<blockquote class="quoted"><p>A good day.</p><footer>The clerk, `},
		{"a table that stacks on phones", "index.html", `<section class="scroll stacked" aria-label="Units" tabindex="0">`},
		{"a small line in a table", "index.html", `class="sparks" data-cell="by_year.visits[dade]"><span><span class="start" style="--letters: 6">91,000</span> <svg class="spark"`},
		{"a place that nobody shares", "tables/index.html", `<tr><td data-label="Rank" class="n">1</td><th scope="row" data-label="Name" data-cell="by_place.name[dade]">Dade</th>`},
		{"a bar beside a number", "tables/index.html", `data-raw="202500"><span><span class="bar" style="--from: 0%; --to: 100%"></span><a href="../numbers/by_place/index.html#visits-dade">202,500</a></span></td>`},
		{"a color behind a number", "tables/index.html", `class="n heat" style="--step: var(--step-5); --on-step: var(--step-5-ink)" data-raw="7453.073242546927">`},
		{"an arrow before a number", "tables/index.html", `data-raw="1"><span><span class="arrow" role="img" aria-label="up">↑</span> <a href="../numbers/by_place/index.html#ratio-bath">1</a>`},
		{"a dot before a word", "tables/index.html", `<span class="key triangle" style="--key: var(--chart-2)"></span><a href="../numbers/by_place/index.html#open-clay">no</a>`},
		{"a total, and none of what cannot be added up", "tables/index.html", `<th scope="row" data-label="Name">Total</th><td data-label="Open"></td><td data-label="Visits" class="n" data-raw="224437">224,437</td>`},
		{"no total of estimates and bounds", "tables/index.html", `class="n missing"><span>N/A <span class="unit">not all values are exact</span></span></td>`},
		{"the heading of a group, with what it comes to", "tables/index.html", `<tr class="group"><th scope="rowgroup" data-cell="by_year.place[dade,2018]">dade</th><td class="n" data-raw="202500">202,500</td></tr>`},
		{"a year of a timeline", "index.html", `<p class="year">2019</p>`},
		{"an event of a timeline", "index.html", `<time datetime="2018-01-24" data-cell="happened.date[e1]">Jan. 24</time>`},
		{"the columns by which a timeline is filtered", "places/index.html", `<div class="filter" data-facets="[[&#34;kind&#34;,&#34;Kind&#34;]]"></div>`},
		{"what a side said", "index.html", `<q class="quoted" data-cell="happened.quote[e2]">A bad day, and a long one</q>`},
		{"the trace of a number, on paper", "index.html", `<li>2,950: numbers/by_place/#visits-ada</li>`},
		{"a cell to which facts lead", "numbers/by_place/index.html", `<td id="budget-dade" data-label="Budget" class="n" data-raw="57050000">$57,050,000</td>`},
		{"a row that leads to the rows behind it", "numbers/by_place/index.html", `<th scope="row" id="place-dade" data-label="Place"><a href="#rows:dade">dade</a></th>`},
		{"the rows behind a row, by name and value", "numbers/by_place/index.html", `<a href="../../data/years/index.html#row-11">11</a></th><td>Dade</td><td>2018</td><td class="n">91,000</td>`},
		{"how many rows are behind a row", "numbers/by_place/index.html", `<details class="behind" id="rows:dade"><summary>Dade: 4 rows</summary>`},
		{"the numbers of rows that are not listed", "numbers/total/index.html", `<p>and 5 more: rows 5, 7-10 of <a href="../../data/years/index.html">Visits by year</a></p>`},
		{"the sources of a row", "numbers/total/index.html", `<p class="from">Source: <a href="../../sources/index.html#census">Census Bureau</a></p>`},
		{"what is read, by its title", "numbers/total/index.html", `<a href="../../data/events/index.html">Events</a>`},
		{"what the front page cites", "numbers/index.html", "<h2>On the front page</h2>\n<ul class=\"cards\">\n<li><h3><a href=\"../numbers/total/index.html\">All places</a></h3></li>"},
		{"the list of tables", "data/index.html", `<a href="../data/years/index.html">Visits by year</a></th><td class="n" data-raw="15">15</td><td class="n">1</td><td><a href="../data/years.csv" download>`},
		{"an aggregate of one row", "numbers/total/index.html", `<tr><th scope="row">Visits</th><td id="visits">224,437</td></tr>`},
		{"a query in colours", "numbers/total/index.html", `<span class="k">SELECT</span>`},
		{"a row of a table with its number", "data/events/index.html", `<tr id="row-2"><th scope="row" class="n">2</th><td>e1</td><td class="d">2018-01-24</td>`},
		{"what rests on a source", "sources/index.html", `<a href="../data/years/index.html#row-2">Visits by year</a> (15)`},
		{"what each sentence rests on", "method/index.html", `<summary>Libraries had 224,437 visits: 8 sentences</summary>`},
		{"a page of a row", "places/ada/index.html", `<h1 data-cell="pages.title[/places/ada/]">Ada</h1>`},
		{"a page of a chart", "charts/bars/index.html", `<main id="main" data-copy>`},
		{"a chart for frames", "embed/bars/index.html", `<body class="embed">`},
		{"a file of a chart, in the page's colours", "charts/bars.svg", `fill="#fffdf9"`},
		{"a download of a table, with plain numbers", "data/years.csv", "place,year,visits,budget,share,source_id\nada,2018,1200,1250000.5,12.4,census\n"},
		{"a download of an aggregate", "numbers/total.csv", "224437,5,true,"},
		{"the description of the data", "data/datapackage.json", `"path": "places.csv"`},
		{"the policy of what pages load", "404.html", `http-equiv="Content-Security-Policy"`},
	} {
		if text, ok := site[tt.file]; !ok || !strings.Contains(string(text), tt.want) {
			t.Errorf("%s: %s does not have %s", tt.what, tt.file, tt.want)
		}
	}
}

// TestPagesHoldNothingPrivate looks for a column that datapackage.json declares private.
func TestPagesHoldNothingPrivate(t *testing.T) {
	t.Parallel()
	for name, text := range pages(t) {
		if strings.Contains(string(text), "5550101") {
			t.Errorf("%s shows a phone number", name)
		}
	}
}

// TestEveryLinkIsRelative: the site works under any path, and from a disk. 404.html is shown at any depth.
func TestEveryLinkIsRelative(t *testing.T) {
	t.Parallel()
	rooted := regexp.MustCompile(` (?:href|src|poster|data-places)="/[^"]*"|<!--placeholder`)
	for name, text := range pages(t) {
		if path.Ext(name) == ".html" && name != "404.html" {
			if found := rooted.Find(text); found != nil {
				t.Errorf("%s has %s", name, found)
			}
		}
	}
}

// with is the report with files of a test.
func with(t *testing.T, files map[string]string) fstest.MapFS {
	t.Helper()
	report := fstest.MapFS{}
	from := os.DirFS("../testdata/report")
	if err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		report[name] = &fstest.MapFile{Data: data}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		report[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return report
}

// TestProseNamesWhatThereIs writes one wrong shortcode a line, and wants its problem.
func TestProseNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	lines := []struct{ prose, want string }{
		{`{{< chart "bar" >}}`, `unknown chart "bar"`},
		{`{{< source "cencus" >}}`, `unknown source "cencus"`},
		{`{{< quote speaker="A" >}}words{{< /quote >}}`, `a quote without its source`},
		{`{{< quote source="census" >}} {{< /quote >}}`, `a quote without words`},
		{`{{< quote source="census" by="A" >}}words{{< /quote >}}`, `a quote has no "by"`},
		{`{{< statements of="by_place" >}}`, `by_place has no column "claim"`},
		{`{{< timeline "by_place" >}}`, `a timeline needs date`},
		{`{{< timeline of="happened" filter="sort" >}}`, `unknown column "sort" of happened`},
		{`{{< table "by_plaice" >}}`, `unknown aggregate "by_plaice"`},
		{`{{< table of="by_place" columns="nam" >}}`, `unknown column "nam" of by_place`},
		{`{{< table of="by_place" where="place" is="zzz" >}}`, `is "zzz" in place`},
		{`{{< table of="by_place" is="ada" >}}`, `the option "is" needs "where"`},
		{`{{< table of="by_place" sort="name" >}}`, `unknown option "sort"`},
		{`{{< table of="by_place" spark="by_yeer.visits" >}}`, `unknown aggregate "by_yeer"`},
		{`{{< table of="by_place" spark="by_year.visit" >}}`, `unknown column "visit" of by_year`},
		{`{{< table of="by_place" spark="total.visits" >}}`, `total do not belong to those of by_place`},
		{`{{< table of="by_place" columns="place, visits" link="visits" >}}`, `no links of "visits" to pages`},
		{`{{< table of="by_place" columns="place" link="place" >}}`, `no pages were made of the rows of by_place`},
		{`{{< cell "by_place.plaice[ada]" >}}`, `by_place has no column "plaice"`},
		{`{{< youtube "x" >}}`, `of Hugo shows something of another host`},
		{`{{< chrat "bars" >}}`, `unknown shortcode "chrat"`},
	}
	prose := "---\ntitle: Mistakes\n---\n"
	for _, l := range lines {
		prose += l.prose + "\n"
	}
	result, err := generator.Build(t.Context(), with(t, map[string]string{"content/mistakes.md": prose}), generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	byLine := map[int]string{}
	for _, p := range result.Problems {
		if p.File != "content/mistakes.md" {
			t.Errorf("another problem: %s", p)
		}
		byLine[p.Line] += p.String()
	}
	for i, l := range lines {
		if got := byLine[i+4]; !strings.Contains(got, l.want) {
			t.Errorf("%s: got %q, want %q", l.prose, got, l.want)
		}
	}
}

// TestTemplatesAreNamedWithTheirPlace breaks a template of the report.
func TestTemplatesAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{{ define \"main\" }}\n{{ .Nonsense }}{{ end }}":                                 "layouts/page.html:2:",
		"{{ define \"main\" }}\n\n{{ (site.Params.report.Chart \"none\").Alt }}{{ end }}": "unknown chart",
	} {
		report := with(t, map[string]string{"layouts/page.html": text, "content/other.md": "---\ntitle: Other\n---\nText.\n"})
		result, err := generator.Build(t.Context(), report, generator.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Problems) == 0 || !strings.Contains(result.Problems[0].String(), want) {
			t.Errorf("%s: got %v, want %s", text, result.Problems, want)
		}
	}
}
