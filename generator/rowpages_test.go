package generator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/lock"
)

// rowReport has a text for the rows of places, in two languages, and a page of one of them that is written by hand.
func rowReport() fstest.MapFS {
	return fstest.MapFS{
		"hugo.toml":         file("title = \"Report\"\ndefaultContentLanguage = \"en\"\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"),
		"content/_index.md": file("---\ntitle: Home\ndescription: A page\n---\nWords.\n"),
		"data/datapackage.json": file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "key"}, {"name": "name"}, {"name": "amount", "type": "integer"}, {"name": "open", "type": "boolean"}]}},
			{"name": "u", "path": "u.csv", "schema": {"fields": [{"name": "place"}, {"name": "year", "type": "year"}, {"name": "n", "type": "integer"}]}}]}`),
		"data/t.csv": file("key,name,amount,open\nN 1,\"<b>\"\"North\"\"</b>\",5000,true\nS,South,,false\nW,West,0,true\n"),
		"data/u.csv": file("place,year,n\nN 1,2016,3\nN 1,2017,4\nW,2016,9\n"),
		"data/aggregates/places.sql": file("/*\ntitle: Places\nkey: key\ncolumns: {key: {label: Key, unit: text}, name: {label: Name, unit: text}, amount: {label: Amount, unit: count}, open: {label: Open, unit: flag}}\n*/\n" +
			"SELECT key, name, amount, open, [_row] AS t_rows FROM t"),
		"data/aggregates/years.sql": file("/*\ntitle: Years\nkey: [place, year]\ncolumns: {place: {label: Place, unit: text}, year: {label: Year, unit: year}, n: {label: N, unit: count}}\n*/\n" +
			"SELECT place, year, n, [_row] AS u_rows FROM u"),
		"content/places/_row.md": file(`---
rows: places
title: .name
note: .key
---
{{< if ".amount" >}}
It has {{< fact ".amount" >}}{{< if ".open" >}}, and is open{{< /if >}}.
{{< elseif of=".name" is="South" >}}
The amount is not known.
{{< else >}}
It has none.
{{< /if >}}

{{< if rows="years" where="place" is=".key" >}}
## Years

In 2016 it had {{< fact "years.n[.,2016]" >}}.
{{< if "years.n[.,2017]" >}}Then {{< fact "years.n[.key,2017]" >}}.{{< else >}}Then nothing is known.{{< /if >}}

{{< table of="years" where="place" is=".key" >}}
{{< /if >}}
`),
		"content/places/_row.de.md": file("---\nrows: places\ntitle: '{{< fact \".name\" >}}'\n---\nEs hat {{< fact \".amount\" >}}.\n"),
		"content/places/w.md":       file("---\ntitle: The West\ndescription: By hand\n---\nBy hand.\n"),
		"content/places/_index.md":  file("---\ntitle: Places\n---\n"),
	}
}

// TestRowsLeadToTheirPages: from a table and from prose, to a page of a row and to one that was written by hand.
func TestRowsLeadToTheirPages(t *testing.T) {
	report := rowReport()
	report["data/aggregates/far.sql"] = file("/*\ntitle: Far\nkey: key\ncolumns: {key: {label: Key, unit: text}, name: {label: Name, unit: text}}\n*/\n" +
		"SELECT key, name, [_row] AS t_rows FROM t UNION ALL SELECT 'none', 'Nowhere', [2]")
	report["content/places/_index.md"] = file("---\ntitle: Places\nlist: false\n---\nSee {{< cell \"places.name[W]\" >}}.\n\n{{< table of=\"far\" columns=\"name\" link=\"name\" >}}\n")
	report["content/places/w.md"] = file("---\ntitle: The West\n---\nBy hand.\n\n{{< cell \"places.name[W]\" >}} and {{< cell \"places.name[S]\" >}}\n")
	result := built(t, report)
	holds(t, result, "places/index.html", `See <a href="../places/w/index.html" data-cell="places.name[W]">West</a>.`)
	holds(t, result, "places/index.html", `data-cell="far.name[S]"><a href="../places/s/index.html">South</a>`)
	holds(t, result, "places/index.html", `data-cell="far.name[none]">Nowhere</t`)
	holds(t, result, "places/w/index.html", `<span data-cell="places.name[W]">West</span> and <a href="../../places/s/index.html" data-cell="places.name[S]">South</a>`)
	if strings.Contains(string(result.Pages["places/index.html"]), `class="index"`) {
		t.Error("the pages are listed, too")
	}
}

func TestEachRowHasAPage(t *testing.T) {
	result := built(t, rowReport())
	north, south := readable(result.Pages["places/n-1/index.html"]), readable(result.Pages["places/s/index.html"])
	for _, want := range []string{`&lt;b&gt;&#34;North&#34;&lt;/b&gt; It has`, "It has 5,000, and is open.", "In 2016 it had 3. Then 4."} {
		if !strings.Contains(north, want) {
			t.Errorf("the page of a row does not say %q:\n%s", want, north)
		}
	}
	for _, not := range []string{"not known", "It has none", "Then nothing"} {
		if strings.Contains(north, not) {
			t.Errorf("the page of a row says %q", not)
		}
	}
	if !strings.Contains(south, "The amount is not known.") || strings.Contains(south, "Years") {
		t.Errorf("the page of another row says:\n%s", south)
	}
	holds(t, result, "places/w/index.html", "By hand.")
	holds(t, result, "de/places/n-1/index.html", ">5.000<")
	holds(t, result, "places/index.html", `data-cell="places.name[S]">South</a> <span class="quiet" data-cell="places.key[S]">S</span>`)
	if _, there := result.Pages["places/_row/index.html"]; there {
		t.Error("the text for rows is a page itself")
	}
}

