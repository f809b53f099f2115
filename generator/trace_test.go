package generator

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/listing"
)

// built builds a report that has no problems.
func built(t *testing.T, report fstest.MapFS) *Result {
	t.Helper()
	result, err := Build(t.Context(), report, Options{For: ToAccept})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Problems {
		t.Error(p)
	}
	if result.Pages == nil {
		t.FailNow()
	}
	return result
}

// holds fails for each text that a page does not hold.
func holds(t *testing.T, result *Result, name string, texts ...string) {
	t.Helper()
	page, ok := result.Pages[name]
	if !ok {
		t.Fatalf("no %s", name)
	}
	for _, text := range texts {
		if !strings.Contains(string(page), text) {
			t.Errorf("%s does not hold %s", name, text)
		}
	}
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// TestFactsInALargeTable follows facts whose line, or whose rows, are not among the
// first that a page shows.
func TestFactsInALargeTable(t *testing.T) {
	const rows = 3000
	var table strings.Builder
	table.WriteString("id,part,n\n")
	for i := range rows {
		part := "many"
		if i >= 2000 && i%100 == 0 {
			part = "few"
		}
		fmt.Fprintf(&table, "r%d,%s,%d\n", i+2, part, i)
	}
	result := built(t, fstest.MapFS{
		"hugo.toml":                 file("title = \"Large\"\n"),
		"content/_index.md":         file("---\ntitle: Start\n---\n{{< fact \"each.n[r2]\" >}} {{< fact \"each.n[r2500]\" >}} {{< fact \"parts.rows[many]\" >}} {{< fact \"parts.rows[few]\" >}}\n"),
		"data/datapackage.json":     file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "part", "type": "string"}, {"name": "n", "type": "integer", "unit": "count"}]}}]}`),
		"data/t.csv":                file(table.String()),
		"data/aggregates/each.sql":  file("/*\ntitle: Each\nkey: id\ncolumns: {id: {label: Id, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, n, [_row] AS t_rows FROM t ORDER BY n"),
		"data/aggregates/parts.sql": file("/*\ntitle: Parts\nkey: part\ncolumns: {part: {label: Part, unit: text}, rows: {label: Rows, unit: count}}\n*/\nSELECT part, count(*) AS rows, list(_row) AS t_rows FROM t GROUP BY part"),
	})
	// a row that is cited is after the first thousand; another is not
	holds(t, result, "index.html", `href="./numbers/each/index.html#n-r2500">2,498</a>`)
	holds(t, result, "numbers/each/index.html", `id="n-r2500"`, "The first 1,000 of 3,000 are shown")
	if strings.Contains(string(result.Pages["numbers/each/index.html"]), `id="n-r2499"`) {
		t.Error("a line beyond the first thousand is shown that no page cites")
	}
	// of many rows the first ten, the count, and a download of all
	holds(t, result, "numbers/parts/index.html", `and 2,980 more: <a href="../../numbers/parts-t-rows.csv" download>all 2,990 (CSV)</a>`)
	all, err := csv.NewReader(strings.NewReader(string(result.Pages["numbers/parts-t-rows.csv"]))).ReadAll()
	if err != nil || len(all) != rows+1 || !slices.Equal(all[0], []string{"part", "row", "id", "part", "n"}) || !slices.Equal(all[1], []string{"few", "2002", "r2002", "few", "2000"}) {
		t.Errorf("%v, %d rows, first %v", err, len(all), all[:2])
	}
	// rows to which numbers lead are on the table's page, beyond its first thousand
	holds(t, result, "numbers/parts/index.html", `<a href="../../data/t/index.html#row-2902">2902</a>`)
	holds(t, result, "data/t/index.html", `<tr id="row-2902">`, "of 3,000 are shown")
	if strings.Contains(string(result.Pages["data/t/index.html"]), `id="row-2903"`) {
		t.Error("a row beyond the first thousand is shown to which no number leads")
	}
}

// TestFactsInManyLines follows facts of so many lines that one page would be too large for the trace of one number.
func TestFactsInManyLines(t *testing.T) {
	const rows, first, last = 4000, 1500, 2700 // that are cited, counted from 0
	table, prose := "id,n\n", "---\ntitle: Start\n---\n{{< fact \"each.n[r0]\" >}}\n"
	for i := range rows {
		table += fmt.Sprintf("r%d,%d\n", i, i+10)
		if i >= first && i <= last {
			prose += fmt.Sprintf("{{< fact \"each.n[r%d]\" >}}\n", i)
		}
	}
	result := built(t, fstest.MapFS{
		"hugo.toml":                file("title = \"Large\"\nbaseURL = \"https://example.org/\"\n"),
		"content/_index.md":        file(prose),
		"data/datapackage.json":    file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer", "unit": "count"}]}}]}`),
		"data/t.csv":               file(table),
		"data/aggregates/each.sql": file("/*\ntitle: Each\nkey: id\ncolumns: {id: {label: Id, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, n, [_row] AS t_rows FROM t ORDER BY n"),
		"data/aggregates/few.sql":  file("/*\ntitle: Few\nkey: id\ncolumns: {id: {label: Id, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, n, [_row] AS t_rows FROM t WHERE n < 12 ORDER BY n"),
		"content/numbers/few/2.md": file("---\ntitle: A page of the report\n---\nIts address is like that of a further page.\n"),
	})
	holds(t, result, "numbers/few/2/index.html", "Its address is like that of a further page.")
	holds(t, result, "index.html", `href="./numbers/each/index.html#n-r0">10</a>`, `href="./numbers/each/2/index.html#n-r1999">2,009</a>`, `href="./numbers/each/3/index.html#n-r2000">2,010</a>`)
	holds(t, result, "numbers/each/index.html", `<a href="../../numbers/each/2/index.html">1,001–2,000</a>, <a href="../../numbers/each/3/index.html">2,001–3,000</a>.`)
	holds(t, result, "numbers/each/3/index.html", "<h1>Each: rows 2,001–3,000</h1>", `id="n-r2000"`, `id="n-r2700"`, `<details class="behind" id="rows:r2000">`)
	for page, anchor := range map[string]string{"numbers/each/": "n-r1500", "numbers/each/2/": "n-r1499", "numbers/each/3/": "n-r2701"} {
		if strings.Contains(string(result.Pages[page+"index.html"]), `id="`+anchor+`"`) {
			t.Errorf("%s has %s, which no page cites, or another page shows", page, anchor)
		}
	}
	if _, made := result.Pages["numbers/each/4/index.html"]; made {
		t.Error("a page is made of lines that no page cites")
	}
	holds(t, result, "sitemap.xml", "https://example.org/numbers/each/3/")
	if strings.Contains(string(result.Pages["sitemap.xml"]), "each/4") {
		t.Error("the sitemap lists a page that was not made")
	}
	holds(t, result, listing.FactsFile, `"link": "https://example.org/numbers/each/3/#n-r2000"`)
}

