package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
	"broadsheet/generator/lock"
)

// frozenReport is generator/testdata/report in memory, with its lock as it is now.
func frozenReport(t *testing.T, edit func(files fstest.MapFS)) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	report := os.DirFS("testdata/report")
	err := fs.WalkDir(report, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(report, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(files)
	}
	locked, err := built(t, files).Lock.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range locked {
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func replace(t *testing.T, files fstest.MapFS, name, old, new string) {
	t.Helper()
	text := string(files[name].Data)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s has %q %d times", name, old, strings.Count(text, old))
	}
	files[name] = file(strings.Replace(text, old, new, 1))
}

// TestFactsOfTextsComeWithTheirRow holds that a fact which a text of a table cites comes and goes with the row of the text,
// though no row behind the fact itself moved.
func TestFactsOfTextsComeWithTheirRow(t *testing.T) {
	t.Parallel()
	const cited = "loans_by_year.loans[Ada,2016]"
	with, without := `"The Ada library, with {fact: `+cited+`} loans, opens"`, "The Ada library opens"
	for _, tt := range []struct {
		kind     lock.Kind
		old, new string
	}{{lock.Gone, with, without}, {lock.Added, without, with}} {
		files := frozenReport(t, func(files fstest.MapFS) {
			replace(t, files, "data/events.csv", without, tt.old)
			delete(files, "data/charts/gap.yaml") // which shows it too
			replace(t, files, "content/gallery.md", `{{< chart "gap" >}}`, "")
		})
		replace(t, files, "data/events.csv", tt.old, tt.new)
		result, err := Build(t.Context(), files, Options{For: ToDiff})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		i := slices.IndexFunc(result.Changes, func(c lock.Change) bool { return c.Fact == cited })
		if i < 0 || result.Changes[i].Kind != tt.kind {
			t.Fatalf("named are %v", result.Changes)
		}
		c := result.Changes[i]
		if !slices.ContainsFunc(slices.Concat(c.Rows, c.Others), func(r lock.Row) bool { return r.File == "data/events.csv" && r.Row == 2 }) {
			t.Errorf("%s: the rows are %v and %v", tt.kind, c.Rows, c.Others)
		}
	}
}

// TestWordsDaysAndLinesAreNamed holds that what a page shows of a table without a link to a cell is locked all the same: days,
// names and words of timelines, statements, tables and charts, and the numbers of sparklines. Each comes with its row.
func TestWordsDaysAndLinesAreNamed(t *testing.T) {
	budget := func(files fstest.MapFS) { // a column that no chart shows
		files["data/aggregates/budgets.sql"] = file("/*\ntitle: Budgets\nkey: [place, year]\ncolumns: {place: {label: Place, unit: text}, year: {label: Year, unit: year}, budget: {label: Budget, unit: usd}}\n*/\nSELECT place, year, budget, [_row] AS years_rows FROM years\n")
		replace(t, files, "content/_index.md", `spark="by_year.visits"`, `spark="budgets.budget"`)
	}
	for _, tt := range []struct {
		name, file, old, new string
		edit                 func(fstest.MapFS)
		row                  int
		fact, step, chart    string
	}{
		{"a day in a timeline", "data/events.csv", "e2,2019-09-03", "e2,2019-09-13", nil, 3, "happened.date[e2]", "Sept. 3, 2019 -> Sept. 13, 2019", ""},
		{"words of a timeline", "data/events.csv", "The Clay library closes", "The Clay library opens", nil, 3, "happened.title[e2]", "The Clay library closes -> The Clay library opens", ""},
		{"its kind", "data/events.csv", "library opens,opening", "library opens,closing", nil, 2, "happened.kind[e1]", "opening -> closing", ""},
		{"a quotation", "data/events.csv", "A bad day, and a long one", "A bad day", nil, 3, "happened.quote[e2]", "A bad day, and a long one -> A bad day", ""},
		{"who said it", "data/events.csv", "The readers", "The writers", nil, 3, "happened.speaker[e2]", "The readers -> The writers", ""},
		{"a name in a chart and a table", "data/places.csv", "erie,Erie,", "erie,Eyrie,", nil, 6, "by_place.name[erie]", "Erie -> Eyrie", "bars"},
		{"the name of a made page", "data/places.csv", "erie,Erie,", "erie,Eyrie,", nil, 6, "pages.title[/places/erie/]", "Erie -> Eyrie", ""},
		{"a key in a chart", "data/places.csv", "erie,Erie,", "erie,Eyrie,", nil, 6, "large.name[Eyrie]", "Erie -> Eyrie", "tiles"},
		{"a number of a sparkline", "data/years.csv", "bath;2019;95;45,500", "bath;2019;95;46,500", budget, 6, "budgets.budget[bath,2019]", "$45,500 -> $46,500", ""},
		{"a place on a map", "data/spots.csv", "ada,-116.2,43.6", "ada,-116.2,47.6", spots(t), 2, "spotted.latitude[ada]", "43.6 -> 47.6", "spotted"},
		{"a source", "data/sources.csv", "Census Bureau", "Bureau of the Census", nil, 2, "sources.outlet[census]", "Census Bureau -> Bureau of the Census", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := frozenReport(t, tt.edit)
			replace(t, files, tt.file, tt.old, tt.new)
			result, err := Build(t.Context(), files, Options{For: ToDiff})
			if err != nil || len(result.Problems) > 0 {
				t.Fatal(err, result.Problems)
			}
			var all []string
			for _, c := range result.Changes {
				all = append(all, fmt.Sprint(c.Fact, ": ", c.Step()))
				if c.Fact != tt.fact || !strings.HasPrefix(c.Step(), tt.step) {
					continue
				}
				if !slices.ContainsFunc(c.Rows, func(r lock.Row) bool { return r.File == tt.file && r.Row == tt.row }) {
					t.Errorf("the rows are %v", c.Rows)
				}
				if tt.chart != "" && !slices.ContainsFunc(c.Places, func(o lock.Occurrence) bool { return o.Chart == tt.chart }) {
					t.Errorf("the places are %v", c.Places)
				}
				return
			}
			t.Errorf("named are\n%s", strings.Join(all, "\n"))
		})
	}
}

