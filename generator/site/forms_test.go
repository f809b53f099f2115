package site_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator"
)

// TestTablesOfAwkwardData builds one with ties, nothing, values below zero and a value that is not known.
func TestTablesOfAwkwardData(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	result, err := generator.Build(t.Context(), fstest.MapFS{
		"hugo.toml":             file("title = \"T\"\n[params.palette]\nlost = \"red\"\n"),
		"data/datapackage.json": file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "n", "type": "integer"}, {"name": "change", "type": "number", "unit": "usd"}, {"name": "end"}]}}]}`),
		"data/t.csv":            file("id,n,change,end\na,5,-30,won\nb,9,0,lost\nc,9,10,won\nd,,10,won\ne,0,-10,lost\n"),
		"data/aggregates/a.sql": file("/*\ntitle: A\nkey: id\ncolumns: {id: {label: Name, unit: text}, n: {label: N, unit: count}, change: {label: Change, unit: usd}, end: {label: End, unit: text}}\n*/\nSELECT id, n, change, \"end\", [_row] AS t_rows FROM t"),
		"content/_index.md":     file("---\ntitle: T\n---\n{{< table of=\"a\" show=\"change: bar\" rank=\"n\" total=\"true\" group=\"end\" >}}\n"),
		"content/other.md":      file("---\ntitle: Other\n---\n{{< table of=\"a\" show=\"change: arrow, n: heat, end: dot\" >}}\n\n{{< table of=\"a\" where=\"end\" is=\"won\" show=\"change: heat\" rank=\"change lowest\" >}}\n\n{{< table of=\"a\" rank=\"n\" group=\"id\" >}}\n"),
	}, generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Problems) > 0 {
		t.Fatal(result.Problems)
	}
	table, other := string(result.Pages["index.html"]), string(result.Pages["other/index.html"])
	for _, tt := range []struct{ what, page, want string }{
		{"a place that is shared", table, `<tr><td class="n" data-raw="1">1<span role="img" aria-label="tied">=</span></td><th scope="row" data-cell="a.id[b]">b</th>`},
		{"the place after those", table, `<tr><td class="n">3</td><th scope="row" data-cell="a.id[a]">a</th>`},
		{"the first place of the lowest", other, `<tr><td data-label="Rank" class="n">1</td><th scope="row" data-label="Name" data-cell="a.id[a]">a</th>`},
		{"no place without a value", table, `<tr><td class="n missing"></td><th scope="row" data-cell="a.id[d]">d</th>`},
		{"a bar to the left of zero", table, `style="--from: 0%; --to: 75%; --zero: 75%"`},
		{"a bar to the right", table, `style="--from: 75%; --to: 100%; --zero: 75%"`},
		{"no bar of nothing", table, `style="--from: 75%; --to: 75%; --zero: 75%"`},
		{"a group whose total is not known", table, `<th scope="rowgroup" colspan="2" data-cell="a.end[a]">won</th><td class="n missing">N/A <span class="unit">1 value is not known</span></td>`},
		{"a group whose total is known", table, `<th scope="rowgroup" colspan="2" data-cell="a.end[b]">lost</th><td class="n">9</td>`},
		{"what changed by nothing", other, `data-raw="0"><a href="../numbers/a/index.html#change-b">unchanged</a>`},
		{"what fell", other, `data-raw="-30"><span class="arrow" role="img" aria-label="down">↓</span> <a`},
		{"the color that the palette gives a value", other, `<span class="key kite" style="--key: var(--chart-7)"></span>lost</span></td>`},
		{"another color for another", other, `<span class="key circle" style="--key: var(--chart-1)"></span>won</span></td>`},
		{"colors on both sides of zero", other, `--step: var(--below-4)`},
		{"colors on the other side", other, `--step: var(--above-1)`},
	} {
		if !strings.Contains(tt.page, tt.want) {
			_, body, _ := strings.Cut(tt.page, "<main")
			t.Errorf("%s: no %s in\n%s", tt.what, tt.want, body)
		}
	}
}
