package publish_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator"
	"broadsheet/generator/publish"
	"broadsheet/generator/record"

	"golang.org/x/net/html"
)

// TestFiguresOfFurtherPagesAreFollowed from the list of what changed since an edition: a large aggregate has several pages.
func TestFiguresOfFurtherPagesAreFollowed(t *testing.T) {
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	report, table, prose := t.TempDir(), "id,n\n", "---\ntitle: Start\n---\n"
	for i := range 3000 {
		table += fmt.Sprintf("r%d,%d\n", i, i+10)
		if i >= 1500 && i <= 2700 {
			prose += fmt.Sprintf("{{< fact \"each.n[r%d]\" >}}\n", i)
		}
	}
	for name, text := range map[string]string{
		"hugo.toml":                "title = \"Large\"\n",
		"content/_index.md":        prose,
		"data/datapackage.json":    `{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer", "unit": "count"}]}}]}`,
		"data/t.csv":               table,
		"data/aggregates/each.sql": "/*\ntitle: Each\nkey: id\ncolumns: {id: {label: Id, unit: text}, n: {label: N, unit: count}}\n*/\nSELECT id, n, [_row] AS t_rows FROM t ORDER BY n",
	} {
		file := filepath.Join(report, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for _, arguments := range [][]string{{"init", "-q", "-b", "main"}, {"config", "user.name", "Editor"}, {"config", "user.email", "editor@example.org"}, {"add", "."}, {"commit", "-q", "-m", "First"}} {
		c := exec.Command("git", arguments...)
		c.Dir = report
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", arguments, err, out)
		}
	}
	result, err := generator.Build(t.Context(), os.DirFS(report), generator.Options{For: generator.ToAccept})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	now := slices.Clone(result.Lock.Facts)
	for i := range now {
		if now[i].Fact == "each.n[r2000]" {
			now[i].Text, now[i].Value = "7", "7"
		}
	}
	for _, of := range []struct {
		edition string
		facts   []record.LockedFact
	}{{"2018-01", result.Lock.Facts}, {"2018-02", now}} {
		b, err := publish.Open(t.Context(), publish.Options{Report: report, Branch: "gh-pages", Edition: of.edition})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Publish(t.Context(), publish.Content{Pages: result.Pages, Facts: of.facts, Edition: result.Pages}); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("git", "show", "gh-pages:editions/since/2018-01/index.html")
	c.Dir = report
	page, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{`href="../../2018-01/numbers/each/3/index.html#n-r2000"`, `href="../../../numbers/each/3/index.html#n-r2000"`} {
		if !strings.Contains(string(page), link) {
			t.Errorf("no %s in\n%s", link, page)
		}
	}
}

// TestEveryLinkOfAnEditionLeadsSomewhere publishes the frozen report with an edition
// and follows each link under /editions/, which no build checks.
func TestEveryLinkOfAnEditionLeadsSomewhere(t *testing.T) {
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	report := t.TempDir()
	if err := os.CopyFS(report, os.DirFS("../testdata/report")); err != nil {
		t.Fatal(err)
	}
	git := func(arguments ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-c", "user.name=Editor", "-c", "user.email=editor@example.org"}, arguments...)...)
		c.Dir = report
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", arguments, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	git("config", "user.name", "Editor")
	git("config", "user.email", "editor@example.org")
	git("add", ".")
	git("commit", "-q", "-m", "First")
	result, err := generator.Build(t.Context(), os.DirFS(report), generator.Options{For: generator.ToPublishLocked})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	b, err := publish.Open(t.Context(), publish.Options{Report: report, Branch: "gh-pages", Edition: "2018-01"})
	if err != nil {
		t.Fatal(err)
	}
	// some figures were others then, and one is no longer shown
	then := result.Accepted.Facts
	if _, err := b.Publish(t.Context(), publish.Content{Pages: result.Pages, Facts: then, Edition: result.Pages}); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if b, err = publish.Open(t.Context(), publish.Options{Report: report, Branch: "gh-pages", Edition: "2018-02"}); err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	now := append(then[:0:0], then[1:]...)
	now[0].Text, now[1].Text = "more <than> before", "less"
	if _, err := b.Publish(t.Context(), publish.Content{Pages: result.Pages, Facts: now, Edition: result.Pages}); err != nil {
		t.Fatal(err)
	}
	site := filepath.Join(t.TempDir(), "site")
	git("worktree", "add", "-q", site, "gh-pages")

	pages := 0
	err = fs.WalkDir(os.DirFS(site), "editions", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			return err
		}
		pages++
		links, _ := read(string(text))
		for _, link := range links {
			file, anchor, _ := strings.Cut(link, "#")
			target := path.Join(path.Dir(name), file)
			if file == "" {
				target = name
			}
			other, err := os.ReadFile(filepath.Join(site, target))
			if err != nil {
				t.Errorf("%s: %s leads nowhere", name, link)
				continue
			}
			if anchor == "" {
				continue
			}
			if _, ids := read(string(other)); !ids[anchor] {
				t.Errorf("%s: %s has no such anchor", name, link)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 20 {
		t.Errorf("only %d pages", pages)
	}
	changed, err := os.ReadFile(filepath.Join(site, "editions/since/2018-01/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"more &lt;than&gt; before", ">less</a>", "no longer shown", "<th scope=\"row\">" + then[0].Fact + "</th>"} {
		if !strings.Contains(string(changed), want) {
			t.Errorf("the list of changed figures does not say %q:\n%s", want, changed)
		}
	}
}

// read lists the links of a page that do not leave the site, and its anchors.
func read(text string) (links []string, ids map[string]bool) {
	ids = map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return links, ids
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				switch a.Key {
				case "id":
					ids[a.Val] = true
				case "href", "src":
					if !strings.Contains(a.Val, ":") {
						links = append(links, a.Val)
					}
				}
			}
		}
	}
}