// TestAFindingInATextThatFails is said as any other, and diff shows the words of the text, not how it is written.
func TestAFindingInATextThatFails(t *testing.T) {
	files := frozenReport(t, func(files fstest.MapFS) {
		replace(t, files, "data/events.csv", "The Clay library closes", "The Clay library closes {finding: by_place.dade_leads}while Dade leads{/finding}")
	})
	replace(t, files, "data/years.csv", "bath;2019;95", "bath;2019;210000")
	result, err := Build(t.Context(), files, Options{For: ToDiff})
	if err != nil {
		t.Fatal(err)
	}
	failed := slices.ContainsFunc(result.Problems, func(p diag.Problem) bool { return p.Finding == "by_place.dade_leads" && p.File == "data/events.csv" })
	if !failed || len(result.Pages) == 0 {
		t.Fatal(result.Problems)
	}
	for name, page := range result.Pages {
		if strings.HasSuffix(name, ".html") && bytes.Contains(page, []byte("{finding:")) {
			t.Errorf("%s says how the text is written", name)
		}
	}
}

// spots adds a map with places by their coordinates.
func spots(t *testing.T) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		files["data/spots.csv"] = file("place,longitude,latitude,source_id\nada,-116.2,43.6,census\ndade,-80.5,25.6,census\n")
		replace(t, files, "data/datapackage.json", `"resources": [`, `"resources": [
    {"name": "spots", "path": "spots.csv", "schema": {"primaryKey": "place", "foreignKeys": [{"fields": "source_id", "reference": {"resource": "sources", "fields": "id"}}], "fields": [
      {"name": "place", "type": "string"}, {"name": "longitude", "type": "number"}, {"name": "latitude", "type": "number"}, {"name": "source_id", "type": "string"}]}},`)
		files["data/aggregates/spotted.sql"] = file("/*\ntitle: Spots\nkey: place\ncolumns: {place: {label: Place, unit: text}, visits: {label: Visits, unit: count}, longitude: {label: Longitude, unit: number}, latitude: {label: Latitude, unit: number}}\n*/\n" +
			"SELECT b.place, b.visits, s.longitude, s.latitude, b.years_rows, [s._row] AS spots_rows FROM by_place b JOIN spots s ON s.place = b.place\n")
		files["data/charts/spotted.yaml"] = file("kind: symbol-map\nof: spotted\nlabel: place\nlongitude: longitude\nlatitude: latitude\nvalue: visits\ntitle: Visits on a map\nsubtitle: Visits, 2018 to 2020\n")
		replace(t, files, "content/gallery.md", `{{< chart "gap" >}}`, `{{< chart "gap" >}} {{< chart "spotted" >}}`)
	}
}

// TestACircleThatStays moves a place by less than a drawing shows.
func TestACircleThatStays(t *testing.T) {
	files := frozenReport(t, spots(t))
	replace(t, files, "data/spots.csv", "ada,-116.2,43.6", "ada,-116.2,43.601")
	result, err := Build(t.Context(), files, Options{For: ToDiff})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	if len(result.Changes) != 1 || result.Changes[0].Fact != "spotted.latitude[ada]" || !result.Changes[0].Same {
		t.Errorf("changes: %+v", result.Changes)
	}
}

// TestAPaletteThatNoChartUsesHidesNoChange holds that what no page uses is a problem, and the difference is shown all the same.
func TestAPaletteThatNoChartUsesHidesNoChange(t *testing.T) {
	files := frozenReport(t, nil)
	files["hugo.toml"] = &fstest.MapFile{Data: append(slices.Clone(files["hugo.toml"].Data), "\n[params.palette]\n\"nobody\" = \"blue\"\n"...)}
	replace(t, files, "data/places.csv", "erie,Erie,", "erie,Eyrie,")
	result, err := Build(t.Context(), files, Options{For: ToDiff})
	if err != nil || len(result.Problems) != 1 || !strings.Contains(result.Problems[0].Message, "no chart shows") {
		t.Fatal(err, result.Problems)
	}
	if !slices.ContainsFunc(result.Changes, func(c lock.Change) bool { return c.Fact == "by_place.name[erie]" }) {
		t.Errorf("changes: %+v", result.Changes)
	}
}

// TestHowExactAValueIs is locked, as it decides how pages write the value.
func TestHowExactAValueIs(t *testing.T) {
	files := frozenReport(t, nil)
	replace(t, files, "data/aggregates/by_place.sql", "WHEN 'erie' THEN 'estimate'", "WHEN 'erie' THEN 'rounded'")
	result, err := Build(t.Context(), files, Options{For: ToDiff})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	if !slices.ContainsFunc(result.Changes, func(c lock.Change) bool { return c.Fact == "by_place.exactness[erie]" }) {
		t.Errorf("changes: %+v", result.Changes)
	}
}
