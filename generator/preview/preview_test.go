package preview

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/generator"
)

// shown is a preview of a copy of the frozen report.
type shown struct {
	*httptest.Server
	report string
	rounds chan Round
	builds atomic.Int64
}

func show(t *testing.T) *shown {
	t.Helper()
	s := &shown{report: t.TempDir(), rounds: make(chan Round, 100)}
	if err := os.CopyFS(s.report, os.DirFS("../testdata/report")); err != nil {
		t.Fatal(err)
	}
	o := generator.Options{Memo: filepath.Join(s.report, ".broadsheet")}
	server := New(s.report, func(ctx context.Context) (*generator.Result, error) {
		s.builds.Add(1)
		return generator.BuildDirectory(ctx, s.report, o)
	}, func(r Round) { s.rounds <- r })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	s.Server = httptest.NewServer(server)
	t.Cleanup(func() {
		s.Close()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	s.next(t)
	return s
}

// next waits for the next build.
func (s *shown) next(t *testing.T) Round {
	t.Helper()
	select {
	case r := <-s.rounds:
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		return r
	case <-time.After(time.Minute):
		t.Fatal("waited a minute for a build")
		return Round{}
	}
}

func (s *shown) get(t *testing.T, address string) (string, *http.Response) {
	t.Helper()
	response, err := http.Get(s.URL + address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), response
}

func (s *shown) state(t *testing.T, page string) (state state) {
	t.Helper()
	body, _ := s.get(t, "/.broadsheet/state?page="+page)
	if err := json.Unmarshal([]byte(body), &state); err != nil {
		t.Fatal(err, body)
	}
	return state
}

// save writes a file as spreadsheet programs do: beside it, then under its name.
func (s *shown) save(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(s.report, name)
	beside := filepath.Join(filepath.Dir(name), "lu"+filepath.Base(name)+".tmp")
	if err := os.WriteFile(beside, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(beside, name); err != nil {
		t.Fatal(err)
	}
}

func (s *shown) edit(t *testing.T, name, from, to string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.report, name))
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatal(name, err, "no", from)
	}
	s.save(t, name, strings.Replace(string(text), from, to, 1))
}

// TestAnEditorsDay: a cell is changed, broken and repaired.
func TestAnEditorsDay(t *testing.T) {
	t.Parallel()
	s := show(t)
	before := s.state(t, "/")
	if len(before.Problems) > 0 || len(before.Changes) > 0 || before.Page == "" {
		t.Fatal(before)
	}

	s.edit(t, "data/years.csv", "ada;2018;1200;", "ada;2018;1201;")
	s.next(t)
	changed := s.state(t, "/")
	if changed.Page == before.Page || changed.Round <= before.Round {
		t.Error("the page is as before")
	}
	var found bool
	for _, c := range changed.Changes {
		if c.Fact == "total.visits" {
			found = true
			if c.Link != "/numbers/total/#visits" || c.Old == c.New || len(c.Pages) == 0 || c.Pages[0] != "/" {
				t.Errorf("%+v", c)
			}
		}
	}
	if !found {
		t.Errorf("total.visits does not differ from the lock: %+v", changed.Changes)
	}

	s.edit(t, "data/years.csv", "ada;2018;1201;", "ada;2018;12o1;")
	if r := s.next(t); len(r.Result.Problems) != 1 {
		t.Error(r.Result.Problems)
	}
	broken := s.state(t, "/")
	if len(broken.Problems) != 1 || broken.Problems[0].File != "data/years.csv" || broken.Problems[0].Field == "" || broken.Page != changed.Page {
		t.Errorf("%+v", broken)
	}
	if page, r := s.get(t, "/"); r.StatusCode != http.StatusOK || !strings.Contains(page, `preview.js?`+changed.Page+`"`) {
		t.Error("the last good page is gone")
	}

	s.edit(t, "data/years.csv", "ada;2018;12o1;", "ada;2018;1200;")
	s.next(t)
	if after := s.state(t, "/"); len(after.Problems) > 0 || len(after.Changes) > 0 || after.Page != before.Page {
		t.Errorf("%+v", after)
	}
}

// TestFilesThatProgramsMake are not a reason to build: lock files, backups, what build and
// the memo write.
func TestFilesThatProgramsMake(t *testing.T) {
	t.Parallel()
	s := show(t)
	built := s.builds.Load()
	for _, name := range []string{"data/.~lock.years.csv#", "data/~$years.csv", "data/years.csv~", "data/#years.csv#", "data/.years.csv.swp", "data/lu123.tmp", ".broadsheet/x", "public/index.html", "README.md"} {
		name = filepath.Join(s.report, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// the next build is that of a change which matters, and it has nothing wrong
	time.Sleep(10 * quiet)
	if now := s.builds.Load(); now != built {
		t.Errorf("%d builds for files that no build reads", now-built)
	}
	s.edit(t, "content/_index.md", "What libraries counted", "What libraries count")
	if r := s.next(t); len(r.Result.Problems) > 0 {
		t.Error(r.Result.Problems)
	}
}

// TestAFileThatIsWrittenInSteps is empty at first, then half there: no page is made of
// that, and no problem is told.
func TestAFileThatIsWrittenInSteps(t *testing.T) {
	t.Parallel()
	s := show(t)
	name := filepath.Join(s.report, "data/years.csv")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.Replace(string(text), "ada;2018;1200;", "ada;2018;1300;", 1))
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	for part := range 4 {
		if _, err := file.Write(text[len(text)*part/4 : len(text)*(part+1)/4]); err != nil {
			t.Fatal(err)
		}
		time.Sleep(quiet)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if r := s.next(t); len(r.Result.Problems) > 0 {
		t.Error(r.Result.Problems)
	}
	if page, _ := s.get(t, "/data/years/"); !strings.Contains(page, "1300") {
		t.Error("the page does not show the new cell")
	}
}

// TestNewDirectoriesAreWatched: so is what is later put in them.
func TestNewDirectoriesAreWatched(t *testing.T) {
	t.Parallel()
	s := show(t)
	if err := os.MkdirAll(filepath.Join(s.report, "content/notes/deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.report, "content/notes/deep/one.md"), []byte("---\ntitle: One\n---\nText.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; {
		if _, r := s.get(t, "/notes/deep/one/"); r.StatusCode == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no page for a file in a new directory")
		}
		time.Sleep(quiet)
	}
}

// TestOnlyThisMachineIsAnswered, and only with what is in the site.
func TestOnlyThisMachineIsAnswered(t *testing.T) {
	t.Parallel()
	s := show(t)
	for host, want := range map[string]int{
		"evil.example": http.StatusForbidden, "evil.example:1717": http.StatusForbidden, "127.0.0.1.evil.example": http.StatusForbidden,
		"localhost:1717": http.StatusOK, "127.0.0.1": http.StatusOK, "[::1]:1717": http.StatusOK,
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("host %s: %s", host, response.Status)
		}
	}
	for _, address := range []string{"/../hugo.toml", "/hugo.toml", "/%2e%2e/hugo.toml", "/data/datapackage.json/../../hugo.toml", "/.broadsheet/", "/.git/config", "//etc/passwd"} {
		if body, r := s.get(t, address); r.StatusCode != http.StatusNotFound || strings.Contains(body, "baseURL =") {
			t.Errorf("%s: %s", address, r.Status)
		}
	}
	response, err := http.Post(s.URL+"/", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed {
		t.Error(response.Status)
	}
}
