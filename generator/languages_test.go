package generator

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// english are words that a page in another language does not hold, but in code.
var english = regexp.MustCompile(`(?i)\b(the|of|and|from|rows?|shown|chart|data as of|how|cite|highest|lowest|percent|not found|each)\b`)

var tags = regexp.MustCompile(`(?s)<(?:script|style|code|pre|textarea)\b.*?</(?:script|style|code|pre|textarea)>|<[^>]+>|<!--.*?-->`)

// TestAReportInAnotherLanguage builds testdata/languages/*.txtar, of which a file "says"
// has what its front page reads, line by line; no page holds English.
func TestAReportInAnotherLanguage(t *testing.T) {
	for _, name := range []string{"de", "es", "fr"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile("testdata/languages/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			report, says := fstest.MapFS{}, ""
			for _, f := range archive.Files {
				if f.Name == "says" {
					says = string(f.Data)
					continue
				}
				report[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			result := built(t, report)
			front := readable(result.Pages["index.html"])
			for line := range strings.Lines(says) {
				if line = strings.TrimSpace(line); !strings.Contains(front, line) {
					t.Errorf("the front page does not say %q", line)
				}
			}
			index := string(result.Pages["llms.txt"])
			if found := english.FindString(index); found != "" {
				t.Errorf("llms.txt says %q: %s", found, index)
			}
			for file, page := range result.Pages {
				if strings.HasSuffix(file, ".html") && file != "data/t/index.html" {
					if found := english.FindString(readable(page)); found != "" {
						t.Errorf("%s says %q: %s", file, found, readable(page))
					}
				}
			}
			if os.Getenv("LOOK") != "" {
				if err := os.CopyFS(os.Getenv("LOOK")+"/"+name, pagesOf(result)); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func pagesOf(result *Result) fstest.MapFS {
	files := fstest.MapFS{}
	for name, data := range result.Pages {
		files[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return files
}

// readable is the text of a page, with its title, and of its labels.
func readable(page []byte) string {
	text := string(page[strings.Index(string(page), "<title"):])
	labels := regexp.MustCompile(`aria-label="([^"]*)"`).FindAllStringSubmatch(text, -1)
	text = tags.ReplaceAllString(regexp.MustCompile(`<(td|th|li|p|h\d|text|span)\b`).ReplaceAllString(text, " <$1"), "")
	for _, l := range labels {
		text += " " + l[1]
	}
	return strings.Join(strings.Fields(text), " ")
}

// TestPagesInTwoLanguages builds a report with a translated page: each has what the theme
// says in its language, writes numbers, days and charts as its language does, and leads to the other.
func TestPagesInTwoLanguages(t *testing.T) {
	t.Parallel()
	report := fstest.MapFS{
		"hugo.toml":             file("title = \"Haushalt\"\ndefaultContentLanguage = \"de\"\n[languages.de]\nlabel = \"Deutsch\"\nlocale = \"de-DE\"\n[languages.es]\nlabel = \"Español\"\nlocale = \"es-ES\"\n"),
		"content/_index.md":     file("---\ntitle: Haushalt\n---\nEs waren {{< fact \"all.n\" >}} am {{< fact \"all.day\" >}}.\n\n{{< chart \"years\" >}}\n\n{{< table \"years\" >}}\n"),
		"content/_index.es.md":  file("---\ntitle: Presupuesto\n---\n{{< finding \"years.rose\" >}}Los gastos subieron.{{< /finding >}} Fueron {{< fact \"all.n\" >}} el {{< fact \"all.day\" >}}.\n\n{{< chart \"years\" >}}\n\n{{< table \"years\" >}}\n"),
		"data/datapackage.json": file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "year", "type": "year"}, {"name": "n", "type": "integer", "unit": "eur"}]}}]}`),
		"data/t.csv":            file("year,n\n2015,1234567\n2016,2345678\n"),
		"data/aggregates/all.sql": file("/*\ntitle: {de: Alle, es: Todos}\ncolumns: {n: {label: {de: Summe, es: Suma}, unit: eur}, day: {label: {de: Tag, es: Día}, unit: date}}\nby definition: {day: For the test}\n*/\n" +
			"SELECT sum(n)::DECIMAL(38, 2) AS n, DATE '2016-03-01' AS day, list(_row) AS t_rows FROM t"),
		"data/aggregates/years.sql": file("/*\ntitle: {de: Jahre, es: Años}\nkey: year\ncolumns: {year: {label: {de: Jahr, es: Año}, unit: year}, n: {label: {de: Ausgaben, es: Gastos}, unit: eur}}\nfindings: {rose: {claim: rose, of: n, over: year, from: 2015, to: 2016}}\n*/\nSELECT year, n, [_row] AS t_rows FROM t"),
		"data/charts/years.yaml": file("kind: line\nof: years\nx: year\ny: n\ntitle: {de: Die Ausgaben stiegen, es: Los gastos subieron}\nfinding: years.rose\n" +
			"subtitle: {de: \"Ausgaben, 2015 bis 2016, Euro\", es: \"Gastos, 2015 a 2016, euros\"}\nnote: {de: Ohne Zinsen, es: Sin intereses}\n"),
	}
	result := built(t, report)
	holds(t, result, "index.html", "Zum Inhalt springen", `hreflang="es-ES" href="./es/index.html"`, ">Español</a>", "3,6 Millionen Euro", "1. März 2016",
		"Die Ausgaben stiegen", "Ohne Zinsen", "Ausgaben: von 1,2 Millionen Euro im Jahr 2015", "1.234.567")
	holds(t, result, "es/index.html", "Saltar al contenido", `hreflang="de-DE" href="../index.html"`, ">Deutsch</a>", `<html lang="es-ES">`, "3,6 millones de euros", "1 de marzo de 2016",
		"Los gastos subieron", "Sin intereses", "Gastos: de 1,2 millones de euros en 2015", "charts/years.es.svg", "1.234.567")
	holds(t, result, "charts/years.svg", "Die Ausgaben stiegen")
	// what the theme makes of data is in the report's language, and a page in another says so
	holds(t, result, "es/index.html", `Estas páginas están en el idioma del informe: <span lang="de-DE">Deutsch</span>.`)
	if page := string(result.Pages["index.html"]); strings.Contains(page, "Sprache des Berichts") {
		t.Error("a page in the report's own language says which that is")
	}
	holds(t, result, "charts/years.es.svg", "Los gastos subieron")
	if page := string(result.Pages["es/index.html"]); strings.Contains(page, "Ausgaben") || strings.Contains(page, "Millionen") {
		t.Error("the page in Spanish has German words")
	}
	delete(report, "data/charts/years.yaml")
	report["data/charts/years.yaml"] = file("kind: line\nof: years\nx: year\ny: n\ntitle: {de: Die Ausgaben stiegen}\nsubtitle: {de: \"Ausgaben, 2015 bis 2016, Euro\", es: \"Gastos in 99 Orten, euros\"}\n")
	failed, err := Build(t.Context(), report, Options{})
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(failed.Problems)
	for _, want := range []string{`data/charts/years.yaml:5:1: title is not there in the language "es-ES"`, `hand-typed number: "99"`} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not named: %s", want, said)
		}
	}
}