// TestFactsStandEverywhere cites facts in each place that may hold one.
func TestFactsStandEverywhere(t *testing.T) {
	result := built(t, fstest.MapFS{
		"hugo.toml": file("title = \"Facts\"\n"),
		"content/_index.md": file("---\ntitle: At least {{< fact \"n.usd\" >}}\ndescription: '{{< finding \"n.rose\" >}}It {{< choose of=\"n.rose\" yes=\"moved\" no=\"stayed\" >}}{{< /finding >}} by {{< fact \"n.share\" >}}'\n---\n" +
			"## In {{< fact \"n.year\" >}} a heading\n\n| a | b |\n|---|---|\n| {{< fact \"n.nothing\" >}} | {{< fact \"n.usd\" exact >}} |\n\n{{< chart \"c\" >}}\n\n{{< template >}}\n"),
		"layouts/_shortcodes/template.html": file(`<p>{{ (site.Params.report.Fact "n.rate").HTML }} by a template</p>`),
		"data/datapackage.json":             file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}, {"name": "n", "type": "integer"}]}}]}`),
		"data/t.csv":                        file("k,n\na,1\n"),
		"data/aggregates/n.sql": file("/*\ntitle: Numbers\ncolumns: {usd: {label: Money, unit: usd}, share: {label: Share, unit: percent}, year: {label: Year, unit: year}, nothing: {label: Nothing, unit: usd}, rate: {label: Rate, unit: per_100k}, rose: {label: It rose, unit: flag}}\nby definition: {usd: For the test, share: For the test, year: For the test, rate: For the test, rose: For the test}\n*/\n" +
			"SELECT 28250000 AS usd, 12.45::DECIMAL(9, 2) AS share, 2017 AS year, NULL::BIGINT AS nothing, 372.95::DECIMAL(9, 2) AS rate, true AS rose, list(_row) AS t_rows FROM t"),
		"data/aggregates/by.sql": file("/*\ntitle: By key\nkey: k\ncolumns: {k: {label: Key, unit: text}, n: {label: N, unit: usd}}\n*/\nSELECT k, n, [_row] AS t_rows FROM t"),
		"data/charts/c.yaml":     file("kind: bar\nof: by\nx: n\ny: k\ntitle: Of {{< fact \"n.usd\" short >}}\nsubtitle: In {{< fact \"n.year\" >}}, dollars\nnote: Not {{< fact \"n.nothing\" >}}\nalt: All of {{< fact \"n.usd\" >}}.\n"),
	})
	fact := func(raw, column, text string) string {
		class := "fact"
		if !strings.ContainsAny(text, "0123456789") {
			class = "fact words"
		}
		return fmt.Sprintf(`<data class="%s" value="%s"><a href="./numbers/n/index.html#%s">%s</a></data>`, class, raw, column, text)
	}
	holds(t, result, "index.html",
		"<title>At least $28.3 million · Facts</title>", `<meta property="og:title" content="At least $28.3 million">`, `<meta name="description" content="It moved by 12.5%">`,
		"<h1>At least "+fact("28250000", "usd", "$28.3 million")+"</h1>",
		`<p class="standfirst"><span class="finding" data-finding="n.rose">It `+fact("true", "rose", "moved")+"</span> by "+fact("12.45", "share", "12.5%")+"</p>",
		"In "+fact("2017", "year", "2017")+" a heading</h2>",
		"<td>"+fact("", "nothing", "N/A")+"</td>", "<td>"+fact("28250000", "usd", "$28,250,000")+"</td>",
		`<p class="title">Of `+fact("28250000", "usd", "$28.3M")+"</p>", `<p class="subtitle">In `+fact("2017", "year", "2017")+", dollars</p>",
		`<p class="note">Not `+fact("", "nothing", "N/A")+"</p>", `aria-label="All of $28.3 million. Bar chart of 1 bar.`,
		"<p>"+fact("372.95", "rate", "373.0")+" by a template</p>")
	var locked []string
	for _, f := range result.Lock.Facts {
		locked = append(locked, f.Fact+" "+strings.Join(f.Pages, " "))
	}
	want := []string{"by.n[a] /", "n.nothing /", "n.rate /", "n.rose /", "n.share /", "n.usd /", "n.year /"}
	if !slices.Equal(locked, want) {
		t.Errorf("the pages show %q, want %q", locked, want)
	}
	holds(t, result, "method/index.html", "<li><p>It moved by 12.5%</p>", "rests on <a href=\"../numbers/n/index.html#rose\">It rose</a>", "<li><p>N/A · $28,250,000</p>", "<li><p>373.0 by a template</p>")
}

