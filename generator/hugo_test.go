package generator

import (
	"bytes"
	"maps"
	"testing"
)

// TestWhatHugoDocumentsHolds: languages, taxonomies, pages of pages, aliases, bundles,
// outputs, robots.txt, and adapters for all languages. None of them takes another's
// address, and a second build has the same bytes.
func TestWhatHugoDocumentsHolds(t *testing.T) {
	const list = `{{ define "main" }}{{ range (.Paginate .Pages).Pages }}<p>{{ .Title }}: {{ .Date.Format "2006" }}, {{ replace .Title "P" "Q" }}, {{ delimit (slice 1 2) "-" }}, {{ .Title | strings.Repeat 2 }}, {{ (os.Stat "content/about.md").ModTime.Year }}{{ range .Resources }}<a href="{{ .RelPermalink }}">x</a>{{ end }}</p>{{ end }}{{ end }}`
	report := reportWith(map[string]string{
		"hugo.toml": "title = \"Report\"\ndisableKinds = []\nparams.allow_numbers = [{text = \"1-2\", reason = \"a test\", times = 8}, {text = \"0001\", reason = \"a test\", times = 7}, {text = \"1970x\", reason = \"a test\", times = 2}]\nenableRobotsTXT = true\ndefaultContentLanguage = \"en\"\n[pagination]\npagerSize = 1\n[taxonomies]\ntag = \"tags\"\n" +
			"[outputs]\nhome = [\"html\", \"rss\"]\n[languages.en]\nweight = 1\n[languages.de]\ntitle = \"Bericht\"\nweight = 2\n",
		"content/_index.de.md":          "---\ntitle: Heim\n---\nHallo.\n",
		"content/about.md":              "---\ntitle: About\ntags: [a, b]\naliases: [/old/, older]\n---\nAbout.\n",
		"content/about.de.md":           "---\ntitle: Wir\ntags: [a]\n---\nWir.\n",
		"content/posts/one.md":          "---\ntitle: Pa\ntags: [a]\ndate: 2020-01-01\n---\nFirst.\n",
		"content/posts/two.md":          "---\ntitle: Pb\ntags: [a]\n---\nLater.\n",
		"content/bundle/index.md":       "---\ntitle: Bundle\n---\n[file](file.txt)\n",
		"content/bundle/file.txt":       "x\n",
		"content/pages/_content.gotmpl": `{{ $.EnableAllLanguages }}{{ range slice "x" "y" }}{{ $.AddPage (dict "path" . "title" .) }}{{ $.AddResource (dict "path" (print . "/f.txt") "content" (dict "mediaType" "text/plain" "value" "x")) }}{{ end }}`,
		"layouts/section.html":          list, "layouts/taxonomy.html": list, "layouts/term.html": list,
	})
	first := built(t, report)
	for _, name := range []string{
		"index.xml", "robots.txt", "sitemap.xml", "about/index.html", "de/about/index.html", "de/index.html", "old/index.html", "older/index.html", "bundle/file.txt",
		"pages/x/index.html", "pages/x/f.txt", "de/pages/y/index.html", "posts/page/2/index.html", "tags/a/index.html", "de/tags/a/index.html", "de/404.html",
	} {
		if _, ok := first.Pages[name]; !ok {
			t.Errorf("no %s", name)
		}
	}
	holds(t, first, "posts/index.html", "<p>Pa: 2020, Qa, 1-2, PaPa, 1970</p>")        // files have no time of their own
	holds(t, first, "posts/page/2/index.html", "<p>Pb: 0001, Qb, 1-2, PbPb, 1970</p>") // a page without a date has none of the clock
	if second := built(t, report); !maps.EqualFunc(first.Pages, second.Pages, bytes.Equal) {
		t.Error("a second build differs")
	}
}
