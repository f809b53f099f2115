package generator

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// english are words that a page in another language does not hold, but in code.
var english = regexp.MustCompile(`(?i)\b(the|of|and|from|rows?|shown|chart|data as of|how|cite|highest|lowest|percent)\b`)

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

// readable is the text of a page, and of its labels.
func readable(page []byte) string {
	text := string(page[strings.Index(string(page), "<body"):])
	labels := regexp.MustCompile(`aria-label="([^"]*)"`).FindAllStringSubmatch(text, -1)
	text = tags.ReplaceAllString(regexp.MustCompile(`<(td|th|li|p|h\d|text|span)\b`).ReplaceAllString(text, " <$1"), "")
	for _, l := range labels {
		text += " " + l[1]
	}
	return strings.Join(strings.Fields(text), " ")
}

// TestPagesInTwoLanguages builds a report with a translated page: each has what the theme
// says in its language, and leads to the other.
func TestPagesInTwoLanguages(t *testing.T) {
	report := fstest.MapFS{
		"hugo.toml":               file("title = \"Haushalt\"\ndefaultContentLanguage = \"de\"\n[languages.de]\nlabel = \"Deutsch\"\nlocale = \"de-DE\"\n[languages.es]\nlabel = \"Español\"\nlocale = \"es-ES\"\n"),
		"content/_index.md":       file("---\ntitle: Haushalt\n---\nEs waren {{< fact \"all.n\" >}}.\n"),
		"content/_index.es.md":    file("---\ntitle: Presupuesto\n---\nFueron {{< fact \"all.n\" >}}.\n"),
		"data/datapackage.json":   file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "n", "type": "integer"}]}}]}`),
		"data/t.csv":              file("n\n1234\n"),
		"data/aggregates/all.sql": file("/*\ntitle: Alle\ncolumns: {n: {label: Zahl, unit: count}}\n*/\nSELECT sum(n) AS n, list(_row) AS t_rows FROM t"),
	}
	result := built(t, report)
	holds(t, result, "index.html", "Zum Inhalt springen", `hreflang="es-ES" href="./es/index.html"`, ">Español</a>", "1.234")
	holds(t, result, "es/index.html", "Saltar al contenido", `hreflang="de-DE" href="../index.html"`, ">Deutsch</a>", `<html lang="es-ES">`)
	if len(result.Others) != 1 || result.Others[0] != "es-ES" {
		t.Error(result.Others)
	}
}