// TestPrecisionIsCarriedByAWord holds that a lower bound reads so, in prose and in
// tables.
func TestPrecisionIsCarriedByAWord(t *testing.T) {
	result := built(t, fstest.MapFS{
		"hugo.toml":             file("title = \"Precision\"\n"),
		"content/_index.md":     file("---\ntitle: Start\n---\n{{< fact \"a.usd[low]\" >}}, {{< fact \"a.usd[near]\" exact >}}, {{< fact \"a.usd[so]\" >}}, {{< fact \"a.usd[none]\" >}}\n\n{{< table \"a\" >}}\n"),
		"data/datapackage.json": file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}, {"name": "usd", "type": "integer"}, {"name": "how", "type": "string"}]}}]}`),
		"data/t.csv":            file("k,usd,how\nlow,16700000,lower_bound\nnear,380,estimate\nnone,,lower_bound\nso,5,rounded\n"),
		"data/aggregates/a.sql": file("/*\ntitle: A\nkey: k\ncolumns: {k: {label: K, unit: text}, usd: {label: Amount, unit: usd, precision: how}, how: {label: How, unit: text}}\n*/\nSELECT k, usd, how, [_row] AS t_rows FROM t"),
	})
	holds(t, result, "index.html", ">at least $16.7 million</a>", ">about $380</a>", ">$5</a>", ">N/A</a>", ">at least $16.7 million</a></td>")
}
