package browser_test

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/browser"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestAPublishedSiteIsWhole publishes a report to a repository as `broadsheet publish`
// does, serves a clone of the branch where GitHub Pages would (at the root, and under
// the name of a repository), and follows every link of every page. Then it corrects a
// cell, publishes again, and reads the commit.
func TestAPublishedSiteIsWhole(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	program := filepath.Join(root, "broadsheet")
	run := func(directory, name string, arguments ...string) string {
		t.Helper()
		command := exec.CommandContext(t.Context(), name, arguments...)
		command.Dir = directory
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=Editor", "GIT_AUTHOR_EMAIL=editor@example.org", "GIT_COMMITTER_NAME=Editor", "GIT_COMMITTER_EMAIL=editor@example.org")
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %q: %v\n%s", name, arguments, err, out)
		}
		return string(out)
	}
	run(".", "go", "build", "-o", program, "broadsheet/cmd/broadsheet")
	report, remote, clone := filepath.Join(root, "report"), filepath.Join(root, "remote.git"), filepath.Join(root, "clone")
	if err := os.CopyFS(report, os.DirFS("../generator/testdata/report")); err != nil {
		t.Fatal(err)
	}
	run(root, "git", "init", "-q", "--bare", remote)
	run(report, "git", "init", "-q", "-b", "main")
	run(report, "git", "add", ".")
	run(report, "git", "commit", "-qm", "the report")
	run(report, "git", "remote", "add", "origin", remote)
	run(report, program, "publish")
	run(root, "git", "clone", "-q", "-b", "gh-pages", remote, clone)

	files := http.FileServer(http.Dir(clone))
	underName := http.NewServeMux() // answers 404 to all else
	underName.Handle("/letters/", http.StripPrefix("/letters/", files))
	for where, home := range map[string]string{"at the root": serve(t, files) + "/", "under a name": serve(t, underName) + "/letters/"} {
		heard := &traffic{requests: map[network.RequestID]string{}, home: home}
		ctx := open(t, home, browser.Desktop, chromedp.WithListener(heard.hear))
		waiting, met := []string{home}, map[string]bool{home: true}
		pages := 0
		for len(waiting) > 0 {
			page := waiting[0]
			waiting = waiting[1:]
			do(t, ctx, chromedp.Navigate(page))
			pages++
			if wrong, _ := heard.take(); len(wrong) > 0 {
				t.Fatalf("%s, %s: %s", where, page, strings.Join(wrong, "; "))
			}
			for _, link := range get(t, ctx, chromedp.Evaluate[[]string](`[...document.links].map(a => a.href.split("#")[0]).filter(a => a.startsWith(location.origin))`)) {
				link, _, _ = strings.Cut(link, "?")
				if met[link] {
					continue
				}
				met[link] = true
				if strings.HasSuffix(link, "/") || strings.HasSuffix(link, ".html") {
					waiting = append(waiting, link)
				} else if answer := head(t.Context(), t, link); answer != http.StatusOK {
					t.Errorf("%s, %s: %s answers %d", where, page, link, answer)
				}
			}
		}
		if pages < 40 {
			t.Errorf("%s: only %d pages are linked", where, pages)
		}
	}

	table := filepath.Join(report, "data/years.csv")
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, []byte(strings.Replace(string(text), "ada;2018;1200;", "ada;2018;1201;", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	run(report, program, "accept")
	run(report, "git", "commit", "-qam", "a correction")
	before := run(clone, "git", "rev-parse", "HEAD")
	run(report, program, "publish")
	run(clone, "git", "pull", "-q")
	if since := strings.TrimSpace(run(clone, "git", "rev-list", "--count", strings.TrimSpace(before)+"..HEAD")); since != "1" {
		t.Errorf("%s commits for one correction", since)
	}
	if message := run(clone, "git", "log", "-1", "--format=%B"); !strings.Contains(message, "by_year.visits[ada,2018]: 1,200 -> 1,201") || strings.Contains(message, "visits[bath") {
		t.Errorf("the commit says\n%s", message)
	}
	if said := run(root, program, "verify", clone); !strings.Contains(said, "agree") {
		t.Error(said)
	}
}

func head(ctx context.Context, t *testing.T, address string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}
