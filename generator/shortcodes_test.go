package generator

import (
	"html"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// TestShortcodesMeanTheSameEverywhere writes a shortcode in all places where an editor
// may: the prose, the front matter of each format, a chart. It is read alike in all.
func TestShortcodesMeanTheSameEverywhere(t *testing.T) {
	t.Parallel()
	for shortcode, want := range map[string]string{
		`{{< fact "n.of" >}}`:                       "5",
		`{{<fact "n.of">}}`:                         "5",
		`{{% fact "n.of" %}}`:                       "{{% fact %}}, which writes no Markdown",
		`{{< fact "n.of" />}}`:                      `the shortcode "fact" takes no closing tag`,
		`{{% fact "n.of" words /%}}`:                "{{% fact %}}, which writes no Markdown",
		"{{< fact `n.of` >}}":                       "5",
		"{{< fact `k.n[\"a, b\"]` >}}":              "3",
		`{{< fact "k.n[\"a, b\"]" >}}`:              "3",
		"{{<\n  fact\n  \"n.of\"\n>}}":              "5",
		`{{< choose of="n.of" 5="so" 6="not" >}}`:   "so",
		`{{< choose of=n.of 5=so /* x */ >}}`:       "broken shortcode",
		`{{</* fact "n.of" */>}}`:                   `{{< fact "n.of" >}}`,
		`{{%/* fact "n.of" */%}}`:                   `{{% fact "n.of" %}}`,
		`{{< finding "n.yes" >}}so{{< /finding >}}`: "so",
		`{{% finding "n.yes" %}}so{{% /finding %}}`: "{{% finding %}}, which writes no Markdown",
		`{{< finding "n.no" >}}so{{< /finding >}}`:  "a finding is no longer true: so",
		`{{< fact "n.of >}}`:                        "broken shortcode",
		`{{< fact "n.of"`:                           "broken shortcode",
		`{{< /finding >}}`:                          "broken shortcode",
		`{{< fact n.of[x] >}}`:                      "broken shortcode",
		`{{< fact "n.on" >}}`:                       `unknown fact "n.on"`,
		`{{< fact "n.of" >}}{{< /fact >}}`:          `the shortcode "fact" takes no closing tag`,
		`{{< fact "n.of" "long" >}}`:                `unknown style "long"`,
	} {
		t.Run(shortcode, func(t *testing.T) {
			t.Parallel()
			quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(shortcode+" is it") + `"`
			report := fstest.MapFS{}
			for name, text := range map[string]string{
				"hugo.toml":             "title = \"T\"\n",
				"data/datapackage.json": `{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}, {"name": "n", "type": "integer"}]}}]}`,
				"data/t.csv":            "k,n\n\"a, b\",3\nc,2\n",
				"data/aggregates/n.sql": "/*\ntitle: N\ncolumns: {of: {label: N, unit: count}, yes: {label: Yes, unit: flag}, no: {label: No, unit: flag}}\n*/\nSELECT sum(n)::BIGINT AS of, count(*) > 0 AS yes, count(*) = 0 AS no, list(_row) AS t_rows FROM t\n",
				"data/aggregates/k.sql": "/*\ntitle: By key\nkey: k\ncolumns: {k: {label: Key, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT k, n, [_row] AS t_rows FROM t\n",
				"data/charts/c.yaml":    "kind: bar\nof: k\nx: k\ny: n\ntitle: Some have much\nsubtitle: Number of things of each kind, in 2018\nnote: " + quoted + "\n",
				"content/_index.md":     "---\ntitle: Home\n---\n{{< chart \"c\" >}}\n",
				"content/body.md":       "---\ntitle: A\n---\nNow " + shortcode + " is it\n",
				"content/yaml.md":       "---\ntitle: B\ndescription: " + quoted + "\n---\n",
				"content/toml.md":       "+++\ntitle = \"C\"\ndescription = " + quoted + "\n+++\n",
				"content/json.md":       "{\"title\": \"D\",\n\"description\": " + quoted + "}\n",
			} {
				report[name] = &fstest.MapFile{Data: []byte(text)}
			}
			result, err := Build(t.Context(), report, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range []string{"data/charts/c.yaml", "content/body.md", "content/yaml.md", "content/toml.md", "content/json.md"} {
				said := map[string]int{}
				for _, p := range result.Problems {
					if p.File == file && strings.HasPrefix(p.Message, want) {
						said[p.Message]++
					}
				}
				if result.Pages == nil && len(said) != 1 {
					t.Fatalf("%s: %v", file, result.Problems)
				}
				page := "index.html"
				if strings.HasPrefix(file, "content") {
					page = strings.TrimSuffix(path.Base(file), ".md") + "/index.html"
				}
				if result.Pages != nil && !says(string(result.Pages[page]), want) {
					t.Errorf("%s does not say %s", page, want)
				}
			}
		})
	}
}

var plain = strings.NewReplacer("“", `"`, "”", `"`, "</a></data>", "", "</span>", "")

// says reports whether a page has words before " is it".
func says(page, words string) bool {
	return strings.Contains(plain.Replace(html.UnescapeString(page)), words+" is it")
}
