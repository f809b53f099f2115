package site_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator"
)

// places is a report with pages for the rows of an aggregate, but for one, and a chart of them.
func places(chart string) fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"hugo.toml":                    file("title = \"T\"\nbaseURL = \"https://example.org/t/\"\n"),
		"data/datapackage.json":        file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": ["id", "year"], "fields": [{"name": "id"}, {"name": "name"}, {"name": "year", "type": "year"}, {"name": "n", "type": "integer"}]}}]}`),
		"data/t.csv":                   file("id,name,year,n\na,Ada <b>,2018,5\na,Ada <b>,2019,7\nb,Bath,2018,3\nb,Bath,2019,2\nc,Clay,2018,1\nc,Clay,2019,1\n"),
		"data/aggregates/by_place.sql": file("/*\ntitle: Places\nkey: id\ncolumns: {id: {label: Code, unit: text}, name: {label: Name, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, name, sum(n)::BIGINT AS n, list(_row) AS t_rows FROM t GROUP BY id, name ORDER BY n DESC"),
		"data/aggregates/by_year.sql":  file("/*\ntitle: Years\nkey: [id, year]\ncolumns: {id: {label: Code, unit: text}, name: {label: Name, unit: text}, year: {label: Year, unit: year}, n: {label: N, unit: count}}\n*/\nSELECT id, name, year, n, [_row] AS t_rows FROM t ORDER BY id, year"),
		"data/aggregates/told.sql":     file("/*\ntitle: Told\nkey: id\ncolumns: {id: {label: Code, unit: text}, name: {label: Name, unit: text}}\n*/\nSELECT id, name, t_rows FROM by_place WHERE id <> 'c'"),
		"data/charts/c.yaml":           file(chart),
		"content/_index.md":            file("---\ntitle: T\n---\n{{< chart \"c\" >}}\n"),
		"content/places/_index.md":     file("---\ntitle: Places\n---\n"),
		"content/places/_row.md":       file("---\nrows: told\ntitle: '{{< fact `.name` >}}'\n---\nText.\n"),
	}
}

func TestMarksLeadToThePagesOfRows(t *testing.T) {
	t.Parallel()
	const bars = "kind: bar\nof: by_place\nx: n\ny: name\ntitle: Things\nsubtitle: Number of things, 2018 and 2019\nlink: places\n"
	const lines = "kind: line\nof: by_year\nx: year\ny: n\nseries: name\ntitle: Things\nsubtitle: Number of things, 2018 and 2019\nlink: places\n"
	for _, tt := range []struct {
		name, chart string
		want, not   []string
	}{
		{
			"names and bars", bars,
			[]string{
				`<a href="./places/a/index.html" tabindex="-1" aria-hidden="true"><path d="`,
				`<a href="./places/a/index.html" aria-label="Ada &lt;b&gt;"><text `,
				`<th scope="row"><a href="./places/a/index.html">Ada &lt;b&gt;</a></th>`, `<th scope="row">Clay</th>`,
				`role="group" aria-label="Bar chart`,
			},
			[]string{"places/c/"},
		},
		{
			"the names of lines and each point", lines,
			[]string{`<a href="./places/b/index.html" aria-label="Bath"><text `, `<a href="./places/b/index.html" tabindex="-1" aria-hidden="true"><path d="`},
			[]string{"places/c/", `>2018</text></a>`},
		},
		{"nothing without the key", strings.Replace(bars, "link: places\n", "", 1), []string{`role="img" aria-label="Bar chart`}, []string{"places/a/"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			result, err := generator.Build(t.Context(), places(tt.chart), generator.Options{})
			if err != nil || len(result.Problems) > 0 {
				t.Fatal(err, result.Problems)
			}
			for _, page := range []string{"index.html", "charts/c/index.html", "embed/c/index.html"} {
				_, figure, _ := strings.Cut(string(result.Pages[page]), "<figure")
				figure, _, _ = strings.Cut(figure, "</figure>")
				figure = strings.ReplaceAll(figure, "../../places/", "./places/")
				for _, want := range tt.want {
					if !strings.Contains(figure, want) {
						t.Errorf("%s: no %s in\n%s", page, want, figure)
					}
				}
				for _, not := range tt.not {
					if strings.Contains(figure, not) {
						t.Errorf("%s: %s in\n%s", page, not, figure)
					}
				}
			}
			if picture := string(result.Pages["charts/c.svg"]); picture == "" || strings.Contains(picture, "<a ") {
				t.Errorf("the picture to take along has links:\n%s", picture)
			}
		})
	}
}