// TestTheMethodOfThousandsOfPages lists the sentences of the first of them, and says how many say the same of other rows.
func TestTheMethodOfThousandsOfPages(t *testing.T) {
	table := "id,n\n"
	for i := range 250 {
		table += fmt.Sprintf("r%03d,%d\n", i, i+10)
	}
	result := built(t, fstest.MapFS{
		"hugo.toml":                file("title = \"Large\"\n"),
		"content/_index.md":        file("---\ntitle: Start\n---\nIt has {{< fact \"each.n[r249]\" >}}.\n"),
		"content/places/_row.md":   file("---\nrows: each\ntitle: .id\n---\nIt has {{< fact \".n\" >}}.\n"),
		"data/datapackage.json":    file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer", "unit": "count"}]}}]}`),
		"data/t.csv":               file(table),
		"data/aggregates/each.sql": file("/*\ntitle: Each\nkey: id\ncolumns: {id: {label: Id, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, n, [_row] AS t_rows FROM t ORDER BY n"),
	})
	holds(t, result, "method/index.html", `href="../places/r000/index.html"`, `href="../places/r099/index.html"`, `150 more pages are made from the same text. Each number on them leads to its rows. <a href="../places/index.html">/places/</a>`, "<p>It has 259.</p>")
	if strings.Contains(string(result.Pages["method/index.html"]), "places/r100/") {
		t.Error("the page of the method lists more pages of one text than it should")
	}
}

// TestCellsThatShortcodesTakeAreLocked changes cells that a shortcode takes as they are: the source that a page names, where a map has
// its mark, and what a title or a condition compares with.
func TestCellsThatShortcodesTakeAreLocked(t *testing.T) {
	fields := `{"name": "key"}, {"name": "first_source_id"}, {"name": "lat", "type": "number"}, {"name": "size"}, {"name": "usual"}, {"name": "kind"}`
	report := fstest.MapFS{
		"hugo.toml":           file("title = \"Report\"\n"),
		"content/_index.md":   file("---\ntitle: Home\ndescription: A page\n---\nWords.\n"),
		"content/p/_index.md": file("---\ntitle: Places\n---\n"),
		"data/datapackage.json": file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": "key", "fields": [` + fields + `]}},
			{"name": "sources", "path": "sources.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "outlet"}, {"name": "title"}]}}]}`),
		"data/t.csv":       file("key,first_source_id,lat,size,usual,kind\na,x,40.5,big,small,old\nb,y,41.5,big,big,new\n"),
		"data/sources.csv": file("id,outlet,title\nx,The X,A report\ny,The Y,Another report\n"),
		"data/aggregates/t_rows.sql": file("/*\ntitle: T\nkey: key\ncolumns: {key: {label: Key, unit: text}, first_source_id: {label: Source, unit: text}, lat: {label: Latitude, unit: number}, size: {label: Size, unit: text}, usual: {label: Usual size, unit: text}, kind: {label: Kind, unit: text}}\n*/\n" +
			"SELECT key, first_source_id, lat, size, usual, kind, [_row] AS t_rows FROM t"),
		"content/p/_row.md": file("---\nrows: t_rows\ntitle: 'Place{{< if of=\".kind\" is=\"old\" >}}, old{{< /if >}}'\n---\n" +
			"It is told. ({{< if \".first_source_id\" >}}{{< source \".first_source_id\" >}}{{< /if >}}){{< if of=\".size\" is=\".usual\" >}} The size is usual.{{< /if >}}\n\n{{< locator longitude=\"-100\" latitude=\".lat\" label=\"Here\" >}}\n"),
	}
	accepted, err := Build(t.Context(), report, Options{For: ToAccept})
	if err != nil || len(accepted.Problems) > 0 {
		t.Fatal(err, accepted.Problems)
	}
	files, err := accepted.Lock.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		report[name] = &fstest.MapFile{Data: data}
	}
	for row, fact := range map[string]string{
		"a,y,40.5,big,small,old": "t_rows.first_source_id[a]", "a,,40.5,big,small,old": "t_rows.first_source_id[a]",
		"a,x,44.5,big,small,old": "t_rows.lat[a]", "a,x,40.5,big,big,old": "t_rows.usual[a]", "a,x,40.5,big,small,new": "t_rows.kind[a]",
	} {
		changed := maps.Clone(report)
		replace(t, changed, "data/t.csv", "a,x,40.5,big,small,old", row)
		result := built(t, changed)
		i := slices.IndexFunc(result.Changes, func(c lock.Change) bool { return c.Fact == fact && !c.Same })
		if i < 0 || len(result.Changes[i].Rows) != 1 {
			t.Errorf("%s: %+v", row, result.Changes)
		} else if step := result.Changes[i].Step(); fact == "t_rows.first_source_id[a]" && step != "The X -> The Y" && step != "The X -> N/A" {
			t.Error(step)
		}
	}
}

// TestWordsThatACellDecidesAreLocked changes cells that no page shows, but on which words depend.
func TestWordsThatACellDecidesAreLocked(t *testing.T) {
	report := rowReport()
	accepted, err := Build(t.Context(), report, Options{For: ToAccept})
	if err != nil || len(accepted.Problems) > 0 {
		t.Fatal(err, accepted.Problems)
	}
	files, err := accepted.Lock.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		report[name] = &fstest.MapFile{Data: data}
	}
	report["data/t.csv"] = file(strings.Replace(string(report["data/t.csv"].Data), "5000,true", "5000,false", 1))
	result := built(t, report)
	if len(result.Changes) != 1 || result.Changes[0].Fact != "places.open[N 1]" {
		t.Errorf("changes: %+v", result.Changes)
	}
	if strings.Contains(readable(result.Pages["places/n-1/index.html"]), "open") {
		t.Error("the page says still that the place is open")
	}
}
